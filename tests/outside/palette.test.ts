/** The palette: one line books, everything is found, every page is reached, by keyboard alone and by a finger. */
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
  LOOKS,
  sentence,
  withBrowser,
} from './browser.ts';
import { DEMO, eventually } from './harness.ts';
import { appointmentsOf, bookSlot, freeSlots, madeCustomer, type Slot } from './scenario.ts';

const { de } = admin;
/** Milliseconds between two keys of somebody who types at work. */
const KEY_MS = 60;
const MOST_SECONDS = 15;
const SERVICE = 'Haarschnitt';

describe.skipIf(!hasBrowser)('palette', () => {
  const web = withBrowser();
  let slots: Slot[];
  let numbers = 0;
  beforeAll(async () => {
    slots = await freeSlots(web.instance, DEMO.salon.apiKey, { service: SERVICE, count: 200 });
  });
  const freshNumber = (): string => `+4915797${String(100_000 + numbers++)}`;
  const clockOf = (slot: Slot): string => berlinTime(slot.startsAt);
  /** A slot of a day that no other test books on; „Freitag“ would be today's on a Friday, so days are named by their date. */
  function slot(): Slot {
    const [first] = slots;
    if (!first) throw new Error('no free slot is left');
    const day = berlinDate(first.startsAt);
    const ofDay = slots.filter((one) => berlinDate(one.startsAt) === day);
    slots = slots.filter((one) => berlinDate(one.startsAt) !== day);
    return ofDay[Math.floor(ofDay.length / 2)] ?? first;
  }
  const appointments = (customerId: string) => appointmentsOf(web, customerId);

  const field = (page: Page) => page.getByRole('combobox', { name: de('palette.open') });
  async function opened(path = '/admin/customers', email?: string): Promise<Page> {
    const page = await (await web.signedIn(undefined, email)).newPage();
    await page.goto(`${web.base}${path}`);
    await page.getByRole('button', { name: de('palette.open') }).waitFor();
    await page.keyboard.press('Control+k');
    await field(page).waitFor();
    return page;
  }
  /** Nothing is asked any more. */
  const settled = (page: Page) =>
    eventually(
      () => page.locator('[role="combobox"]').first().getAttribute('aria-busy'),
      (busy) => busy === 'false',
      { what: 'the palette keeps asking' },
    );
  async function chosen(page: Page): Promise<string> {
    await settled(page);
    return (await page.locator('[role="option"][aria-selected="true"]').textContent()) ?? '';
  }

  it('books a known customer with one line and Enter, says before what it books, and takes it back by Undo', async () => {
    const at = slot();
    const known = await madeCustomer(web.instance, {
      first_name: 'Lukas',
      last_name: 'Palettmann',
      phones: [freshNumber()],
    });
    const page = await opened();
    const began = Date.now();
    await page.keyboard.type(`lukas palettmann ${berlinDate(at.startsAt)} ${clockOf(at)} haarschnitt`, {
      delay: KEY_MS,
    });
    const said = await chosen(page);
    expect(said).toContain('Lukas Palettmann');
    expect(said).toContain(SERVICE);
    expect(said).toContain(clockOf(at));
    expect(said).toContain('€');
    await web.picture(page, 'palette-booking');
    await isAccessible(page);
    expect(await appointments(known.id)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText(sentence(de, 'booking.done', { customer: 'Lukas Palettmann' })).waitFor();
    const seconds = (Date.now() - began) / 1000;
    console.log(`from the palette in one line: ${seconds.toFixed(1)} s`);
    expect(seconds).toBeLessThanOrEqual(MOST_SECONDS);
    const [booked] = await appointments(known.id);
    expect(booked).toMatchObject({ status: 'confirmed', service_name: SERVICE });
    expect(Date.parse(booked?.starts_at ?? '')).toBe(Date.parse(at.startsAt));
    await page.getByRole('button', { name: de('action.undo') }).click();
    await page.getByText(de('booking.undone', { customer: 'Lukas Palettmann' })).waitFor();
    expect((await appointments(known.id))[0]?.status).toBe('cancelled');
  });

  it('fills in what somebody usually has, and books who is new by the same line', async () => {
    const [past, at] = [slot(), slot()];
    const regular = await madeCustomer(web.instance, {
      first_name: 'Rosa',
      last_name: 'Stammgast',
      phones: [freshNumber()],
    });
    expect((await bookSlot(web.instance, past, regular.id)).status).toBeLessThan(300);
    const page = await opened();
    await page.keyboard.type(`rosa stammgast ${berlinDate(at.startsAt)} ${clockOf(at)}`);
    expect(await chosen(page)).toContain(SERVICE);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(`nina nagelneu ${berlinDate(at.startsAt)} ${clockOf(at)} haarschnitt`);
    expect(await chosen(page)).toContain(de('palette.new', { name: 'Nina Nagelneu' }));
    await page.keyboard.press('Enter');
    await page.getByText(sentence(de, 'booking.done', { customer: 'Nina Nagelneu' })).waitFor();
    const [made] = (await web.api('/api/v1/customers?q=nagelneu')).json().data as { id: string; name: string }[];
    expect(made?.name).toBe('Nina Nagelneu');
    expect((await appointments(made?.id ?? '')).map(({ status }) => status)).toEqual(['confirmed']);
  });

  it('offers rows for who is meant and for a lost hour, and the form for the rest', async () => {
    const at = slot();
    for (const last of ['Doppel', 'Doppelmann'])
      await madeCustomer(web.instance, { first_name: 'Zwilla', last_name: last, phones: [freshNumber()] });
    const page = await opened();
    await page.keyboard.type(`zwilla ${berlinDate(at.startsAt)} ${clockOf(at)} haarschnitt`);
    await settled(page);
    expect(await page.getByRole('option', { name: /^Zwilla .*Haarschnitt/ }).count()).toBe(2);
    // Neither is taken for the other by a quick Enter.
    await page.keyboard.press('Enter');
    expect(await page.locator('[role="option"][aria-selected="true"]').count()).toBe(0);
    await page.keyboard.press('ArrowDown');
    expect(await chosen(page)).toContain('Zwilla Doppel');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(`zwilla doppelmann ${berlinDate(at.startsAt)} 03:07 uhr haarschnitt`);
    await settled(page);
    await page.locator('.palette-note[data-tone="warning"]').waitFor();
    await web.picture(page, 'palette-question');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(`zwilla doppelmann ${berlinDate(at.startsAt)} ${clockOf(at)} haarschnitt`);
    await chosen(page);
    await page.keyboard.press('ArrowDown');
    expect(await chosen(page)).toContain(de('palette.form'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/new=1/);
    const asked = new URL(page.url()).searchParams;
    expect([asked.get('date'), asked.get('time')]).toEqual([berlinDate(at.startsAt), clockOf(at)]);
    await page.getByRole('button', { name: de('booking.submit') }).waitFor();
    await eventually(
      () => page.getByLabel(de('booking.customer'), { exact: true }).inputValue(),
      (name) => name === 'Zwilla Doppelmann',
      { what: 'the form does not know who comes' },
    );
  });

  it('finds a customer by name and by number and a colleague, and opens their pages', async () => {
    const number = freshNumber();
    const customer = await madeCustomer(web.instance, {
      first_name: 'Frieda',
      last_name: 'Fundstück',
      phones: [number],
    });
    const page = await opened();
    await page.keyboard.type('fundstu');
    expect(await chosen(page)).toContain('Frieda Fundstück');
    await web.picture(page, 'palette-search');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(number.replace('+49', '0'));
    expect(await chosen(page)).toContain('Frieda Fundstück');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/admin/customers/${customer.id}`);
    const [colleague] = (await web.api('/api/v1/staff?limit=1')).json().data as { id: string; first_name: string }[];
    await page.keyboard.press('Control+k');
    await field(page).fill(colleague?.first_name ?? '');
    await chosen(page);
    await page
      .locator(`[role="option"]`, { hasText: colleague?.first_name ?? '' })
      .first()
      .waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('qwxyz');
    await page.getByText(de('palette.nothing')).waitFor();
  });

  it('jumps to a page and does what is done from anywhere, by keyboard alone; Escape gives the focus back', async () => {
    // Who changes their language: the account of the other tests stays as it is.
    const page = await opened('/admin/customers', DEMO.physio.owner);
    await page.keyboard.type('kalen');
    expect(await chosen(page)).toContain(de('nav.calendar'));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/admin/appointments/calendar*');
    const button = page.getByRole('button', { name: de('palette.open') });
    await button.focus();
    await page.keyboard.press('Enter');
    await field(page).waitFor();
    expect(await page.getByRole('option').count()).toBeGreaterThan(15);
    await page.keyboard.press('ArrowUp');
    expect(await chosen(page)).toContain(de('nav.portal'));
    await page.getByRole('option', { name: de('sign_out') }).waitFor();
    await page.keyboard.press('Escape');
    await field(page).waitFor({ state: 'detached' });
    expect(
      await button.evaluate(
        (one) => one === (one.ownerDocument as unknown as { activeElement: unknown }).activeElement,
      ),
    ).toBe(true);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('english');
    expect(await chosen(page)).toContain('English');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: admin.en('palette.open') }).waitFor();
  });

  it('says that it cannot search while the network is gone, and what failed', async () => {
    const page = await opened();
    await page.route('**/api/v1/search*', (route) => route.fulfill({ status: 500, body: '{}' }));
    await page.keyboard.type('irgendwer');
    await page.locator('.palette-note[role="alert"]').waitFor();
    await page.context().setOffline(true);
    await page.getByText(de('palette.offline')).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('leistungen');
    expect(await chosen(page)).toContain(de('nav.services'));
    await page.context().setOffline(false);
  });

  it.each(LOOKS)('is accessible and fits the screen: %s', async (name, look) => {
    const page = await (await web.signedIn(look)).newPage();
    const say = admin[languageOf(look)];
    await page.goto(`${web.base}/admin/customers`);
    await page.getByRole('button', { name: say('palette.open') }).click();
    await page.getByRole('combobox', { name: say('palette.open') }).waitFor();
    await isWellMade(web, page, `palette-${name}-empty`);
    await page.keyboard.type('erika haarschnitt');
    await settled(page);
    await isWellMade(web, page, `palette-${name}`);
  });
});
