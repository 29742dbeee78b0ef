/** What a browser gets where there is nothing, and where each kind of account begins. */
import { describe, expect, it } from 'vitest';
import { pagesDe } from '../../shared/i18n/compiled/pages.de.ts';
import { admin, GERMAN_DESKTOP, hasBrowser, isWellMade, LIVE_MS, portal, sentence, withBrowser } from './browser.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'de' };

describe.skipIf(!hasBrowser)('places', () => {
  const web = withBrowser();
  const ask = (path: string, headers: Record<string, string>, host?: string) =>
    web.instance.request(path, { headers, ...(host && { host }) });

  it.each(['/nothing', '/book', '/datenschutz'])('a browser at %s gets a page with status 404', async (path) => {
    const answer = await ask(path, BROWSER, 'salon-schoen.localhost');
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.text).toContain(pagesDe['lost.path']);
    expect(answer.text).toContain('TerminPartner');
    expect(answer.text).not.toContain('AskPro');
    expect(answer.text).toMatch(/<a[^>]* href="\/"/);
  });

  it('a browser at an unknown host gets a page that names nobody', async () => {
    for (const path of ['/', '/admin', '/portal', '/nothing']) {
      const answer = await ask(path, BROWSER, 'nobody.localhost');
      expect(answer.status).toBe(404);
      expect(answer.text).toContain(pagesDe['lost.host']);
      expect(answer.text).not.toMatch(/AskPro|TerminPartner|href=/);
    }
  });

  it('programs go on getting the refusal as JSON, and so does everybody below the API', async () => {
    for (const [path, headers] of [
      ['/nothing', { accept: 'application/json' }],
      ['/nothing', {}],
      ['/api/v1/nothing', BROWSER],
      ['/customer/nothing', BROWSER],
    ] as const) {
      const answer = await ask(path, headers);
      expect(answer.status, path).toBe(404);
      expect(answer.json().error.code, path).toBe('NOT_FOUND');
    }
    expect((await ask('/nothing', { ...BROWSER }, 'nobody.localhost')).headers['content-type']).toContain('text/html');
  });

  it('a tenant’s host begins with its portal, the platform’s with the panel', async () => {
    expect((await ask('/', BROWSER, 'salon-schoen.localhost')).headers.location).toBe('/portal');
    expect((await ask('/', BROWSER)).headers.location).toBe('/admin');
  });

  it.each([
    ['reseller@demo.test', admin.de('tenants.customers'), 'Salon Schön'],
    ['admin@askproai.test', admin.de('operations.title'), admin.de('operations.title')],
  ] as const)('%s begins with a page of their own, not with a refusal', async (email, heading, said) => {
    const page = await (await web.signedIn(GERMAN_DESKTOP, email)).newPage();
    await page.goto(`${web.base}/admin`);
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    await page.locator('main').getByText(said).first().waitFor();
    expect(await page.getByText(admin.de('calendar.forbidden_title')).count()).toBe(0);
    // no stream, no light; no balance, no way to one
    expect(await page.locator('.status-dot').count()).toBe(0);
    expect(await page.getByRole('link', { name: admin.de('nav.portal') }).count()).toBe(0);
    await isWellMade(web, page, `home-${email.split('@')[0]}`);
  });

  it('an account without a balance has a portal without tabs and without a light that waits', async () => {
    const page = await (await web.signedIn(GERMAN_DESKTOP, 'admin@askproai.test')).newPage();
    await page.goto(`${web.base}/portal`);
    await page.getByText(portal.de('balance.none'), { exact: true }).last().waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await page.locator('.status-dot').count()).toBe(0);
  });

  it('from the portal there is a way back to the panel, the reader’s name and a way out in words', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/portal`);
    await page.getByRole('link', { name: portal.de('nav.panel') }).click();
    await page.waitForURL(/\/admin\/appointments\/calendar/);
    await page.goBack();
    const menu = page.getByRole('button', { name: sentence(portal.de, 'user_menu') });
    expect(await menu.innerText()).toContain('Olivia Schön');
    await menu.click();
    await page.getByRole('button', { name: portal.de('sign_out') }).click();
    await page.waitForURL(/\/portal\/login$/, { timeout: LIVE_MS });
    expect((await page.request.get(`${web.base}/api/me`)).status()).toBe(401);
  });
});
