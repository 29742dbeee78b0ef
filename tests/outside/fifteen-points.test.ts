/**
 * The fifteen points of the design (docs/fifteen-points.md), each on the page that shows it, with what can be measured of it and a picture at
 * 1280 and 360, light and dark. A part of `npm run prove looks`; `LOOKS=all PICTURES=<folder>` and this file alone take the pictures.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { admin, hasBrowser, hasLoaded, languageOf, LIVE_MS, type Look, portal, withBrowser } from './browser.ts';
import { eventually } from './harness.ts';
import { openDay } from './pages.ts';

const WIDE = { width: 1280, height: 860 };
const NARROW = { width: 360, height: 780 };
const LOOKS: readonly (readonly [string, Look])[] = [
  ['1280-light-de', { viewport: WIDE, colorScheme: 'light', locale: 'de-DE' }],
  ['360-light-de', { viewport: NARROW, colorScheme: 'light', locale: 'de-DE', hasTouch: true, isMobile: true }],
  ['1280-dark-en', { viewport: WIDE, colorScheme: 'dark', locale: 'en-GB' }],
  ['360-dark-en', { viewport: NARROW, colorScheme: 'dark', locale: 'en-GB', hasTouch: true, isMobile: true }],
];

/** Of a list at 1280 × 860, before anything is scrolled. */
const ROWS_AT_ONCE = 18;
/** Rows that stand whole on the screen as it opened. */
const wholeRows = (page: Page): Promise<number> =>
  page.evaluate<number>(
    `[...document.querySelectorAll('.kit-table tbody tr')].filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length`,
  );

describe.skipIf(!hasBrowser || process.env['LOOKS'] !== 'all')('the fifteen points', () => {
  const web = withBrowser();

  it.each(LOOKS)('%s', { timeout: 600_000 }, async (name, look) => {
    const say = admin[languageOf(look)];
    const isWide = look.viewport.width === WIDE.width;
    const context = await web.signedIn(look);
    /** One point: its page, what is done there and holds, and the picture. */
    async function point(
      title: string,
      path: string,
      shown: string,
      show: (page: Page) => Promise<unknown> = async () => undefined,
    ) {
      const page = await context.newPage();
      await page.goto(web.base + path);
      await page.locator(shown).first().waitFor();
      await hasLoaded(page, path);
      await show(page);
      await web.picture(page, `${title} ${name}`);
      await page.close();
    }
    const ROW = '.kit-table .kit-row-link';

    await point('01 density', '/admin/appointments', ROW, async (page) => {
      const heights = await page.evaluate<number[]>(
        `[...document.querySelectorAll('.kit-table tbody tr')].map((row) => row.getBoundingClientRect().height)`,
      );
      // One line a row; a phone has cards of two.
      if (isWide) expect(Math.max(...heights)).toBeLessThanOrEqual(40);
      if (isWide) expect(await wholeRows(page)).toBeGreaterThanOrEqual(ROWS_AT_ONCE);
    });
    await point('01 density customers', '/admin/customers', ROW, async (page) => {
      if (isWide) expect(await wholeRows(page)).toBeGreaterThanOrEqual(ROWS_AT_ONCE);
    });
    await point('02 typography', '/admin/calls', '.kit-row-link', async (page) => {
      if (isWide) expect(await wholeRows(page)).toBeGreaterThanOrEqual(ROWS_AT_ONCE);
    });
    await point('03 index', '/admin/customers?q=a', ROW, async (page) => {
      const names = await page.locator(ROW).allInnerTexts();
      await page.reload();
      await page.locator(ROW).first().waitFor();
      expect(await page.locator(ROW).allInnerTexts()).toEqual(names);
    });
    await point('04 bulk', '/admin/customers', ROW, async (page) => {
      if (!isWide) return;
      await page.locator('th .kit-box').first().check();
      await page.getByRole('button', { name: say('kit.bulk_choose_all') }).waitFor();
    });
    await point('05 rows', '/admin/customers', ROW, async (page) => {
      if (isWide) await page.locator('.kit-table tbody tr').nth(2).hover();
      expect(await page.locator(ROW).nth(2).getAttribute('href')).toMatch(/^\/admin\/customers\/cus_/);
    });
    await point('06 palette', '/admin/start', 'h1', async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.type('anna');
      await page.getByRole('option', { name: /Anna/ }).first().waitFor();
    });
    await point('07 keyboard', '/admin/customers', ROW, async (page) => {
      await page.keyboard.press('j');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    });
    await point('08 optimistic', `/admin/appointments/calendar?date=${openDay()}`, '.column-name');
    await point('09 undo', '/admin/tags', ROW, async (page) => {
      const tag = await page.locator(ROW).first().innerText();
      await page.getByRole('button', { name: say('kit.actions_of', { name: tag }) }).click();
      await page.getByRole('menuitem', { name: say('kit.delete') }).click();
      await page.getByRole('button', { name: say('action.undo') }).waitFor();
    });
    await point('10 skeletons', '/admin/start', 'h1', async (page) => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route('**/api/v1/services?**', async (route) => {
        await held;
        await route.continue();
      });
      await page.goto(`${web.base}/admin/services`);
      await page.locator('[aria-busy="true"] .kit-bar').first().waitFor();
      await web.picture(page, `10 skeletons waiting ${name}`);
      release();
      await page.locator(ROW).first().waitFor();
    });
    await point('11 empty', '/admin/customers?q=zzzz', '.kit-page', (page) =>
      page
        .getByRole('button', { name: say('action.reset_filters') })
        .nth(1)
        .waitFor(),
    );
    await point('12 detail', '/admin/calls', '.kit-row-link', async (page) => {
      await page.goto(web.base + (await page.locator('.kit-row-link').first().getAttribute('href')));
      await page.locator('.transcript').first().waitFor();
      await hasLoaded(page, 'the call');
    });
    await point('13 forms', '/admin/services/create', '.kit-form', async (page) => {
      await page.getByLabel(say('services.duration'), { exact: true }).fill('lang');
      await page.keyboard.press('Control+s');
      await page.getByText(say('kit.invalid_title')).waitFor();
    });
    await point('14 billing', '/portal', '.transactions .line', (page) =>
      page
        .getByText(portal[languageOf(look)]('balance.days_left', { count: 16 }).split(/\d/)[0] ?? '')
        .first()
        .waitFor(),
    );
    await point('15 status', '/admin/start', '.need-rows li', async (page) => {
      await eventually(
        () => page.locator('.status-dot[data-look="live"]').count(),
        (live) => live > 0,
        { withinMs: LIVE_MS, what: 'the light is not live' },
      );
    });
    await context.close();
  });
});
