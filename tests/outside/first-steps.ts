/** How an empty instance becomes a salon that takes calls, step by step in the browser: what the two stories of it share. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { playCall } from '../../dev/sandbox/retell-call.ts';
import { bookingCall } from '../../dev/sandbox/retell-scripts.ts';
import { addDays, dateOf, weekdayOf } from '../../shared/time.ts';
import { admin, begin, LIVE_MS, type Web } from './browser.ts';
import { DEMO, eventually } from './harness.ts';

export type AdminKey = Parameters<typeof admin.de>[0];

export const PASSWORD = 'drei Hunde im Regen';
/** Imported by the operator, and called at the end. */
const NUMBER = '+493022220001';
const LINK = /First operator\s+(http\S+)/;
const { de } = admin;

/** How a person acts; one that is counted says so. */
export interface Hand {
  click(target: Locator): Promise<void>;
  fill(target: Locator, text: string): Promise<void>;
  /** to a page of the panel */
  go(page: Page, place: 'numbers' | 'agents' | 'test-call'): Promise<void>;
}

/** The button or link of that name. */
export const named = (page: Page, key: AdminKey): Locator => {
  const name = de(key as 'kit.save');
  return page
    .getByRole('button', { name, exact: true })
    .or(page.getByRole('link', { name, exact: true }))
    .first();
};

/** The operator, by the link that the start prints. */
export async function firstOperator(web: Web): Promise<Page> {
  const operator = await (await web.visitor()).newPage();
  await operator.goto(LINK.exec(web.instance.output())?.[1] ?? '');
  await operator.getByLabel(begin.de('begin.name')).fill('Kim Berger');
  await operator.getByLabel(begin.de('sign_in.email')).fill('kim@askpro.test');
  await operator.getByLabel(begin.de('begin.password')).fill(PASSWORD);
  await operator.getByRole('button', { name: begin.de('begin.submit') }).click();
  await operator.waitForURL(/\/admin/);
  return operator;
}

/** Numbers come from the operator's provider: one for whoever comes. */
export async function importsNumber(web: Web, operator: Page): Promise<void> {
  await operator.goto(`${web.base}/admin/number-pool`);
  await named(operator, 'pool.import').click();
  await operator.getByLabel(de('pool.numbers')).fill(NUMBER);
  await operator.getByLabel(de('pool.uri')).fill('sip.provider.test');
  await operator
    .locator('form')
    .getByRole('button', { name: de('pool.import') })
    .click();
  await operator.getByText('2222 0001').or(operator.getByText(NUMBER)).first().waitFor();
}

/** What the newest mail to somebody says. @param link its first group is the answer */
export async function mailed(web: Web, email: string, link: RegExp): Promise<string> {
  const read = async (): Promise<string | undefined> => {
    const { mails } = (await web.instance.sandbox.request('/_sandbox/smtp/mails')).json() as {
      mails: { to: string[]; text: string }[];
    };
    return link.exec(mails.filter(({ to }) => to.includes(email)).at(-1)?.text ?? '')?.[1];
  };
  return (await eventually(read, (one) => one !== undefined, { what: `a mail to ${email}` })) ?? '';
}

/** The wizard from the trade that is chosen to the step of the number: usual hours, usual services, one person. */
export async function throughWizard(owner: Page, hand: Hand): Promise<void> {
  const step = (name: 'hours' | 'services' | 'staff' | 'number'): Promise<void> =>
    owner.getByRole('heading', { name: de(`welcome.step.${name}`), level: 2 }).waitFor();
  const next = () => hand.click(named(owner, 'welcome.save_next'));
  await next();
  await step('hours');
  await owner.getByText(de('welcome.usual_hours')).waitFor();
  await next();
  await step('services');
  await next();
  await step('staff');
  await hand.fill(owner.getByLabel(de('welcome.first_name'), { exact: true }), 'Maria');
  await next();
  await step('number');
}

/** A number, then an agent that is set up with it. */
export async function takesNumberAndAgent(owner: Page, hand: Hand): Promise<void> {
  await hand.go(owner, 'numbers');
  await hand.click(named(owner, 'numbers.create'));
  await owner.getByRole('heading', { name: de('numbers.create'), level: 1 }).waitFor();
  await hand.click(named(owner, 'kit.save'));
  await owner.getByText(de('numbers.state.assigned')).first().waitFor();
  await hand.go(owner, 'agents');
  await hand.click(named(owner, 'agents.create'));
  await hand.fill(owner.getByLabel(de('kit.name'), { exact: true }), 'Clara');
  await hand.click(named(owner, 'kit.save'));
  await owner.getByRole('heading', { name: 'Clara', level: 1 }).waitFor();
  await hand.click(named(owner, 'agents.do.provision'));
  await owner.getByText(de('agents.says.live')).waitFor({ timeout: 12 * LIVE_MS });
}

/** A day next week on which a salon is open, as somebody says it. */
export function dayNextWeek(): string {
  let day = addDays(dateOf(Date.now(), 'Europe/Berlin'), 7);
  while (weekdayOf(day) === 0) day = addDays(day, 1);
  const [, month = '', date = ''] = day.split('-');
  return `${Number(date)}.${Number(month)}.`;
}

/** A test call books and costs nothing. @param day as dayNextWeek says it */
export async function booksByTestCall(owner: Page, hand: Hand, day: string): Promise<void> {
  await hand.go(owner, 'test-call');
  await hand.click(named(owner, 'test_call.start'));
  const say = async (text: string, answer: RegExp): Promise<void> => {
    await hand.fill(owner.getByLabel(de('test_call.say'), { exact: true }), text);
    await hand.click(named(owner, 'test_call.send'));
    await owner.locator('.test-call-words').last().filter({ hasText: answer }).waitFor();
  };
  await say(`Hier ist Erika Mustermann, ich möchte einen Herrenhaarschnitt am ${day} um 15 Uhr`, /verbindlich buchen/);
  await say('Ja', /gebucht/);
}

/** The phone rings: what the agent at Retell does with a caller, signed; who called has a confirmation. */
export async function booksByPhone(web: Web, day: string): Promise<void> {
  const agentId = await eventually(
    async () => /agent_[0-9a-f]{20,}/.exec((await web.instance.sandbox.request('/_sandbox/retell/requests')).text)?.[0],
    (one) => one !== undefined,
    { what: 'the agent at Retell' },
  );
  const call = await playCall({
    askproBaseUrl: `http://127.0.0.1:${web.instance.port}`,
    apiKey: DEMO.retellKey,
    script: bookingCall(
      { to_number: NUMBER, agent_id: agentId ?? '', business: 'Salon Birke' },
      { service: 'Herrenhaarschnitt', when: `am ${day} um 11 Uhr`, name: 'Otto Lang' },
    ),
  });
  expect(call.steps.filter(({ ok }) => !ok)).toEqual([]);
  expect(call.memory.results['book-appointment']).toMatchObject({ success: true });
  await eventually(
    async () => (await web.instance.sandbox.request('/_sandbox/twilio/requests')).text,
    (text) => text.includes('4915112345678'),
    { what: 'the SMS' },
  );
}
