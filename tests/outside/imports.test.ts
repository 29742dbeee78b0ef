/** Customers out of a table, by the people who have it: a file, its columns, the check, the run, what was refused. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addDays, dateOf, timeOf } from '../../shared/time.ts';
import { admin, hasBrowser, isWellMade, languageOf, LOOKS, withBrowser } from './browser.ts';
import { DEMO, eventually } from './harness.ts';
import { bookSlot, callSalon, freeSlots, madeCustomer } from './scenario.ts';

const { de } = admin;
/** A job whose first wake was lost waits for the cron that finds it. */
const JOB_MS = 100_000;
const word = (): string => Array.from({ length: 8 }, () => 'bdfghklmnprstvwz'[Math.floor(Math.random() * 16)]).join('');
const freshLine = (): string => `0157${Math.floor(10_000_000 + Math.random() * 89_999_999)}`;

describe.skipIf(!hasBrowser)('imports of a calendar', () => {
  const web = withBrowser();
  const { api } = web;
  const MARCO = 'stf_marco';
  const choose = (page: Page, name: string, text: string) =>
    page
      .locator('[data-imports-calendar]')
      .setInputFiles({ name, mimeType: 'text/calendar', buffer: Buffer.from(text) });
  const utc = (instant: string): string => new Date(instant).toISOString().replace(/[-:]|\.000/g, '');
  interface Free {
    starts_at: string;
    ends_at: string;
    branch_id: string;
  }
  const freeOn = async (date: string, serviceId: string): Promise<Free[]> =>
    (await api('/api/v2/availability/simple', { body: { date, service_id: serviceId, staff_id: MARCO } })).json().slots;
  /** The first two times apart from each other on some day, five weeks from now. */
  async function twoTimes(serviceId: string): Promise<{ date: string; one: Free; two: Free }> {
    for (let ahead = 35; ahead < 60; ahead++) {
      const date = addDays(dateOf(Date.now(), 'Europe/Berlin'), ahead);
      const [one, ...more] = await freeOn(date, serviceId);
      const two = more.find(({ starts_at }) => one && Date.parse(starts_at) >= Date.parse(one.ends_at) + 3_600_000);
      if (one && two) return { date, one, two };
    }
    throw new Error('nothing is free');
  }
  const calendarOf = (name: string, ...times: Pick<Free, 'starts_at' | 'ends_at'>[]): string =>
    [
      'BEGIN:VCALENDAR',
      `X-WR-CALNAME:${name}`,
      ...times.flatMap((time, i) => [
        'BEGIN:VEVENT',
        `UID:${i}@${name}`,
        `DTSTART:${utc(time.starts_at)}`,
        `DTEND:${utc(time.ends_at)}`,
        'SUMMARY:Zahnarzt',
        'END:VEVENT',
      ]),
      'BEGIN:VEVENT',
      `UID:broken@${name}`,
      'DTSTART:20261399T090000Z',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n');
  const imported = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: de('imports.check') }).click();
    await page.getByRole('button', { name: de('imports.busy_run') }).click({ timeout: JOB_MS });
    await page.getByText(de('imports.busy_written')).waitFor({ timeout: JOB_MS });
  };

  it('makes a person busy, says so in the calendar and on the phone, is replaced by another import and removed', async () => {
    const name = word();
    const [service] = (await api('/api/v1/services?limit=100'))
      .json()
      .data.filter((one: { staff_ids?: string[]; name: { de: string } }) => one.name.de === 'Herrenschnitt');
    const { date, one, two } = await twoTimes(service.id);
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/staff/${MARCO}`);
    await page.getByText(de('staff.calendars_none')).waitFor();
    await page.getByRole('link', { name: de('staff.calendars_import') }).click();
    await choose(page, 'Privat.ics', calendarOf(name, one));
    await page.getByText(de('imports.person_hint', { count: 2 })).waitFor();
    await page.getByLabel(de('imports.person')).locator(`option[value=${MARCO}]`).waitFor({ state: 'attached' });
    expect(await page.getByLabel(de('imports.person')).inputValue()).toBe(MARCO);
    expect(await page.getByLabel(de('imports.source')).inputValue()).toBe(name);
    await page.getByRole('button', { name: de('imports.check') }).click();
    await page.getByRole('button', { name: de('imports.busy_run') }).waitFor({ timeout: JOB_MS });
    await page.locator('.imports-rows').getByText(de('imports.busy')).waitFor();
    await page.getByRole('tab', { name: de('imports.refused') }).click();
    await page.getByText(de('imports.wrong_cell', { column: 'DTSTART', value: '20261399T090000Z' })).waitFor();
    await web.picture(page, 'import-calendar-checked', true);
    expect((await freeOn(date, service.id)).map(({ starts_at }) => starts_at)).toContain(one.starts_at);
    await page.getByRole('button', { name: de('imports.busy_run') }).click();
    await page.getByText(de('imports.busy_written')).waitFor({ timeout: JOB_MS });
    expect((await freeOn(date, service.id)).map(({ starts_at }) => starts_at)).not.toContain(one.starts_at);

    const day = async (): Promise<void> => {
      await page.goto(`${web.base}/admin/appointments/calendar?branch=${one.branch_id}&date=${date}&staff=${MARCO}`);
      await page
        .locator('.shade-absence')
        .filter({ hasText: de('calendar.absence.external') })
        .first()
        .waitFor();
    };
    await day();
    await web.picture(page, 'calendar-busy');
    // The phone does not offer it, either.
    const said = await callSalon(web.instance, [
      {
        function: 'check-availability',
        args: {
          service_id: service.id,
          staff_id: MARCO,
          date,
          time: timeOf(Date.parse(one.starts_at), 'Europe/Berlin'),
        },
      },
    ]);
    expect(said.memory.results['check-availability']).toMatchObject({ available: false });

    // Another file of the same name: the first time is free again, the second is not, and its title is kept.
    await page.goto(`${web.base}/admin/imports?staff=${MARCO}`);
    await choose(page, 'Privat.ics', calendarOf(name, two));
    await page.getByLabel(de('imports.titles')).check();
    await imported(page);
    const free = (await freeOn(date, service.id)).map(({ starts_at }) => starts_at);
    expect([free.includes(one.starts_at), free.includes(two.starts_at)]).toEqual([true, false]);
    await page.goto(`${web.base}/admin/appointments/calendar?branch=${one.branch_id}&date=${date}&staff=${MARCO}`);
    await page.locator('.shade-absence').filter({ hasText: 'Zahnarzt' }).first().waitFor();

    await page.goto(`${web.base}/admin/staff/${MARCO}`);
    await page.getByRole('button', { name: de('staff.calendar_remove', { name }) }).click();
    await web.picture(page, 'staff-calendars', true);
    await page.getByRole('button', { name: de('staff.calendar_remove_yes'), exact: true }).click();
    await page.getByText(de('staff.calendars_none')).waitFor();
    expect((await freeOn(date, service.id)).map(({ starts_at }) => starts_at)).toContain(two.starts_at);
  });

  it('asks about appointments in its times, and leaves them', async () => {
    const name = word();
    const [slot] = await freeSlots(web.instance, DEMO.salon.apiKey, { service: 'Herrenschnitt', count: 1 });
    if (!slot) throw new Error('nothing is free');
    const customer = await madeCustomer(web.instance, { first_name: 'Petra', last_name: name });
    const booked = await bookSlot(web.instance, slot, customer.id);
    expect(booked.status, booked.text).toBe(201);
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/imports?staff=${slot.staffId}`);
    await choose(page, 'Privat.ics', calendarOf(name, { starts_at: slot.startsAt, ends_at: slot.endsAt }));
    await page.getByRole('button', { name: de('imports.check') }).click();
    await page.getByText(de('imports.busy_met', { count: 1 })).waitFor({ timeout: JOB_MS });
    await page.getByRole('button', { name: de('imports.busy_run') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`Petra ${name}`).waitFor();
    await web.picture(page, 'import-calendar-stranded');
    await dialog.getByRole('button', { name: de('imports.busy_anyway') }).click();
    await page.getByText(de('imports.busy_stranded', { count: 1 })).waitFor({ timeout: JOB_MS });
    const { appointment_id: id } = booked.json();
    expect((await api(`/api/v1/appointments/${id}`)).json().data.starts_at).toBe(slot.startsAt);
  });

  it.each(LOOKS)('is well made (%s)', async (name, look) => {
    const say = admin[languageOf(look)];
    const { one, two } = await twoTimes(
      (await api('/api/v1/services?limit=100'))
        .json()
        .data.find((row: { name: { de: string } }) => row.name.de === 'Herrenschnitt').id,
    );
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(`${web.base}/admin/imports?staff=${MARCO}`);
    await page.getByRole('button', { name: say('imports.choose_calendar') }).waitFor();
    await choose(page, 'Privat.ics', calendarOf(word(), one, two));
    await page.getByLabel(say('imports.source')).waitFor();
    await isWellMade(web, page, `import-person-${name}`);
    await page.getByRole('button', { name: say('imports.check') }).click();
    await page.getByRole('button', { name: say('imports.busy_run') }).waitFor({ timeout: JOB_MS });
    await page.locator('.imports-rows li').first().waitFor();
    await isWellMade(web, page, `import-times-${name}`);
    await page.getByRole('button', { name: say('imports.busy_run') }).click();
    await page.getByText(say('imports.busy_written')).waitFor({ timeout: JOB_MS });
    await isWellMade(web, page, `import-busy-result-${name}`);
    await page.getByRole('link', { name: say('imports.to_person') }).click();
    await page.locator('.staff-calendar').first().waitFor();
    await isWellMade(web, page, `staff-calendars-${name}`);
    for (const { id } of (await api(`/api/v1/staff/${MARCO}/busy-sources`)).json().data)
      await api(`/api/v1/staff/${MARCO}/busy-sources/${id}`, { method: 'DELETE' });
  });
});

