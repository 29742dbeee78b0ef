/** How much script a browser loads for the panel: the frame with the page it opens on, each other page on top of the frame, words in one language. */
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasBrowser, hasLoaded, LIVE_MS, withBrowser } from './browser.ts';
import { DEMO } from './harness.ts';

const MAX_FIRST_LOAD = 250_000;
const MAX_PAGE = 60_000;
/** The calendar draws itself; spec 10 gives it 90. */
const MAX_CALENDAR = 70_000;
/** Nobody's page: the frame alone. */
const NO_PAGE = '/admin/nothing-is-here';
/** No script has come for so long: what is still asked for is asked for by somebody's hand. */
const QUIET_MS = 700;
const OPERATOR = 'admin@askproai.test';

const CALENDAR = '/admin/appointments/calendar';
const BUSINESS = [
  CALENDAR,
  '/admin/appointments',
  '/admin/calls',
  '/admin/customers',
  '/admin/customers/create',
  '/admin/callbacks',
  '/admin/absence-requests',
  '/admin/absence-requests/create',
  '/admin/conflicts',
  '/admin/erasures',
  '/admin/imports',
  '/admin/companies',
  '/admin/companies/create',
  '/admin/branches',
  '/admin/branches/create',
  '/admin/staff',
  '/admin/staff/create',
  '/admin/services',
  '/admin/services/create',
  '/admin/resources',
  '/admin/tags',
  '/admin/hours',
  '/admin/exceptions',
  '/admin/exceptions/create',
  '/admin/users',
  '/admin/roles',
  '/admin/roles/create',
  '/admin/profile',
  '/admin/api-keys',
  '/admin/security',
  '/admin/activity',
  '/admin/contracts',
  '/admin/welcome',
  '/admin/test-call',
  '/admin/start',
  '/admin/agents',
  '/admin/agents/create',
  '/admin/numbers',
];
const OPERATORS = [
  '/admin/operations',
  ...['health', 'queues', 'crons', 'jobs', 'webhooks', 'objects', 'logs', 'defects', 'live'].map(
    (page) => `/admin/operations/${page}`,
  ),
  '/admin/tenants',
  '/admin/tenants/create',
  '/admin/plans',
  '/admin/plans/create',
  '/admin/settings',
  '/admin/connections',
  '/admin/legal',
  '/admin/number-pool',
];

describe.skipIf(!hasBrowser)('the first load', () => {
  const web = withBrowser();
  const sizes = new Map<string, number>();

  async function sizeOf(file: string): Promise<number> {
    const known = sizes.get(file);
    if (known !== undefined) return known;
    const answer = await fetch(web.base + file);
    expect(answer.status, file).toBe(200);
    const size = gzipSync(Buffer.from(await answer.arrayBuffer())).length;
    sizes.set(file, size);
    return size;
  }
  const sum = async (files: Iterable<string>): Promise<number> =>
    (await Promise.all([...files].map(sizeOf))).reduce((total, size) => total + size, 0);

  /** The scripts that a browser with nothing in its cache has run or fetched when the page stands. */
  async function scriptsOf(context: BrowserContext, path: string): Promise<Set<string>> {
    const page = await context.newPage();
    const files = new Set<string>();
    let last = Date.now();
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (!/^\/assets\/.*\.js$/.test(pathname)) return;
      files.add(pathname);
      last = Date.now();
    });
    await page.goto(web.base + path, { waitUntil: 'commit' });
    await page.locator('#content').locator('h1, h2, .checklist, table, form').first().waitFor();
    await expect.poll(() => Date.now() - last, { timeout: LIVE_MS }).toBeGreaterThan(QUIET_MS);
    await page.close();
    return files;
  }

  /** Whether it comes within the time that an answer may take. */
  const stands = (locator: Locator): Promise<boolean> =>
    locator.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );

  it.each(['de', 'en'])('of the panel with the page it opens on, in %s', async (language) => {
    const context = await web.signedIn();
    await context.addCookies([{ name: 'askpro_language', value: language, url: web.base }]);
    // a page that has no address yet has no storage either
    await context.addInitScript(`try { localStorage.setItem('askpro.language', '${language}'); } catch {}`);
    const files = [...(await scriptsOf(context, '/admin/login'))];
    expect(files.some((file) => /\/calendar-page-/.test(file))).toBe(true);
    expect(await sum(files)).toBeLessThanOrEqual(MAX_FIRST_LOAD);
    const words = files.map((file) => /\/([a-z]+)\.(de|en)-[^/]*$/.exec(file)).filter((found) => found !== null);
    expect(words.map((found) => found[1]).sort()).toEqual(['admin', 'calendar']);
    expect([...new Set(words.map((found) => found[2]))]).toEqual([language]);
  });

  it.each([
    ['of a business', DEMO.salon.owner, BUSINESS],
    ['of the operator', OPERATOR, OPERATORS],
  ])('of each page %s is little beyond the frame', async (_, email, pages) => {
    const context = await web.signedIn(undefined, email);
    const frame = await scriptsOf(context, NO_PAGE);
    expect(await sum(frame)).toBeGreaterThan(100_000);
    const beyond: [string, number][] = [];
    for (const path of pages) {
      const files = await scriptsOf(context, path);
      beyond.push([path, await sum([...files].filter((file) => !frame.has(file)))]);
    }
    const table = beyond.map(([path, size]) => `${path} ${size}`).join('\n');
    expect(
      beyond.filter(([path, size]) => size > (path === CALENDAR ? MAX_CALENDAR : MAX_PAGE)).map(([path]) => path),
      table,
    ).toEqual([]);
    // an address that leads nowhere would load nothing
    expect(
      beyond.filter(([, size]) => size === 0).map(([path]) => path),
      table,
    ).toEqual([]);
  });

  // the first row of each list; a page of a record has no form where nothing of it is edited
  it.skipIf(process.env['LOOKS'] !== 'all')('of each record and its form is little', { timeout: 900_000 }, async () => {
    const beyond: [string, number][] = [];
    for (const [email, lists] of [
      [DEMO.salon.owner, BUSINESS],
      [OPERATOR, OPERATORS],
    ] as const) {
      const context = await web.signedIn(undefined, email);
      const frame = await scriptsOf(context, NO_PAGE);
      const page = await context.newPage();
      for (const list of lists.filter((path) => !path.endsWith('/create') && path !== CALENDAR)) {
        await page.goto(web.base + list);
        await hasLoaded(page, list);
        const records = page.locator(`#content a[href^="${list}/"]:not([href$="/create"]):not([href*="?"])`);
        if (!(await stands(records.first()))) continue;
        const path = (await records.first().getAttribute('href')) ?? list;
        await page.goto(web.base + path);
        await hasLoaded(page, path);
        const isEdited = await stands(page.locator(`#content a[href="${path}/edit"]`).first());
        for (const one of isEdited ? [path, `${path}/edit`] : [path]) {
          const files = await scriptsOf(context, one);
          beyond.push([one, await sum([...files].filter((file) => !frame.has(file)))]);
        }
      }
      await context.close();
    }
    const table = beyond.map(([path, size]) => `${path} ${size}`).join('\n');
    expect(beyond.length, table).toBeGreaterThan(20);
    expect(
      beyond.filter(([, size]) => size === 0 || size > MAX_PAGE).map(([path]) => path),
      table,
    ).toEqual([]);
  });
});
