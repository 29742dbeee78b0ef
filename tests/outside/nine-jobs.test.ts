/**
 * The everyday jobs of a front office as a new person does them, each from the page they have in front of them, counted in interactions and
 * seconds at typing speed (docs/nine-jobs.md has the table). The ninth, an invoice, comes with its issue.
 */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, dateOf, weekdayOf } from '../../shared/time.ts';
import {
  admin,
  berlinDate,
  berlinTime,
  GERMAN_DESKTOP,
  hasBrowser,
  LIVE_MS,
  portal,
  sentence,
  withBrowser,
} from './browser.ts';
import { DEMO, eventually } from './harness.ts';
import { interactionsOf } from './interactions.ts';
import { bookSlot, freeSlots, madeCustomer, type Slot } from './scenario.ts';

const { de } = admin;
/** Most interactions of each job; what is more is a page to mend. */
const MOST = {
  walkIn: 5,
  move: 4,
  moveByDrag: 1,
  cancel: 3,
  costOfCall: 1,
  receiptOfCall: 2,
  openingHours: 5,
  employee: 8,
  topUp: 3,
  customerOfReseller: 5,
};
const SERVICE = 'Haarschnitt';
const ZONE = 'Europe/Berlin';
const TUESDAY = 2;

describe.skipIf(!hasBrowser)('the nine jobs', () => {
  const web = withBrowser();
  let slots: Slot[];
  let numbers = 0;

  beforeAll(async () => {
    slots = await freeSlots(web.instance, DEMO.salon.apiKey, { service: SERVICE, count: 120 });
  });
  const at = (path: string): string => `${web.base}/admin/${path}`;
  const read = async (path: string) => (await web.api(`/api/v1/${path}`)).json().data;
  const freshNumber = (): string => `+4915796${String(100_000 + numbers++)}`;
  const navigation = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name });
  const calendarUrl = (slot: Slot): string =>
    at(`appointments/calendar?branch=${slot.branchId}&date=${berlinDate(slot.startsAt)}`);
  const clock = (slot: Slot): string => berlinTime(slot.startsAt);

  /** Two free times of one person on a day that no other job has: one to book, one to move to. */
  function twoSlots(): [Slot, Slot] {
    const days = Map.groupBy(slots, (slot) => `${slot.staffId} ${berlinDate(slot.startsAt)}`);
    const [from, to] = [...days.values()].find((row) => row.length >= 2) ?? [];
    if (!from || !to) throw new Error('no day with two free times');
    slots = slots.filter((slot) => berlinDate(slot.startsAt) !== berlinDate(from.startsAt));
    return [from, to];
  }

  /** Somebody with an appointment, and the day of it in the calendar. */
  async function booked(name: string) {
    const [from, to] = twoSlots();
    const [first_name, last_name] = name.split(' ');
    const customer = await madeCustomer(web.instance, { first_name, last_name, phones: [freshNumber()] });
    const id = (await bookSlot(web.instance, from, customer.id)).json().appointment_id as string;
    const page = await (await web.signedIn()).newPage();
    await page.goto(calendarUrl(from));
    const block = page.locator(`[data-appointment="${id}"]`).first();
    await block.waitFor();
    const startsAt = async (): Promise<string> =>
      new Date((await read(`appointments/${id}`)).starts_at as string).toISOString();
    return { page, id, block, from, to, startsAt };
  }

  it('1: a receptionist books a walk-in', async () => {
    const [slot] = twoSlots();
    const phone = freshNumber();
    const page = await (await web.signedIn()).newPage();
    await page.goto(calendarUrl(slot));
    await page.locator('.column-name').first().waitFor();
    const hand = interactionsOf(page);
    await hand.chord('c');
    await page.getByLabel(de('booking.customer'), { exact: true }).waitFor();
    await hand.type('Nina Neun');
    await page.keyboard.press('Tab');
    await hand.type(phone);
    await hand.choose(page.getByLabel(de('booking.service'), { exact: true }), { label: SERVICE });
    await eventually(
      () => page.getByLabel(de('booking.time'), { exact: true }).inputValue(),
      (time) => /^\d\d:\d\d$/.test(time),
      { withinMs: LIVE_MS, what: 'no free time is filled in' },
    );
    await hand.click(page.getByRole('button', { name: de('booking.submit') }));
    await page.getByText(sentence(de, 'booking.done', { customer: 'Nina Neun' })).waitFor();
    console.log(hand.told('job 1, a walk-in'));
    expect(hand.count()).toBeLessThanOrEqual(MOST.walkIn);
    const [customer] = await read(`customers?phone=${encodeURIComponent(phone)}`);
    expect(await read(`appointments?customer_id=${customer.id}`)).toMatchObject([{ status: 'confirmed' }]);
  });

  it('2: moves an appointment, by clicks and by one drag', async () => {
    const clicked = await booked('Klara Klick');
    const hand = interactionsOf(clicked.page);
    await hand.click(clicked.block);
    await hand.click(clicked.page.getByRole('button', { name: de('appointment.move') }));
    await hand.click(clicked.page.getByRole('button', { name: clock(clicked.to), exact: true }));
    await hand.click(clicked.page.getByRole('button', { name: de('move.submit'), exact: true }));
    await clicked.page.getByText(sentence(de, 'move.done', { customer: 'Klara Klick' })).waitFor();
    console.log(hand.told('job 2, a move by clicks'));
    expect(hand.count()).toBeLessThanOrEqual(MOST.move);
    expect(await clicked.startsAt()).toBe(new Date(clicked.to.startsAt).toISOString());

    const drawn = await booked('Doro Drag');
    const { page } = drawn;
    const minutes = (Date.parse(drawn.to.startsAt) - Date.parse(drawn.from.startsAt)) / 60_000;
    const pull = interactionsOf(page);
    await pull.act(async () => {
      const box = await eventually(
        () => drawn.block.boundingBox().catch(() => null),
        (found) => found !== null,
        { withinMs: LIVE_MS, what: 'the block is not on screen' },
      );
      const slotHeight = `document.querySelector('.ec-main').style.getPropertyValue('--ec-slot-height')`;
      const perMinute = (await page.evaluate<number>(`parseFloat(${slotHeight})`)) / 15;
      const [x, y] = [(box?.x ?? 0) + 30, (box?.y ?? 0) + 10];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 6, y + 6, { steps: 3 });
      await page.mouse.move(x, y + minutes * perMinute, { steps: 10 });
      await page.mouse.up();
    });
    await page.getByText(sentence(de, 'move.done', { customer: 'Doro Drag' })).waitFor();
    console.log(pull.told('job 2, a move by drag'));
    expect(pull.count()).toBeLessThanOrEqual(MOST.moveByDrag);
    expect(await drawn.startsAt()).toBe(new Date(drawn.to.startsAt).toISOString());
  });

  it('3: cancels an appointment', async () => {
    const { page, id, block } = await booked('Absalom Absage');
    const hand = interactionsOf(page);
    await hand.click(block);
    await hand.click(page.getByRole('button', { name: de('appointment.cancel') }));
    await hand.click(page.getByRole('button', { name: de('cancel.submit') }));
    await page.getByText(de('cancel.done', { customer: 'Absalom Absage' })).waitFor();
    console.log(hand.told('job 3, a cancellation'));
    expect(hand.count()).toBeLessThanOrEqual(MOST.cancel);
    expect((await read(`appointments/${id}`)).status).toBe('cancelled');
  });

  it('4: finds what a call cost, with the fee of the appointment that it booked', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('start'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    const hand = interactionsOf(page);
    await hand.click(navigation(page, de('nav.calls')));
    const row = page
      .getByRole('row')
      .filter({ hasText: de('calls.booked') })
      .first();
    await row.waitFor();
    console.log(hand.told('job 4, the cost of a call in its list'));
    expect(hand.count()).toBeLessThanOrEqual(MOST.costOfCall);
    const cost = /[\d.]+,\d\d\s€/.exec(await row.innerText())?.[0] ?? '';
    expect(cost).toMatch(/[1-9]/);
    await hand.click(row.getByRole('link').first());
    const receipt = page
      .locator('section, .mantine-Paper-root')
      .filter({ hasText: de('receipt.title') })
      .last();
    await receipt.getByText(cost).first().waitFor();
    console.log(hand.told('job 4, with its receipt'));
    expect(hand.count()).toBeLessThanOrEqual(MOST.receiptOfCall);
  });

  it('5: an owner changes the opening hours', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('start'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    const hand = interactionsOf(page);
    await hand.click(navigation(page, de('nav.hours')));
    await hand.click(page.getByRole('tab', { name: de('hours.tab.branches') }));
    await hand.click(page.getByRole('link', { name: 'Salon Schön Mitte' }));
    await hand.type('19:30', page.getByLabel(`${de(`weekday.${TUESDAY}`)}: ${de('time.to')}`, { exact: true }));
    await hand.chord('Control+s');
    await page.getByText(de('hours.saved', { name: 'Salon Schön Mitte' })).waitFor();
    console.log(hand.told('job 5, opening hours'));
    expect(hand.count()).toBeLessThanOrEqual(MOST.openingHours);
    const rows = (await read('working-hours?branch_id=bra_mitte&limit=100')) as {
      staff_id: string | null;
      resource_id: string | null;
      day_of_week: number;
      periods: { to: string }[];
    }[];
    const own = rows.filter((row) => row.staff_id === null && row.resource_id === null);
    expect(own.find((row) => row.day_of_week === TUESDAY)?.periods.at(-1)?.to).toBe('19:30');
  });

  it('6: an owner adds an employee, who can be booked at once', async () => {
    const last = `Neu${randomUUID().replace(/[^a-f]/g, '')}`;
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('start'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    const hand = interactionsOf(page);
    await hand.click(navigation(page, de('nav.staff')));
    await hand.click(page.getByRole('link', { name: de('staff.create') }).first());
    await page.getByLabel(de('staff.first_name'), { exact: true }).waitFor();
    await hand.type('Erna');
    await page.keyboard.press('Tab');
    await hand.type(last);
    await hand.click(page.getByRole('checkbox', { name: 'Salon Schön Mitte' }));
    await hand.chord('Control+s');
    await page.getByRole('heading', { name: `Erna ${last}`, level: 1 }).waitFor();
    await hand.click(page.getByRole('button', { name: de('hours.as_branch', { name: 'Salon Schön Mitte' }) }));
    await page.getByText(de('hours.saved', { name: `Erna ${last}` })).waitFor();
    await hand.click(page.getByRole('button', { name: de('staff.assign_all') }));
    await page
      .getByText(new RegExp(`Erna ${last}: \\d+ Leistungen`))
      .first()
      .waitFor();
    console.log(hand.told('job 6, an employee who can be booked'));
    expect(hand.count()).toBeLessThanOrEqual(MOST.employee);
    await web.picture(page, 'nine-jobs-employee', true);

    const staffId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    let date = addDays(dateOf(Date.now(), ZONE), 7);
    while (weekdayOf(date) !== TUESDAY) date = addDays(date, 1);
    const service = (await read('services?limit=100')).find((one: { name: { de: string } }) => one.name.de === SERVICE);
    const free = await web.api('/api/v2/availability/simple', {
      body: { date, service_id: service.id, branch_id: 'bra_mitte', staff_id: staffId },
    });
    expect(free.json().slots.length, free.text).toBeGreaterThan(0);
  });

  it('7: an owner tops up 100 €', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/portal`);
    await page.getByTestId('balance').getByText('€').waitFor();
    const say = portal.de;
    const hand = interactionsOf(page);
    await hand.click(page.getByRole('link', { name: say('balance.topup') }));
    await page.getByText(sentence(say, 'topup.submit')).waitFor();
    expect(await page.getByTestId('topup-total').innerText()).toMatch(/119,00\s€/);
    await hand.click(page.getByRole('button', { name: sentence(say, 'topup.submit') }));
    await page.waitForURL((url) => Number(url.port) === web.instance.sandboxPort);
    await hand.click(page.locator('button[data-method="card"]'));
    await page.locator('[data-testid="topup-status"][data-status="completed"]').waitFor({ timeout: 3 * LIVE_MS });
    console.log(hand.told('job 7, a top-up of 100 €'));
    expect(hand.count()).toBeLessThanOrEqual(MOST.topUp);
  });

  it('9: a reseller makes a customer, whose owner is invited', async () => {
    const page = await (await web.signedIn(GERMAN_DESKTOP, 'reseller@demo.test')).newPage();
    await page.goto(`${web.base}/reseller`);
    await page.getByRole('heading', { name: de('tenants.customers'), level: 1 }).waitFor();
    const hand = interactionsOf(page);
    await hand.click(page.getByRole('link', { name: de('tenants.create_customer') }).first());
    await page.getByLabel(de('tenants.name'), { exact: true }).waitFor();
    await hand.type('Studio Neunmal');
    await page.keyboard.press('Tab');
    await hand.type('Nele Neunmal');
    await page.keyboard.press('Tab');
    await hand.type('nele@studio-neunmal.test');
    await hand.chord('Control+s');
    await page.getByRole('heading', { name: 'Studio Neunmal', level: 1 }).waitFor();
    console.log(hand.told('job 9, a customer of a reseller'));
    expect(hand.count()).toBeLessThanOrEqual(MOST.customerOfReseller);
    await eventually(
      async () => (await web.instance.sandbox.request('/_sandbox/smtp/mails')).text,
      (mails) => mails.includes('nele@studio-neunmal.test'),
      { what: 'the invitation' },
    );
  });
});
