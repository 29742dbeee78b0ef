/** A morning without a mouse: nothing but keys, from the first to the last. Booking, moving, cancelling; an absence made, changed and removed. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, dateOf, weekdayOf } from '../../shared/time.ts';
import { admin, berlin, berlinDate, hasBrowser, LIVE_MS, sentence, withBrowser } from './browser.ts';
import { DEMO, eventually } from './harness.ts';
import { bookSlot, freeSlots, madeCustomer, type Slot } from './scenario.ts';

const { de } = admin;
/** Whoever needs more of them has lost their way. */
const MOST_TABS = 90;

/** Presses Tab until something has the focus, which then shows itself. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.first().waitFor();
  for (let presses = 0; presses < MOST_TABS; presses++) {
    if (await hasFocus(page, target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${MOST_TABS} times ${key} do not lead to ${target}`);
}
const hasFocus = async (page: Page, target: Locator): Promise<boolean> =>
  (await target.and(page.locator(':focus')).count()) > 0;

/** Writes over what a field has. */
async function write(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}
/** Chooses in a native list by the beginning of its label. */
async function pick(page: Page, list: Locator, label: string): Promise<void> {
  await tabTo(page, list);
  await page.keyboard.type(label);
  const chosen = async (): Promise<string> => (await list.locator('option:checked').textContent()) ?? '';
  await eventually(chosen, (one) => one.startsWith(label), { withinMs: LIVE_MS, what: `${label} is not chosen` });
}

