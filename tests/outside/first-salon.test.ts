/**
 * From an empty instance to a salon that takes calls, by what people click: one-time link → operator → reseller → business → its owner, the
 * wizard, a number and an agent, a test call, a signed call of the phone agent, its SMS, a top-up with its movement. No development entry
 * point and no request by hand.
 */
import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { accountDe } from '../../shared/i18n/compiled/account.de.ts';
import { createTranslate } from '../../web/ui/i18n.ts';
import { admin, hasBrowser, LIVE_MS, portal, sentence, withBrowser } from './browser.ts';
import {
  type AdminKey,
  booksByPhone,
  booksByTestCall,
  dayNextWeek,
  firstOperator,
  type Hand,
  importsNumber,
  mailed,
  named,
  PASSWORD,
  takesNumberAndAgent,
  throughWizard,
} from './first-steps.ts';

const { de } = admin;
const account = createTranslate(accountDe);

describe.skipIf(!hasBrowser)('an empty instance', () => {
  const web = withBrowser({ demoData: false });
  const at = (path: string): string => `${web.base}${path}`;

  /** Follows the invitation that was mailed to somebody: sets a password and is signed in. */
  async function invited(email: string): Promise<Page> {
    const link = await mailed(web, email, /https?:\/\/\S+?(\/invite#[\w-]{43})/);
    const page = await (await web.visitor()).newPage();
    await page.goto(at(link));
    await page.getByLabel(account('account.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: account('account.invite_submit') }).click();
    await page.waitForURL(/\/(admin|reseller)/);
    return page;
  }

  const field = (page: Page, key: AdminKey) => page.getByLabel(de(key as 'tenants.name'), { exact: true });
  const press = (page: Page, key: AdminKey): Promise<void> => named(page, key).click();
  const hand: Hand = {
    click: (target) => target.click(),
    fill: (target, text) => target.fill(text),
    go: async (page, place) => void (await page.goto(at(`/admin/${place}`))),
  };
  async function makeTenant(
    page: Page,
    { name, owner, email }: Record<'name' | 'owner' | 'email', string>,
  ): Promise<void> {
    await field(page, 'tenants.name').fill(name);
    await field(page, 'tenants.owner_name').fill(owner);
    await field(page, 'tenants.owner_email').fill(email);
    await press(page, 'kit.save');
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  }

  it('becomes a salon that takes calls', { timeout: 240_000 }, async () => {
    const operator = await firstOperator(web);
    await importsNumber(web, operator);

    // A reseller, who makes the business.
    await operator.goto(at('/admin/tenants/create'));
    await field(operator, 'tenants.type').selectOption('reseller');
    await makeTenant(operator, { name: 'Terminhaus', owner: 'Rita Ring', email: 'rita@terminhaus.test' });
    const reseller = await invited('rita@terminhaus.test');
    await reseller.goto(at('/reseller'));
    await press(reseller, 'tenants.create_customer');
    await makeTenant(reseller, { name: 'Salon Birke', owner: 'Bea Birke', email: 'bea@salon-birke.test' });

    // The owner sets it up: place, hours, services, one person.
    const owner = await invited('bea@salon-birke.test');
    await owner.goto(at('/admin/welcome'));
    await owner.getByLabel(de('welcome.trade'), { exact: true }).selectOption('barber');
    await throughWizard(owner, hand);
    await takesNumberAndAgent(owner, hand);
    const day = dayNextWeek();
    await booksByTestCall(owner, hand, day);
    await booksByPhone(web, day);

    // The owner sees call, appointment and that the line works.
    await owner.goto(at('/admin/calls'));
    await owner.getByText('Otto Lang').first().waitFor();
    await owner.goto(at('/admin/numbers'));
    await owner.getByText(de('numbers.forwarding.works')).first().waitFor();

    // Money: a top-up, paid at Checkout, and its movement.
    await owner.goto(at('/portal/billing/topup'));
    await owner.getByLabel(portal.de('topup.other', { currency: 'EUR' })).fill('100');
    await owner.getByRole('button', { name: sentence(portal.de, 'topup.submit') }).click();
    await owner.waitForURL((url) => Number(url.port) === web.instance.sandboxPort);
    await owner.locator('button[data-method="card"]').click();
    await owner.locator('[data-testid="topup-status"][data-status="completed"]').waitFor({ timeout: 3 * LIVE_MS });
    await owner.goto(at('/portal/billing/history'));
    await owner.getByText(portal.de('type.topup')).locator('visible=true').first().waitFor();
    await web.picture(owner, 'first-salon-history');
  });
});
