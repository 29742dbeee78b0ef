/**
 * Tags and master data in a real browser: made, found, changed by two people at once, deleted and taken back; weeks as a form; what would
 * strand appointments is shown and confirmed. Each test has its own branch, people and services.
 */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type SimpleAvailabilityRequest, simpleAvailabilityResponse } from '../../shared/contract/availability.ts';
import { addDays, dateOf, weekdayOf } from '../../shared/time.ts';
import {
  admin,
  GERMAN_DESKTOP,
  hasBrowser,
  hasLoaded,
  isAccessible,
  isWellMade,
  languageOf,
  LIVE_MS,
  LOOKS,
  sentence,
  withBrowser,
} from './browser.ts';
import { DEMO, eventually } from './harness.ts';

const { de } = admin;

const OPEN = [{ from: '08:00', to: '20:00' }];
const ALL_WEEK = [0, 1, 2, 3, 4, 5, 6];

/** Letters only, so that names look like names. */
const fresh = (): string =>
  randomUUID()
    .replace(/[^a-f]/g, '')
    .slice(0, 8)
    .padEnd(6, 'x');

describe.skipIf(!hasBrowser)('master data', () => {
  const web = withBrowser();
  const at = (path: string): string => `${web.base}/admin/${path}`;

  const { api } = web;
  const read = async (path: string) => (await api(`/api/v1/${path}`)).json().data;
  async function make(resource: string, body: object) {
    const answer = await api(`/api/v1/${resource}`, { body });
    expect(answer.status, answer.text).toBe(201);
    return answer.json().data;
  }

  /** A branch that is open every day, with one person in it. Nobody else's appointments are touched. */
  async function place() {
    const name = fresh();
    const branch = await make('branches', { name: `Probe ${name}`, time_zone: 'Europe/Berlin', country: 'DE' });
    const person = await make('staff', { first_name: 'Petra', last_name: `P${name}`, branch_ids: [branch.id] });
    for (const day_of_week of ALL_WEEK)
      await make('working-hours', { branch_id: branch.id, day_of_week, periods: OPEN });
    return { branch, person, fullName: `Petra P${name}` };
  }

  /** The same with hours, a service of their own and an appointment at a free time. */
  async function booked() {
    const { branch, person, fullName } = await place();
    for (const day_of_week of ALL_WEEK)
      await make('working-hours', { staff_id: person.id, day_of_week, periods: OPEN });
    const service = await make('services', {
      name: { de: `Probedienst ${fresh()}` },
      duration_minutes: 30,
      price_cents: 1_000,
      currency: 'EUR',
      staff: [{ staff_id: person.id }],
      branch_ids: [branch.id],
    });
    const date = addDays(dateOf(Date.now(), 'Europe/Berlin'), 2);
    const free = await api('/api/v2/availability/simple', {
      body: { date, service_id: service.id, branch_id: branch.id } satisfies SimpleAvailabilityRequest,
    });
    const [slot] = free.as(simpleAvailabilityResponse).slots;
    if (!slot) throw new Error(`nothing is free: ${free.text}`);
    const customer = await make('customers', {
      first_name: 'Gerda',
      last_name: `G${fresh()}`,
      phones: [`+4915787${Math.floor(100_000 + Math.random() * 899_999)}`],
    });
    const answer = await api('/api/v2/bookings', {
      body: {
        customer_id: customer.id,
        service_id: service.id,
        staff_id: slot.staff_id,
        branch_id: slot.branch_id,
        starts_at: slot.starts_at,
        source: 'api',
      },
      headers: { 'idempotency-key': randomUUID() },
    });
    expect(answer.status, answer.text).toBeLessThan(300);
    return { branch, person, fullName, customer: customer.name as string, date };
  }

  const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 });
  const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
  const save = (page: Page) => page.keyboard.press('Control+s');
  const idOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const remove = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('button', { name: de('kit.actions_of', { name }) }).click();
    await page.getByRole('menuitem', { name: de('kit.delete') }).click();
  };
  const refusal = (page: Page, count: number) =>
    page
      .getByRole('alert')
      .or(page.getByRole('dialog'))
      .filter({ hasText: de('strand.title', { count }) });

  it('makes a service with a price to the cent and people by name, and finds it by part of its name', async () => {
    const { fullName, person } = await place();
    const name = `Glanz ${fresh()}`;
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('services'));
    await page.getByRole('link', { name: de('services.create') }).click();
    await heading(page, de('services.create')).waitFor();
    await field(page, de('services.name_de')).fill(name);
    await field(page, de('services.duration')).fill('45');
    await field(page, de('services.price')).fill('1.045,50');
    await page.getByRole('checkbox', { name: fullName }).check();
    await save(page);
    await heading(page, name).waitFor();
    await page.getByRole('alert').getByText(de('kit.created', { name })).waitFor();
    expect(await read(`services/${idOf(page)}`)).toMatchObject({
      name: { de: name },
      duration_minutes: 45,
      price_cents: 104_550,
      currency: 'EUR',
      staff: [{ staff_id: person.id }],
      active: true,
      online_bookable: true,
      needs_confirmation: false,
    });
    await page.getByRole('link', { name: fullName }).waitFor();
    await page.goto(at('services'));
    await page.getByRole('row').nth(1).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(name.slice(2).toUpperCase());
    await page.getByRole('link', { name, exact: true }).waitFor();
    await page.waitForURL(/q=/);
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('link', { name: de('kit.edit'), exact: true }).click();
    await field(page, de('services.price')).fill('0,05');
    await page.getByRole('switch', { name: de('services.online') }).uncheck();
    await save(page);
    await heading(page, name).waitFor();
    await page.getByText(de('kit.saved', { name })).waitFor();
    expect(await read(`services/${idOf(page)}`)).toMatchObject({ price_cents: 5, online_bookable: false });
  });

  it('says below each field what is wrong with it', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('services/create'));
    await field(page, de('services.name_de')).fill('Ohne Preis');
    await field(page, de('services.price')).fill('viel');
    await field(page, de('services.duration')).fill('lang');
    await save(page);
    await page.getByText(de('kit.invalid_title')).waitFor();
    await page.getByText(de('kit.amount_problem')).waitFor();
    await page.getByText(de('services.duration_problem')).waitFor();
    await isAccessible(page);
    const summary = page.getByRole('alert').filter({ hasText: de('kit.invalid_title') });
    await summary.getByRole('link', { name: de('services.price') }).click();
    expect(await field(page, de('services.price')).and(page.locator(':focus')).count()).toBe(1);
  });

  /** A person who works every day, and the first free start of a service of theirs in two days. */
  async function working() {
    const made = await place();
    for (const day_of_week of ALL_WEEK)
      await make('working-hours', { staff_id: made.person.id, day_of_week, periods: OPEN });
    return made;
  }
  async function slotsOf(serviceId: string, branchId: string) {
    const date = addDays(dateOf(Date.now(), 'Europe/Berlin'), 2);
    const free = await api('/api/v2/availability/simple', {
      body: { date, service_id: serviceId, branch_id: branchId } satisfies SimpleAvailabilityRequest,
    });
    return free.as(simpleAvailabilityResponse).slots.map(({ starts_at }) => Date.parse(starts_at));
  }
  async function book(serviceId: string, branchId: string, staffId: string, at: number) {
    const customer = await make('customers', {
      first_name: 'Gerda',
      last_name: `G${fresh()}`,
      phones: [`+4915787${Math.floor(100_000 + Math.random() * 899_999)}`],
    });
    return api('/api/v2/bookings', {
      body: {
        customer_id: customer.id,
        service_id: serviceId,
        staff_id: staffId,
        branch_id: branchId,
        starts_at: new Date(at).toISOString(),
      },
      headers: { 'idempotency-key': randomUUID() },
    });
  }
  const step = (n: number, label: string): string => `${de('services.step_of', { n })}: ${label}`;
  const isFree = (page: Page, n: number) => page.getByRole('switch', { name: step(n, de('services.staff_free')) });

  it('builds a service of steps, in whose free time somebody else is booked, and makes it one piece again', async () => {
    const { branch, person, fullName } = await working();
    const name = `Farbe ${fresh()}`;
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('services/create'));
    await field(page, de('services.name_de')).fill(name);
    await field(page, de('services.duration')).fill('45');
    await field(page, de('services.price')).fill('89');
    await page.getByRole('checkbox', { name: fullName, exact: true }).check();
    await page.getByRole('checkbox', { name: branch.name, exact: true }).check();
    await page.getByRole('button', { name: de('services.steps_begin') }).click();
    const minutes = (n: number) => field(page, step(n, de('services.duration')));
    // what the service took in one piece is where its first step begins
    expect(await minutes(1).inputValue()).toBe('45');
    expect(await field(page, de('services.duration')).count()).toBe(0);
    await page.keyboard.type('Auftragen');
    await page.getByRole('button', { name: de('services.step_add'), exact: true }).click();
    await page.keyboard.type('Ausspülen');
    await minutes(2).fill('20');
    await page.getByRole('button', { name: de('services.step_add_free'), exact: true }).click();
    await minutes(3).fill('30');
    expect(await isFree(page, 3).isChecked()).toBe(true);
    await page.getByText(de('services.steps_sum', { total: '1 Std. 35 Min.', free: '30 Min.' })).waitFor();
    // the free time belongs in the middle: with the keyboard, and the step keeps the focus
    await minutes(3).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByText(de('services.step_moved', { from: 3, to: 2 })).waitFor({ state: 'attached' });
    expect(await isFree(page, 2).isChecked()).toBe(true);
    const up = page.getByRole('button', { name: de('services.step_up', { name: de('services.step_of', { n: 2 }) }) });
    expect(await up.and(page.locator(':focus')).count()).toBe(1);
    await save(page);
    await heading(page, name).waitFor();
    const id = idOf(page);
    const built = await read(`services/${id}`);
    expect(built).toMatchObject({
      duration_minutes: 95,
      same_staff: true,
      max_per_slot: 1,
      segments: [
        { kind: 'active', duration_minutes: 45, name: { de: 'Auftragen' } },
        { kind: 'passive', duration_minutes: 30, name: null },
        { kind: 'active', duration_minutes: 20, name: { de: 'Ausspülen' } },
      ],
    });
    await page.locator('.segments').getByText('Ausspülen').waitFor();

    // booked, and its free time is somebody else's
    const cut = await make('services', {
      name: { de: `Schnitt ${fresh()}` },
      duration_minutes: 30,
      price_cents: 1_000,
      currency: 'EUR',
      staff: [{ staff_id: person.id }],
      branch_ids: [branch.id],
    });
    const [start = 0] = await slotsOf(id, branch.id);
    const first = await book(id, branch.id, person.id, start);
    expect(first.status, first.text).toBe(201);
    const minute = 60_000;
    const left = (await slotsOf(cut.id, branch.id)).map((slot) => (slot - start) / minute).filter((one) => one < 100);
    expect(left).toEqual([45]);
    const second = await book(cut.id, branch.id, person.id, start + 45 * minute);
    expect(second.status, second.text).toBe(201);

    await page.getByRole('link', { name: de('kit.edit'), exact: true }).click();
    await page.getByRole('button', { name: de('services.steps_end') }).click();
    expect(await field(page, de('services.duration')).inputValue()).toBe('95');
    await save(page);
    await heading(page, name)
      .or(page.getByRole('button', { name: de('strand.save') }))
      .first()
      .waitFor();
    await eventually(
      async () => (await read(`services/${id}`)) as { segments: unknown[]; duration_minutes: number },
      (one) => one.segments.length === 0 && one.duration_minutes === 95,
      { withinMs: LIVE_MS, what: 'the service in one piece' },
    );
  });

  it('puts steps in another order by buttons, takes one away, and says at each what is wrong with it', async () => {
    const { branch, person } = await place();
    const service = await make('services', {
      name: { de: `Farbe ${fresh()}` },
      duration_minutes: 90,
      price_cents: 8_900,
      currency: 'EUR',
      staff: [{ staff_id: person.id }],
      branch_ids: [branch.id],
      branch_overrides: [{ branch_id: branch.id, duration_minutes: 100, price_cents: 9_900 }],
    });
    const page = await (await web.signedIn()).newPage();
    await page.goto(at(`services/${service.id}/edit`));
    await page.getByRole('button', { name: de('services.steps_begin') }).click();
    const one = (n: number) => de('services.step_of', { n });
    await page.getByRole('button', { name: de('services.step_add'), exact: true }).click();
    await page.getByRole('button', { name: de('services.step_add'), exact: true }).click();
    await field(page, step(1, de('services.step_name'))).fill('Eins');
    await field(page, step(2, de('services.step_name'))).fill('Zwei');
    await field(page, step(3, de('services.step_name'))).fill('Drei');
    await page.getByRole('button', { name: de('services.step_down', { name: one(1) }) }).click();
    await page.getByRole('button', { name: de('services.step_up', { name: one(3) }) }).click();
    await page.getByRole('button', { name: de('services.step_remove', { name: one(3) }) }).click();
    await field(page, step(2, de('services.duration'))).fill('lang');
    await page.getByLabel(step(2, de('services.step_more')), { exact: true }).click();
    await field(page, step(2, de('services.step_gap_min'))).fill('20');
    await field(page, step(2, de('services.step_gap_max'))).fill('30');
    await save(page);
    const wrong = page.locator('[aria-invalid="true"]');
    await wrong.waitFor();
    expect(await wrong.getAttribute('aria-label')).toBe(step(2, de('services.duration')));
    await page.getByText(de('services.duration_problem')).waitFor();
    await isAccessible(page);
    await page
      .getByRole('alert')
      .getByRole('link', { name: de('services.steps') })
      .click();
    expect(await wrong.and(page.locator(':focus')).count()).toBe(1);
    await wrong.fill('15');
    await field(page, step(2, de('services.step_gap_max'))).fill('10');
    await save(page);
    await page.getByText(de('services.step_gap_problem')).waitFor();
    expect(await field(page, step(2, de('services.step_gap_max'))).getAttribute('aria-invalid')).toBe('true');
    await field(page, step(2, de('services.step_gap_max'))).fill('30');
    for (const n of [1, 2]) await isFree(page, n).check();
    await save(page);
    await page.getByText(de('services.steps_nobody')).waitFor();
    await isFree(page, 2).uncheck();
    await save(page);
    await heading(page, service.name.de).waitFor();
    expect(await read(`services/${service.id}`)).toMatchObject({
      duration_minutes: 65,
      // a composite service has the lengths of its steps; the price of the branch stays
      branch_overrides: [{ branch_id: branch.id, duration_minutes: null, price_cents: 9_900 }],
      segments: [
        { kind: 'passive', duration_minutes: 30, name: { de: 'Zwei' } },
        { kind: 'active', duration_minutes: 15, name: { de: 'Drei' }, gap_min_minutes: 20, gap_max_minutes: 30 },
      ],
    });
  });

  it('gives a person a length and a price of their own for a service, and shows them on their page', async () => {
    const { branch, person, fullName } = await place();
    const other = await make('staff', { first_name: 'Paul', last_name: `P${fresh()}`, branch_ids: [branch.id] });
    const name = `Schnitt ${fresh()}`;
    const service = await make('services', {
      name: { de: name },
      duration_minutes: 45,
      price_cents: 3_500,
      currency: 'EUR',
      staff: [{ staff_id: person.id, calcom_event_type_id: '4711' }],
      branch_ids: [branch.id],
    });
    const page = await (await web.signedIn()).newPage();
    await page.goto(at(`services/${service.id}/edit`));
    const own = (label: string, who = fullName) => field(page, `${label}, ${who}`);
    await page.getByRole('checkbox', { name: other.name ?? `Paul ${other.last_name}`, exact: true }).check();
    await own(de('services.duration')).fill('viel');
    await own(de('services.price')).fill('1.050,5');
    await save(page);
    const wrong = page.locator('[aria-invalid="true"]');
    await wrong.waitFor();
    expect(await wrong.getAttribute('aria-label')).toBe(`${de('services.duration')}, ${fullName}`);
    await isAccessible(page);
    await wrong.fill('75');
    await save(page);
    await heading(page, name).waitFor();
    expect((await read(`services/${service.id}`)).staff).toEqual([
      { staff_id: person.id, duration_minutes: 75, price_cents: 105_050, calcom_event_type_id: '4711' },
      { staff_id: other.id, duration_minutes: null, price_cents: null, calcom_event_type_id: null },
    ]);
    const terms = page.getByRole('table', { name: de('services.section.own_terms') });
    await terms.getByRole('row', { name: fullName }).getByText('1 Std. 15 Min.').waitFor();
    expect(await terms.getByRole('row').count()).toBe(2);
    await page.goto(at(`staff/${person.id}`));
    const theirs = page.getByRole('table', { name: de('staff.services') }).getByRole('row', { name });
    await theirs.getByText('1 Std. 15 Min.').waitFor();
    await theirs.getByText(/1\.050,50/).waitFor();
    await page.goto(at(`staff/${other.id}`));
    await page
      .getByRole('table', { name: de('staff.services') })
      .getByRole('row', { name })
      .getByText('45 Min.')
      .waitFor();
    await page.goto(at(`services/${service.id}/edit`));
    await own(de('services.duration')).fill('');
    await own(de('services.price')).fill('');
    await save(page);
    await heading(page, name).waitFor();
    expect((await read(`services/${service.id}`)).staff[0]).toMatchObject({
      duration_minutes: null,
      price_cents: null,
    });
  });

  it('needs several things of rooms and equipment at once, each one of several', async () => {
    const { branch, person } = await place();
    const rooms: { id: string; name: string }[] = [];
    for (const type of ['room', 'room', 'equipment'])
      rooms.push(await make('resources', { branch_id: branch.id, name: `Ding ${fresh()}`, type, capacity: 2 }));
    const service = await make('services', {
      name: { de: `Massage ${fresh()}` },
      duration_minutes: 45,
      price_cents: 3_500,
      currency: 'EUR',
      staff: [{ staff_id: person.id }],
      branch_ids: [branch.id],
      resources: [{ any_of: [rooms[0]?.id], units: 1 }],
    });
    const page = await (await web.signedIn()).newPage();
    await page.goto(at(`services/${service.id}/edit`));
    const need = (n: number) =>
      page.getByRole('group', { name: `${de('services.resources')}: ${de('services.need_of', { n })}`, exact: true });
    const box = (n: number, room: number) =>
      need(n).getByRole('checkbox', { name: `${rooms[room]?.name} (${branch.name})`, exact: true });
    await box(1, 1).check();
    await page.getByRole('button', { name: `${de('services.resources')}: ${de('services.need_add')}` }).click();
    await save(page);
    await need(2).getByText(de('services.need_problem')).waitFor();
    await isAccessible(page);
    await box(2, 2).check();
    await need(2).getByRole('textbox').fill('2');
    await save(page);
    await heading(page, service.name.de).waitFor();
    expect((await read(`services/${service.id}`)).resources).toEqual([
      { any_of: [rooms[0]?.id, rooms[1]?.id], units: 1 },
      { any_of: [rooms[2]?.id], units: 2 },
    ]);
    const shown = (room: number): string => `${rooms[room]?.name} (${branch.name})`;
    const all = [
      `${shown(0)} ${de('services.need_or')} ${shown(1)}`,
      de('services.need_units_of', { units: 2, of: shown(2) }),
    ].join(' + ');
    await page.getByText(all).waitFor();
    await page.getByRole('link', { name: de('kit.edit'), exact: true }).click();
    await page
      .getByRole('button', {
        name: de('services.need_remove', {
          what: `${de('services.resources')}: ${de('services.need_of', { n: 1 })}`,
        }),
      })
      .click();
    await save(page);
    await heading(page, service.name.de).waitFor();
    expect((await read(`services/${service.id}`)).resources).toEqual([{ any_of: [rooms[2]?.id], units: 2 }]);
  });

  it('enters a week: a day switched on, times as people type them, a break, copied to the workdays', async () => {
    const { person, fullName } = await place();
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('hours'));
    await page.getByRole('link', { name: fullName }).click();
    await heading(page, de('hours.week_of', { name: fullName })).waitFor();
    const day = de('weekday.5');
    await page.getByRole('switch', { name: de('hours.open', { day }) }).check();
    await field(page, `${day}: ${de('time.from')}`).fill('9.30');
    await field(page, `${day}: ${de('time.to')}`).fill('18');
    await page.getByRole('button', { name: `${day}: ${de('hours.add_break')}` }).click();
    expect(await field(page, `${day}: ${de('time.to')}`).inputValue()).toBe('18:00');
    await save(page);
    await page.getByText(de('hours.saved', { name: fullName })).waitFor();
    const rows = async () =>
      (await read(`working-hours?staff_id=${person.id}&limit=100`)) as {
        day_of_week: number;
        periods: unknown;
        breaks: unknown;
      }[];
    const friday = {
      day_of_week: 5,
      periods: [{ from: '09:30', to: '18:00' }],
      breaks: [{ from: '12:00', to: '12:30' }],
    };
    expect(await rows()).toMatchObject([friday]);
    await page.getByRole('button', { name: `${de('hours.copy')}: ${day}` }).click();
    await page.getByText(de('kit.unsaved')).waitFor();
    await save(page);
    await page.getByText(de('kit.unsaved')).waitFor({ state: 'hidden' });
    const days = (await rows()).sort((a, b) => a.day_of_week - b.day_of_week);
    expect(days).toMatchObject([1, 2, 3, 4, 5].map((day_of_week) => ({ ...friday, day_of_week })));
    await page.getByRole('switch', { name: de('hours.open', { day }) }).uncheck();
    await save(page);
    await page.getByText(de('kit.unsaved')).waitFor({ state: 'hidden' });
    expect((await rows()).map((row) => row.day_of_week)).not.toContain(5);
    await page.getByRole('link', { name: fullName }).click();
    await page
      .getByRole('row', { name: de('weekday.1') })
      .getByText('09:30–12:00, 12:30–18:00')
      .waitFor();
    await page.getByRole('row', { name: day }).getByText(de('hours.closed'), { exact: true }).waitFor();
  });

  it('marks a day whose time ends before it begins, keeps what was typed and saves once it is right', async () => {
    const { person } = await place();
    const page = await (await web.signedIn()).newPage();
    await page.goto(at(`hours/staff/${person.id}`));
    for (const n of [1, 2] as const) {
      await page.getByRole('switch', { name: de('hours.open', { day: de(`weekday.${n}`) }) }).check();
    }
    await field(page, `${de('weekday.2')}: ${de('time.to')}`).fill('07:00');
    await save(page);
    await page.getByText(de('time.problem')).waitFor();
    await isAccessible(page);
    const days = async (): Promise<number[]> =>
      (await read(`working-hours?staff_id=${person.id}`)).map((row: { day_of_week: number }) => row.day_of_week);
    expect(await days()).toEqual([]);
    const until = field(page, `${de('weekday.2')}: ${de('time.to')}`);
    expect(await until.inputValue()).toBe('07:00');
    await until.fill('17');
    await save(page);
    await page.getByText(de('kit.unsaved')).waitFor({ state: 'hidden' });
    expect((await days()).sort()).toEqual([1, 2]);
  });

  it('keeps the hours that an appointment needs until somebody confirms', async () => {
    const { person, fullName, customer, date } = await booked();
    const day = de(`weekday.${weekdayOf(date) as 0 | 1}`);
    const page = await (await web.signedIn()).newPage();
    await page.goto(at(`hours/staff/${person.id}`));
    await page.getByRole('switch', { name: de('hours.open', { day }) }).uncheck();
    await save(page);
    await refusal(page, 1).waitFor();
    await refusal(page, 1).getByRole('link', { name: customer }).waitFor();
    await isWellMade(web, page, 'week-stranded');
    const rows = async (): Promise<{ day_of_week: number }[]> => read(`working-hours?staff_id=${person.id}`);
    expect(await rows()).toHaveLength(7);
    await refusal(page, 1)
      .getByRole('button', { name: de('strand.save') })
      .click();
    await page.getByText(de('hours.saved', { name: fullName })).waitFor();
    expect((await rows()).map((row) => row.day_of_week)).not.toContain(weekdayOf(date));
  });

  it('shows whose appointments a holiday would cost, leads to them, and enters it when confirmed', async () => {
    const { person, fullName, customer, date } = await booked();
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('exceptions'));
    await page.getByRole('link', { name: de('exceptions.create') }).click();
    await heading(page, de('exceptions.create')).waitFor();
    await field(page, de('exceptions.owner')).selectOption({ label: fullName });
    await field(page, de('exceptions.from_date')).fill(date);
    await field(page, de('exceptions.to_date')).fill(addDays(date, 2));
    await save(page);
    await refusal(page, 1).waitFor();
    const link = refusal(page, 1).getByRole('link', { name: customer });
    expect(await link.getAttribute('href')).toContain(`date=${date}`);
    await isWellMade(web, page, 'exception-stranded');
    expect(await read(`exceptions?staff_id=${person.id}`)).toEqual([]);
    await refusal(page, 1)
      .getByRole('button', { name: de('strand.save') })
      .click();
    const name = `${de('exceptions.kind.vacation')}: ${fullName}`;
    await heading(page, name).waitFor();
    expect(await read(`exceptions?staff_id=${person.id}`)).toMatchObject([
      { kind: 'vacation', from_date: date, to_date: addDays(date, 2), from_time: null, branch_id: null },
    ]);
    await page.goto(at(`staff/${person.id}`));
    await page
      .getByRole('table', { name: de('staff.exceptions') })
      .getByRole('link')
      .waitFor();
  });

  it('lists exceptions in the order of their days, and from a day on what comes next', async () => {
    const { person, fullName } = await place();
    const today = dateOf(Date.now(), 'Europe/Berlin');
    const entered: [number, string][] = [
      [40, 'Später'],
      [-30, 'Vorbei'],
      [10, 'Bald'],
    ];
    for (const [inDays, note] of entered)
      await make('exceptions', {
        kind: 'vacation',
        staff_id: person.id,
        from_date: addDays(today, inDays),
        to_date: addDays(today, inDays + 2),
        note,
      });
    const page = await (await web.signedIn()).newPage();
    const notes = async (): Promise<string[]> =>
      (await page.getByRole('row').allInnerTexts()).flatMap((row) => /Später|Vorbei|Bald/.exec(row) ?? []);
    // Rows come to the lists a moment after they were entered, one by one.
    const lists = (expected: readonly string[]): Promise<string[]> =>
      eventually(notes, (found) => found.join() === expected.join(), {
        withinMs: LIVE_MS,
        what: 'the rows are listed',
      });
    await page.goto(at(`staff/${person.id}`));
    await lists(['Später', 'Bald', 'Vorbei']);
    await page.goto(at(`exceptions?staff_id=${person.id}`));
    await lists(['Später', 'Bald', 'Vorbei']);
    await page.goto(at(`exceptions?staff_id=${person.id}&ends_from=${today}`));
    await lists(['Bald', 'Später']);
    expect(await page.getByText(fullName).count()).toBeGreaterThan(0);
  });

  it('names whose appointment a lowered capacity leaves without a place, and lowers it when confirmed', async () => {
    const { branch, person } = await place();
    const other = await make('staff', { first_name: 'Paul', last_name: `P${fresh()}`, branch_ids: [branch.id] });
    for (const staff_id of [person.id, other.id])
      for (const day_of_week of ALL_WEEK) await make('working-hours', { staff_id, day_of_week, periods: OPEN });
    const room = await make('resources', {
      branch_id: branch.id,
      name: `Kabine ${fresh()}`,
      type: 'room',
      capacity: 2,
    });
    const service = await make('services', {
      name: { de: `Probedienst ${fresh()}` },
      duration_minutes: 30,
      price_cents: 1_000,
      currency: 'EUR',
      staff: [{ staff_id: person.id }, { staff_id: other.id }],
      branch_ids: [branch.id],
      resources: [{ any_of: [room.id], units: 1 }],
    });
    const date = addDays(dateOf(Date.now(), 'Europe/Berlin'), 2);
    const free = await api('/api/v2/availability/simple', {
      body: { date, service_id: service.id, branch_id: branch.id } satisfies SimpleAvailabilityRequest,
    });
    const [slot] = free.as(simpleAvailabilityResponse).slots;
    const names: string[] = [];
    for (const staff_id of [person.id, other.id]) {
      const customer = await make('customers', {
        first_name: 'Gerda',
        last_name: `G${fresh()}`,
        phones: [`+4915787${Math.floor(100_000 + Math.random() * 899_999)}`],
      });
      const answer = await api('/api/v2/bookings', {
        body: {
          customer_id: customer.id,
          service_id: service.id,
          staff_id,
          branch_id: branch.id,
          starts_at: slot?.starts_at,
        },
        headers: { 'idempotency-key': randomUUID() },
      });
      expect(answer.status, answer.text).toBe(201);
      names.push(customer.name);
    }
    const page = await (await web.signedIn()).newPage();
    await page.goto(at(`resources/${room.id}/edit`));
    await field(page, de('resources.capacity')).fill('1');
    await save(page);
    await refusal(page, 1)
      .getByRole('link', { name: names[1] ?? '' })
      .waitFor();
    expect(
      await refusal(page, 1)
        .getByRole('link', { name: names[0] ?? '' })
        .count(),
    ).toBe(0);
    await isWellMade(web, page, 'capacity-stranded');
    expect((await read(`resources/${room.id}`)).capacity).toBe(2);
    await refusal(page, 1)
      .getByRole('button', { name: de('strand.save') })
      .click();
    await eventually(
      async () => (await read(`resources/${room.id}`)).capacity,
      (capacity) => capacity === 1,
      { withinMs: LIVE_MS, what: 'the lowered capacity' },
    );
  });

  it('asks before somebody with appointments is deleted, and takes it back', async () => {
    const { person, fullName, customer } = await booked();
    const page = await (await web.signedIn()).newPage();
    await page.goto(at(`staff/${person.id}`));
    await remove(page, fullName);
    await refusal(page, 1).getByRole('link', { name: customer }).waitFor();
    await isAccessible(page);
    await refusal(page, 1)
      .getByRole('button', { name: de('action.back') })
      .click();
    expect((await read(`staff/${person.id}`)).id).toBe(person.id);
    await remove(page, fullName);
    await refusal(page, 1)
      .getByRole('button', { name: de('strand.delete') })
      .click();
    await page.getByText(de('kit.deleted', { name: fullName })).waitFor();
    await heading(page, de('staff.title')).waitFor();
    expect((await api(`/api/v1/staff/${person.id}`)).status).toBe(404);
    await page.getByRole('button', { name: de('action.undo') }).click();
    await page.getByText(de('kit.restored', { name: fullName })).waitFor();
    expect((await read(`staff/${person.id}`)).id).toBe(person.id);
  });

  it('keeps what two people change at once, and restores from the list of deleted ones', async () => {
    const { branch } = await place();
    const room = `Kabine ${fresh()}`;
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('resources/create'));
    await field(page, de('kit.name')).fill(room);
    await field(page, de('resources.branch')).selectOption({ label: branch.name });
    await save(page);
    await heading(page, room).waitFor();
    const id = idOf(page);
    await page.getByRole('link', { name: de('kit.edit'), exact: true }).click();
    await field(page, de('resources.capacity')).fill('3');
    const other = await api(`/api/v1/resources/${id}`, { method: 'PATCH', body: { type: 'equipment' } });
    expect(other.status, other.text).toBe(200);
    await save(page);
    await page.getByText(de('kit.conflict_title')).waitFor();
    expect(await read(`resources/${id}`)).toMatchObject({ capacity: 1, type: 'equipment' });
    await page.getByRole('button', { name: de('page.reload') }).click();
    await page.getByText(de('kit.conflict_reloaded')).waitFor();
    expect(await field(page, de('resources.type')).inputValue()).toBe('equipment');
    await save(page);
    await heading(page, room).waitFor();
    expect(await read(`resources/${id}`)).toMatchObject({ capacity: 3, type: 'equipment', name: room });
    await remove(page, room);
    await page.getByText(de('kit.deleted', { name: room })).waitFor();
    await page.getByRole('tab', { name: de('kit.tab.deleted') }).click();
    await page.getByRole('button', { name: de('kit.restore_of', { name: room }) }).click();
    await page.getByText(de('kit.restored', { name: room })).waitFor();
    expect((await read(`resources/${id}`)).name).toBe(room);
  });

  it('makes a branch and a person in it, who belongs to the only chosen one', async () => {
    const name = `Filiale ${fresh()}`;
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('branches'));
    await page.getByRole('link', { name: de('branches.create') }).click();
    await heading(page, de('branches.create')).waitFor();
    await field(page, de('kit.name')).fill(name);
    await field(page, de('branches.street')).fill('Hauptstraße 1');
    await field(page, de('branches.postal_code')).fill('10115');
    await field(page, de('branches.city')).fill('Berlin');
    await field(page, de('branches.holiday_region')).selectOption('DE-BE');
    await save(page);
    await heading(page, name).waitFor();
    const id = idOf(page);
    expect(await read(`branches/${id}`)).toMatchObject({
      name,
      time_zone: 'Europe/Berlin',
      country: 'DE',
      holiday_region: 'DE-BE',
      closed_on_holidays: true,
      main: false,
      address: { street: 'Hauptstraße 1', postal_code: '10115', city: 'Berlin' },
    });
    await page.getByRole('link', { name: de('staff.create') }).click();
    expect(await page.getByRole('checkbox', { name }).isChecked()).toBe(true);
    await field(page, de('staff.first_name')).fill('Paula');
    await save(page);
    await heading(page, 'Paula').waitFor();
    expect(await read(`staff/${idOf(page)}`)).toMatchObject({ first_name: 'Paula', last_name: '', branch_ids: [id] });
    await page.goto(at(`branches/${id}`));
    await page
      .getByRole('table', { name: de('branches.team') })
      .getByRole('link', { name: 'Paula' })
      .waitFor();
  });

  it('knows whose week it is: nobody’s is not found, and who works at one branch is not asked where', async () => {
    const { person } = await place();
    const page = await (await web.signedIn()).newPage();
    await page.goto(at(`hours/staff/${person.id}`));
    await page.getByRole('switch', { name: de('hours.open', { day: de('weekday.1') }) }).check();
    await field(page, `${de('weekday.1')}: ${de('time.from')}`).waitFor();
    expect(await page.getByRole('combobox').count()).toBe(0);
    await page.getByRole('button', { name: de('kit.discard') }).click();
    await page.goto(at('hours/staff/stf_marco'));
    const branch = page.getByRole('combobox', { name: `${de('weekday.5')}: ${de('hours.branch')}` });
    await branch.waitFor();
    expect(await branch.getByRole('option').count()).toBe(3);
    await page.goto(at('hours/staff/stf_nobody'));
    await page.getByText(de('page.not_found_hint')).waitFor();
  });

  it('enters hours that apply for a time only', async () => {
    const { person, fullName } = await place();
    const page = await (await web.signedIn()).newPage();
    await page.goto(at(`hours/staff/${person.id}`));
    await page.getByRole('link', { name: de('exceptions.add') }).click();
    await field(page, de('hours.day')).selectOption('6');
    await field(page, de('hours.valid_from')).fill('2027-06-01');
    await field(page, de('hours.valid_until')).fill('2027-08-31');
    await field(page, `${de('hours.period')} 1: ${de('time.from')}`).fill('10');
    await field(page, `${de('hours.period')} 1: ${de('time.to')}`).fill('14');
    await save(page);
    const name = de('hours.row_name', { owner: fullName, day: de('weekday.6') });
    await heading(page, name).waitFor();
    expect(await read(`working-hours?staff_id=${person.id}`)).toMatchObject([
      {
        day_of_week: 6,
        periods: [{ from: '10:00', to: '14:00' }],
        valid_from: '2027-06-01',
        valid_until: '2027-08-31',
      },
    ]);
    await page.goto(at(`hours/staff/${person.id}`));
    await page.getByRole('link', { name: `${de('weekday.6')} 10:00–14:00` }).waitFor();
    expect(await page.getByRole('switch', { name: de('hours.open', { day: de('weekday.6') }) }).isChecked()).toBe(
      false,
    );

    // the rest of that season's week, in one go and with its limits; the week that always applies stays empty
    await page.getByRole('link', { name: new RegExp(`^${de('hours.edit_week')}: .*2027`) }).click();
    await heading(page, new RegExp(`${de('hours.week_of', { name: fullName })}.*2027`)).waitFor();
    const open = (n: 0 | 5 | 6) => page.getByRole('switch', { name: de('hours.open', { day: de(`weekday.${n}`) }) });
    expect(await open(6).isChecked()).toBe(true);
    await open(5).check();
    await open(0).check();
    await field(page, `${de('weekday.6')}: ${de('time.to')}`).fill('15');
    await save(page);
    await page.getByText(de('hours.saved', { name: fullName })).waitFor();
    const rows: { day_of_week: number }[] = await read(`working-hours?staff_id=${person.id}`);
    expect(rows.sort((one, other) => one.day_of_week - other.day_of_week)).toMatchObject(
      [
        { day_of_week: 0, periods: [{ from: '09:00', to: '17:00' }] },
        { day_of_week: 5, periods: [{ from: '09:00', to: '17:00' }] },
        { day_of_week: 6, periods: [{ from: '10:00', to: '15:00' }] },
      ].map((one) => ({ ...one, valid_from: '2027-06-01', valid_until: '2027-08-31' })),
    );
    await isWellMade(web, page, 'week-season');
    await page.goto(at(`hours/staff/${person.id}`));
    await page.getByRole('link', { name: `${de('weekday.0')} 09:00–17:00` }).waitFor();
    expect(await open(5).isChecked()).toBe(false);
  });

  it('shows what hours, exceptions and closures make of the next two weeks, and follows what is saved', async () => {
    const { branch, person, fullName } = await working();
    const today = dateOf(Date.now(), 'Europe/Berlin');
    const later = addDays(today, 3);
    const away = addDays(today, 5);
    await make('exceptions', {
      kind: 'closure',
      branch_id: branch.id,
      from_date: later,
      to_date: later,
      from_time: '12:00',
      to_time: '13:00',
    });
    await make('exceptions', { kind: 'vacation', staff_id: person.id, from_date: away, to_date: away });
    const page = await (await web.signedIn()).newPage();
    const days = page.locator('.hours-preview li');
    const on = (inDays: number) => days.nth(inDays);
    await page.goto(at(`hours/branches/${branch.id}`));
    await on(3).getByText('08:00–12:00, 13:00–20:00').waitFor();
    expect(await days.count()).toBe(14);
    await on(5).getByText('08:00–20:00').waitFor();
    await isWellMade(web, page, 'hours-preview-branch');
    await page.goto(at(`hours/staff/${person.id}`));
    await on(3).getByText('08:00–12:00, 13:00–20:00').waitFor();
    await on(5).getByText(de('hours.closed')).waitFor();
    await on(5).getByText(de('exceptions.kind.vacation')).waitFor();
    const weekday = weekdayOf(addDays(today, 1)) as 0 | 1;
    await field(page, `${de(`weekday.${weekday}`)}: ${de('time.to')}`).fill('15');
    await save(page);
    await page.getByText(de('hours.saved', { name: fullName })).waitFor();
    for (const inDays of [1, 8]) await on(inDays).getByText('08:00–15:00').waitFor();
  });

  it('makes a tag, puts it on a customer, and shows it on both pages', async () => {
    const tag = `Zeichen ${fresh()}`;
    const customer = await make('customers', {
      first_name: 'Tilly',
      last_name: `T${fresh()}`,
      email: `${fresh()}@example.test`,
    });
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('tags'));
    await page.getByRole('link', { name: de('tags.create') }).click();
    await heading(page, de('tags.create')).waitFor();
    await field(page, de('kit.name')).fill(tag);
    await save(page);
    await heading(page, tag).waitFor();
    const id = idOf(page);
    await page.getByText(de('tags.no_customers')).waitFor();
    await page.goto(at(`customers/${customer.id}/edit`));
    await page.getByRole('checkbox', { name: tag }).check();
    await save(page);
    await heading(page, customer.name).waitFor();
    expect((await read(`customers/${customer.id}`)).tags).toEqual([{ id, name: tag }]);
    await page.getByRole('link', { name: tag }).click();
    await heading(page, tag).waitFor();
    await page
      .getByRole('table', { name: de('tags.customers') })
      .getByRole('link', { name: customer.name })
      .waitFor();
    await page.goto(at(`customers?tag=${id}`));
    await page.getByRole('link', { name: customer.name }).waitFor({ timeout: LIVE_MS });
    expect(await page.getByRole('row').count()).toBe(2);
  });

  const PAGES = ['services', 'staff', 'hours', 'exceptions', 'branches', 'resources', 'tags'] as const;
  it.each(LOOKS)('are accessible and fit the screen: %s', async (name, look) => {
    const say = admin[languageOf(look)];
    const page = await (await web.signedIn(look)).newPage();
    for (const noun of PAGES) {
      await page.goto(at(noun));
      await heading(page, say(`${noun}.title`)).waitFor();
      await page.getByRole('row').nth(1).waitFor();
      await isWellMade(web, page, `${noun}-${name}`);
    }
    for (const path of [
      'services/srv_faerben',
      'staff/stf_marco',
      'branches/bra_mitte',
      'resources/res_farbplatz_mitte',
    ]) {
      await page.goto(at(path));
      await page.getByRole('table').first().or(page.locator('.segments')).first().waitFor();
      await isWellMade(web, page, `${path.replace('/', '-')}-${name}`);
    }
    for (const path of [
      'services/create',
      'services/srv_faerben/edit',
      'staff/stf_lena/edit',
      'exceptions/create',
      'branches/create',
      'hours/create',
    ]) {
      await page.goto(at(path));
      await page.getByRole('button', { name: say('kit.save') }).waitFor();
      await isWellMade(web, page, `${path.replaceAll('/', '-')}-${name}`);
    }
    await page.goto(at('hours/staff/stf_marco'));
    await page.getByRole('switch').first().waitFor();
    await isWellMade(web, page, `week-${name}`);
    await page.goto(at('services?q=qqqq'));
    await page.getByText(say('kit.no_match_title')).waitFor();
    await isWellMade(web, page, `services-none-${name}`);
  });

  it('offers nothing that the role may not do', async () => {
    const page = await (await web.signedIn(GERMAN_DESKTOP, DEMO.salon.staff)).newPage();
    for (const noun of PAGES) {
      await page.goto(at(noun));
      await page.getByRole('row').nth(1).waitFor();
      expect(await page.getByRole('link', { name: de(`${noun}.create`) }).count(), noun).toBe(0);
      expect(await page.getByRole('button', { name: sentence(de, 'kit.actions_of') }).count(), noun).toBe(0);
      await page.goto(at(`${noun}/create`));
      await page.getByText(de(`${noun}.forbidden`)).waitFor();
    }
    // Their own page shows their week, and of a colleague only who that is.
    await page.goto(at('staff/stf_lena'));
    await page.getByRole('row', { name: de('weekday.2') }).waitFor();
    expect(await page.getByRole('link', { name: de('hours.edit_week') }).count()).toBe(0);
    expect(await page.getByRole('link', { name: de('exceptions.add') }).count()).toBe(0);
    expect(await page.getByRole('link', { name: de('kit.edit'), exact: true }).count()).toBe(0);
    await page.goto(at('hours/staff/stf_lena'));
    await page.getByText('09:00–12:00, 12:30–18:00').first().waitFor();
    expect(await page.getByRole('switch').count()).toBe(0);
    expect(await page.getByRole('button', { name: de('kit.save') }).count()).toBe(0);
    await page.goto(at('staff/stf_marco'));
    await page.getByRole('heading', { name: 'Marco Rossi' }).waitFor();
    await hasLoaded(page, 'staff/stf_marco');
    expect(await page.getByRole('row', { name: de('weekday.2') }).count()).toBe(0);
  });
});
