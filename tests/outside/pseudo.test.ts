/**
 * With the pseudo-locale every text of the catalogues stands in brackets: whatever a person sees without them must be data that the API gave,
 * a number, a date, or the name of a language. A text written into a page instead of a catalogue stands out, in any browser and account.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { GERMAN_DESKTOP, hasBrowser, hasLoaded, type Look, withBrowser } from './browser.ts';
import { DEMO } from './harness.ts';

interface Visit {
  path: string;
  /** what shows that the page stands */
  shown: string;
  /** pressed one after the other, to open what is folded away */
  press?: readonly string[];
  email?: string;
  isVisitor?: boolean;
}

const VISITS: readonly Visit[] = [
  { path: '/admin/login', shown: '#email', press: ['button[type=submit]'], isVisitor: true },
  { path: '/portal/login', shown: '#email', isVisitor: true },
  {
    path: `/admin/appointments/calendar?date=${openDay()}`,
    shown: '[data-appointment]',
    press: ['[data-appointment]'],
  },
  { path: '/admin/appointments/calendar?date=2027-01-01', shown: 'h1', press: ['.date-button'] },
  { path: '/admin/calls', shown: '.call-table .kit-row-link', press: ['.user-button'] },
  { path: '/admin/calls?list=callback', shown: 'h1' },
  { path: '/admin/calls/call_unknown', shown: 'h1' },
  { path: '/admin/callbacks', shown: 'h1' },
  { path: '/admin/customers', shown: '.kit-table .kit-row-link' },
  { path: '/admin/customers/create', shown: '.kit-form' },
  { path: '/admin/services', shown: '.kit-table .kit-row-link' },
  { path: '/admin/services/create', shown: '.kit-form' },
  { path: '/admin/staff', shown: '.kit-table .kit-row-link' },
  { path: '/admin/hours', shown: 'h1' },
  { path: '/admin/exceptions', shown: 'h1' },
  { path: '/admin/exceptions/create', shown: '.date-field' },
  { path: '/admin/branches', shown: '.kit-table .kit-row-link' },
  { path: '/admin/resources', shown: '.kit-table .kit-row-link' },
  { path: '/admin/tags', shown: 'h1' },
  { path: '/forgot', shown: '#email', press: ['button[type=submit]'], isVisitor: true },
  { path: '/invite#unknown', shown: 'a.button', isVisitor: true },
  { path: '/admin/users', shown: '.kit-table .kit-row-link' },
  { path: '/admin/users/create', shown: '.kit-form' },
  { path: '/admin/api-keys', shown: 'table td' },
  { path: '/admin/profile', shown: 'form' },
  { path: '/admin/start', shown: '.welcome-list li' },
  { path: '/admin/welcome?step=place', shown: '.welcome-fields' },
  { path: '/admin/welcome?step=hours', shown: '.kit-week-form' },
  { path: '/admin/welcome?step=services&trade=barber', shown: '.welcome-service' },
  { path: '/admin/welcome?step=staff', shown: '.welcome-person' },
  { path: '/admin/test-call', shown: 'h1' },
  { path: '/setup#unused', shown: '#name', press: ['button[type=submit]'], isVisitor: true },
  { path: '/setup', shown: '[role=alert]', isVisitor: true },
  { path: '/admin/settings', shown: '.kit-form h1', email: 'admin@askproai.test' },
  { path: '/admin/plans', shown: '.kit-table .kit-row-link', email: 'admin@askproai.test' },
  { path: '/admin/plans/pln_basic', shown: '.kit-actions', email: 'admin@askproai.test' },
  { path: '/admin/plans/create', shown: '.kit-form h1', email: 'admin@askproai.test' },
  { path: '/admin/settings', shown: 'h1' },
  { path: '/admin/nothing', shown: 'h1' },
  { path: '/admin', shown: 'h1', email: 'reseller@demo.test' },
  { path: '/admin/tenants', shown: '.kit-table .kit-row-link', email: 'admin@askproai.test' },
  { path: '/admin/tenants/ten_physio_plus', shown: '.kit-record-head', email: 'admin@askproai.test' },
  { path: '/reseller/customers/create', shown: '.kit-form', email: 'reseller@demo.test' },
  { path: '/portal', shown: '.transactions .line', press: ['.transactions .icon-button', '.reader-button'] },
  { path: '/portal/billing/topup', shown: '.tiers li' },
  { path: '/portal/billing/history', shown: '.transactions .line', press: ['.more-filters summary'] },
  { path: '/portal/settings/profile', shown: '.profile form' },
  { path: '/portal', shown: '.empty', email: 'reseller@demo.test' },
];

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

  /** Words of everything the API answered in this profile: these are data. */
  function dataOf(context: BrowserContext): { words: Set<string>; learn: (text: string) => void } {
    const words = new Set<string>();
    const learn = (text: string): void => {
      for (const word of wordsOf(text)) words.add(word);
    };
    context.on('response', (response) => {
      if (/\/(api|customer)\//.test(response.url()) && !/live|stream/.test(response.url()))
        void response.text().then(learn, () => undefined);
    });
    return { words, learn };
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
      for (const code of ['de', 'en', 'fr', 'it', 'tr']) found.push(languages.of(code) ?? '');
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

  const LOOKS: readonly (readonly [string, Look, 'de' | 'en'])[] = [
    ['a German account in a German browser', GERMAN_DESKTOP, 'de'],
    ['a German account in an English browser', { ...GERMAN_DESKTOP, locale: 'en-GB' }, 'de'],
    ['a reader who switched to English', GERMAN_DESKTOP, 'en'],
  ];

  /** Two browsers' worth of pages at once: more sign-ins side by side would be refused. */
  const LANES = 2;

  // Sixty pages.
  it.each(LOOKS)('every text is bracketed: %s', { timeout: 240_000 }, async (_name, look, chosen) => {
    const strange: string[] = [];
    const visit = async ({
      path,
      shown,
      press = [],
      email = DEMO.salon.owner,
      isVisitor = false,
    }: Visit): Promise<void> => {
      const context = isVisitor ? await web.visitor(look) : await web.signedIn(look, email);
      await context.addCookies([
        { name: 'askpro_pseudo', value: 'on', url: web.base },
        { name: 'askpro_language', value: chosen, url: web.base },
      ]);
      // not on the empty page that every tab begins with
      await context.addInitScript({
        content: `if (location.port !== '') localStorage.setItem('askpro.language', '${chosen}')`,
      });
      const { words, learn } = dataOf(context);
      const page = await context.newPage();
      const answer = await page.goto(web.base + path);
      learn(/id="page-data">(.*?)<\/script>/s.exec((await answer?.text()) ?? '')?.[1] ?? '');
      learn(/data-product="([^"]*)"/.exec((await answer?.text()) ?? '')?.[1] ?? '');
      await page.locator(shown).first().waitFor();
      await hasLoaded(page, path);
      for (const target of press) await page.locator(target).first().click();
      await page.waitForTimeout(300);
      // colours, ids and the like need no brackets either
      strange.push(...(await foreignTexts(page, words)).map((text) => `${path}: ${text}`));
      await context.close();
    };
    await Promise.all(
      Array.from({ length: LANES }, async (_, lane) => {
        for (const [at, one] of VISITS.entries()) if (at % LANES === lane) await visit(one);
      }),
    );
    expect(strange).toEqual([]);
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

/** The demo salon is closed on Sundays and Mondays. */
function openDay(): string {
  const day = new Date(Date.now() + 86_400_000);
  while ([0, 1].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
