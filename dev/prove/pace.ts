/**
 * `npm run prove pace [rounds]`: how soon a page answers a hand. Milliseconds from the event of a key or a drop until what it means has been
 * painted (points 6 and 8 of docs/fifteen-points.md), and how far pages shift while they load (point 10), as the browser itself tells. The
 * first line of each is judged, the p95 beside it is told.
 */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../browser.ts';
import { appointment, ask, until } from './booked.ts';
import { busyDay, calendarPath, median, OWNER, withDemo } from './demo-pages.ts';

const SCREEN = { width: 1280, height: 860 };
const NAME = 'Paula Prompt';
/** For half of all answers; beyond it a hand feels that it waits. */
const MOST_MS = 100;
/** Typing rests this long before the server is asked (web/admin/kit/use-found-customers.ts). */
const RESTS_MS = 200;
/** Beyond it a reader sees that something jumped. */
const MOST_SHIFT = 0.02;
/** What moves later than so long after the last answer belongs to no loading. */
const SETTLED_MS = 1_500;

/** Pages whose rows or blocks come after their frame. */
const PAGES: readonly (readonly [string, string])[] = [
  ['home', '/admin/start'],
  ['calendar', calendarPath()],
  ['week', `${calendarPath()}&view=week`],
  ['appointments', '/admin/appointments'],
  ['customers', '/admin/customers'],
  ['calls', '/admin/calls'],
  ['services', '/admin/services'],
];

/** `pace(kind, isThere)`: from the last event of that kind until a frame has been painted in which it is there. */
const STOPWATCH = `
  window.pace = (kind, isThere) => new Promise((resolve) => {
    let began = null;
    const note = (event) => { began = event.timeStamp; };
    addEventListener(kind, note, { capture: true });
    const look = () => {
      if (began === null || !isThere()) return;
      observer.disconnect();
      removeEventListener(kind, note, { capture: true });
      const from = began;
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)));
    };
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) window.shifted += entry.value;
  })).observe({ type: 'layout-shift', buffered: true });`;

/** Does it, and says after how many milliseconds it was seen. */
async function paced(page: Page, kind: string, isThere: string, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(`window.seen = window.pace(${JSON.stringify(kind)}, () => ${isThere}); undefined`);
  await act();
  return page.evaluate<number>('window.seen');
}

const ROWS = `[...document.querySelectorAll('.palette-row')]`;
const TYPED = `document.querySelector('.palette-field input')?.value`;

/** The palette: opened, its own rows for a letter, and people found by the server for a word. */
async function palette(page: Page, base: string, rounds: number) {
  const took = { opened: [] as number[], rows: [] as number[], found: [] as number[] };
  await page.goto(`${base}/admin/start`);
  await page.locator('.need-rows').first().waitFor();
  for (let round = 0; round <= rounds; round += 1) {
    const opened = await paced(page, 'keydown', `${ROWS}.length > 0`, () => page.keyboard.press('Control+k'));
    const before = await page.locator('.palette-row').count();
    const rows = await paced(page, 'keydown', `${TYPED} === 'k' && ${ROWS}.length !== ${before}`, () =>
      page.keyboard.press('k'),
    );
    await page.locator('.palette-field input').fill('');
    // As one types: letters without a rest, then the people whose names begin so.
    const found = await paced(
      page,
      'keydown',
      `${TYPED} === 'zey' && ${ROWS}.some((row) => /Zeynep/.test(row.textContent))`,
      () => page.keyboard.type('zey', { delay: 30 }),
    );
    await page.keyboard.press('Escape');
    await page.locator('.palette-field').waitFor({ state: 'detached' });
    // The first round loads the palette's own code.
    if (round === 0) continue;
    took.opened.push(opened);
    took.rows.push(rows);
    took.found.push(found);
  }
  return took;
}

