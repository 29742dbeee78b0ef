/** A walk-in: how many interactions and seconds it takes, by pointer and by keyboard, and what can be taken back. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  admin,
  berlinDate,
  berlinTime,
  hasBrowser,
  isAccessible,
  isWellMade,
  languageOf,
  LIVE_MS,
  LOOKS,
  sentence,
  withBrowser,
} from './browser.ts';
import { DEMO, eventually } from './harness.ts';
import { interactionsOf } from './interactions.ts';
import { appointmentsOf, bookSlot, freeSlots, madeCustomer, type Slot } from './scenario.ts';

const { de } = admin;
const MOST_INTERACTIONS = { new: 6, known: 4 };
const MOST_SECONDS = 15;
const SERVICE = 'Haarschnitt';

describe.skipIf(!hasBrowser)('booking', () => {
  const web = withBrowser();
  let slots: Slot[];
  let names: Map<string, string>;
  let numbers = 0;

  beforeAll(async () => {
    slots = await freeSlots(web.instance, DEMO.salon.apiKey, { service: SERVICE, count: 360 });
    const people = (await web.api('/api/v1/staff?limit=100')).json().data as {
      id: string;
      first_name: string;
      last_name: string;
    }[];
    names = new Map(people.map((one) => [one.id, `${one.first_name} ${one.last_name}`.trim()]));
  });
  const nameOf = (at: Slot): string => names.get(at.staffId) ?? '';

  const freshNumber = (): string => `+4915798${String(100_000 + numbers++)}`;
  const clockOf = (slot: Slot): string => berlinTime(slot.startsAt);

  /**
   * A free slot in the middle of a day that no other test of this file books on: forms fill in the first free time of a day. With `staffId`
   * of that person: nobody works on every day.
   */
  function slot(staffId?: string): Slot {
    const first = slots.find((one) => staffId === undefined || one.staffId === staffId);
    if (!first) throw new Error('no free slot is left');
    const day = berlinDate(first.startsAt);
    const ofDay = slots.filter((one) => berlinDate(one.startsAt) === day && one.staffId === first.staffId);
    slots = slots.filter((one) => berlinDate(one.startsAt) !== day);
    return ofDay[Math.floor(ofDay.length / 2)] ?? first;
  }
  const calendarUrl = (at: Slot): string =>
    `${web.base}/admin/appointments/calendar?branch=${at.branchId}&date=${berlinDate(at.startsAt)}`;

  async function opened(at: Slot): Promise<Page> {
    const page = await (await web.signedIn()).newPage();
    await page.goto(calendarUrl(at));
    await page.locator('.booking-calendar .ec-day').first().waitFor();
    await page.locator('.column-name').first().waitFor();
    return page;
  }

  /** Presses the empty place of a slot in the grid. */
  async function pressPlace(page: Page, at: Slot): Promise<void> {
    const place = await eventually(
      () =>
        page.evaluate<{ x: number; y: number } | null>(`(() => {
          const main = document.querySelector('.ec-main');
          const height = parseFloat(main?.style.getPropertyValue('--ec-slot-height') ?? '');
          const names = [...document.querySelectorAll('.column-name')].map((name) => name.textContent);
          const column = [...document.querySelectorAll('.booking-calendar .ec-day')].filter((day) => day.getBoundingClientRect().height > 200)[names.indexOf(${JSON.stringify(nameOf(at))})];
          const first = document.querySelector('.ec-sidebar .ec-slot time');
          if (!main || !column || !first || !(height > 0)) return null;
          const [h, m] = ${JSON.stringify(clockOf(at))}.split(':').map(Number);
          const [fh] = first.textContent.split(':').map(Number);
          const box = column.getBoundingClientRect();
          return { x: box.left + box.width / 2, y: box.top + ((h - fh) * 4 + m / 15) * height + 5 };
        })()`),
      (found) => found !== null,
      { withinMs: LIVE_MS, what: 'the grid is not there' },
    );
    if (place) await page.mouse.click(place.x, place.y);
  }

  const appointments = (customerId: string) => appointmentsOf(web, customerId);
  const customerBy = async (phone: string) =>
    (await web.api(`/api/v1/customers?phone=${encodeURIComponent(phone)}`)).json().data as {
      id: string;
      name: string;
    }[];

  it('takes a walk-in who is new in six interactions and fifteen seconds, and back by Undo', async () => {
    const at = slot();
    const phone = freshNumber();
    const page = await opened(at);
    const hand = interactionsOf(page);
    await hand.act(() => pressPlace(page, at));
    const who = page.getByLabel(de('booking.customer'), { exact: true });
    await who.waitFor();
    await hand.type('Wanda Laufkundin');
    await page.keyboard.press('Tab');
    await hand.type(phone);
    await hand.choose(page.getByLabel(de('booking.service'), { exact: true }), { label: SERVICE });
    await hand.click(page.getByRole('button', { name: de('booking.submit') }));
    await page.getByText(sentence(de, 'booking.done', { customer: 'Wanda Laufkundin' })).waitFor();
    console.log(hand.told('a new walk-in'));
    expect(hand.seconds()).toBeLessThanOrEqual(MOST_SECONDS);
    expect(hand.count()).toBeLessThanOrEqual(MOST_INTERACTIONS.new);

    const [made] = await customerBy(phone);
    expect(made?.name).toBe('Wanda Laufkundin');
    const [booked] = await appointments(made?.id ?? '');
    expect(booked).toMatchObject({ staff_id: at.staffId, status: 'confirmed', service_name: SERVICE });
    expect(new Date(booked?.starts_at ?? 0).toISOString()).toBe(new Date(at.startsAt).toISOString());
    await page.locator(`[data-appointment="${booked?.id}"]`).first().waitFor({ timeout: LIVE_MS });

    await page.getByRole('button', { name: de('action.undo') }).click();
    await page.getByText(de('booking.undone', { customer: 'Wanda Laufkundin' })).waitFor();
    expect((await appointments(made?.id ?? ''))[0]?.status).toBe('cancelled');
  });

  it('takes a known customer in four, by keyboard alone, with what they usually have', async () => {
    const past = slot();
    const at = slot(past.staffId);
    const customer = await madeCustomer(web.instance, {
      first_name: 'Kunigunde',
      last_name: 'Bekannt',
      phones: [freshNumber()],
    });
    expect((await bookSlot(web.instance, past, customer.id)).status).toBeLessThan(300);
    const page = await opened(at);
    const hand = interactionsOf(page);
    await hand.chord('c');
    await page.getByLabel(de('booking.customer'), { exact: true }).waitFor();
    await hand.type('kunig');
    await page.getByRole('option', { name: /Kunigunde Bekannt/ }).waitFor();
    await hand.chord('Enter');
    await page.waitForURL(/service=srv_.*/);
    await eventually(
      () => page.getByLabel(de('booking.time'), { exact: true }).inputValue(),
      (time) => /^\d\d:\d\d$/.test(time),
      { withinMs: LIVE_MS, what: 'no free time is filled in' },
    );
    expect(new URL(page.url()).searchParams.get('with')).toBe(past.staffId);
    await hand.chord('Enter');
    await page.getByText(sentence(de, 'booking.done', { customer: 'Kunigunde Bekannt' })).waitFor();
    console.log(hand.told('a known customer'));
    expect(hand.seconds()).toBeLessThanOrEqual(MOST_SECONDS);
    expect(hand.count()).toBeLessThanOrEqual(MOST_INTERACTIONS.known);
    expect((await appointments(customer.id)).length).toBe(2);
  });

  it('says whose number it is, what is missing where it is missing, and offers others for a lost place', async () => {
    const at = slot();
    const phone = freshNumber();
    const known = await madeCustomer(web.instance, { first_name: 'Nele', last_name: 'Nummer', phones: [phone] });
    const page = await opened(at);
    await page.keyboard.press('c');
    await page.getByRole('button', { name: de('booking.submit') }).click();
    await page.getByText(de('booking.customer_needed')).waitFor();
    await page.getByText(de('booking.service_needed')).waitFor();
    await page.getByText(de('booking.time_needed')).waitFor();
    await isAccessible(page);

    await page.getByLabel(de('booking.customer'), { exact: true }).fill('Neue Person');
    await page.getByLabel(de('booking.new_phone')).fill(phone.replace('+49', '0'));
    await page.getByRole('button', { name: 'Nele Nummer' }).click();
    await page.waitForURL(new RegExp(`customer=${known.id}`));
    await page.getByLabel(de('booking.service'), { exact: true }).selectOption({ label: SERVICE });
    await page.getByLabel(de('appointment.staff'), { exact: true }).selectOption({ label: nameOf(at) });
    await page.getByLabel(de('booking.time'), { exact: true }).fill(clockOf(at));

    // The address holds all of it.
    await page.reload();
    await page.getByRole('button', { name: de('booking.submit') }).waitFor();
    await eventually(
      () => page.getByLabel(de('booking.customer'), { exact: true }).inputValue(),
      (name) => name === 'Nele Nummer',
      { withinMs: LIVE_MS, what: 'the customer is not there after a reload' },
    );
    expect(await page.getByLabel(de('booking.time'), { exact: true }).inputValue()).toBe(clockOf(at));
    await page.getByText(de('move.free')).waitFor();

    const other = await madeCustomer(web.instance, {
      first_name: 'Vera',
      last_name: 'Vorher',
      phones: [freshNumber()],
    });
    expect((await bookSlot(web.instance, at, other.id)).status).toBeLessThan(300);
    await page.getByRole('button', { name: de('booking.submit') }).click();
    await page.getByText(de('move.conflict_title')).waitFor();
    await web.picture(page, 'booking-lost');
    await page.getByRole('dialog').getByRole('alert').getByRole('button').first().click();
    await page.getByRole('button', { name: de('booking.submit') }).click();
    await page.getByText(sentence(de, 'booking.done', { customer: 'Nele Nummer' })).waitFor();
    expect((await appointments(known.id))[0]?.staff_id).toBeDefined();
  });

  it('gives an appointment another length, and back by Undo; a cancelled one stands again', async () => {
    const at = slot();
    const customer = await madeCustomer(web.instance, {
      first_name: 'Lara',
      last_name: 'Länger',
      phones: [freshNumber()],
    });
    const id = (await bookSlot(web.instance, at, customer.id)).json().appointment_id as string;
    const page = await opened(at);
    const block = page.locator(`[data-appointment="${id}"]`).first();
    await block.waitFor();
    const endOf = async (): Promise<number> =>
      Date.parse((await web.api(`/api/v1/appointments/${id}`)).json().data.ends_at as string);
    const before = await endOf();
    await page.goto(`${calendarUrl(at)}&appointment=${id}`);
    await page.getByRole('button', { name: de('appointment.move') }).click();
    const minutes = Number(await page.getByLabel(de('booking.duration')).inputValue());
    await page.getByLabel(de('booking.duration')).fill(String(minutes - 15));
    await page.getByRole('button', { name: de('move.submit'), exact: true }).click();
    await page.getByText(sentence(de, 'resize.done', { customer: 'Lara Länger' })).waitFor();
    expect(await endOf()).toBe(before - 15 * 60_000);
    await page.getByRole('button', { name: de('action.undo') }).click();
    await page.getByText(de('move.undone', { customer: 'Lara Länger' })).waitFor();
    expect(await endOf()).toBe(before);

    await block.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: de('appointment.cancel') }).click();
    await page.getByRole('button', { name: de('cancel.submit') }).click();
    const anyway = page.getByRole('button', { name: de('cancel.anyway') });
    const done = page.getByText(de('cancel.done', { customer: 'Lara Länger' }));
    await anyway.or(done).first().waitFor();
    if (await anyway.isVisible()) await anyway.click();
    await done.waitFor();
    await page.getByRole('button', { name: de('action.undo') }).click();
    await page.getByText(de('booking.undo_cancel', { customer: 'Lara Länger' })).waitFor();
    expect((await appointments(customer.id))[0]?.status).toBe('confirmed');
  });

  it.each(LOOKS)('is accessible and fits the screen: %s', async (name, look) => {
    const at = slot();
    const page = await (await web.signedIn(look)).newPage();
    const say = admin[languageOf(look)];
    await page.goto(`${calendarUrl(at)}&new=1&name=Anna&phone=0151`);
    await page.getByRole('button', { name: say('booking.submit') }).waitFor();
    await page.getByLabel(say('booking.service'), { exact: true }).selectOption({ index: 1 });
    await page.getByText(say('move.free')).waitFor();
    await isWellMade(web, page, `booking-${name}`);
  });
});