describe.skipIf(!hasBrowser)('by keyboard alone', () => {
  const web = withBrowser();
  let slots: Slot[];

  beforeAll(async () => {
    slots = await freeSlots(web.instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 60 });
  });
  const read = async (path: string) => (await web.api(`/api/v1/${path}`)).json().data;
  const dialog = (page: Page) => page.getByRole('dialog');

  it('books, moves, takes back and cancels an appointment', async () => {
    const days = Map.groupBy(slots, (slot) => `${slot.staffId} ${berlinDate(slot.startsAt)}`);
    const [from, to] = [...days.values()].find((row) => row.length >= 2) ?? [];
    if (!from || !to) throw new Error('no day with two free times');
    const customer = await madeCustomer(web.instance, {
      first_name: 'Tabea',
      last_name: 'Taste',
      phones: ['+4915795100001'],
    });
    expect((await bookSlot(web.instance, from, customer.id)).status).toBeLessThan(300);
    const page = await (await web.signedIn()).newPage();
    await page.goto(
      `${web.base}/admin/appointments/calendar?branch=${from.branchId}&date=${berlinDate(from.startsAt)}`,
    );
    await page.locator('.column-name').first().waitFor();

    // Booked: a second appointment of the same customer, as they usually have it.
    await page.keyboard.press('c');
    await page.getByLabel(de('booking.customer'), { exact: true }).waitFor();
    await page.keyboard.type('tabea');
    await page.getByRole('option', { name: /Tabea Taste/ }).waitFor();
    await page.keyboard.press('Enter');
    await eventually(
      () => page.getByLabel(de('booking.time'), { exact: true }).inputValue(),
      (time) => /^\d\d:\d\d$/.test(time),
      { withinMs: LIVE_MS, what: 'no free time is filled in' },
    );
    await page.keyboard.press('Enter');
    await page.getByText(sentence(de, 'booking.done', { customer: 'Tabea Taste' })).waitFor();
    const mine = (await read(`appointments?customer_id=${customer.id}`)) as { id: string; starts_at: string }[];
    expect(mine).toHaveLength(2);

    // Moved: the first one, opened by Enter on its block.
    const first = mine.find((one) => Date.parse(one.starts_at) === Date.parse(from.startsAt));
    const startsAt = async (): Promise<number> => Date.parse((await read(`appointments/${first?.id}`)).starts_at);
    const block = page.locator(`[data-appointment="${first?.id}"]`);
    await tabTo(page, block);
    await page.keyboard.press('Enter');
    await tabTo(page, dialog(page).getByRole('button', { name: de('appointment.move') }));
    await page.keyboard.press('Enter');
    const other = await freeAt(page, berlin(from.startsAt, { hour: '2-digit', minute: '2-digit' }));
    await write(page, page.getByLabel(de('move.other_time')), other);
    await tabTo(page, page.getByRole('button', { name: de('move.submit'), exact: true }));
    await page.keyboard.press('Enter');
    await page.getByText(sentence(de, 'move.done', { customer: 'Tabea Taste' })).waitFor();
    expect(await startsAt()).not.toBe(Date.parse(from.startsAt));

    // Taken back before it is too late: Undo is within reach of Tab.
    await tabTo(page, page.getByRole('button', { name: de('action.undo') }).last());
    await page.keyboard.press('Enter');
    await page.getByText(de('move.undone', { customer: 'Tabea Taste' })).waitFor();
    expect(await startsAt()).toBe(Date.parse(from.startsAt));

    // Cancelled.
    await tabTo(page, block);
    await page.keyboard.press('Enter');
    await tabTo(page, dialog(page).getByRole('button', { name: de('appointment.cancel') }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: de('cancel.submit') }));
    await page.keyboard.press('Enter');
    await page.getByText(de('cancel.done', { customer: 'Tabea Taste' })).waitFor();
    expect((await read(`appointments/${first?.id}`)).status).toBe('cancelled');
  });

  /** Another of the free times that the form offers. */
  async function freeAt(page: Page, now: string): Promise<string> {
    const times = page.locator('button.free-time');
    await times.first().waitFor();
    const other = (await times.allInnerTexts()).find((time) => time !== now);
    if (other === undefined) throw new Error('only one time is free');
    return other;
  }

  it('makes, changes and removes an absence, and takes the removal back', async () => {
    const [person] = (await read('staff?limit=100')) as { id: string; first_name: string; last_name: string }[];
    if (!person) throw new Error('nobody works here');
    const fullName = `${person.first_name} ${person.last_name}`;
    // Far away, where nobody has an appointment that would be in the way.
    let date = addDays(dateOf(Date.now(), 'Europe/Berlin'), 400);
    while (weekdayOf(date) !== 3) date = addDays(date, 1);
    const typed = (day: string): string => day.split('-').reverse().join('.');
    const mine = async () =>
      ((await read(`exceptions?staff_id=${person.id}&limit=100`)) as { id: string; from_date: string }[]).filter(
        (one) => one.from_date === date,
      );
    const field = (name: string): Locator => page.getByLabel(name, { exact: true });
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/start`);
    await page.getByRole('heading', { level: 1 }).waitFor();

    // There by the palette, made by `c`.
    await page.keyboard.press('Control+k');
    await dialog(page).waitFor();
    await page.keyboard.type(de('nav.exceptions'));
    await page
      .getByRole('option', { name: sentence(de, 'nav.exceptions') })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/admin\/exceptions$/);
    await page.getByRole('heading', { name: de('exceptions.title'), level: 1 }).waitFor();
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: de('exceptions.create'), level: 1 }).waitFor();
    await pick(page, field(de('exceptions.owner')), fullName);
    await pick(page, field(de('exceptions.kind')), de('exceptions.kind.vacation'));
    await write(page, field(de('exceptions.from_date')), typed(date));
    await write(page, field(de('exceptions.to_date')), typed(addDays(date, 1)));
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { name: `${de('exceptions.kind.vacation')}: ${fullName}`, level: 1 }).waitFor();
    expect(await mine()).toMatchObject([{ kind: 'vacation', to_date: addDays(date, 1) }]);

    // Changed: ill instead, and a day longer.
    await tabTo(page, page.getByRole('link', { name: de('kit.edit'), exact: true }));
    await page.keyboard.press('Enter');
    await pick(page, field(de('exceptions.kind')), de('exceptions.kind.sick'));
    await write(page, field(de('exceptions.to_date')), typed(addDays(date, 2)));
    await page.keyboard.press('Control+s');
    const name = `${de('exceptions.kind.sick')}: ${fullName}`;
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    expect(await mine()).toMatchObject([{ kind: 'sick', to_date: addDays(date, 2) }]);

    // Removed, and taken back.
    await tabTo(page, page.getByRole('button', { name: de('kit.actions_of', { name }) }));
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: de('kit.delete') }).waitFor();
    for (
      let presses = 0;
      presses < 6 && !(await hasFocus(page, page.getByRole('menuitem', { name: de('kit.delete') })));
      presses++
    )
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await eventually(mine, (left) => left.length === 0, { withinMs: LIVE_MS, what: 'the absence is still there' });
    await tabTo(page, page.getByRole('button', { name: de('action.undo') }).last());
    await page.keyboard.press('Enter');
    await eventually(mine, (back) => back.length === 1, { withinMs: LIVE_MS, what: 'the absence is not back' });
  });
});
