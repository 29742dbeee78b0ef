/** The support looks in, in a browser: the owner allows it, the operator says why, a bar stands on every page, and the way out leads back. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { admin, hasBrowser, isWellMade, languageOf, LOOKS, portal, sentence, withBrowser } from './browser.ts';
import { DEMO } from './harness.ts';

const OPERATOR = 'admin@askproai.test';
const REASON = 'Rückfrage zu den Öffnungszeiten, Ticket 4711';

describe.skipIf(!hasBrowser)('the support', () => {
  const web = withBrowser();
  const { de } = admin;

  it('is let in by the owner, looks on as one of the people, and is put out again', async () => {
    const owner = await (await web.signedIn()).newPage();
    await owner.goto(`${web.base}/admin/security`);
    await owner.getByText(de('security.access_none')).waitFor();
    await owner.getByRole('button', { name: de('security.allow') }).click();
    await owner.getByText(sentence(de, 'security.access_until')).waitFor();

    const context = await web.signedIn(undefined, OPERATOR);
    const operator = await context.newPage();
    await operator.goto(`${web.base}/admin/tenants/ten_salon_schoen`);
    await operator.getByText(sentence(de, 'tenants.support_allowed')).waitFor();
    await operator
      .getByRole('button', { name: de('tenants.support_view') })
      .first()
      .click();
    const begin = operator.getByRole('button', { name: de('tenants.support_begin'), exact: true });
    await begin.click();
    await operator.getByText(de('tenants.support_reason_problem')).waitFor();
    await operator.getByLabel(de('tenants.support_reason')).fill(REASON);
    await begin.click();
    const bar = operator.locator('.support-bar');
    await bar.waitFor();
    expect(operator.url()).not.toContain('/tenants');
    for (const page of ['/admin/customers', '/admin/security', '/portal', '/portal/billing/history']) {
      await operator.goto(`${web.base}${page}`);
      await bar.waitFor();
    }
    // The owner sees who is there, and what it is for.
    await owner.reload();
    await owner.getByText(REASON).waitFor();
    await owner.getByText(sentence(de, 'security.use_running')).waitFor();

    // What is asked while the session ends hears that nobody is signed in: the way out leads back all the same.
    await operator.goto(`${web.base}/admin/customers`);
    const refused = { success: false, error: { code: 'UNAUTHENTICATED', message: 'ended' } };
    await operator.route(/\/api\/v1\/services/, (route) => route.fulfill({ status: 401, json: refused }));
    await operator.route(/support-session\/end$/, async (route) => {
      const heard = operator.waitForResponse(/\/api\/v1\/services/);
      await operator.getByRole('link', { name: de('nav.services') }).click();
      await heard;
      await route.continue();
    });
    await bar.getByRole('button', { name: de('support.end') }).click();
    await operator.waitForURL(/\/admin\/tenants\/ten_salon_schoen$/);
    await operator.unrouteAll();
    await operator.getByText(sentence(de, 'tenants.support_allowed')).waitFor();
    expect(await bar.count()).toBe(0);

    // Once more, and the owner has had enough: the next page is the operator's own again.
    await operator
      .getByRole('button', { name: de('tenants.support_view') })
      .first()
      .click();
    await operator.getByLabel(de('tenants.support_reason')).fill(REASON);
    await begin.click();
    await bar.waitFor();
    await owner.getByRole('button', { name: de('security.withdraw') }).click();
    await owner.getByText(de('security.access_none')).waitFor();
    await operator.goto(`${web.base}/admin/customers`);
    await operator.waitForURL(/\/admin\/tenants$/);
    expect(await bar.count()).toBe(0);

    // Both names stand in the log, and the file says them too.
    await owner
      .getByRole('link', { name: de('security.use_activity') })
      .first()
      .click();
    await owner
      .getByText(/\(Support\)/)
      .first()
      .waitFor();
    await owner.locator('.kit-row-link').first().click();
    await owner.locator('.kit-record-head').waitFor();
  });

  it('sees of an account that has not agreed who is there, and no button', async () => {
    const page = await (await web.signedIn(undefined, OPERATOR)).newPage();
    await page.goto(`${web.base}/admin/tenants/ten_barber_zurich`);
    await page.getByText(de('tenants.support_not_allowed')).waitFor();
    expect(await page.getByRole('button', { name: de('tenants.support_view') }).count()).toBe(0);
  });

  it('who works from elsewhere reads why, and can sign out', async () => {
    const context = await web.signedIn(undefined, DEMO.barber.owner);
    const page = await context.newPage();
    await page.goto(`${web.base}/admin/security`);
    const field = page.getByLabel(de('security.networks_field'));
    await field.fill('203.0.113.0/24');
    await page.getByRole('button', { name: de('security.networks_save') }).click();
    await page.getByText(de('security.networks_outside')).waitFor();
    await page.getByRole('button', { name: de('security.networks_add_yours') }).click();
    await page.getByRole('button', { name: de('security.networks_save') }).click();
    await page.getByText(de('security.networks_saved')).waitFor();
    // From another address the same session is refused.
    await context.setExtraHTTPHeaders({ 'CF-Connecting-IP': '198.51.100.7' });
    for (const [app, title] of [
      ['/admin', admin.de('elsewhere.title')],
      ['/portal', portal.de('elsewhere.title')],
    ] as const) {
      await page.goto(`${web.base}${app}`);
      await page.getByRole('heading', { name: title }).waitFor();
      await page.getByText('198.51.100.7').waitFor();
    }
    await isWellMade(web, page, 'elsewhere');
    await page.getByRole('button', { name: de('sign_out') }).click();
    await page.locator('#email').waitFor();
  });

  it('what somebody chose is there on another device', async () => {
    const context = await web.signedIn(undefined, DEMO.physio.owner);
    const page = await context.newPage();
    await page.goto(`${web.base}/portal`);
    await page.locator('.reader-button').click();
    const kept = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/me/preferences'));
    await page.getByRole('button', { name: sentence(portal.de, 'scheme.label') }).click();
    expect((await kept).status()).toBe(200);
    const scheme = await page.evaluate<string>("document.documentElement.getAttribute('data-mantine-color-scheme')");
    const other = await (await web.signedIn(undefined, DEMO.physio.owner)).newPage();
    await other.emulateMedia({ colorScheme: 'dark' });
    for (const app of ['/portal', '/admin']) {
      await other.goto(`${web.base}${app}`);
      await other.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: 'attached' });
    }
  });

  it('columns that somebody leaves out of a list stay out, on another device too', async () => {
    const mail = (page: Page) => page.getByRole('columnheader', { name: de('customers.email') });
    const page = await (await web.signedIn(undefined, DEMO.physio.owner)).newPage();
    await page.goto(`${web.base}/admin/customers`);
    await mail(page).waitFor();
    await page.getByRole('button', { name: de('kit.look') }).click();
    const [kept] = await Promise.all([
      page.waitForResponse((answer) => answer.url().endsWith('/api/v1/me/preferences')),
      page.getByRole('menuitem', { name: de('customers.email') }).click(),
    ]);
    expect(kept.status()).toBe(200);
    await mail(page).waitFor({ state: 'detached' });
    const other = await (await web.signedIn(undefined, DEMO.physio.owner)).newPage();
    await other.goto(`${web.base}/admin/customers`);
    await other.locator('.kit-row-link').first().waitFor();
    expect(await mail(other).count()).toBe(0);
  });

  it.each(LOOKS)('is well made: %s', async (name, look) => {
    const say = admin[languageOf(look)];
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(`${web.base}/admin/security`);
    await page.getByRole('heading', { name: say('security.networks') }).waitFor();
    await isWellMade(web, page, `security-${name}`);
    await page.goto(`${web.base}/admin/activity`);
    await page.locator('.kit-row-link').first().waitFor();
    await isWellMade(web, page, `activity-${name}`);
    await page.locator('.kit-row-link').first().click();
    await page.locator('.kit-record-head').waitFor();
    await isWellMade(web, page, `activity-one-${name}`);
    const operator = await (await web.signedIn(look, OPERATOR)).newPage();
    await operator.goto(`${web.base}/admin/tenants/ten_physio_plus`);
    await operator.getByText(sentence(say, 'tenants.support_allowed')).waitFor();
    await operator
      .getByRole('button', { name: say('tenants.support_view') })
      .first()
      .click();
    await operator.getByLabel(say('tenants.support_reason')).fill(REASON);
    await isWellMade(web, operator, `support-dialog-${name}`);
    await operator.getByRole('button', { name: say('tenants.support_begin'), exact: true }).click();
    await operator.locator('.support-bar').waitFor();
    await operator.goto(`${web.base}/admin/customers`);
    await operator.locator('.support-bar').waitFor();
    await isWellMade(web, operator, `support-admin-${name}`);
    await operator.goto(`${web.base}/portal`);
    await operator.locator('.support-bar').waitFor();
    await isWellMade(web, operator, `support-portal-${name}`);
  });
});
