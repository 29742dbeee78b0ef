/**
 * From an empty instance to a salon that takes calls, by what people click: one-time link → operator → reseller → business → its owner, the
 * wizard, a number and an agent, a test call, a signed call of the phone agent, its SMS, a top-up with its movement. No development entry
 * point and no request by hand.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accountDe } from '../../shared/i18n/compiled/account.de.ts';
import { addDays, dateOf, weekdayOf } from '../../shared/time.ts';
import { createTranslate } from '../../web/ui/i18n.ts';
import { bookingCall } from '../../dev/sandbox/retell-scripts.ts';
import { playCall } from '../../dev/sandbox/retell-call.ts';
import { admin, hasBrowser, LIVE_MS, begin, portal, sentence, withBrowser } from './browser.ts';
import { DEMO, eventually } from './harness.ts';

const PASSWORD = 'drei Hunde im Regen';
const LINK = /First operator\s+(http\S+)/;
const NUMBER = '+493022220001';
const { de } = admin;
const account = createTranslate(accountDe);

interface Mail {
  to: string[];
  text: string;
}

describe.skipIf(!hasBrowser)('an empty instance', () => {
  const web = withBrowser({ demoData: false });
  const at = (path: string): string => `${web.base}${path}`;

  /** Follows the invitation that was mailed to somebody: sets a password and is signed in. */
  async function invited(email: string): Promise<Page> {
    const read = async (): Promise<string | undefined> => {
      const { mails } = (await web.instance.sandbox.request('/_sandbox/smtp/mails')).json() as { mails: Mail[] };
      const mail = mails.filter(({ to }) => to.includes(email)).at(-1);
      return /https?:\/\/\S+?(\/invite#[\w-]{43})/.exec(mail?.text ?? '')?.[1];
    };
    const link = await eventually(read, (one) => one !== undefined, { what: `an invitation of ${email}` });
    const page = await (await web.visitor()).newPage();
    await page.goto(at(link ?? ''));
    await page.getByLabel(account('account.password'), { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: account('account.invite_submit') }).click();
    await page.waitForURL(/\/(admin|reseller)/);
    return page;
  }

  const field = (page: Page, key: Parameters<typeof de>[0]) =>
    page.getByLabel(de(key as 'tenants.name'), { exact: true });
  const press = (page: Page, key: Parameters<typeof de>[0]): Promise<void> => {
    const name = de(key as 'kit.save');
    return page
      .getByRole('button', { name, exact: true })
      .or(page.getByRole('link', { name, exact: true }))
      .first()
      .click();
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
    // The operator: by the link that the start prints.
    const operator = await (await web.visitor()).newPage();
    await operator.goto(LINK.exec(web.instance.output())?.[1] ?? '');
    await operator.getByLabel(begin.de('begin.name')).fill('Kim Berger');
    await operator.getByLabel(begin.de('sign_in.email')).fill('kim@askpro.test');
    await operator.getByLabel(begin.de('begin.password')).fill(PASSWORD);
    await operator.getByRole('button', { name: begin.de('begin.submit') }).click();
    await operator.waitForURL(/\/admin/);

    // Numbers come from the operator's provider.
    await operator.goto(at('/admin/number-pool'));
    await press(operator, 'pool.import');
    await operator.getByLabel(de('pool.numbers')).fill(NUMBER);
    await operator.getByLabel(de('pool.uri')).fill('sip.provider.test');
    await operator
      .locator('form')
      .getByRole('button', { name: de('pool.import') })
      .click();
    await operator.getByText('2222 0001').or(operator.getByText(NUMBER)).first().waitFor();

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
    const step = (name: 'hours' | 'services' | 'staff' | 'number'): Promise<void> =>
      owner.getByRole('heading', { name: de(`welcome.step.${name}`), level: 2 }).waitFor();
    await owner.goto(at('/admin/welcome'));
    await owner.getByLabel(de('welcome.trade'), { exact: true }).selectOption('barber');
    await press(owner, 'welcome.save_next');
    await step('hours');
    await owner.getByText(de('welcome.usual_hours')).waitFor();
    await press(owner, 'welcome.save_next');
    await step('services');
    await press(owner, 'welcome.save_next');
    await step('staff');
    await owner.getByLabel(de('welcome.first_name'), { exact: true }).fill('Maria');
    await press(owner, 'welcome.save_next');
    await step('number');

    // A number, then an agent that is set up with it.
    await owner.goto(at('/admin/numbers'));
    await press(owner, 'numbers.create');
    await owner.getByRole('heading', { name: de('numbers.create'), level: 1 }).waitFor();
    await press(owner, 'kit.save');
    await owner.getByText(de('numbers.state.assigned')).first().waitFor();
    await owner.goto(at('/admin/agents'));
    await press(owner, 'agents.create');
    await owner.getByLabel(de('kit.name'), { exact: true }).fill('Clara');
    await press(owner, 'kit.save');
    await owner.getByRole('heading', { name: 'Clara', level: 1 }).waitFor();
    await press(owner, 'agents.do.provision');
    await owner.getByText(de('agents.says.live')).waitFor({ timeout: 12 * LIVE_MS });

    // A test call books and costs nothing.
    let day = addDays(dateOf(Date.now(), 'Europe/Berlin'), 7);
    while (weekdayOf(day) === 0) day = addDays(day, 1);
    const [, month = '', date = ''] = day.split('-');
    const spoken = `${Number(date)}.${Number(month)}.`;
    await owner.goto(at('/admin/test-call'));
    await press(owner, 'test_call.start');
    const say = async (text: string, answer: RegExp): Promise<void> => {
      await owner.getByLabel(de('test_call.say'), { exact: true }).fill(text);
      await press(owner, 'test_call.send');
      await owner.locator('.test-call-words').last().filter({ hasText: answer }).waitFor();
    };
    await say(
      `Hier ist Erika Mustermann, ich möchte einen Herrenhaarschnitt am ${spoken} um 15 Uhr`,
      /verbindlich buchen/,
    );
    await say('Ja', /gebucht/);

    // The phone rings: what the agent at Retell does with a caller, signed.
    await owner.goto(at('/admin/numbers'));
    const agentId = await eventually(
      async () =>
        /agent_[0-9a-f]{20,}/.exec((await web.instance.sandbox.request('/_sandbox/retell/requests')).text)?.[0],
      (one) => one !== undefined,
      { what: 'the agent at Retell' },
    );
    const call = await playCall({
      askproBaseUrl: `http://127.0.0.1:${web.instance.port}`,
      apiKey: DEMO.retellKey,
      script: bookingCall(
        { to_number: NUMBER, agent_id: agentId ?? '', business: 'Salon Birke' },
        { service: 'Herrenhaarschnitt', when: `am ${spoken} um 11 Uhr`, name: 'Otto Lang' },
      ),
    });
    expect(call.steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(call.memory.results['book-appointment']).toMatchObject({ success: true });

    // Who called has a confirmation, and the owner sees call, appointment and that the line works.
    await eventually(
      async () => (await web.instance.sandbox.request('/_sandbox/twilio/requests')).text,
      (text) => text.includes('4915112345678'),
      { what: 'the SMS' },
    );
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
