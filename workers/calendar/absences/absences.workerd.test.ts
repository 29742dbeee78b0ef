/** Requests for absence over HTTP: the staff asks for itself, who leads decides, appointments in that time are asked about, both are written to. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { processNow } from '../../../shared/clock.ts';
import { toIso } from '../../../shared/time.ts';
import { FIXTURES, type FurnishedTenant, furnishTenant } from '../../../tests/contract/fixtures.ts';
import { signIn } from '../../../tests/contract/requests.ts';
import { env, freshAddress, PASSWORD, PLATFORM, unique } from '../../../tests/contract/tenants.ts';
import { app } from '../../app.ts';
import { platformOf } from '../../env.ts';
import { readEffect } from '../../events/effects.ts';
import { accountMail, recipientOf } from '../../notifications/account-messages.ts';
import { createUser } from '../../identity/accounts.ts';
import { absenceById } from '../../storage/queries/absence-requests.ts';
import type { NotificationRow } from '../../storage/queries/notifications.ts';
import { effects } from '../../storage/tables/delivery.ts';

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
  body: any;
}

let tenant: FurnishedTenant;
const cookies: Record<string, string> = {};

async function call(who: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const context = createExecutionContext();
  const answer = await app.fetch(
    new Request(`${PLATFORM}/api/v1${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        'CF-Connecting-IP': freshAddress(),
        Cookie: cookies[who] ?? '',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    env,
    context,
  );
  const said = await answer.json();
  await waitOnExecutionContext(context);
  return { status: answer.status, body: said };
}

async function person(role: string, links?: string): Promise<string> {
  const email = `${unique(role)}@mail.test`;
  const made = await createUser(
    platformOf(env),
    { tenantId: tenant.tenantId, email, name: `Person ${role}`, role, password: PASSWORD, language: 'de' } as never,
    processNow(),
  );
  if (!made.ok) throw new Error(made.error.code);
  cookies[role] = await signIn({ ...tenant, email });
  if (links !== undefined) {
    const linked = await call('owner', 'PATCH', `/staff/${links}`, { user_id: made.value.userId });
    expect(linked.status).toBe(200);
  }
  return made.value.userId;
}

/** Mails about requests that were caused: event, to whom, text. */
async function mails(): Promise<{ event: string; to: string; text: string; subject: string }[]> {
  const rows = await tenant.scope.db.rows(effects, { limit: 200 });
  const found = [];
  for (const row of rows) {
    const read = readEffect('notify', row.ref);
    if (row.kind !== 'notify' || !read.ok || !('requestId' in read.ref)) continue;
    const to = await recipientOf(tenant.scope, read.ref);
    if (to === null) continue;
    const stored = { id: 'ntf_1', recipient: to.email, language: 'de', expiresAt: to.expiresAt } as NotificationRow;
    const mail = await accountMail(tenant.scope, read.ref, stored);
    if (mail) found.push({ event: read.ref.event, to: to.email, text: mail.text, subject: mail.subject });
  }
  return found;
}

const vacation = (over: object = {}) => ({ kind: 'vacation', from_date: '2041-08-02', to_date: '2041-08-13', ...over });
const ask = (who: string, over: object = {}) => call(who, 'POST', '/absence-requests', vacation(over));
const exceptions = async (): Promise<{ id: string; kind: string; from_date: string }[]> =>
  (await call('owner', 'GET', `/exceptions?staff_id=${tenant.staff}`)).body.data;

beforeAll(async () => {
  tenant = await furnishTenant(async () => '');
  cookies['owner'] = await signIn(tenant);
  await person('staff', tenant.staff);
  await person('manager');
});