describe.skipIf(!hasBrowser)('imports of customers', () => {
  const web = withBrowser();
  const { api } = web;
  const send = (page: Page, name: string, text: string | Buffer) =>
    page.locator('[data-imports-file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const step = (page: Page) => page.locator('.imports-steps [aria-current]');
  const found = async (name: string): Promise<{ first_name: string; notes: string | null }[]> =>
    (await api(`/api/v1/customers?q=${name}`)).json().data;

  /** Two new ones, one who is there, one refused; in the bytes of an old spreadsheet. */
  const table = (name: string, known: string, other = freshLine()): Buffer =>
    Buffer.from(
      [
        'Vorname;Nachname;Handy;Notizen;Schuhgröße',
        `Jörg;${name};${freshLine()};=1+2;41`,
        `Änne;${name};+49 (0) ${other.slice(1, 4)} / ${other.slice(4, 8)} ${other.slice(8)};;`,
        `Petra;${name};${known};mag Kaffee;`,
        `Gerd;${name};12;;`,
      ].join('\r\n'),
      'latin1',
    );

  it('from the list of customers to the result; each step is where it was left after a reload', async () => {
    const [name, known] = [word(), freshLine()];
    await madeCustomer(web.instance, { first_name: 'Petra', last_name: name, phones: [known] });
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/customers`);
    await page.getByRole('link', { name: de('kit.import') }).click();
    await page.getByRole('heading', { name: de('imports.title'), level: 1 }).waitFor();
    const file = table(name, known);
    await send(page, 'Kunden.csv', file);

    await page.getByRole('heading', { name: 'Kunden.csv', level: 1 }).waitFor();
    expect(await step(page).textContent()).toBe(de('imports.step.columns'));
    const becomes = (header: string) => page.getByLabel(de('imports.becomes_of', { name: header }), { exact: true });
    expect(await becomes('Handy').inputValue()).toBe('phone');
    expect(await becomes('Schuhgröße').inputValue()).toBe('');
    await page.reload();
    await becomes('Vorname').waitFor();
    await becomes('Vorname').selectOption('last_name');
    await page.getByRole('button', { name: de('imports.check') }).click();
    await page.getByText(de('imports.doubled', { fields: de('imports.field.last_name') })).waitFor();
    await becomes('Vorname').selectOption('first_name');
    await page.getByRole('button', { name: de('imports.check') }).click();

    await page.getByRole('button', { name: de('imports.run') }).waitFor({ timeout: JOB_MS });
    expect(await found(name)).toHaveLength(1);
    await page.reload();
    await page.getByText(`${de('imports.there')}: ${de('imports.duplicate.phone')}`).waitFor();
    await page.getByRole('link', { name: `Petra ${name}` }).waitFor();
    await page.getByLabel(de('imports.choice_of', { row: 4 })).selectOption('update');
    await page.getByRole('tab', { name: de('imports.refused') }).click();
    await page.getByText(de('imports.wrong_cell', { column: 'Handy', value: '12' })).waitFor();
    await web.picture(page, 'import-checked', true);
    await page.getByRole('button', { name: de('imports.run') }).click();

    await page.getByText(de('imports.written')).waitFor({ timeout: JOB_MS });
    await page.reload();
    await page.getByText(de('imports.written')).waitFor();
    const people = await eventually(
      () => found(name),
      (rows) => rows.length === 3,
      { what: 'the customers' },
    );
    expect(people.map((one) => [one.first_name, one.notes]).sort()).toEqual([
      ['Jörg', '=1+2'],
      ['Petra', 'mag Kaffee'],
      ['Änne', null],
    ]);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: de('imports.download') }).click();
    const refused = readFileSync(await (await download).path(), 'utf8');
    expect(refused).toContain(`5;Gerd;${name};12;`);

    // The same headers again: what they were is remembered, and everybody is there.
    await page.getByRole('button', { name: de('imports.again') }).click();
    await send(page, 'Noch einmal.csv', file);
    await page.getByRole('button', { name: de('imports.check') }).click();
    await page.getByRole('button', { name: de('imports.run') }).click({ timeout: JOB_MS });
    await page.getByText(de('imports.written')).waitFor({ timeout: JOB_MS });
    expect(await found(name)).toHaveLength(3);
  });

  it('a file that can’t be read says what it is, and another takes its place; one that is no longer wanted is ended', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/imports`);
    await page.getByRole('button', { name: de('imports.choose') }).waitFor();
    await send(page, 'Kunden.xlsx', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]));
    await page.getByRole('alert').getByText('Arbeitsmappe').waitFor();
    await send(page, 'Kunden.csv', `Name\n${word()}\n`);
    await page.getByLabel(de('imports.becomes_of', { name: 'Name' })).waitFor();
    await page.getByRole('button', { name: de('imports.abandon'), exact: true }).click();
    await page.getByRole('button', { name: de('imports.abandon_yes') }).click();
    await page.getByText(de('imports.abandoned')).waitFor();
    await page.getByRole('link', { name: de('imports.back') }).click();
    await page.getByText(de('imports.state.abandoned')).first().waitFor();
  });

  it.each(LOOKS)('is well made (%s)', async (name, look) => {
    const say = admin[languageOf(look)];
    const [last, known] = [word(), freshLine()];
    await madeCustomer(web.instance, { first_name: 'Petra', last_name: last, phones: [known] });
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(`${web.base}/admin/imports`);
    await page.getByRole('heading', { name: say('imports.recent'), level: 2 }).waitFor();
    await isWellMade(web, page, `imports-${name}`);
    await send(page, 'Kunden.csv', table(last, known));
    await page.getByRole('button', { name: say('imports.check') }).waitFor();
    await isWellMade(web, page, `import-columns-${name}`);
    await page.getByRole('button', { name: say('imports.check') }).click();
    await page.getByRole('button', { name: say('imports.run') }).waitFor({ timeout: JOB_MS });
    await page.getByText(`${say('imports.there')}: ${say('imports.duplicate.phone')}`).waitFor();
    await isWellMade(web, page, `import-checked-${name}`);
    await page.getByRole('tab', { name: say('imports.refused') }).click();
    await page.locator('.imports-rows li').first().waitFor();
    await isWellMade(web, page, `import-refused-${name}`);
    await page.getByRole('button', { name: say('imports.run') }).click();
    await page.getByText(say('imports.written')).waitFor({ timeout: JOB_MS });
    await isWellMade(web, page, `import-result-${name}`);
  });
});
