/**
 * With the pseudo-locale every text of the catalogues stands in brackets: whatever a person sees without them must be data that the API gave,
 * a number, a date, or the name of a language. A text written into a page instead of a catalogue stands out, in any browser and account.
 * Opened once, each page is also judged by axe under a brand of the salon's own, as it stands and with what was pressed.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { GERMAN_DESKTOP, hasBrowser, hasLoaded, isAccessible, type Look, withBrowser } from './browser.ts';
import { type Visit, VISITS, visitorOf, wearLoudBrand } from './pages.ts';

/** Every text one can see, and the labels a screen reader or an empty field says. */
const TEXTS = `(() => {
  const clipped = (element) => { for (let at = element; at; at = at.parentElement) if (getComputedStyle(at).display === 'none') return true; return false; };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const holder = walk.currentNode.parentElement;
    // a hidden text area measures the height of another
    if (holder.closest('script, style, noscript, .frame, textarea[aria-hidden]') || clipped(holder)) continue;
    found.push(walk.currentNode.textContent);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
    for (const name of ['aria-label', 'placeholder', 'title']) {
      const text = element.getAttribute(name);
      if (text && !clipped(element) && !element.closest('.frame, [aria-hidden=true]')) found.push(text);
    }
  return found;
})()`;

describe.skipIf(!hasBrowser)('with the pseudo-locale', () => {
  const web = withBrowser();

  // Two brands are looked at without opening all pages twice: their own tests see them under the reseller's.
  beforeAll(() => wearLoudBrand(web.instance));

  /** Words of everything the API answered this page: these are data. */
  function dataOf(page: Page): { words: () => Promise<Set<string>>; learn: (text: string) => void } {
    const words = new Set<string>();
    const reading: Promise<void>[] = [];
    const learn = (text: string): void => {
      // an escaped line break would stick to the word behind it
      for (const word of wordsOf(text.replace(/\\[nrt"]/g, ' '))) words.add(word);
    };
    page.on('response', (response) => {
      if (/\/(api|customer)\//.test(response.url()) && !/live|stream/.test(response.url()))
        reading.push(response.text().then(learn, () => undefined));
    });
    // The page may show an answer before we have read it.
    return { words: async () => Promise.all(reading).then(() => words), learn };
  }

  /** Names of months, days and relative days, currencies and languages, which Intl says and no catalogue holds. */
  function spokenByIntl(): string[] {
    const found: string[] = [];
    for (const locale of ['de-DE', 'en-GB']) {
      for (let n = 0; n < 366; n += 1)
        for (const month of ['long', 'short'] as const)
          found.push(
            new Intl.DateTimeFormat(locale, { weekday: month, month, day: 'numeric', year: 'numeric' }).format(
              new Date(Date.UTC(2026, 0, 1 + n)),
            ),
          );
      for (const days of [-1, 0, 1])
        found.push(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day'));
      const languages = new Intl.DisplayNames(locale, { type: 'language' });
      for (const code of ['de', 'en', 'fr', 'it', 'tr', 'es', 'pl', 'uk', 'ru', 'ar'])
        found.push(languages.of(code) ?? '');
      const countries = new Intl.DisplayNames(locale, { type: 'region' });
      const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
      for (const code of letters.flatMap((a) => letters.map((b) => a + b))) found.push(countries.of(code) ?? '');
    }
    // Codes of money, and names of clocks as every system has them.
    found.push(...Intl.supportedValuesOf('currency'));
    found.push('Europe/Berlin', ...Intl.supportedValuesOf('timeZone').map((zone) => zone.replaceAll('_', ' ')));
    return found.flatMap(wordsOf);
  }
  const INTL = new Set(spokenByIntl());

  async function foreignTexts(page: Page, known: ReadonlySet<string>): Promise<string[]> {
    const texts = await page.evaluate<string[]>(TEXTS);
    expect(
      texts.some((text) => text.includes('⟦')),
      'the pseudo-locale is on',
    ).toBe(true);
    return texts.filter((text) =>
      wordsOf(withoutBrackets(text)).some((word) => !INTL.has(word) && !known.has(word) && !isInitials(word)),
    );
  }

  /** Every page once, and of the other ways to come by a language each a part of its own: the catalogues are the same for all of them. */
  const PARTS = 6;
  const LOOKS: readonly (readonly [string, Look, 'de' | 'en', readonly Visit[]])[] = [
    ['a German account in a German browser', GERMAN_DESKTOP, 'de', VISITS],
    [
      'a German account in an English browser',
      { ...GERMAN_DESKTOP, locale: 'en-GB' },
      'de',
      VISITS.filter((_, at) => at % PARTS === 1),
    ],
    ['a reader who switched to English', GERMAN_DESKTOP, 'en', VISITS.filter((_, at) => at % PARTS === 2)],
  ];

  /** Two browsers' worth of pages at once: more sign-ins side by side would be refused. */
  const LANES = 2;

  it.each(LOOKS)('every text is bracketed: %s', { timeout: 480_000 }, async (_name, look, chosen, visits) => {
    const strange: string[] = [];
    const unreadable: string[] = [];
    /** One profile a person and lane: signing in and fetching the app for every page would be half of the work. */
    const profile = async (email: string | null): Promise<BrowserContext> => {
      const context = email === null ? await web.visitor(look) : await web.signedIn(look, email);
      await context.addCookies([
        { name: 'askpro_pseudo', value: 'on', url: web.base },
        { name: 'askpro_language', value: chosen, url: web.base },
      ]);
      // not on the empty page that every tab begins with
      await context.addInitScript({
        content: `if (location.port !== '') localStorage.setItem('askpro.language', '${chosen}')`,
      });
      return context;
    };
    const visit = async (context: BrowserContext, { path, shown, press = [] }: Visit): Promise<void> => {
      const page = await context.newPage();
      const { words, learn } = dataOf(page);
      const answer = await page.goto(web.base + path);
      learn(/id="page-data">(.*?)<\/script>/s.exec((await answer?.text()) ?? '')?.[1] ?? '');
      learn(/data-product="([^"]*)"/.exec((await answer?.text()) ?? '')?.[1] ?? '');
      await page.locator(shown).first().waitFor();
      await hasLoaded(page, path);
      for (const target of press) await page.locator(target).first().click();
      await page.waitForTimeout(300);
      // colours, ids and the like need no brackets either
      strange.push(...(await foreignTexts(page, await words())).map((text) => `${path}: ${text}`));
      if (visits === VISITS) await isAccessible(page).catch((error: Error) => unreadable.push(error.message));
      await page.close();
    };
    await Promise.all(
      Array.from({ length: LANES }, async (_, lane) => {
        const profiles = new Map<string | null, BrowserContext>();
        for (const [at, one] of visits.entries()) {
          if (at % LANES !== lane) continue;
          const who = visitorOf(one);
          const context = profiles.get(who) ?? (await profile(who));
          profiles.set(who, context);
          await visit(context, one);
        }
      }),
    );
    expect(strange).toEqual([]);
    expect(unreadable).toEqual([]);
  });
});

/** What is left of a text without its bracketed parts; brackets nest where a text is put into another. */
function withoutBrackets(text: string): string {
  let depth = 0;
  return [...text]
    .filter((sign) => {
      if (sign === '⟦') depth += 1;
      const isOutside = depth === 0;
      if (sign === '⟧') depth -= 1;
      return isOutside;
    })
    .join('');
}

const wordsOf = (text: string): string[] =>
  text
    .replace(/\\u[0-9a-f]{4}/g, ' ')
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1);
/** The round mark of a person. */
const isInitials = (word: string): boolean => /^\p{Lu}{2}$/u.test(word);