describe('asking', () => {
  it('is for oneself: the linked person is meant, whoever leads is told, nothing is entered yet', async () => {
    const asked = await ask('staff', { note: 'Familienfeier' });
    expect(asked).toMatchObject({
      status: 201,
      body: { data: { staff_id: tenant.staff, status: 'open', note: 'Familienfeier', decided_by: null } },
    });
    expect(await exceptions()).toEqual([]);
    const told = await mails();
    expect(told.map(({ event }) => event)).toEqual(['absence.asked', 'absence.asked']);
    expect(told.map(({ to }) => to)).toContain(tenant.email);
    expect(told[0]?.subject).toMatch(/Urlaub, 2\. August 2041 bis 13\. August 2041$/);
    // What somebody is away for is nobody's mailbox's.
    expect(told.map(({ text }) => text).join()).not.toContain('Familienfeier');
    expect(told[0]?.text).toContain(`/admin/absence-requests/${asked.body.data.id}`);
  });

  it('for a colleague is for those who may enter absences', async () => {
    const colleague = (await call('owner', 'POST', '/staff', { first_name: 'Jana', branch_ids: [tenant.branch] })).body;
    expect((await ask('staff', { staff_id: colleague.data.id })).status).toBe(404);
    const made = await ask('manager', { staff_id: colleague.data.id });
    expect(made.status).toBe(201);
    // … and none of the staff's business.
    expect((await call('staff', 'GET', `/absence-requests/${made.body.data.id}`)).status).toBe(404);
    expect((await call('staff', 'GET', '/absence-requests')).body.data).toHaveLength(1);
    expect((await call('manager', 'GET', '/absence-requests?status=open')).body.data).toHaveLength(2);
    expect((await call('staff', 'POST', `/absence-requests/${made.body.data.id}/withdraw`, {})).status).toBe(404);
  });

  it.each([
    ['an end before the beginning', { to_date: '2041-08-01' }, 'to_date'],
    ['half of a time', { from_time: '09:00' }, 'to_time'],
    ['a kind that nobody asks for', { kind: 'closure' }, 'kind'],
  ])('refuses %s', async (_what, over, field) => {
    expect(await ask('staff', over)).toMatchObject({
      status: 422,
      body: { error: { errors: { [field]: [expect.any(String)] } } },
    });
  });

  it('by nobody of the staff asks whom it is for', async () => {
    expect((await ask('manager')).body.error.errors).toHaveProperty('staff_id');
  });
});

