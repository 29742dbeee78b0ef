import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  admin,
  berlin,
  berlinDate,
  GERMAN_DESKTOP,
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
import { bookSlot, freeSlots, madeCustomer, type Slot } from './scenario.ts';

const { de } = admin;

describe.skipIf(!hasBrowser)('the calendar', () => {
  const web = withBrowser();
  let slots: Slot[];

  beforeAll(async () => {
    slots = await freeSlots(web.instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 40 });
  });

  async function bookThroughApi(slot: Slot, name: string): Promise<string> {
    const [firstName, lastName] = name.split(' ');
    const customer = await madeCustomer(web.instance, {
      first_name: firstName,
      last_name: lastName,
      phones: [`+4915799${Math.floor(100_000 + Math.random() * 899_999)}`],
    });
    const answer = await bookSlot(web.instance, slot, customer.id);
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.json().appointment_id as string;
  }

  const appointment = async (id: string) => (await web.api(`/api/v1/appointments/${id}`)).json().data;
  const startOf = async (id: string): Promise<string> => new Date((await appointment(id)).starts_at).toISOString();

  const calendarUrl = (slot: Slot): string =>
    `${web.base}/admin/appointments/calendar?branch=${slot.branchId}&date=${berlinDate(slot.startsAt)}`;

  const block = (page: Page, id: string) => page.locator(`[data-appointment="${id}"]`).first();

  /** So many free slots of one person on one day, in order: one to book, the others to move to. Nobody else gets them. */
  function slotsOfOneDay(count: number): [Slot, ...Slot[]] {
    const rows = Map.groupBy(slots, (slot) => `${slot.staffId} ${berlinDate(slot.startsAt)}`);
    const row = [...rows.values()].find((found) => found.length >= count)?.slice(0, count) ?? [];
    const [first, ...others] = row;
    if (!first) throw new Error(`nobody has ${count} free slots on one day`);
    slots = slots.filter((slot) => !row.includes(slot));
    return [first, ...others];
  }

  it('shows a booking made elsewhere without a reload, and moves it by keyboard and back by Undo', async () => {
    const customer = 'Frieda Livetest';
    const [slot, target = slot] = slotsOfOneDay(2);
    const page = await (await web.signedIn()).newPage();
    await page.goto(calendarUrl(slot));
    await page.getByText(de('live.live'), { exact: true }).waitFor();
    await page.locator('.booking-calendar .ec-day').first().waitFor();
    const id = await bookThroughApi(slot, customer);
    await block(page, id).waitFor({ timeout: LIVE_MS });
    expect(await block(page, id).innerText()).toContain(customer);

    await block(page, id).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: de('appointment.move') }).press('Enter');
    await page.getByLabel(de('move.other_time')).fill(berlin(target.startsAt, { hour: '2-digit', minute: '2-digit' }));
    await page.getByRole('button', { name: de('move.submit'), exact: true }).press('Enter');
    await page.getByText(sentence(de, 'move.done', { customer })).waitFor();
    expect(await startOf(id)).toBe(new Date(target.startsAt).toISOString());

    await page.getByRole('button', { name: de('action.undo') }).click();
    await page.getByText(de('move.undone', { customer })).waitFor();
    expect(await startOf(id)).toBe(new Date(slot.startsAt).toISOString());
  });

  it('moves by drag and drop, and puts a block back with alternatives when the time is taken', async () => {
    const [slot, taken = slot, free = slot] = slotsOfOneDay(3);
    const [id, other] = [await bookThroughApi(slot, 'Greta Ziehtest'), await bookThroughApi(taken, 'Bernd Besetzt')];
    const page = await (await web.signedIn()).newPage();
    await page.goto(calendarUrl(slot));
    await block(page, other).waitFor();

    await drag(page, id, minutesBetween(slot.startsAt, free.startsAt));
    await page.getByText(sentence(de, 'move.done', { customer: 'Greta Ziehtest' })).waitFor();
    expect(await startOf(id)).toBe(new Date(free.startsAt).toISOString());

    await drag(page, id, minutesBetween(free.startsAt, taken.startsAt));
    await page.getByText(de('move.conflict_title')).waitFor();
    expect(await startOf(id)).toBe(new Date(free.startsAt).toISOString());
    await isAccessible(page);
    await web.picture(page, 'conflict');
    await page.getByRole('dialog').getByRole('alert').getByRole('button').first().click();
    const before = new Date(free.startsAt).toISOString();
    await eventually(
      () => startOf(id),
      (now) => now !== before,
      { withinMs: LIVE_MS, what: 'the offered time is taken' },
    );
  });

  /** Drags a block by minutes within its column, as a hand would: press, a little, all the way, release. @param lets false: still held */
  async function drag(page: Page, id: string, minutes: number, lets = true): Promise<void> {
    // the grid may be drawn anew at any moment: look until it stands
    const from = await eventually(
      async () => {
        const element = block(page, id);
        await element.scrollIntoViewIfNeeded().catch(() => undefined);
        return element.boundingBox().catch(() => null);
      },
      (box) => box !== null,
      { withinMs: LIVE_MS, what: `block ${id} is not on screen` },
    );
    if (!from) return;
    const slotHeight = `document.querySelector('.ec-main').style.getPropertyValue('--ec-slot-height')`;
    const pixelsPerMinute = (await page.evaluate<number>(`parseFloat(${slotHeight})`)) / 15;
    const [x, y] = [from.x + from.width / 3, from.y + 10];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 6, y + 6, { steps: 3 });
    await page.mouse.move(x, y + minutes * pixelsPerMinute, { steps: 10 });
    if (lets) await page.mouse.up();
  }

  it('offers what can be true at this hour: before it begins an appointment is moved, neither done nor missed', async () => {
    const [slot] = slotsOfOneDay(1);
    const id = await bookThroughApi(slot, 'Petra Vorher');
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${calendarUrl(slot)}&appointment=${id}`);
    const actions = page.locator('.drawer-actions');
    await actions.waitFor();
    expect(await actions.getByRole('button').allInnerTexts()).toEqual([
      de('appointment.move'),
      de('appointment.cancel'),
    ]);
    const main = await page.evaluate<string>(
      `document.querySelector('.drawer-actions [data-variant=filled]').textContent`,
    );
    expect(main).toBe(de('appointment.move'));
  });

  it('calls the stretches of a visit by their names, and the customer by a number one can dial', async () => {
    const [composite] = await freeSlots(web.instance, DEMO.salon.apiKey, {
      service: 'Waschen + Schneiden + Föhnen',
      count: 1,
    });
    if (!composite) throw new Error('nothing free');
    const id = await bookThroughApi(composite, 'Nora Namen');
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${calendarUrl(composite)}&appointment=${id}`);
    await page.locator('.segments li').first().waitFor();
    const names = await page.locator('.segments li span:last-child').allInnerTexts();
    expect(names).toEqual(['Waschen', 'Schneiden', 'Föhnen']);
    const line = page.getByRole('dialog').getByRole('link', { name: /^\+49/ });
    await line.waitFor();
    expect(await line.getAttribute('href')).toMatch(/^tel:\+4915799\d{6}$/);
    await page.getByRole('dialog').getByRole('link', { name: 'Nora Namen' }).click();
    await page.getByRole('heading', { name: 'Nora Namen', level: 1 }).waitFor();
  });

  it('shows the new time on the block while it is dragged', async () => {
    const [slot, target = slot] = slotsOfOneDay(2);
    const id = await bookThroughApi(slot, 'Dora Ziehend');
    const page = await (await web.signedIn()).newPage();
    await page.goto(calendarUrl(slot));
    await block(page, id).waitFor();
    await drag(page, id, minutesBetween(slot.startsAt, target.startsAt), false);
    const clock = berlin(target.startsAt, { hour: '2-digit', minute: '2-digit' });
    await page.locator('.ec-preview .block-time', { hasText: clock }).waitFor({ timeout: LIVE_MS });
    await page.keyboard.press('Escape');
    await page.mouse.up();
  });

  it('takes days as people type them, and opens a month, in a browser of any language', async () => {
    const [slot] = slotsOfOneDay(1);
    const id = await bookThroughApi(slot, 'Theo Datumsfeld');
    for (const locale of ['de-DE', 'en-GB'] as const) {
      const page = await (await web.signedIn({ ...GERMAN_DESKTOP, locale })).newPage();
      const say = admin[locale === 'de-DE' ? 'de' : 'en'];
      await page.goto(`${web.base}/admin/appointments/calendar?branch=${slot.branchId}`);
      const [year, month, day] = berlinDate(slot.startsAt).split('-');
      const field = page.getByLabel(say('calendar.date'), { exact: true });
      await field.fill(`${day}.${month}.${year}`);
      await block(page, id).waitFor();
      await field.blur();
      expect(await field.inputValue()).toBe([day, month, year].join(locale === 'de-DE' ? '.' : '/'));
      await field.fill('31.02.2027');
      await field.blur();
      await page.getByText(say('date.problem')).waitFor();

      await field.fill(`${day}.${month}.${year}`);
      await page.getByRole('button', { name: sentence(say, 'date.pick') }).click();
      const sheet = page.getByRole('dialog', { name: say('calendar.date') });
      await sheet.waitFor();
      await isAccessible(page);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await sheet.waitFor({ state: 'detached' });
      const next = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) + 1)).toISOString().slice(0, 10);
      await page.waitForURL(new RegExp(`date=${next}`));
      await page.close();
    }
    expect(await noNativeDates()).toEqual([]);
  });

  /** Fields that the browser draws in its own language, on the pages that ask for days and times. */
  async function noNativeDates(): Promise<string[]> {
    const found: string[] = [];
    for (const path of [
      '/admin/appointments/calendar',
      '/admin/calls',
      '/admin/exceptions/create',
      '/portal/billing/history',
    ]) {
      const page = await (await web.signedIn()).newPage();
      await page.goto(web.base + path);
      await page.locator('.date-field').first().waitFor();
      const native = await page.locator('input[type=date], input[type=time], input[type=datetime-local]').count();
      if (native > 0) found.push(path);
      await page.close();
    }
    return found;
  }

  it('names the hours from the first one, fills its room, and keeps what narrows it in the address', async () => {
    const [slot] = slotsOfOneDay(1);
    const page = await (await web.signedIn()).newPage();
    await page.goto(calendarUrl(slot));
    await page.locator('.booking-calendar .ec-slot time').first().waitFor();
    const first = page.locator('.booking-calendar .ec-sidebar .ec-slot time').first();
    expect(await first.isVisible()).toBe(true);
    expect(await first.innerText()).toMatch(/^\d\d:00$/);
    const room = await page.evaluate<{ inner: number; outer: number }>(`(() => {
      const main = document.querySelector('.ec-main');
      return { inner: main.scrollHeight, outer: main.clientHeight };
    })()`);
    expect(room.inner - room.outer, 'the day scrolls by a few pixels').toBeLessThanOrEqual(1);
    await page.getByRole('button', { name: de('calendar.filters') }).click();
    await page.getByLabel(de('calendar.staff'), { exact: true }).selectOption({ index: 1 });
    await page.getByRole('switch', { name: de('calendar.show_cancelled') }).click();
    await page.waitForURL(/staff=stf_.*cancelled=1/);
    await page.reload();
    await page.getByRole('button', { name: de('calendar.filters_active', { count: 2 }) }).waitFor();
    expect(await page.locator('.column-name').count()).toBe(1);
  });

  it('cancels with a word to the policy, and shows cancelled ones on demand', async () => {
    const [slot] = slotsOfOneDay(1);
    const id = await bookThroughApi(slot, 'Ida Statustest');
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${calendarUrl(slot)}&appointment=${id}`);
    await page.getByRole('button', { name: de('appointment.cancel') }).click();
    await page.getByRole('button', { name: de('cancel.submit') }).click();
    const anyway = page.getByRole('button', { name: de('cancel.anyway') });
    const done = page.getByText(de('cancel.done', { customer: 'Ida Statustest' }));
    await anyway.or(done).first().waitFor();
    if (await anyway.isVisible()) await anyway.click();
    await done.waitFor();
    await block(page, id).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: de('calendar.filters') }).click();
    await page.getByRole('switch', { name: de('calendar.show_cancelled') }).click();
    await block(page, id).waitFor();
    expect((await appointment(id)).status).toBe('cancelled');
  });

  it.each(LOOKS)('is accessible and fits the screen: %s', async (name, look) => {
    const [slot] = slotsOfOneDay(1);
    const id = await bookThroughApi(slot, 'Lisa Ansicht');
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(calendarUrl(slot));
    await page.getByText(admin[languageOf(look)]('live.live'), { exact: true }).waitFor();
    await block(page, id).waitFor();
    await isWellMade(web, page, `calendar-${name}`);
  });
});

const minutesBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 60_000;
