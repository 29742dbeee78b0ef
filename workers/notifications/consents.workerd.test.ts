/** Consents, quiet hours and words of stop over the assembled app: what was said counts at once, also for a message that waits. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asInstant, type Instant, processNow, setClockOffset } from '../../shared/clock.ts';
import { addDays, boundaryOf, dateOf } from '../../shared/time.ts';
import { type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { askApi, generousEnv, signIn } from '../../tests/contract/requests.ts';
import { signed, wireForm } from '../../tests/contract/signed.ts';
import { env, freshAddress, PLATFORM, unique } from '../../tests/contract/tenants.ts';
import { stubVendors } from '../../tests/contract/vendors.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { erasureJobs } from '../crm/erasure/erasure-jobs.ts';
import { buildMime } from '../integrations/mail-message.ts';
import type { EffectRow } from '../storage/queries/effects.ts';
import { notificationById } from '../storage/queries/notifications.ts';
import { consents, stoppedAddresses } from '../storage/tables/crm.ts';
import { effects } from '../storage/tables/delivery.ts';
import { notifications } from '../storage/tables/notifications.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { openTenant } from '../tenancy/scope.ts';
import { maySend } from './may-send.ts';
import { sendNotification } from './notify.ts';
import { writtenMail, writtenSms } from './peoples-messages.ts';

const ZONE = 'Europe/Berlin';
/** A Tuesday, three in the afternoon. */
const TUESDAY = Date.parse('2026-11-24T14:00:00Z');

