/**
 * Erasing a customer in the started product: requested on their page, withdrawn while it waits; at once, with a booking at Cal.com that is
 * cancelled there, kept here, and listed until a click says that it is gone there, too. And whose sign-in a member of staff is.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { admin, hasBrowser, isWellMade, languageOf, LIVE_MS, LOOKS, sentence, withBrowser } from './browser.ts';
import { DEMO, eventually } from './harness.ts';
import { bookSlot, freeSlots, madeCustomer } from './scenario.ts';

const { de } = admin;
/** The job of the minute, on a busy machine. */
const JOB_MS = 150_000;
const PUSH_MS = 20_000;
const MANAGER = 'manager@salon-schoen.test';

interface Booking {
  uid: string;
  status: string;
  metadata: Record<string, string>;
}

describe.skipIf(!hasBrowser)('erasing a customer', () => {
  const web = withBrowser();
  const { api } = web;
  const page = async (email?: string): Promise<Page> => (await web.signedIn(undefined, email)).newPage();
  const customers = (id: string): string => `${web.base}/admin/customers/${id}`;
  const erasures = (id = ''): string => `${web.base}/admin/erasures${id === '' ? '' : `/${id}`}`;
  const line = (): string => `+4915766${Math.floor(100_000 + Math.random() * 899_999)}`;
  const person = (last: string) =>
    madeCustomer(web.instance, { first_name: 'Erna', last_name: last, phones: [line()] });
  const erasure = async (id: string) => (await api(`/api/v1/erasures/${id}`)).json().data;

  async function request(at: Page, id: string, when: 'waits' | 'asked_for_at_once'): Promise<void> {
    await at.goto(customers(id));
    await at.getByRole('button', { name: de('erasures.request') }).click();
    const question = at.getByRole('dialog', { name: de('erasures.request_title') });
    await question.getByLabel(de(`erasures.when.${when}`)).click();
    await question.getByRole('button', { name: de('erasures.request_confirm') }).click();
    await at.waitForURL(erasures(id));
  }

  it('hides the person at once, waits 30 days, and brings them back when the request is withdrawn', async () => {
    const { id, name } = await person('Widerruf');
    const at = await page();
    await request(at, id, 'waits');
    await at.getByText(sentence(de, 'erasures.waits')).waitFor();
    expect((await api(`/api/v1/customers/${id}`)).status).toBe(404);
    await at.getByRole('button', { name: de('erasures.withdraw') }).click();
    await at.getByRole('heading', { name, level: 1 }).waitFor();
    expect((await api(`/api/v1/customers/${id}`)).json().data).toMatchObject({ name, deletion_requested_at: null });
    expect((await api(`/api/v1/erasures/${id}`)).status).toBe(404);
  });

  it('at once: cancelled at Cal.com, kept here, listed until a click says that it is gone there', async () => {
    const { id } = await person('Sofort');
    const [slot] = await freeSlots(web.instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 1 });
    if (!slot) throw new Error('no slot left');
    const booked = await bookSlot(web.instance, slot, id);
    expect(booked.status, booked.text).toBe(201);
    const appointment: string = booked.json().appointment_id;
    await eventually(
      async () => (await api(`/api/v1/appointments/${appointment}`)).json().data.sync_status,
      (status) => status === 'synced',
      { withinMs: PUSH_MS, what: 'the push' },
    );
    const bookings = async (): Promise<Booking[]> =>
      (await web.instance.sandbox.request('/_sandbox/calcom/bookings')).json().bookings;
    const theirs = async () => (await bookings()).find((one) => one.metadata['askpro_appointment'] === appointment);
    const uid = (await theirs())?.uid ?? '';
    const at = await page();
    await request(at, id, 'asked_for_at_once');
    await eventually(
      () => erasure(id),
      ({ state }) => state === 'erased',
      { withinMs: JOB_MS, what: 'the job' },
    );
    await at.getByText(de('erasures.done')).waitFor({ timeout: JOB_MS });
    const link = at.getByRole('link', { name: new RegExp(de('erasures.booking', { number: 1 })) });
    expect(await link.getAttribute('href')).toContain(uid);
    await eventually(
      async () => (await theirs())?.status,
      (status) => status === 'cancelled',
      { withinMs: PUSH_MS, what: 'the cancellation at Cal.com' },
    );
    const kept = (await api(`/api/v1/appointments/${appointment}`)).json().data;
    expect(kept).toMatchObject({ status: 'confirmed', sync_status: 'none' });
    await at.getByRole('button', { name: de('erasures.close') }).click();
    await at.getByRole('button', { name: de('erasures.close') }).waitFor({ state: 'detached' });
    await at.getByText(de('erasures.task.closed'), { exact: true }).waitFor();
    expect((await erasure(id)).closed_at).not.toBeNull();
  }, 240_000);

  it('lists by state; the demo’s erased customer leaves two bookings at Cal.com', async () => {
    const at = await page();
    await at.goto(erasures());
    await at.getByRole('tab', { name: de('erasures.tab.erased') }).click();
    await at.getByRole('link', { name: 'cus_demo_erased' }).click();
    await at.getByRole('button', { name: de('erasures.close') }).waitFor();
    expect(await at.getByRole('link', { name: /Cal\.com/ }).count()).toBeGreaterThanOrEqual(2);
    await at.goto(`${erasures()}?list=requested`);
    await at.getByRole('heading', { name: de('erasures.title'), level: 1 }).waitFor();
    await eventually(
      () => at.getByRole('link', { name: 'cus_demo_erased' }).count(),
      (count) => count === 0,
      { withinMs: LIVE_MS, what: 'the list of requests without it' },
    );
  });

  it('is not there for a manager, neither as a card nor as a page', async () => {
    const { id, name } = await person('Leitung');
    const at = await page(MANAGER);
    await at.goto(customers(id));
    await at.getByRole('heading', { name, level: 1 }).waitFor();
    expect(await at.getByRole('button', { name: de('erasures.request') }).count()).toBe(0);
    expect(await at.getByRole('link', { name: de('nav.erasures') }).count()).toBe(0);
    await at.goto(erasures());
    await at.getByText(de('erasures.forbidden')).waitFor();
  });

  it('a member of staff is linked to their sign-in on their page', async () => {
    const made = await api('/api/v1/staff', {
      body: { first_name: 'Nora', last_name: 'Konto', branch_ids: ['bra_mitte'] },
    });
    expect(made.status, made.text).toBe(201);
    const { id } = made.json().data;
    const at = await page();
    await at.goto(`${web.base}/admin/staff/${id}/edit`);
    const field = at.getByLabel(de('staff.user'));
    await eventually(
      () => field.locator('option').count(),
      (count) => count > 1,
      { withinMs: LIVE_MS, what: 'the users to choose from' },
    );
    const label = (await field.locator('option').allTextContents()).find((one) => one.includes(DEMO.salon.staff)) ?? '';
    await field.selectOption({ label });
    await at.keyboard.press('Control+s');
    await at.getByRole('heading', { name: 'Nora Konto', level: 1 }).waitFor();
    await at.getByText(label).waitFor();
    expect((await api(`/api/v1/staff/${id}`)).json().data.user_id).toMatch(/^usr_/);
  });

  it.each(LOOKS)('the pages are accessible and fit the screen: %s', async (name, look) => {
    const say = admin[languageOf(look)];
    const { id } = await person('Ansicht');
    const at = await (await web.signedIn(look)).newPage();
    await at.goto(erasures());
    await at.getByRole('link', { name: 'cus_demo_erased' }).waitFor();
    await isWellMade(web, at, `erasures-${name}`);
    await at.goto(erasures('cus_demo_erased'));
    await at.getByRole('button', { name: say('erasures.close') }).waitFor();
    await isWellMade(web, at, `erasure-${name}`);
    await at.goto(customers(id));
    await at.getByRole('button', { name: say('erasures.request') }).click();
    await at.getByRole('dialog', { name: say('erasures.request_title') }).waitFor();
    await isWellMade(web, at, `erasure-request-${name}`);
    await api(`/api/v1/customers/${id}/erasure`, { body: {} });
    await at.goto(erasures(id));
    await at.getByRole('button', { name: say('erasures.withdraw') }).waitFor();
    await isWellMade(web, at, `erasure-waits-${name}`);
  });
});