describe('deciding', () => {
  it('is not for who asked', async () => {
    const { data } = (await ask('staff')).body;
    for (const verb of ['grant', 'refuse'])
      expect((await call('staff', 'POST', `/absence-requests/${data.id}/${verb}`, { reason: 'Ja' })).status).toBe(403);
    expect((await call('staff', 'POST', `/absence-requests/${data.id}/withdraw`)).body.data.status).toBe('withdrawn');
    expect((await call('manager', 'POST', `/absence-requests/${data.id}/grant`, {})).status).toBe(409);
  });

  it('grants once: the absence is entered, who asked is told, and a repeat enters nothing twice', async () => {
    const { data } = (await ask('staff')).body;
    const granted = await call('manager', 'POST', `/absence-requests/${data.id}/grant`, { reason: 'Schönen Urlaub' });
    expect(granted).toMatchObject({
      status: 200,
      body: { stranded: 0, data: { status: 'granted', decided_by: 'Person manager', reason: 'Schönen Urlaub' } },
    });
    await tenant.scope.calendar.flush(2_000);
    expect(await exceptions()).toMatchObject([
      { id: granted.body.data.exception_id, kind: 'vacation', from_date: '2041-08-02' },
    ]);
    expect((await call('owner', 'POST', `/absence-requests/${data.id}/grant`, {})).status).toBe(409);
    expect((await call('owner', 'POST', `/absence-requests/${data.id}/refuse`, { reason: 'Doch nicht' })).status).toBe(
      409,
    );
    expect(await exceptions()).toHaveLength(1);
    const decided = (await mails()).filter(({ event }) => event === 'absence.decided');
    expect(decided).toHaveLength(1);
    expect(decided[0]?.subject).toMatch(/genehmigt/);
    expect(decided[0]?.text).toContain('Schönen Urlaub');
  });

  it('refuses with a reason, which who asked reads', async () => {
    const { data } = (await ask('staff', { from_date: '2041-09-01', to_date: '2041-09-01' })).body;
    expect((await call('manager', 'POST', `/absence-requests/${data.id}/refuse`, { reason: '' })).status).toBe(422);
    const refused = await call('manager', 'POST', `/absence-requests/${data.id}/refuse`, { reason: 'Inventur' });
    expect(refused.body.data).toMatchObject({ status: 'refused', reason: 'Inventur', exception_id: null });
    const mail = (await mails()).find(({ subject }) => subject.includes('abgelehnt'));
    expect(mail?.text).toContain('Grund: Inventur');
    expect(mail?.subject).toBe('Ihr Antrag ist abgelehnt: 1. September 2041');
  });

  it('asks about appointments that lose their place, and grants when exactly they are confirmed', async () => {
    const id = await FIXTURES['appointment']?.(tenant);
    const { result } = await tenant.scope.calendar.appointment(String(id));
    if (!result.ok) throw new Error(result.error.code);
    const day = toIso(result.value.appointment.startsAt).slice(0, 10);
    const { data } = (await ask('staff', { kind: 'sick', from_date: day, to_date: day })).body;
    const path = `/absence-requests/${data.id}/grant`;
    const asked = await call('manager', 'POST', path, {});
    expect(asked).toMatchObject({
      status: 409,
      body: { error: { code: 'WOULD_STRAND', details: { appointments: 1, stranded: [{ appointment_id: id }] } } },
    });
    expect((await absenceById(tenant.scope.db, data.id))?.status).toBe('open');
    expect((await call('manager', 'POST', path, { confirm: true })).status).toBe(409);
    const confirmed = { confirm: true, confirm_token: asked.body.error.details.confirm_token };
    expect(await call('manager', 'POST', path, confirmed)).toMatchObject({
      status: 200,
      body: { stranded: 1, data: { status: 'granted' } },
    });
  });

  it('of two who decide at once one wins, and the calendar is as they say', async () => {
    const { data } = (await ask('staff', { from_date: '2041-10-01', to_date: '2041-10-02' })).body;
    const both = await Promise.all([
      call('manager', 'POST', `/absence-requests/${data.id}/grant`, {}),
      call('owner', 'POST', `/absence-requests/${data.id}/refuse`, { reason: 'Nein' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const settled = await absenceById(tenant.scope.db, data.id);
    await tenant.scope.calendar.flush(2_000);
    const entered = (await exceptions()).some((one) => one.from_date === '2041-10-01');
    expect(entered).toBe(settled?.status === 'granted');
  });
});

describe('a login by invitation', () => {
  it('makes a user with the person’s name, links both, and is refused for somebody who has one', async () => {
    const made = (
      await call('owner', 'POST', '/staff', { first_name: 'Mia', last_name: 'Neu', branch_ids: [tenant.branch] })
    ).body;
    const path = `/staff/${made.data.id}/login`;
    expect((await call('owner', 'POST', path, {})).body.error.errors).toHaveProperty('email');
    const email = `${unique('mia')}@mail.test`;
    const invited = await call('owner', 'POST', path, { email });
    expect(invited).toMatchObject({
      status: 201,
      body: { data: { name: 'Mia Neu', email, role: 'staff', status: 'invited' } },
    });
    const staff = (await call('owner', 'GET', `/staff/${made.data.id}`)).body.data;
    expect(staff).toMatchObject({ user_id: invited.body.data.id });
    // The same again ends in the same user; another address is another login.
    expect((await call('owner', 'POST', path, { email })).body.data.id).toBe(invited.body.data.id);
    expect((await call('owner', 'POST', path, { email: `${unique('x')}@mail.test` })).body.error.errors).toEqual({
      staff_id: [expect.any(String)],
    });
    expect((await call('manager', 'POST', path, { email })).status).toBe(403);
  });

  it('under an address that somebody else has leaves the person as it is', async () => {
    const made = (await call('owner', 'POST', '/staff', { first_name: 'Ole', branch_ids: [tenant.branch] })).body;
    const refused = await call('owner', 'POST', `/staff/${made.data.id}/login`, { email: tenant.email });
    expect(refused.body.error.errors).toHaveProperty('email');
    expect((await call('owner', 'GET', `/staff/${made.data.id}`)).body.data.user_id).toBeNull();
  });
});
