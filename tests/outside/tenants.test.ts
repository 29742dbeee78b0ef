/** The pages of tenants in a browser: the operator's, a reseller's, and what a suspended account's visitors and people see. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { pagesDe } from '../../shared/i18n/compiled/pages.de.ts';
import { admin, GERMAN_DESKTOP, hasBrowser, isWellMade, LOOKS, portal, withBrowser } from './browser.ts';
import { eventually } from './harness.ts';

const OPERATOR = 'admin@askproai.test';
const RESELLER = 'reseller@demo.test';
const STOPPED = 'owner@kosmetik-am-markt.test';
/** From the start page to the saved customer, typing not counted: create, country's list and its choice, save. */
const CLICKS_FOR_A_CUSTOMER = 4;

describe.skipIf(!hasBrowser)('tenants', () => {
  const web = withBrowser();
  const field = (page: Page, name: Parameters<typeof admin.de>[0]) =>
    page.getByLabel(admin.de(name as never), { exact: true });

  it.each(LOOKS)('every page is readable: %s', async (name, look) => {
    const page = await (await web.signedIn(look, OPERATOR)).newPage();
    for (const [what, path] of [
      ['list', '/admin/tenants'],
      ['one', '/admin/tenants/ten_physio_plus'],
      ['form', '/admin/tenants/ten_physio_plus/edit'],
      ['new', '/admin/tenants/create'],
      ['empty', '/admin/tenants?status=closed'],
    ] as const) {
      await page.goto(`${web.base}${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await isWellMade(web, page, `tenants ${what} ${name}`);
    }
  });

  it('a reseller begins with its customers, makes one in one form, and suspends it', async () => {
    const page = await (await web.signedIn(GERMAN_DESKTOP, RESELLER)).newPage();
    let clicks = 0;
    const click = async (target: ReturnType<Page['getByRole']>): Promise<void> => {
      clicks++;
      await target.click();
    };
    await page.goto(`${web.base}/reseller`);
    await page.getByRole('heading', { name: admin.de('tenants.customers'), level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/reseller/customers');
    const list = page.getByRole('main');
    await list.getByText('Salon Schön').first().waitFor();
    // Only its own: the practice belongs to the platform.
    expect(await list.getByText('Physio Plus').count()).toBe(0);

    await click(page.getByRole('link', { name: admin.de('tenants.create_customer') }).first());
    await page.getByLabel(admin.de('tenants.name'), { exact: true }).fill('Studio Zürichsee');
    await page.getByLabel(admin.de('tenants.owner_name'), { exact: true }).fill('Zoe Zürich');
    await page.getByLabel(admin.de('tenants.owner_email'), { exact: true }).fill('zoe@studio-zuerichsee.test');
    // A native list: open it, choose.
    clicks += 2;
    await field(page, 'branches.country').selectOption('CH');
    expect(await field(page, 'branches.time_zone').inputValue()).toBe('Europe/Zurich');
    expect(await field(page, 'tenants.currency').inputValue()).toBe('CHF');
    await click(page.getByRole('button', { name: admin.de('kit.save') }));
    await page.getByRole('heading', { name: 'Studio Zürichsee', level: 1 }).waitFor();
    expect(clicks).toBe(CLICKS_FOR_A_CUSTOMER);
    await page.getByText(admin.de('tenants.now.trial')).waitFor();
    await isWellMade(web, page, 'new customer');

    await page.getByRole('button', { name: admin.de('tenants.do.suspend') }).click();
    const dialog = page.getByRole('dialog');
    const submit = dialog.getByRole('button', { name: admin.de('tenants.do.suspend') });
    expect(await submit.isDisabled()).toBe(true);
    await dialog.getByLabel(admin.de('tenants.reason')).fill('Rechnung offen');
    await submit.click();
    await page.getByText(admin.de('tenants.now.suspended')).waitFor();
    await page.getByText('Rechnung offen').first().waitFor();
    await page.getByRole('button', { name: admin.de('tenants.do.reactivate') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: admin.de('tenants.do.reactivate') })
      .click();
    await page.getByText(admin.de('tenants.now.trial')).waitFor();

    // The owner was invited.
    const mails = await eventually(
      async () => await (await fetch(`http://127.0.0.1:${web.instance.sandboxPort}/_sandbox/smtp/mails`)).text(),
      (text) => text.includes('zoe@studio-zuerichsee.test'),
      { what: 'the invitation was not sent' },
    );
    expect(mails).toContain('Studio Zürichsee');

    await page.goto(`${web.base}/admin/tenants`);
    await page.getByRole('heading', { name: admin.de('page.not_found'), level: 1 }).waitFor();
  });

  it('a suspended account’s host shows a notice; its people read why and where to pay', async () => {
    const answer = await web.instance.request('/', {
      headers: { accept: 'text/html', 'accept-language': 'de' },
      host: 'kosmetik-am-markt.localhost',
    });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain(pagesDe['notice.suspended']);
    expect(answer.text).toContain('TerminPartner');
    expect(answer.text).not.toContain('Rechnungen');

    const page = await (await web.signedIn(GERMAN_DESKTOP, STOPPED)).newPage();
    await page.goto(`${web.base}/portal`);
    await page.getByText('Zwei Rechnungen sind offen.').waitFor();
    expect(await page.getByText(portal.de('account.suspended')).count()).toBe(1);
    await page.goto(`${web.base}/admin/customers`);
    await page.getByText('Zwei Rechnungen sind offen.').waitFor();
    expect(await page.getByRole('link', { name: admin.de('account.pay') }).getAttribute('href')).toBe(
      '/portal/billing/topup',
    );
  });
});
