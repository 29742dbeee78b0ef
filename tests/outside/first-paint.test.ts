/** What a page shows before anything has been fetched: frame, names and data are in the page itself, however slow the API behind it is. */
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { admin, hasBrowser, LIVE_MS, login, portal, withBrowser } from './browser.ts';
import { DEMO } from './harness.ts';
import { openDay } from './pages.ts';

const SLOW_MS = 1_500;
/** Everything that our pages ask of the API. */
const API = /^\/(api|customer)\//;

describe.skipIf(!hasBrowser)('the first paint', () => {
  const web = withBrowser();

  /** Every answer of the API comes late; what was asked, and whether an answer has come. */
  async function slowApi(context: BrowserContext): Promise<{ asked: string[]; answered: () => number }> {
    const asked: string[] = [];
    let answers = 0;
    await context.route(
      (url) => API.test(url.pathname),
      async (route) => {
        asked.push(new URL(route.request().url()).pathname);
        await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
        await route.continue().catch(() => undefined);
        answers += 1;
      },
    );
    return { asked, answered: () => answers };
  }

  /** What stood on the page when the browser first painted anything. */
  const KEEP_FIRST_PAINT = `
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (entry.name === 'first-contentful-paint') window.firstPaint ??= document.getElementById('root').innerText;
    }).observe({ type: 'paint', buffered: true });`;
  const firstPaint = async (page: Page): Promise<string> => {
    const painted = () => page.evaluate<string | null>('window.firstPaint ?? null');
    await expect.poll(painted, { timeout: LIVE_MS }).not.toBeNull();
    return (await painted()) ?? '';
  };

  it('of the portal holds its names and the balance, and asks for nothing it has', async () => {
    const context = await web.signedIn();
    const { asked, answered } = await slowApi(context);
    const page = await context.newPage();
    await page.addInitScript({ content: KEEP_FIRST_PAINT });
    await page.goto(`${web.base}/portal`, { waitUntil: 'commit' });
    const painted = await firstPaint(page);
    for (const name of ['TerminPartner', 'Salon Schön']) expect(painted).toContain(name);
    expect(painted).toMatch(/\d,\d\d\s€/);
    await page.getByRole('heading', { name: portal.de('recent.title') }).waitFor();
    await page.locator('.transactions .line').first().waitFor();
    expect(answered(), 'answers of the API before the page stood').toBe(0);
    expect(asked.filter((path) => !path.endsWith('/stream'))).toEqual([]);
  });

  it('of the calendar holds its names and the day, and its first drawing the appointments', async () => {
    const context = await web.signedIn();
    const { asked, answered } = await slowApi(context);
    const page = await context.newPage();
    await page.addInitScript({ content: KEEP_FIRST_PAINT });
    const date = openDay();
    await page.goto(`${web.base}/admin/appointments/calendar?date=${date}`, { waitUntil: 'commit' });
    const painted = await firstPaint(page);
    for (const name of ['TerminPartner', 'Salon Schön', date.slice(0, 4)]) expect(painted).toContain(name);
    await page.locator('[data-appointment]').first().waitFor();
    expect(answered(), 'answers of the API before the page stood').toBe(0);
    expect(asked.filter((path) => path !== '/api/v1/live')).toEqual([]);
  });

  it.each([
    ['the calendar', `/admin/appointments/calendar?date=${openDay()}`, /^\d\d:\d\d \S+/],
    ['the calls', '/admin/calls', /\d{4}, \d\d:\d\d · \S+/],
  ])('of %s holds its rows while the app is still on its way', async (_, path, row) => {
    const context = await web.signedIn();
    const { html } = await page(context, path);
    const late = (/<html[^>]* data-late="([^"]*)"/.exec(html)?.[1] ?? '')
      .split(' ')
      .filter((file) => /\.js$/.test(file));
    expect(late.length).toBeGreaterThan(1);
    const app = Promise.withResolvers<void>();
    const asked: string[] = [];
    await context.route(
      (url) => late.includes(url.pathname),
      async (route) => {
        asked.push(route.request().url());
        await app.promise;
        await route.continue().catch(() => undefined);
      },
    );
    const visited = await context.newPage();
    await visited.goto(web.base + path, { waitUntil: 'commit' });
    const rows = visited.locator('.frame-rows li');
    await rows.first().waitFor();
    expect(await rows.first().innerText()).toMatch(row);
    expect(await rows.count()).toBeGreaterThan(3);
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    app.resolve();
    await visited.locator('[data-appointment], .kit-row-link').first().waitFor();
    expect(await visited.locator('.frame-rows').count()).toBe(0);
  });

  it.each([
    ['/admin/calls', '.kit-row-link'],
    ['/portal/billing/history', '.transactions .line'],
    ['/portal/billing/topup', '.tiers li'],
  ])('of %s has its data without asking', async (path, shown) => {
    const context = await web.signedIn();
    const { asked, answered } = await slowApi(context);
    const page = await context.newPage();
    await page.goto(web.base + path, { waitUntil: 'commit' });
    await page.locator(shown).first().waitFor();
    expect(answered()).toBe(0);
    // Streams, and figures that stand above the rows, come behind them.
    expect(asked.filter((one) => !/\/(live|stream|figures)$/.test(one))).toEqual([]);
  });

  it('is in the language and scheme that the reader chose on this device', async () => {
    const context = await web.signedIn();
    await context.addCookies([
      { name: 'askpro_language', value: 'en', url: web.base },
      { name: 'askpro_scheme', value: 'dark', url: web.base },
    ]);
    const { html } = await page(context, '/portal');
    expect(html).toMatch(/<html lang="en"[^>]* data-mantine-color-scheme="dark"/);
    expect(html).toContain('"language":"en"');
  });

  it('is nobody else’s: kept by nothing, and without data for who is not signed in', async () => {
    const signedIn = await page(await web.signedIn(), '/portal');
    expect(signedIn.cache).toBe('no-store');
    expect(signedIn.html).toContain('Salon Schön');
    const visitor = await page(await web.visitor(), '/portal');
    expect(visitor.html).not.toContain('Salon Schön');
    expect(visitor.html).not.toContain('page-data');
    const forged = await web.visitor();
    await forged.addCookies([{ name: 'askpro_session', value: 'made-up.signature', url: web.base }]);
    expect((await page(forged, '/portal')).html).not.toContain('page-data');
  });

  it('ends no data block early, whatever is in it', async () => {
    const name = 'Ende</script><script>document.title="x"//';
    const customer = await web.api('/api/v1/customers', {
      body: { first_name: 'Ansi', last_name: name, phones: [`+4915799${Date.now().toString().slice(-6)}`] },
    });
    // names of people hold no such signs, notes and services may
    expect([201, 422]).toContain(customer.status);
    const { html } = await page(await web.signedIn(), '/admin/calls');
    const block = /<script type="application\/json" id="page-data">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    expect(block).not.toContain('<');
    expect(() => JSON.parse(block)).not.toThrow();
  });

  it('of a visitor is the sign-in, without a request that fails and with nothing of the panel', async () => {
    const context = await web.visitor();
    const { asked } = await slowApi(context);
    const errors: string[] = [];
    const scripts: string[] = [];
    const visited = await context.newPage();
    visited.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    visited.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
    await visited.goto(`${web.base}/admin/calls`);
    const email = visited.getByLabel(login.de('sign_in.email'));
    await email.waitFor();
    expect(asked).toEqual([]);
    expect(errors).toEqual([]);
    expect(scripts).toHaveLength(1);
    // … which is fetched while they type
    await email.fill(DEMO.salon.owner);
    await expect.poll(() => scripts.length).toBeGreaterThan(2);
    await visited.getByLabel(login.de('sign_in.password'), { exact: true }).fill(DEMO.password);
    await visited.getByRole('button', { name: login.de('sign_in.submit') }).click();
    await visited.getByRole('heading', { name: admin.de('calls.title'), level: 1 }).waitFor();
  });

  async function page(context: BrowserContext, path: string): Promise<{ html: string; cache: string | undefined }> {
    const answer = await context.request.get(web.base + path, { headers: { accept: 'text/html' } });
    return { html: await answer.text(), cache: answer.headers()['cache-control'] };
  }
});