/** A block dragged to another hour and back: painted where it was let go. */
async function calendar(page: Page, context: BrowserContext, base: string, rounds: number): Promise<number[]> {
  const dropped: number[] = [];
  const { id, branchId, starts } = await appointment(context, base, NAME);
  const block = page.locator(`[data-appointment="${id}"]`).first();
  const minutes = (Date.parse(starts[1]) - Date.parse(starts[0])) / 60_000;
  const placed = `(() => { const one = document.querySelector('[data-appointment="${id}"]:not(.ec-preview):not(.ec-ghost)'); return one ? Math.round(one.getBoundingClientRect().top) : null; })()`;
  for (let round = 0; round < rounds; round += 1) {
    await page.goto(`${base}/admin/appointments/calendar?branch=${branchId}&date=${busyDay()}`);
    await block.waitFor();
    await page.waitForTimeout(SETTLED_MS);
    const from = await until('the block', () => block.boundingBox());
    // Rows are as high as the room lets them be.
    const perMinute =
      (await page.evaluate<number>(
        `parseFloat(document.querySelector('.ec-main').style.getPropertyValue('--ec-slot-height'))`,
      )) / 15;
    const way = minutes * perMinute;
    const [x, y] = [from.x + from.width / 3, from.y + 10];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 6, y + 6, { steps: 3 });
    await page.mouse.move(x, y + way, { steps: 10 });
    const answered = page.waitForResponse((answer) => answer.url().includes(id) && answer.request().method() !== 'GET');
    const there = Math.round(from.y + way);
    dropped.push(
      await paced(page, 'pointerup', `${placed} !== null && Math.abs(${placed} - ${there}) <= 3`, () =>
        page.mouse.up(),
      ),
    );
    await answered;
    // Back without a hand, and without the notice that would lie on the block at the day's end.
    await ask(context, base, 'PATCH', `/api/v2/bookings/${id}/reschedule`, {
      new_starts_at: starts[0],
      notify_customer: false,
    });
  }
  return dropped;
}

async function shift(browser: Browser, cookies: Parameters<BrowserContext['addCookies']>[0], url: string) {
  const context = await browser.newContext({ viewport: SCREEN, locale: 'de-DE' });
  try {
    await context.addCookies(cookies);
    await context.addInitScript({ content: STOPWATCH });
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'networkidle' }).catch(() => undefined);
    await page.waitForTimeout(SETTLED_MS);
    return await page.evaluate<number>('window.shifted');
  } finally {
    await context.close();
  }
}

/** @param rounds of each deed */
export async function pace(rounds: number): Promise<{ seed: string; counts: string; ok: boolean }> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium: set CHROMIUM_PATH');
  return withDemo(async (base) => {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const context = await browser.newContext({ viewport: SCREEN, locale: 'de-DE' });
      await ask(context, base, 'POST', '/api/auth/sign-in/email', OWNER);
      await context.addInitScript({ content: STOPWATCH });
      const page = await context.newPage();
      const told: string[] = [];
      let ok = true;
      const say = (what: string, took: readonly number[], most = MOST_MS): void => {
        const p95 = took.toSorted((a, b) => a - b)[Math.floor(0.95 * (took.length - 1))] ?? 0;
        const p50 = median(took);
        ok &&= p50 <= most;
        told.push(`${what} p50 ${Math.round(p50)}, p95 ${Math.round(p95)} ms${p50 > most ? ` (> ${most})` : ''}`);
        console.log(told.at(-1));
      };
      const keys = await palette(page, base, rounds);
      say('palette opened', keys.opened);
      say('its rows after a letter', keys.rows);
      say('people found after the last letter', keys.found, RESTS_MS + MOST_MS);
      say('block dropped', await calendar(page, context, base, rounds));
      const cookies = await context.cookies();
      for (const [name, path] of PAGES) {
        const moved = await shift(browser, cookies, base + path);
        ok &&= moved <= MOST_SHIFT;
        told.push(`${name} shifts ${moved.toFixed(3)}${moved > MOST_SHIFT ? ` (> ${MOST_SHIFT})` : ''}`);
        console.log(told.at(-1));
      }
      return { seed: '–', counts: `${rounds} rounds: ${told.join(' · ')}`, ok };
    } finally {
      await browser.close();
    }
  });
}
