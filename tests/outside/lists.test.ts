/** Lists as somebody works with them: choice and bar, undo, keys, own views, figures, files, and appointments as a list with a page each. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  admin,
  hasBrowser,
  isAccessible,
  isWellMade,
  languageOf,
  LIVE_MS,
  type Look,
  LOOKS,
  withBrowser,
} from './browser.ts';
import { DEMO, eventually } from './harness.ts';
import { bookSlot, freeSlots, madeCustomer } from './scenario.ts';

const { de } = admin;
/** A finger on the narrowest screen, in both schemes and languages. */
const FINGER = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true } as const;
const FINGERS: readonly (readonly [string, Look])[] = [
  ['light-de', { ...FINGER, colorScheme: 'light', locale: 'de-DE' }],
  ['dark-en', { ...FINGER, colorScheme: 'dark', locale: 'en-GB' }],
];
const FINGER_PX = 44;

/** A name that nobody else has, without digits: names are searched by words. */
const freshName = (): string =>
  `Liste${[...crypto.randomUUID().replaceAll('-', '').slice(0, 12)].map((one) => String.fromCharCode(97 + (Number.parseInt(one, 16) % 26))).join('')}`;

describe.skipIf(!hasBrowser)('lists', () => {
  const web = withBrowser();
  const { api } = web;
  const customers = (): string => `${web.base}/admin/customers`;
  const appointments = (): string => `${web.base}/admin/appointments`;
  const read = async (id: string) => (await api(`/api/v1/appointments/${id}`)).json().data;
  const bar = (page: Page) => page.getByRole('region', { name: de('kit.bulk') });
  const box = (page: Page, name: string) => page.getByRole('checkbox', { name: de('kit.choose_one', { name }) });

  async function people(count: number): Promise<{ last: string; names: string[] }> {
    const last = freshName();
    const names: string[] = [];
    for (let i = 0; i < count; i++) {
      const first = String.fromCharCode(65 + i);
      await madeCustomer(web.instance, { first_name: first, last_name: last });
      names.push(`${first} ${last}`);
    }
    return { last, names };
  }
  /** Somebody with so many appointments on one day. */
  async function booked(count: number) {
    const { last, names } = await people(1);
    const customer = (await api(`/api/v1/customers?q=${last}`)).json().data[0].id as string;
    const ids: string[] = [];
    // Far ahead, where a week later is free too.
    const slots = await freeSlots(web.instance, DEMO.salon.apiKey, { service: 'Herrenschnitt', count: 900 });
    for (const slot of slots.slice(-count)) {
      const made = await bookSlot(web.instance, slot, customer);
      expect(made.status, made.text).toBe(201);
      ids.push(made.json().appointment_id as string);
    }
    expect(ids.length).toBe(count);
    return { name: names[0] ?? '', customer, ids };
  }

  it('chosen rows are deleted by one request and come back with Undo', async () => {
    const { last, names } = await people(3);
    const page = await (await web.signedIn()).newPage();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/bulk/')) asked.push(new URL(request.url()).pathname);
    });
    await page.goto(`${customers()}?q=${last}`);
    await box(page, names[0] ?? '').check();
    // With Shift all between.
    await box(page, names[2] ?? '').click({ modifiers: ['Shift'] });
    await bar(page)
      .getByText(de('kit.bulk_chosen', { count: 3 }))
      .waitFor();
    await isAccessible(page);
    await bar(page)
      .getByRole('button', { name: de('kit.delete') })
      .click();
    await page.getByText(de('kit.bulk_deleted', { count: 3 })).waitFor();
    await page.getByText(de('kit.no_match_title')).waitFor();
    await page.getByRole('button', { name: de('action.undo') }).click();
    await page.getByRole('link', { name: names[1] ?? '', exact: true }).waitFor();
    expect(asked).toEqual(['/api/v1/customers/bulk/delete', '/api/v1/customers/bulk/restore']);
  });

  it.each(FINGERS)('a finger chooses rows and works with them: %s', async (name, look) => {
    const say = admin[languageOf(look)];
    const { last, names } = await people(3);
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(`${customers()}?q=${last}`);
    await page.getByRole('link', { name: names[0] ?? '' }).waitFor();
    const boxes = page.locator('.kit-table tbody input[type=checkbox]').filter({ visible: true });
    expect(await boxes.count()).toBe(0);
    const select = page.getByRole('button', { name: say('kit.choose_rows'), exact: true });
    await select.tap();
    const strip = page.getByRole('region', { name: say('kit.bulk') });
    await strip.getByText(say('kit.bulk_chosen', { count: 0 })).waitFor();
    expect(await boxes.count()).toBe(3);
    expect(await strip.getByRole('button', { name: say('kit.delete') }).isDisabled()).toBe(true);
    // A tap on the name chooses, and leads nowhere.
    const row = page.locator('.kit-table tbody tr').filter({ hasText: names[1] ?? '' });
    const { x = 0, y = 0, width = 0, height = 0 } = (await row.boundingBox()) ?? {};
    await page.touchscreen.tap(x + width / 2, y + height / 2);
    await strip.getByText(say('kit.bulk_chosen', { count: 1 })).waitFor();
    expect(new URL(page.url()).pathname).toBe('/admin/customers');
    for (const target of [
      ...(await page.locator('.kit-choice-reach').all()),
      ...(await strip.getByRole('button').filter({ visible: true }).all()),
      select,
    ]) {
      const size = await target.boundingBox();
      expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(FINGER_PX);
    }
    await isWellMade(web, page, `choice-finger-${name}`);
    await strip.getByRole('button', { name: say('kit.choose_all'), exact: true }).tap();
    await strip.getByText(say('kit.bulk_chosen', { count: 3 })).waitFor();
    await strip.getByRole('button', { name: say('kit.choose_none') }).tap();
    await strip.waitFor({ state: 'detached' });
    expect(await boxes.count()).toBe(0);
    await select.tap();
    for (const one of [0, 2]) await boxes.nth(one).tap();
    await strip.getByRole('button', { name: say('kit.delete') }).tap();
    await page.getByText(say('kit.bulk_deleted', { count: 2 })).waitFor();
    // What was asked for is done: rows lead to their pages again.
    await strip.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: names[1] ?? '' }).waitFor();
    await page.getByRole('button', { name: say('action.undo') }).tap();
    await page.getByRole('link', { name: names[0] ?? '' }).waitFor();

    // The bar stays at the lower edge of a long list, and its forms fit.
    await page.goto(appointments());
    await page.locator('.kit-table .kit-row-link').first().waitFor();
    await select.tap();
    for (const one of [0, 1]) await boxes.nth(one).tap();
    const move = strip.getByRole('button', { name: say('appointments.bulk.move') });
    await move.waitFor();
    const lower = await strip.boundingBox();
    expect((lower?.y ?? 0) + (lower?.height ?? 0)).toBeLessThanOrEqual(look.viewport.height);
    await isWellMade(web, page, `choice-finger-appointments-${name}`);
    await move.tap();
    await strip.getByLabel(say('appointments.move.minutes')).waitFor();
    await isWellMade(web, page, `choice-finger-move-${name}`);
  });

  it('goes by keyboard: down, up, choose, let go, help', async () => {
    const { last, names } = await people(3);
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${customers()}?q=${last}&sort=name`);
    await page.getByRole('link', { name: names[0] ?? '', exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await bar(page).waitFor();
    expect(await box(page, names[1] ?? '').isChecked()).toBe(true);
    await page.keyboard.press('k');
    await page.keyboard.press('x');
    await bar(page)
      .getByText(de('kit.bulk_chosen', { count: 2 }))
      .waitFor();
    await page.keyboard.press('Escape');
    await bar(page).waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: de('keyhelp.title') });
    await help.getByText(de('keyhelp.choose')).waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: de('customers.new_title'), level: 1 }).waitFor();
  });

  it('an own view keeps search and order under a name, on every device, and is deleted with a way back', async () => {
    const { last, names } = await people(1);
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${customers()}?q=${last}&sort=name`);
    await page.getByRole('link', { name: names[0] ?? '', exact: true }).waitFor();
    await page.getByRole('button', { name: de('kit.views') }).click();
    await page.getByRole('menuitem', { name: de('kit.view_save') }).click();
    await page.getByRole('textbox', { name: de('kit.view_name') }).fill(last.slice(0, 20));
    await page.getByRole('button', { name: de('kit.save') }).click();
    const tab = (at: Page) => at.getByRole('tab', { name: last.slice(0, 20) });
    await tab(page).waitFor();
    expect(await tab(page).getAttribute('aria-selected')).toBe('true');
    const other = await (await web.signedIn()).newPage();
    await eventually(
      async () => {
        await other.goto(customers());
        await other.getByRole('tab').first().waitFor();
        return tab(other).count();
      },
      (count) => count === 1,
      { withinMs: LIVE_MS, what: 'the view on another device' },
    );
    await tab(other).click();
    await other.getByRole('link', { name: names[0] ?? '', exact: true }).waitFor();
    expect(new URL(other.url()).searchParams.get('q')).toBe(last);
    await other.getByRole('button', { name: de('kit.views') }).click();
    await other.getByRole('menuitem', { name: de('kit.view_delete') }).click();
    await tab(other).waitFor({ state: 'detached' });
  });

  it('a list leaves as a workbook and as CSV with semicolons, as it is filtered', async () => {
    const { last } = await people(2);
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${customers()}?q=${last}`);
    for (const [label, name] of [
      ['kit.export_xlsx', '.xlsx'],
      ['kit.export_semicolon', '.csv'],
    ] as const) {
      await page.getByRole('button', { name: de('kit.export') }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: de(label) }).click();
      const file = await download;
      expect(file.suggestedFilename()).toContain(name);
      const bytes = readFileSync(await file.path());
      if (name === '.csv') {
        const lines = bytes.toString('utf8').trimEnd().split('\r\n');
        expect(lines.length).toBe(3);
        expect(lines[1]).toContain(`;${last};`);
      } else expect(bytes.subarray(0, 2).toString()).toBe('PK');
    }
  });

  it('appointments are moved together and back, cancelled together, deleted and found among the deleted', async () => {
    const { name, customer, ids } = await booked(3);
    const before = await Promise.all(ids.map(async (id) => (await read(id)).starts_at as string));
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${appointments()}?customer_id=${customer}`);
    const all = page.getByRole('checkbox', { name: de('kit.choose_loaded') });
    await page.getByRole('link', { name, exact: true }).first().waitFor();
    await all.check();
    await bar(page)
      .getByRole('button', { name: de('appointments.bulk.move') })
      .click();
    await bar(page).getByLabel(de('appointments.move.days')).fill('7');
    await bar(page)
      .getByRole('button', { name: de('appointments.bulk.move') })
      .click();
    await page.getByText(de('appointments.bulk.moved', { count: 3 })).waitFor();
    const moved = await Promise.all(ids.map(async (id) => (await read(id)).starts_at as string));
    expect(moved.every((start, at) => start > (before[at] ?? ''))).toBe(true);
    await page.getByRole('button', { name: de('action.undo') }).click();
    await page.getByText(de('kit.bulk_undone', { count: 3 })).waitFor();
    expect(await Promise.all(ids.map(async (id) => (await read(id)).starts_at as string))).toEqual(before);

    await eventually(
      () => all.isChecked(),
      (on) => !on,
      { withinMs: LIVE_MS, what: 'an empty choice' },
    );
    await page.reload();
    await page.getByRole('link', { name, exact: true }).first().waitFor();
    await all.check();
    // What is still to come is not deleted: said with its reason, and it stays chosen.
    await bar(page)
      .getByRole('button', { name: de('appointments.bulk.delete') })
      .click();
    await bar(page)
      .getByText(de('kit.bulk_refused', { count: 3 }))
      .waitFor();
    await isAccessible(page);
    await bar(page)
      .getByRole('button', { name: de('appointments.bulk.cancel') })
      .click();
    await bar(page)
      .getByRole('button', { name: de('appointments.bulk.cancel') })
      .click();
    await page.getByText(de('appointments.bulk.cancelled', { count: 3 })).waitFor();
    await eventually(
      async () => (await read(ids[0] ?? '')).status,
      (state) => state === 'cancelled',
      {
        withinMs: LIVE_MS,
        what: 'the cancellation',
      },
    );
    await page.reload();
    await page.getByRole('link', { name, exact: true }).first().waitFor();
    await all.check();
    await bar(page)
      .getByRole('button', { name: de('appointments.bulk.delete') })
      .click();
    await page.getByText(de('appointments.bulk.deleted', { count: 3 })).waitFor();
    await page.goto(`${appointments()}?customer_id=${customer}&list=deleted`);
    await eventually(
      () => page.getByRole('row').count(),
      (rows) => rows === 4,
      {
        withinMs: LIVE_MS,
        what: 'the deleted ones',
      },
    );
  });

  it('the page of an appointment tells its history and leads to its day', async () => {
    const { name, ids } = await booked(1);
    const [id = ''] = ids;
    await api(`/api/v2/bookings/${id}`, {
      method: 'DELETE',
      body: { reason: 'Krank', notify_customer: false },
    } as never);
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${appointments()}/${id}`);
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.getByRole('listitem').getByText(de('appointments.change.cancel'), { exact: true }).waitFor();
    await page.getByText('Krank').waitFor();
    await isAccessible(page);
    await page.getByRole('link', { name: de('appointments.open_calendar') }).click();
    await page.waitForURL(/calendar\?.*appointment=/);
  });

  it('figures stand above the list and what waits in the navigation, asked by one request each', async () => {
    const page = await (await web.signedIn()).newPage();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/v1/figures')) asked.push(new URL(request.url()).searchParams.get('names') ?? '');
    });
    await page.goto(appointments());
    const figure = page.locator('.kit-figure').filter({ hasText: de('figure.appointments_today') });
    await eventually(
      () => figure.locator('dd').textContent(),
      (text) => /^\d/.test(text ?? ''),
      {
        withinMs: LIVE_MS,
        what: 'a number',
      },
    );
    await eventually(
      async () => asked.length,
      (count) => count === 2,
      { withinMs: LIVE_MS, what: 'both questions' },
    );
    expect(asked[1]).toBe('appointments_pending,calls_unreviewed,callbacks_open,conflicts_open,notifications_failed');
  });

  it.each(LOOKS)('%s: the list of appointments is well made', async (name, look) => {
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(appointments());
    await page.locator('.kit-table .kit-row-link').first().waitFor();
    await page.getByRole('heading', { name: admin[languageOf(look)]('appointments.title'), level: 1 }).waitFor();
    await isWellMade(web, page, `appointments-${name}`);
    if (!name.startsWith('phone')) {
      const say = admin[languageOf(look)];
      for (const row of [1, 2]) await page.locator('.kit-table tbody input[type=checkbox]').nth(row).check();
      const strip = page.getByRole('region', { name: say('kit.bulk') });
      await strip.getByRole('button', { name: say('appointments.bulk.move') }).waitFor();
      // As high as the list: on a lower one the bar lies over whichever row is scrolled below it, by chance over a part of one.
      await page.setViewportSize({ width: 1280, height: 1700 });
      await isWellMade(web, page, `appointments-chosen-${name}`);
      await strip.getByRole('button', { name: say('appointments.bulk.move') }).click();
      await strip.getByLabel(say('appointments.move.minutes')).waitFor();
      await isWellMade(web, page, `appointments-move-${name}`);
    }
    await page.locator('.kit-table .kit-row-link').first().click();
    await page.locator('.kit-record-head').waitFor();
    await isWellMade(web, page, `appointment-${name}`);
  });
});
