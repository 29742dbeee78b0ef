import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  admin,
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
import { bookSlot, freeSlots, madeCustomer } from './scenario.ts';

const { de } = admin;

/** A line that nobody else has, as it is stored. */
const freshLine = (): string => `+4915788${Math.floor(100_000 + Math.random() * 899_999)}`;

describe.skipIf(!hasBrowser)('customers', () => {
  const web = withBrowser();
  const index = (): string => `${web.base}/admin/customers`;
  const address = (id: string): string => `${index()}/${id}`;

  const { api } = web;
  const read = async (id: string) => (await api(`/api/v1/customers/${id}`)).json().data;

  const person = (first: string, last: string, more: object = {}) =>
    madeCustomer(web.instance, { first_name: first, last_name: last, phones: [freshLine()], ...more });

  const rowOf = (page: Page, name: string) => page.getByRole('link', { name, exact: true });
  const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });
  async function search(page: Page, text: string): Promise<void> {
    await page.keyboard.press('/');
    const field = page.getByRole('searchbox', { name: de('customers.search') });
    expect(await isFocused(page, field)).toBe(true);
    await field.fill(text);
  }
  const isFocused = async (page: Page, field: Locator): Promise<boolean> =>
    (await field.and(page.locator(':focus')).count()) === 1;
  const save = (page: Page) => page.keyboard.press('Control+s');

  it('makes a customer, and finds them by name, e-mail and their number in any spelling', async () => {
    const line = freshLine();
    const last = `Suchtest${line.slice(-6)}`.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
    const page = await (await web.signedIn()).newPage();
    await page.goto(index());
    await page
      .getByRole('link', { name: de('customers.create') })
      .first()
      .click();
    await heading(page, de('customers.new_title')).waitFor();
    await page.getByLabel(de('customers.first_name')).fill('Jördis');
    await page.getByLabel(de('customers.last_name')).fill(last);
    await page.getByLabel(de('customers.phone')).fill(line.replace('+49', '0'));
    await page.getByLabel(de('customers.email')).fill(`${last}@Example.test`);
    await save(page);
    const name = `Jördis ${last}`;
    await heading(page, name).waitFor();
    await page.getByRole('alert').getByText(de('customers.created', { name })).waitFor();
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    expect(await read(id)).toMatchObject({
      name,
      email: `${last}@example.test`.toLowerCase(),
      phones: [{ e164: line }],
    });

    const spelled = line.replace('+49', '0049 ').replace(/(\d{3})(\d{3})$/, '$1-$2');
    for (const text of [spelled, `${last}@example.test`, last.slice(0, -2), `${last} jordis`]) {
      await page.goto(index());
      await rowOf(page, name).or(page.getByRole('row').nth(1)).first().waitFor();
      await search(page, text);
      await eventually(
        () => page.getByRole('row').count(),
        (rows) => rows === 2,
        { withinMs: LIVE_MS, what: `one row for ${text}` },
      );
      await rowOf(page, name).waitFor();
    }
    await page.reload();
    await rowOf(page, name).click();
    await heading(page, name).waitFor();
  });

  it('says below each field what is wrong with it, and in a summary that leads there', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${index()}/create`);
    await page.getByLabel(de('customers.phone')).fill('12');
    await save(page);
    const summary = page.getByRole('alert').filter({ hasText: de('kit.invalid_title') });
    await summary.waitFor();
    await page.getByText(de('customers.phone_problem')).waitFor();
    await isAccessible(page);
    await summary.getByRole('link', { name: de('customers.phone') }).click();
    const field = page.getByLabel(de('customers.phone'));
    expect(await isFocused(page, field)).toBe(true);
  });

  it('holds somebody who leaves with unsaved changes', async () => {
    const { id, name } = await person('Hella', 'Haltefest');
    const page = await (await web.signedIn()).newPage();
    await page.goto(address(id));
    await page.getByRole('link', { name: de('kit.edit') }).click();
    await page.getByLabel(de('customers.notes')).fill('Noch nicht gespeichert');
    await page.getByRole('link', { name: de('nav.calls'), exact: true }).click();
    const question = page.getByRole('dialog', { name: de('kit.leave_title') });
    await question.getByRole('button', { name: de('kit.stay') }).click();
    expect(await page.getByLabel(de('customers.notes')).inputValue()).toBe('Noch nicht gespeichert');
    await page.goBack();
    await question.getByRole('button', { name: de('kit.discard') }).click();
    await heading(page, name).waitFor();
    expect((await read(id)).notes).toBeNull();
    expect((await read(id)).name).toBe(name);
  });

  it('keeps what two people change at once: the second sees that, loads the newer record and saves over it', async () => {
    const { id } = await person('Konrad', 'Konflikt');
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${address(id)}/edit`);
    await page.getByLabel(de('customers.last_name')).fill('Einigung');
    const other = await api(`/api/v1/customers/${id}`, { method: 'PATCH', body: { notes: 'Mag Tee' } });
    expect(other.status, other.text).toBe(200);
    await save(page);
    await page.getByText(de('kit.conflict_title')).waitFor();
    expect(await read(id)).toMatchObject({ last_name: 'Konflikt', notes: 'Mag Tee' });
    await page.getByRole('button', { name: de('page.reload') }).click();
    await page.getByText(de('kit.conflict_reloaded')).waitFor();
    expect(await page.getByLabel(de('customers.notes')).inputValue()).toBe('Mag Tee');
    await save(page);
    await heading(page, 'Konrad Einigung').waitFor();
    expect(await read(id)).toMatchObject({ last_name: 'Einigung', notes: 'Mag Tee' });
  });

  it('deletes with Undo, and restores later from the list of deleted ones', async () => {
    const { id, name } = await person('Lore', 'Loeschtest');
    const page = await (await web.signedIn()).newPage();
    const remove = async (): Promise<void> => {
      await page.getByRole('button', { name: de('kit.actions_of', { name }) }).click();
      await page.getByRole('menuitem', { name: de('kit.delete') }).click();
      await page.getByText(de('customers.deleted', { name })).waitFor();
    };
    const missing: string[] = [];
    page.on('response', (response) => void (response.status() === 404 && missing.push(response.url())));
    await page.goto(address(id));
    await remove();
    await heading(page, de('customers.title')).waitFor();
    expect(missing, 'a deleted record is not read again').toEqual([]);
    await eventually(
      async () => (await api(`/api/v1/customers/${id}`)).status,
      (status) => status === 404,
      { withinMs: LIVE_MS, what: 'the customer is gone' },
    );
    await page.getByRole('button', { name: de('action.undo') }).click();
    await page.getByText(de('customers.restored', { name })).waitFor();
    expect((await read(id)).name).toBe(name);

    await page.goto(address(id));
    await remove();
    await page.getByRole('tab', { name: de('customers.tab.deleted') }).click();
    await page.getByRole('button', { name: de('kit.restore_of', { name }) }).click();
    await page.getByText(de('customers.restored', { name })).waitFor();
    expect((await read(id)).name).toBe(name);
  });

  it('shows the appointments of a customer, and leads to the calendar', async () => {
    const { id, name } = await person('Tilda', 'Terminblick');
    const [slot] = await freeSlots(web.instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 1 });
    if (!slot) throw new Error('nothing is free');
    const page = await (await web.signedIn()).newPage();
    await page.goto(address(id));
    await page.getByText(de('customers.no_appointments')).waitFor();
    const booked = await bookSlot(web.instance, slot, id);
    expect(booked.status, booked.text).toBeLessThan(300);
    const appointments = page.getByRole('table', { name: de('customers.appointments') });
    await appointments.getByRole('link', { name: 'Haarschnitt' }).click({ timeout: LIVE_MS });
    await page.getByRole('dialog', { name }).waitFor();
  });

  it('filters by state in the address, so that a shared link shows the same list', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(index());
    await page
      .getByRole('button', { name: de('customers.journey') })
      .and(page.locator('[aria-haspopup]'))
      .click();
    await page.getByRole('menuitem', { name: de('journey.lead') }).click();
    await page.waitForURL(/journey_status=lead/);
    await page.getByRole('button', { name: `${de('customers.journey')}: ${de('journey.lead')}` }).waitFor();
    await page.getByRole('button', { name: de('kit.export') }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: de('kit.export_comma') }).click(),
    ]);
    expect(file.url()).toContain('journey_status=lead');
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    await page
      .getByRole('button', { name: de('action.reset_filters') })
      .first()
      .click();
    await page.waitForURL((url) => url.search === '');
  });

  it.each(LOOKS)('are accessible and fit the screen: %s', async (name, look) => {
    const shown = await person('Ansgar', `Ansicht`, { notes: 'Kommt gern früh.', email: 'ansgar@example.test' });
    const say = admin[languageOf(look)];
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(index());
    await rowOf(page, shown.name).first().waitFor();
    await isWellMade(web, page, `customers-${name}`);
    await page.goto(address(shown.id));
    await page.getByText(say('customers.no_calls')).waitFor();
    await isWellMade(web, page, `customer-${name}`);
    await page.goto(`${address(shown.id)}/edit`);
    await page.getByLabel(say('customers.notes')).fill('Kommt gern spät.');
    await page.getByText(say('kit.unsaved')).waitFor();
    await isWellMade(web, page, `customer-form-${name}`);
    await page.goto(`${index()}?q=Qqqqzz`);
    await page.getByText(say('kit.no_match_title')).waitFor();
    await isWellMade(web, page, `customers-none-${name}`);
  });

  it('offers nothing that the role may not do', async () => {
    const page = await (await web.signedIn(undefined, DEMO.salon.staff)).newPage();
    await page.goto(index());
    await page.getByRole('row').nth(1).waitFor();
    for (const key of ['customers.create', 'kit.export'] as const) {
      expect(await page.getByRole('link', { name: de(key) }).count()).toBe(0);
    }
    expect(await page.getByRole('button', { name: sentence(de, 'kit.actions_of') }).count()).toBe(0);
    await page.goto(`${index()}/create`);
    await page.getByText(de('customers.forbidden')).waitFor();
  });
});
