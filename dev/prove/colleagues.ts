/**
 * `npm run prove colleagues`: ten people have one day of the calendar open, each in a browser of their own. Each is told of the nine others,
 * and what one moves stands at its new place in all ten browsers: milliseconds from the request being sent until the block is drawn there.
 */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../browser.ts';
import { appointment, ask, until } from './booked.ts';
import { busyDay, median, OWNER, withDemo } from './demo-pages.ts';

const PEOPLE = 10;
const PASSWORD = 'drei Hunde im Regen';
const NAME = 'Zelda Zehnfach';
const MOST_MS = 300;

/** Tells when the block of the customer was drawn anew. */
const OBSERVE = `
  window.drawn = [];
  let last = '';
  const look = () => {
    const block = [...document.querySelectorAll('.ec-event')].find((one) => one.textContent.includes('${NAME}'));
    const now = block ? block.style.cssText + block.textContent : '';
    if (now !== '' && now !== last) window.drawn.push(Date.now());
    if (now !== '') last = now;
  };
  look();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });`;

/** Invited by the owner, and let in by the link of the mail. */
async function colleague(browser: Browser, owner: BrowserContext, base: string, sandbox: string, n: number) {
  const email = `kollegin-${n}@salon-schoen.test`;
  await ask(owner, base, 'POST', '/api/v1/users', { email, name: `Kollegin ${n}`, role: 'manager', language: 'de' });
  const token = await until(`the mail to ${email}`, async () => {
    const { mails } = (await (await fetch(`${sandbox}/_sandbox/smtp/mails`)).json()) as {
      mails: { to: string[]; text: string }[];
    };
    const mail = mails.find(({ to }) => to.includes(email));
    return /#([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? null;
  });
  const context = await browser.newContext({ locale: 'de-DE' });
  await ask(context, base, 'POST', '/api/auth/invitation/accept', { token, name: `Kollegin ${n}`, password: PASSWORD });
  return context;
}

/** @param moves how often the appointment is moved there and back */
export async function colleagues(moves: number): Promise<{ seed: string; counts: string; ok: boolean }> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium: set CHROMIUM_PATH');
  return withDemo(async (base, { sandboxUrl }) => {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const owner = await browser.newContext({ locale: 'de-DE' });
      await ask(owner, base, 'POST', '/api/auth/sign-in/email', OWNER);
      const people = [owner];
      for (let n = 1; n < PEOPLE; n += 1) people.push(await colleague(browser, owner, base, sandboxUrl, n));
      const { id, branchId, starts } = await appointment(owner, base, NAME);
      const calendar = `${base}/admin/appointments/calendar?branch=${branchId}&date=${busyDay()}`;
      const pages: Page[] = [];
      /** how many others each page was last told of */
      const told = new Map<Page, number>();
      for (const person of people) {
        const page = await person.newPage();
        page.on('response', (response) => {
          if (!response.url().endsWith('/api/v1/presence')) return;
          void response.json().then(
            ({ data }: { data: { others: unknown[] } }) => told.set(page, data.others.length),
            () => undefined,
          );
        });
        await page.goto(calendar);
        await page.locator('.ec-event', { hasText: NAME }).first().waitFor();
        await page.evaluate(OBSERVE);
        pages.push(page);
      }
      await until('everybody to be told of the nine others', async () =>
        pages.every((page) => told.get(page) === PEOPLE - 1) ? true : null,
      );
      const shown: number[] = [];
      for (let n = 1; n <= moves; n += 1) {
        await Promise.all(pages.map((page) => page.evaluate('window.drawn = []')));
        const sent = Date.now();
        await ask(owner, base, 'PATCH', `/api/v2/bookings/${id}/reschedule`, {
          new_starts_at: starts[n % 2],
          notify_customer: false,
        });
        for (const page of pages)
          shown.push(
            (await until('the block', async () => (await page.evaluate<number[]>('window.drawn'))[0] ?? null)) - sent,
          );
      }
      const at = (share: number): number =>
        shown.toSorted((a, b) => a - b)[Math.floor(share * (shown.length - 1))] ?? 0;
      const ok = median(shown) <= MOST_MS;
      const counts = `${PEOPLE} people told of ${PEOPLE - 1} others · ${moves} moves in ${pages.length} browsers: p50 ${median(shown)} ms, p95 ${at(0.95)} ms (≤ ${MOST_MS} at p50)`;
      return { seed: '–', counts, ok };
    } finally {
      await browser.close();
    }
  });
}