let tenant: FurnishedTenant;
beforeAll(async () => {
  stubVendors();
  setClockOffset(TUESDAY - Date.now());
  tenant = await furnishTenant(signIn);
});
afterAll(() => setClockOffset(0));

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  askApi(tenant.apiKey, method, `/api/v1/${path}`, { body, headers });
const mobile = (): string => `+49151${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
const at = (when: Instant = processNow()) =>
  openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'queue' }, { now: when });

/** Somebody with a number and an address. */
async function person(phone = mobile()): Promise<{ id: string; phone: string; email: string }> {
  const email = `${unique('k')}@mail.test`;
  const made = await ask('POST', 'customers', { last_name: unique('Berg'), phones: [phone], email });
  expect(made.status, made.text).toBe(201);
  return { id: made.body.data.id, phone, email };
}
const say = (customer_id: string, more: Record<string, unknown> = {}) =>
  ask('POST', 'consents', {
    customer_id,
    purpose: 'marketing',
    channel: 'sms',
    state: 'given',
    way: 'written',
    ...more,
  });
const standing = async (id: string, purpose: string, channel: string): Promise<string | null> => {
  const { body } = await ask('GET', `customers/${id}/consents`);
  return body.data.find(
    (one: { purpose: string; channel: string }) => one.purpose === purpose && one.channel === channel,
  ).state;
};
const write = (id: string, more: Record<string, unknown> = {}) =>
  ask('POST', `customers/${id}/messages`, { channel: 'sms', legal_class: 'marketing', text: 'Zehn Prozent!', ...more });

/** A text to the tenant, as Twilio sends and signs it. */
async function textFrom(phone: string, text: string, sid = unique('SM')): Promise<Response> {
  const form = wireForm('twilio/inbound.sms.STOP.form.txt');
  form.set('From', phone);
  form.set('Body', text);
  form.set('MessageSid', sid);
  const context = createExecutionContext();
  const request = await signed('twilio', `/webhooks/twilio/inbound/${tenant.tenantId}`, form.toString());
  const response = await app.fetch(request, generousEnv, context);
  await waitOnExecutionContext(context);
  return response;
}

describe('consents', () => {
  it('are only added to; the newest of a purpose and channel counts, by when it was said', async () => {
    const { id } = await person();
    expect(await standing(id, 'marketing', 'sms')).toBeNull();
    expect((await say(id, { proof: 'Bogen', text_version: '2026-03' })).body.data).toMatchObject({
      state: 'given',
      way: 'written',
      proof: 'Bogen',
      text_version: '2026-03',
    });
    expect(await standing(id, 'marketing', 'sms')).toBe('given');
    expect(await standing(id, 'marketing', 'email')).toBeNull();
    // Written down later, said earlier: it changes nothing of what counts.
    await say(id, { state: 'withdrawn', at: '2026-01-01T12:00:00Z' });
    expect(await standing(id, 'marketing', 'sms')).toBe('given');
    await say(id, { state: 'withdrawn' });
    expect(await standing(id, 'marketing', 'sms')).toBe('withdrawn');
    const history = (await ask('GET', `consents?customer_id=${id}`)).body.data;
    expect(history.map((one: { state: string }) => one.state)).toEqual(['withdrawn', 'given', 'withdrawn']);
    for (const method of ['PATCH', 'DELETE'])
      expect((await ask(method, `consents/${history[0].id}`, {})).status, method).toBe(404);
    const log = await at().db.rows(auditLog, { limit: 1_000 });
    expect(log.filter((row) => row.subjectId === id && row.description === 'customer.consent_given')).toHaveLength(1);
  });

  it('of tomorrow are refused, and so is a way that no person can have', async () => {
    const { id } = await person();
    expect((await say(id, { at: '2026-11-25T14:00:00Z' })).body.error.errors).toHaveProperty('at');
    expect((await say(id, { way: 'stop_word' })).status).toBe(422);
  });
});

describe('a message of the team', () => {
  it('leaves with consent, is refused without it, and says why beforehand', async () => {
    const { id, phone } = await person();
    const before = await ask('GET', `customers/${id}/may-send?channel=sms&legal_class=marketing`);
    expect(before.body.data).toMatchObject({ verdict: 'stop', because: 'no_consent' });
    expect(before.body.data.added_text).toContain('/s/');
    const refused = await write(id);
    expect(refused.status).toBe(422);
    expect(refused.body.error).toMatchObject({ code: 'POLICY_VIOLATION', details: { reasons: ['no_consent'] } });
    expect(await at().db.rows(notifications, { limit: 1_000 })).not.toContainEqual(
      expect.objectContaining({ customerId: id }),
    );
    await say(id);
    const sent = await write(id);
    expect(sent.status, sent.text).toBe(201);
    const row = await notificationById(at().db, sent.body.data.id);
    expect(row).toMatchObject({ recipient: phone, body: 'Zehn Prozent!', verdict: 'send', because: 'consent' });
    const why = await ask('GET', `notifications/${sent.body.data.id}/explain`);
    expect(why.body.data).toMatchObject({ legal_class: 'marketing', purpose: 'marketing', because: 'consent' });
    // About a matter of theirs it needs none, and offers no way out of what one asked for.
    const service = await ask('GET', `customers/${id}/may-send?channel=email&legal_class=service`);
    expect(service.body.data).toMatchObject({ verdict: 'send', because: 'service', added_text: '' });
  });

  it('an e-mail has a subject; the same key sends it once', async () => {
    const { id } = await person();
    const mail = { channel: 'email', legal_class: 'service' };
    expect((await write(id, mail)).body.error.errors).toHaveProperty('subject');
    const key = { 'Idempotency-Key': unique('key') };
    const body = { ...mail, subject: 'Ihre Jacke', text: 'Sie liegt hier.' };
    const [first, again] = [
      await ask('POST', `customers/${id}/messages`, body, key),
      await ask('POST', `customers/${id}/messages`, body, key),
    ];
    expect(again.body.data.id).toBe(first.body.data.id);
    const its = (await at().db.rows(notifications, { limit: 1_000 })).filter((row) => row.customerId === id);
    expect(its).toHaveLength(1);
    expect((await ask('GET', `notifications/${its[0]?.id}`)).body.data).toMatchObject({ text: 'Sie liegt hier.' });
  });

  it('by night waits until the morning, and is asked about again when it leaves', async () => {
    const { id, phone } = await person();
    await say(id);
    setClockOffset(Date.parse('2026-11-24T21:00:00Z') - Date.now());
    try {
      const sent = (await write(id)).body.data;
      expect(sent).toMatchObject({ status: 'pending', scheduled_at: '2026-11-25T07:00:00.000Z' });
      const scope = at(asInstant(Date.parse('2026-11-24T21:00:00Z')));
      const [waiting] = (await scope.db.rows(effects, { limit: 1_000 })).filter(
        ({ id: of }) => of === `send:${sent.id}`,
      );
      expect(waiting?.notBefore).toBe(Date.parse('2026-11-25T07:00:00Z'));
      // Brought too early by its queue it waits on, and that counts as no attempt.
      expect(await attempt(scope, waiting as EffectRow)).toMatchObject({ kind: 'wait', afterMs: 10 * 3_600_000 });
      expect((await textFrom(phone, 'stopp!')).status).toBe(200);
      const morning = at(asInstant(Date.parse('2026-11-25T07:00:00Z')));
      expect(await attempt(morning, waiting as EffectRow)).toMatchObject({ kind: 'done' });
      const why = (await ask('GET', `notifications/${sent.id}/explain`)).body.data;
      expect(why).toMatchObject({ verdict: 'stop', because: 'withdrawn', status: 'skipped' });
    } finally {
      setClockOffset(TUESDAY - Date.now());
    }
  });

  it('follows the quiet hours that the company has set', async () => {
    const { id } = await person();
    const question = { customerId: id, channel: 'sms', legalClass: 'reminder' } as const;
    const evening = asInstant(Date.parse('2026-11-24T17:30:00Z'));
    expect(await maySend(at(), { ...question, at: evening })).toMatchObject({ verdict: 'send' });
    const changed = await ask('PATCH', `companies/${tenant.company}`, { quiet_from: '18:00', quiet_to: '09:30' });
    expect(changed.body.data).toMatchObject({ quiet_from: '18:00', quiet_to: '09:30', quiet_sundays: true });
    // Settings may be a minute old where nobody waits for them.
    const later = at(asInstant(processNow() + 61_000));
    await later.calendar.schedule();
    expect(await maySend(later, { ...question, at: evening })).toEqual({
      verdict: 'move',
      at: Date.parse('2026-11-25T08:30:00Z'),
      because: 'quiet_hours',
    });
    await ask('PATCH', `companies/${tenant.company}`, { quiet_from: '20:00', quiet_to: '08:00' });
    await later.calendar.schedule();
  });
});

/** One attempt of the effect that sends a message, and what it leaves to write. */
async function attempt(scope: ReturnType<typeof at>, effect: EffectRow) {
  const ref = JSON.parse(effect.ref) as { notificationId: string };
  const context = { scope, effect: { ...effect, attempts: 1 }, ref, phase: async () => undefined };
  const outcome = await sendNotification(context as unknown as Parameters<typeof sendNotification>[0]);
  if (outcome.kind === 'done') await scope.db.batch(outcome.along ?? []);
  return outcome;
}

describe('a word of stop', () => {
  it('ends everything that needs a consent for everybody on the number, at once, and once a message', async () => {
    const phone = mobile();
    const [one, other] = [await person(phone), await person(phone)];
    await say(one.id);
    const sid = unique('SM');
    const response = await textFrom(phone, 'STOP', sid);
    expect(response.headers.get('Content-Type')).toContain('text/xml');
    expect(await response.text()).toContain('<Response></Response>');
    await textFrom(phone, 'STOP', sid);
    for (const { id } of [one, other]) {
      expect(
        (await ask('GET', `consents?customer_id=${id}`)).body.data.filter(
          ({ way }: { way: string }) => way === 'stop_word',
        ),
      ).toHaveLength(4);
      expect(await standing(id, 'reminder', 'sms')).toBe('withdrawn');
      expect(await standing(id, 'reminder', 'email')).toBeNull();
      expect((await write(id)).body.error.details.reasons).toEqual(['withdrawn']);
      expect((await write(id, { legal_class: 'service' })).status).toBe(201);
    }
    // A yes that comes after it counts again.
    setClockOffset(TUESDAY + 60_000 - Date.now());
    await say(one.id);
    expect((await write(one.id)).status).toBe(201);
    expect((await write(other.id)).status).toBe(422);
    setClockOffset(TUESDAY - Date.now());
  });

  it('of a stranger stops the number itself; what is no word of stop changes nothing', async () => {
    const phone = mobile();
    await textFrom(phone, 'Nein, um drei passt es');
    expect((await person(phone)).id).toBeDefined();
    const stranger = mobile();
    await textFrom(stranger, 'Abmelden');
    const { id } = await person(stranger);
    expect(await standing(id, 'marketing', 'sms')).toBe('withdrawn');
    expect(await standing((await person(phone)).id, 'marketing', 'sms')).toBeNull();
  });

  it('that nobody signed is refused', async () => {
    const form = wireForm('twilio/inbound.sms.STOP.form.txt').toString();
    const request = await signed('twilio', `/webhooks/twilio/inbound/${tenant.tenantId}`, form);
    const forged = new Request(request.url, { method: 'POST', headers: request.headers, body: `${form}&Body=STOP2` });
    expect((await app.fetch(forged, generousEnv, createExecutionContext())).status).toBe(401);
  });

  it('outlives the person: the address stays stopped after an erasure, and nothing of it says whose it was', async () => {
    const { id, phone } = await person();
    await say(id, { proof: 'Bogen von Frau Berg' });
    await textFrom(phone, 'STOP');
    const asked = await ask('POST', `customers/${id}/erasure`, { reason: 'asked_for_at_once' });
    expect(asked.status, asked.text).toBe(200);
    const [job] = erasureJobs(platformOf(env));
    const context = { now: asInstant(processNow() + 1_000), dry: false, reach: 'all' } as never;
    // This one alone: other files of the same run leave erasures that are due.
    for (const step of job?.steps ?? []) await step.handle(context, [`${tenant.tenantId}|${id}`]);
    const left = (await at().db.rows(consents, { limit: 1_000 })).filter((row) => row.customerId === id);
    expect(left.length).toBeGreaterThan(0);
    expect(left.map(({ proof }) => proof)).toEqual(left.map(() => null));
    const stops = await at().db.rows(stoppedAddresses, { limit: 1_000 });
    expect(JSON.stringify(stops)).not.toContain(phone.slice(3));
    const again = await person(phone);
    await say(again.id, { at: '2026-11-01T12:00:00Z' });
    expect((await write(again.id)).body.error.details.reasons).toEqual(['withdrawn']);
  });
});

describe('the one-click link', () => {
  const open = (link: string, method: 'GET' | 'POST', body?: string) => {
    const { pathname } = new URL(link);
    return app.fetch(
      new Request(`${tenant.origin}${pathname}`, {
        method,
        headers: {
          Host: new URL(tenant.origin).host,
          'CF-Connecting-IP': freshAddress(),
          ...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
        },
        ...(body === undefined ? {} : { body }),
      }),
      generousEnv,
      createExecutionContext(),
    );
  };

  it('stands in the mail’s headers and text, shows a button, acts at once and again harmlessly', async () => {
    const { id } = await person();
    await say(id, { channel: 'email' });
    const mail = { channel: 'email', subject: 'Aktion' };
    const sent = (await write(id, mail)).body.data;
    const row = await notificationById(at().db, sent.id);
    if (row === null) throw new Error('no row');
    const message = await writtenMail(at(), row, null);
    const mime = buildMime(message, 'b');
    expect(mime.ok && mime.value).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const link = /<(.*)>/.exec(message.headers?.['List-Unsubscribe'] ?? '')?.[1] ?? '';
    expect(message.text).toContain(link);
    // Made again for a retry it is the same.
    expect((await writtenMail(at(), row, null)).text).toBe(message.text);
    const page = await open(link, 'GET');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<form method="post">');
    expect(await standing(id, 'marketing', 'email')).toBe('given');
    setClockOffset(TUESDAY + 60_000 - Date.now());
    for (const body of ['List-Unsubscribe=One-Click', '']) expect((await open(link, 'POST', body)).status).toBe(200);
    expect(await standing(id, 'marketing', 'email')).toBe('withdrawn');
    expect((await write(id, mail)).body.error.details.reasons).toEqual(['withdrawn']);
    const history = (await ask('GET', `consents?customer_id=${id}`)).body.data;
    expect(history.map((one: { way: string }) => one.way)).toEqual(['link', 'written']);
    expect((await open(`${PLATFORM}/s/${'A'.repeat(22)}`, 'POST', '')).status).toBe(404);
    setClockOffset(TUESDAY - Date.now());
  });

  it('of an SMS is short enough for one', async () => {
    const { id } = await person();
    await say(id);
    const sent = (await write(id)).body.data;
    const row = await notificationById(at().db, sent.id);
    if (row === null) throw new Error('no row');
    const text = await writtenSms(at(), row);
    expect(text).toMatch(/^Zehn Prozent!\nAbmelden: http\S+\/s\/[\w-]{22}$/);
  });
});

describe('a reminder by hand', () => {
  async function visit(customerId: string): Promise<string> {
    const date = addDays(dateOf(processNow(), ZONE), 3);
    const startsAt = boundaryOf(date, 600 + 30 * tenant.slots++, ZONE, 'start');
    const { result } = await tenant.scope.calendar.book({
      key: unique('book'),
      now: processNow(),
      actor: { kind: 'system', id: 'test' },
      appointmentId: `apt_${unique('x').replaceAll('-', '')}`,
      customerId: customerId as never,
      services: [{ serviceId: tenant.service }],
      branchId: tenant.branch,
      staffId: tenant.staff,
      startsAt,
      source: 'admin',
      notify: false,
      internal: true,
    });
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value.appointment.id;
  }
  const remind = (id: string, body: unknown = {}) => ask('POST', `appointments/${id}/reminder`, body);

  it('goes by SMS, once a day, and not after a no', async () => {
    const { id } = await person();
    const appointment = await visit(id);
    const [first, again] = [await remind(appointment), await remind(appointment)];
    expect(first.status, first.text).toBe(201);
    expect(first.body.data).toMatchObject({
      channel: 'sms',
      event_type: 'appointment.reminder',
      legal_class: 'reminder',
    });
    expect(again.body.data.id).toBe(first.body.data.id);
    await say(id, { purpose: 'reminder', channel: 'email', state: 'withdrawn' });
    expect((await remind(appointment, { channel: 'email' })).body.error.details.reasons).toEqual(['withdrawn']);
  });

  it('of a practice needs a consent', async () => {
    const { id } = await person();
    const appointment = await visit(id);
    await ask('PATCH', `companies/${tenant.company}`, { practice_mode: true });
    await at(asInstant(processNow() + 61_000)).calendar.schedule();
    const refused = await remind(appointment);
    expect(refused.body.error?.details?.reasons).toEqual(['practice_mode']);
    await say(id, { purpose: 'reminder' });
    expect((await remind(appointment)).status).toBe(201);
    await ask('PATCH', `companies/${tenant.company}`, { practice_mode: false });
    await at().calendar.schedule();
  });
});
