/**
 * Companies, branches, per-branch prices, logins of the staff and requests for absence in a real browser. Two ways are counted in clicks,
 * fields and seconds, and printed: hours changed and heard by the next caller; somebody added with a login by invitation.
 */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accountDe } from '../../shared/i18n/compiled/account.de.ts';
import { addDays, dateOf, weekdayOf } from '../../shared/time.ts';
import { createTranslate } from '../../web/ui/i18n.ts';
import { admin, hasBrowser, isWellMade, languageOf, LOOKS, withBrowser } from './browser.ts';
import { eventually } from './harness.ts';
import { callSalon } from './scenario.ts';

const { de } = admin;
const account = createTranslate(accountDe);
const PASSWORD = 'drei Hunde im Regen';

/** Letters only, so that names look like names. */
const fresh = (): string =>
  randomUUID()
    .replace(/[^a-f]/g, '')
    .slice(0, 8)
    .padEnd(6, 'x');

describe.skipIf(!hasBrowser)('companies, branches and the team', () => {
  const web = withBrowser();
  const at = (path: string): string => `${web.base}/admin/${path}`;
  const read = async (path: string) => (await web.api(`/api/v1/${path}`)).json().data;
  const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

  /** What a person does on a page, counted; typing is not timed as people type, so seconds are the browser's own. */
  function counted(page: Page) {
    const begun = Date.now();
    const done = { clicks: 0, fields: 0 };
    return {
      done,
      seconds: () => Math.round((Date.now() - begun) / 100) / 10,
      press: async (name: string) => {
        done.clicks++;
        await page
          .getByRole('button', { name, exact: true })
          .or(page.getByRole('link', { name, exact: true }))
          .first()
          .click();
      },
      type: async (label: string, text: string) => {
        done.fields++;
        await page.getByLabel(label, { exact: true }).first().fill(text);
      },
    };
  }

  it('makes a second company with settings and a branch of its own, which choose between them from then on', async () => {
    const name = `Schön ${fresh()}`;
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('branches/create'));
    await heading(page, de('branches.create')).waitFor();
    expect(await page.getByLabel(de('branches.company'), { exact: true }).count()).toBe(0);
    await page.goto(at('companies'));
    await page.getByRole('link', { name: de('companies.create') }).click();
    await page.getByLabel(de('kit.name'), { exact: true }).fill(name);
    await page.getByLabel(de('companies.vat_id'), { exact: true }).fill('DE123456789');
    await page.getByLabel(de('companies.greeting'), { exact: true }).selectOption('none');
    await page.getByLabel(de('companies.transcript_days'), { exact: true }).fill('9999');
    await page.keyboard.press('Control+s');
    await page.getByText(de('companies.days_problem')).first().waitFor();
    await page.getByLabel(de('companies.transcript_days'), { exact: true }).fill('14');
    const due = page.getByLabel(de('companies.callback_due_hours'), { exact: true });
    expect(await due.inputValue()).toBe('4');
    await due.fill('41');
    await page.keyboard.press('Control+s');
    await page.getByText(de('companies.callback_due_problem')).first().waitFor();
    await due.fill('8');
    await page.keyboard.press('Control+s');
    await heading(page, name).waitFor();
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    expect(await read(`companies/${id}`)).toMatchObject({
      name,
      vat_id: 'DE123456789',
      greeting: 'none',
      transcript_days: 14,
      callback_due_hours: 8,
      branches: 0,
    });
    await page.getByText(de('companies.opening_hours', { count: 8 })).waitFor();
    // A practice decides proof and greeting by itself.
    await page.goto(at(`companies/${id}/edit`));
    await page.getByLabel(de('companies.identity'), { exact: true }).waitFor();
    await page.getByRole('switch', { name: de('companies.practice_mode') }).click({ force: true });
    await eventually(
      () => page.getByLabel(de('companies.identity'), { exact: true }).count(),
      (count) => count === 0,
      { what: 'the proof, which practice mode decides' },
    );
    await page.goto(at(`branches/create?company_id=${id}`));
    await page.getByLabel(de('kit.name'), { exact: true }).fill(`Nord ${name}`);
    expect(await page.getByLabel(de('branches.company'), { exact: true }).inputValue()).toBe(id);
    await page.getByLabel(de('branches.transport_info'), { exact: true }).fill('Mit der U8 bis Voltastraße.');
    await page.getByLabel(de('branches.service_radius'), { exact: true }).fill('25');
    await page.getByLabel(de('branches.latitude'), { exact: true }).fill('52,5422');
    await page.getByLabel(de('branches.longitude'), { exact: true }).fill('13,3933');
    await page.keyboard.press('Control+s');
    await heading(page, `Nord ${name}`).waitFor();
    const [branch] = await read(`branches?company_id=${id}`);
    expect(branch).toMatchObject({
      company_id: id,
      service_radius_km: 25,
      transport_info: 'Mit der U8 bis Voltastraße.',
      coordinates: { latitude: 52.5422, longitude: 13.3933 },
    });
    // Given up it closes its branch, and comes back.
    await page.goto(at('companies'));
    await page.getByRole('button', { name: de('kit.actions_of', { name }) }).click();
    await page.getByRole('menuitem', { name: de('companies.remove') }).click();
    await page.getByText(de('companies.removed', { name })).waitFor();
    expect(await read(`companies/${id}`)).toMatchObject({ archived: true });
    await page.getByRole('button', { name: de('action.undo') }).click();
    await eventually(
      () => read(`companies/${id}`),
      (company) => company.archived === false,
      { what: 'the company is back' },
    );
  });

  it('has another length and price at one branch, which is what is quoted and booked there', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('services/srv_kinderschnitt'));
    const mitte = 'Salon Schön Mitte';
    const field = (label: string, branch: string) => page.getByLabel(`${label}, ${branch}`, { exact: true });
    await field(de('services.duration'), mitte).fill('25');
    await field(de('services.price'), mitte).fill('viel');
    await page.getByRole('button', { name: de('kit.save') }).click();
    await page.getByText(de('kit.amount_problem')).waitFor();
    await field(de('services.price'), mitte).fill('17,50');
    await page.getByRole('button', { name: de('kit.save') }).click();
    await page.getByRole('alert').filter({ hasText: 'Kinderschnitt' }).first().waitFor();
    const service = await read('services/srv_kinderschnitt');
    expect(service.branch_overrides).toEqual([
      { branch_id: 'bra_mitte', duration_minutes: 25, price_cents: 1_750 },
      { branch_id: 'bra_prenzlberg', duration_minutes: 40, price_cents: 2_200 },
    ]);
    let date = addDays(dateOf(Date.now(), 'Europe/Berlin'), 14);
    while (weekdayOf(date) !== 5) date = addDays(date, 1);
    for (const [branch_id, minutes] of [
      ['bra_mitte', 25],
      ['bra_prenzlberg', 40],
    ] as const) {
      const free = (
        await web.api('/api/v2/availability/simple', { body: { date, service_id: 'srv_kinderschnitt', branch_id } })
      ).json();
      const [slot] = free.slots as { starts_at: string; ends_at: string }[];
      expect(slot && (Date.parse(slot.ends_at) - Date.parse(slot.starts_at)) / 60_000).toBe(minutes);
    }
    // The phone names the branch's own.
    const heard = await callSalon(web.instance, [
      { user: 'Was kostet ein Kinderschnitt?' },
      { function: 'list-services', args: { query: 'Was kostet ein Kinderschnitt?' } },
    ]);
    expect(heard.memory.results['list-services']).toMatchObject({
      message: expect.stringMatching(/17,50|17 Euro 50/),
      services: [{ duration_minutes: 25, price_cents: 1_750 }],
    });
  });

  it('changes hours, and the next caller hears them', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('hours/branches/bra_mitte'));
    await page.locator('.kit-week-form, form').first().waitFor();
    const way = counted(page);
    const tuesday = page
      .getByRole('region', { name: de('weekday.2') })
      .or(page.locator(`section[aria-label="${de('weekday.2')}"]`));
    way.done.fields++;
    await tuesday.first().getByRole('textbox').nth(1).fill('20:15');
    way.done.clicks++;
    await page
      .getByRole('button', { name: de('kit.save') })
      .first()
      .click();
    await page.getByRole('alert').first().waitFor();
    const heard = await callSalon(
      web.instance,
      [{ user: 'Wann haben Sie am Dienstag auf?' }, { function: 'opening-hours', args: { when: 'am Dienstag' } }],
      '+4915112345679',
    );
    console.log(
      `hours changed and heard: ${way.done.clicks} clicks, ${way.done.fields} fields, ${way.seconds()} s with the call`,
    );
    const answer = heard.memory.results['opening-hours'];
    expect(answer?.['message']).toMatch(/20[:.]15|20 Uhr 15|Viertel nach 8|Viertel nach acht/i);
    expect(answer).toMatchObject({ place: { directions: expect.stringContaining('U8') } });
    expect(way.done).toEqual({ clicks: 1, fields: 1 });
  });

  it('adds an employee with a login by invitation, who asks for a vacation that is granted on the home page', async () => {
    const last = `V${fresh()}`;
    const email = `${fresh()}.${fresh()}@salon-schoen.test`;
    const page = await (await web.signedIn()).newPage();
    await page.goto(at('staff'));
    await page.getByRole('row').nth(1).waitFor();
    const way = counted(page);
    await way.press(de('staff.create'));
    await way.type(de('staff.first_name'), 'Vera');
    await way.type(de('staff.last_name'), last);
    await way.type(de('staff.email'), email);
    way.done.clicks++;
    await page.getByRole('checkbox', { name: 'Salon Schön Mitte' }).check();
    await way.press(de('kit.save'));
    await heading(page, `Vera ${last}`).waitFor();
    await way.press(de('staff.invite'));
    await page.getByText(de('staff.login_invited')).waitFor();
    console.log(
      `an employee added with login: ${way.done.clicks} clicks, ${way.done.fields} fields, ${way.seconds()} s of the browser`,
    );
    expect(way.done).toEqual({ clicks: 4, fields: 3 });
    await web.picture(page, 'staff-login');

    // The mail leads in.
    const link = await eventually(
      async () => {
        const { mails } = (await web.instance.sandbox.request('/_sandbox/smtp/mails')).json() as {
          mails: { to: string[]; text: string }[];
        };
        const mail = mails.filter(({ to }) => to.includes(email)).at(-1);
        return /https?:\/\/\S+?(\/invite#[\w-]{43})/.exec(mail?.text ?? '')?.[1];
      },
      (one) => one !== undefined,
      { what: 'the invitation' },
    );
    const vera = await (await web.visitor()).newPage();
    await vera.goto(`${web.base}${link}`);
    await vera.getByLabel(account('account.password'), { exact: true }).fill(PASSWORD);
    await vera.getByRole('button', { name: account('account.invite_submit') }).click();
    await vera.waitForURL(/\/admin/);
    await vera.goto(at('absence-requests/create'));
    await heading(vera, de('absences.create')).waitFor();
    // Only for herself.
    expect(await vera.getByLabel(de('absences.person'), { exact: true }).count()).toBe(0);
    await vera.getByLabel(de('exceptions.note'), { exact: true }).fill('Umzug');
    await vera.keyboard.press('Control+s');
    await vera.getByRole('button', { name: de('absences.do.withdraw') }).waitFor();

    // On the home page of who leads.
    await page.goto(at('start'));
    const card = page.getByRole('region', { name: de('absences.card') });
    const line = card.getByRole('listitem').filter({ hasText: `Vera ${last}` });
    await line.getByText('Umzug').waitFor();
    await web.picture(page, 'home-requests');
    await line.getByRole('button', { name: de('absences.do.grant') }).click();
    await page.getByText(de('absences.became.grant')).waitFor();
    await eventually(
      () => line.count(),
      (count) => count === 0,
      { what: 'the request is settled' },
    );
    const [person] = await read(`staff?q=Vera`);
    expect(await read(`exceptions?staff_id=${person.id}`)).toMatchObject([{ kind: 'vacation', note: 'Umzug' }]);
    // … and refused with a reason over the list of absences.
    await page.goto(at('exceptions'));
    const lena = page
      .getByRole('region', { name: de('absences.card') })
      .getByRole('listitem')
      .filter({ hasText: 'Lena' });
    await lena.getByRole('button', { name: de('absences.do.refuse') }).click();
    await page.getByRole('dialog').getByLabel(de('absences.reason')).fill('In der Woche ist Messe.');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: de('absences.do.refuse') })
      .click();
    await page.getByText(de('absences.became.refuse')).waitFor();
    expect(await read('absence-requests/abs_demo_lena')).toMatchObject({
      status: 'refused',
      reason: 'In der Woche ist Messe.',
    });
  });

  it.each(LOOKS)('is well made: %s', async (name, look) => {
    const page = await (await web.signedIn(look)).newPage();
    const words = admin[languageOf(look)];
    for (const [path, shown] of [
      ['companies', '.kit-table .kit-row-link'],
      ['companies/com_salon_schoen', '.kit-record-head'],
      ['companies/com_salon_schoen/edit', '.kit-form-sections'],
      ['branches/bra_mitte', '.kit-record-head'],
      ['branches/bra_mitte/edit', '.kit-form-sections'],
      ['services/srv_kinderschnitt', '.branch-terms input'],
      ['staff/stf_marco', '.kit-record-head'],
      ['absence-requests', '.kit-page h1'],
      ['absence-requests/create', '.kit-form-sections'],
      ['absence-requests/abs_demo_lena', '.kit-record-head'],
      ['exceptions', '.kit-page h1'],
    ] as const) {
      await page.goto(at(path));
      await page.locator(shown).first().waitFor();
      await isWellMade(web, page, `${path.replaceAll('/', '-')}-${name}`);
    }
    expect(words('companies.title').length).toBeGreaterThan(3);
  });
});
