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
/** Of a phone: what the grid has to itself begins here. */
const HIGHEST_CHROME_PX = 112;

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

  interface Grip {
    /** false: still held */
    lets?: boolean;
    /** the lower edge makes it longer or shorter */
    edge?: 'head' | 'foot';
  }

  /** Drags a block by minutes within its column, as a hand would: press, a little, all the way, release. */
  async function drag(page: Page, id: string, minutes: number, { lets = true, edge = 'head' }: Grip = {}) {
    // The grid may be drawn anew at any moment, and its rows grow once it knows its room: look until it stands still.
    const slotHeight = `parseFloat(document.querySelector('.ec-main').style.getPropertyValue('--ec-slot-height'))`;
    let before = '';
    const from = await eventually(
      async () => {
        const element = block(page, id);
        await element.scrollIntoViewIfNeeded().catch(() => undefined);
        const box = await element.boundingBox().catch(() => null);
        const grid = { box, height: await page.evaluate<number>(slotHeight).catch(() => 0) };
        const isStill = JSON.stringify(grid) === before;
        before = JSON.stringify(grid);
        return isStill && box !== null ? { ...box, slot: grid.height } : null;
      },
      (box) => box !== null,
      { withinMs: LIVE_MS, what: `block ${id} is not still on screen` },
    );
    if (!from) return;
    const pixelsPerMinute = from.slot / 15;
    const [x, y] = [from.x + from.width / 3, edge === 'foot' ? from.y + from.height - 3 : from.y + 10];
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
    await drag(page, id, minutesBetween(slot.startsAt, target.startsAt), { lets: false });
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
    await page.getByRole('dialog').locator('.person-chip').nth(1).click();
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

  it('shows three days, a week, a month, a list and rooms, each from its address, and moves between days', async () => {
    const [slot] = slotsOfOneDay(1);
    const id = await bookThroughApi(slot, 'Ute Übersicht');
    const date = berlinDate(slot.startsAt);
    const page = await (await web.signedIn()).newPage();
    await page.goto(calendarUrl(slot));
    await block(page, id).waitFor();
    const views = page.getByLabel(de('calendar.view'), { exact: true });
    for (const [view, columns] of [
      ['three', 3],
      ['week', 7],
    ] as const) {
      await views.selectOption(view);
      await page.waitForURL(new RegExp(`view=${view}`));
      await block(page, id).waitFor();
      // The columns of the view before stand until the next ones come.
      await eventually(
        () => page.locator('.column-name').count(),
        (count) => count === columns,
        { what: `${view} has other columns` },
      );
      await isAccessible(page);
      await web.picture(page, `calendar-${view}`);
    }
    await page.reload();
    await block(page, id).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Ute Übersicht').first().waitFor();
    await page.keyboard.press('Escape');

    await views.selectOption('month');
    const inMonth = page.locator('.month-day', { hasText: String(Number(date.slice(8))) }).first();
    await inMonth.waitFor();
    await isAccessible(page);
    await web.picture(page, 'calendar-month');
    await views.selectOption('list');
    await page.locator('.agenda-row', { hasText: 'Ute Übersicht' }).first().waitFor();
    await isAccessible(page);
    await web.picture(page, 'calendar-list');
    await page.locator('.agenda-row', { hasText: 'Ute Übersicht' }).first().click();
    await page.getByRole('dialog').getByText('Ute Übersicht').first().waitFor();
    await page.keyboard.press('Escape');
    await views.selectOption('rooms');
    await page.waitForURL(/view=rooms/);
    await page.locator('.column-name').first().waitFor();
    await web.picture(page, 'calendar-rooms');
    await views.selectOption('day');
    await block(page, id).waitFor();
  });

  it.each(LOOKS)(
    'says in several days whose each block is, narrows to people, and draws now: %s',
    async (name, look) => {
      const say = admin[languageOf(look)];
      const [first] = slotsOfOneDay(1);
      const other = slots.find((slot) => slot.staffId !== first.staffId && slot.branchId === first.branchId);
      if (!other) throw new Error('nobody else is free');
      slots = slots.filter((slot) => slot !== other);
      const [mine, theirs] = [await bookThroughApi(first, 'Eins Ebene'), await bookThroughApi(other, 'Zwei Ebene')];
      const page = await (await web.signedIn(look)).newPage();
      // whatever the hour of the test, the grid has this one
      await page.clock.setFixedTime(`${berlinDate(new Date().toISOString())}T10:00:00Z`);
      await page.goto(`${web.base}/admin/appointments/calendar?branch=${first.branchId}&view=week`);
      const line = page.locator('.booking-calendar .shade-now');
      await line.waitFor({ state: 'attached' });
      expect(await line.count()).toBe(1);
      expect(await page.locator('.column-name.is-today').count()).toBe(1);
      await page.goto(`${calendarUrl(first)}&view=week`);
      const marks = page.locator('.booking-calendar .block .person-mark');
      await marks.first().waitFor();
      const isPhone = look.viewport.width < 768;
      // of days that do not fit, the one in the address stands first
      const { x } = (await block(page, mine).boundingBox()) ?? { x: -1 };
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThan(look.viewport.width);
      if (isPhone) await web.picture(page, `calendar-week-${name}`);
      if (isPhone) await page.getByRole('button', { name: say('calendar.filters') }).click();
      const chips = page.getByRole('group', { name: say('calendar.staff') }).filter({ visible: true });
      await chips.waitFor();
      await isWellMade(web, page, `calendar-people-${name}`);
      const mark = await block(page, mine).locator('.person-mark').innerText();
      await chips.locator('.person-chip', { hasText: mark }).first().click();
      await page.waitForURL(new RegExp(`staff=${first.staffId}`));
      await block(page, theirs).waitFor({ state: 'detached' });
      // Of one person every block is theirs.
      expect(await marks.count()).toBe(0);
      const others = await web.api(`/api/v1/staff/${other.staffId}`);
      await chips.getByRole('button', { name: others.json().data.first_name }).click();
      await page.waitForURL(/staff=stf_\w+(,|%2C)stf_/);
      await marks.first().waitFor();
      await page.reload();
      await marks.first().waitFor();
    },
  );

  it('answers while a block is dragged: who cannot is hatched, and why not stands at the pointer', async () => {
    const [slot, taken = slot] = slotsOfOneDay(2);
    const [id, other] = [await bookThroughApi(slot, 'Fritz Frage'), await bookThroughApi(taken, 'Olga Ort')];
    const page = await (await web.signedIn()).newPage();
    await page.goto(calendarUrl(slot));
    await block(page, other).waitFor();
    await drag(page, id, minutesBetween(slot.startsAt, taken.startsAt), { lets: false });
    await page.locator('.drag-answer', { hasText: de('drop.taken') }).waitFor();
    await web.picture(page, 'calendar-dragging');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.locator('.drag-answer').waitFor({ state: 'detached' });
  });

  it('gives a block another length by its lower edge, and back by Undo', async () => {
    const [slot] = slotsOfOneDay(1);
    const id = await bookThroughApi(slot, 'Kerstin Kürzer');
    const page = await (await web.signedIn()).newPage();
    await page.goto(calendarUrl(slot));
    await block(page, id).waitFor();
    const ends = async (): Promise<number> => Date.parse((await appointment(id)).ends_at);
    const before = await ends();
    await drag(page, id, -30, { edge: 'foot' });
    await page.getByText(sentence(de, 'resize.done', { customer: 'Kerstin Kürzer' })).waitFor();
    expect((await ends()) - before).toBe(-30 * 60_000);
    expect(await startOf(id)).toBe(new Date(slot.startsAt).toISOString());
    await page.getByRole('button', { name: de('action.undo') }).click();
    await page.getByText(de('move.undone', { customer: 'Kerstin Kürzer' })).waitFor();
    expect(await ends()).toBe(before);
  });

  it('enters an absence by drawing it in a column, names who would lose their place, and takes it back by Undo', async () => {
    const [slot] = slotsOfOneDay(1);
    const id = await bookThroughApi(slot, 'Selma Strandet');
    const page = await (await web.signedIn()).newPage();
    await page.goto(calendarUrl(slot));
    const box = await eventually(
      () =>
        block(page, id)
          .boundingBox()
          .catch(() => null),
      (found) => found !== null,
      { withinMs: LIVE_MS, what: 'the block is not on screen' },
    );
    if (!box) return;
    // From beside the block's foot upwards: an empty place of its column to begin with.
    const column = await page.evaluate<{ x: number; top: number }>(`(() => {
      const day = [...document.querySelectorAll('.booking-calendar .ec-day')].find((one) => {
        const at = one.getBoundingClientRect();
        return at.height > 200 && at.left <= ${box.x} + 20 && ${box.x} + 20 <= at.right;
      }).getBoundingClientRect();
      return { x: day.right - 3, top: day.top };
    })()`);
    await page.mouse.move(column.x, box.y + box.height - 4);
    await page.mouse.down();
    await page.mouse.move(column.x, box.y + box.height / 2, { steps: 5 });
    await page.mouse.move(column.x, box.y + 4, { steps: 5 });
    await page.mouse.up();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(de('off.kind')).selectOption('sick');
    await isAccessible(page);
    await dialog.getByRole('button', { name: de('off.enter') }).click();
    await dialog.getByText('Selma Strandet').waitFor();
    await web.picture(page, 'calendar-absence');
    await dialog.getByRole('button', { name: de('strand.save') }).click();
    await page.locator('.shade-absence').first().waitFor({ timeout: LIVE_MS, state: 'attached' });
    await page.getByRole('button', { name: de('action.undo') }).click();
    await page.getByText(sentence(de, 'off.undone', {})).waitFor();
    await page.locator('.shade-absence').first().waitFor({ timeout: LIVE_MS, state: 'detached' });
  });

  it.each(LOOKS)('is accessible and fits the screen: %s', async (name, look) => {
    const [slot] = slotsOfOneDay(1);
    const id = await bookThroughApi(slot, 'Lisa Ansicht');
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(calendarUrl(slot));
    await page.getByText(admin[languageOf(look)]('live.live'), { exact: true }).waitFor();
    await block(page, id).waitFor();
    await isWellMade(web, page, `calendar-${name}`);
    if (look.viewport.width >= 500) return;
    const box = await page.evaluate<{ top: number; column: number; room: number }>(`(() => {
      const room = document.querySelector('.calendar-room').getBoundingClientRect();
      const columns = [...document.querySelectorAll('.booking-calendar .ec-day')].map((day) => day.getBoundingClientRect().width);
      return { top: room.top, column: Math.max(...columns), room: room.width };
    })()`);
    expect(box.top, 'what stands above the grid').toBeLessThanOrEqual(HIGHEST_CHROME_PX);
    expect(box.column, 'one person a page').toBeGreaterThan(box.room * 0.75);
  });
});

const minutesBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 60_000;
