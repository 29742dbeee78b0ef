/** Messages of a tenant with a brand: nothing in them names us. Of what a mail, an SMS and a calendar file carry. */
import { describe, expect, it } from 'vitest';
import { env, freshAddress, unique } from '../../tests/contract/tenants.ts';
import { boundaryOf } from '../../shared/time.ts';
import { processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { app } from '../app.ts';
import type { Appointment } from '../calendar/types.ts';
import { platformOf } from '../env.ts';
import { buildMime } from '../integrations/mail-message.ts';
import { saveDomain, saveTenant, tenantById } from '../storage/platform-db.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import { openTenant } from '../tenancy/scope.ts';
import { onFriday, type Salon, salon } from '../telephony/telephony.fixture.ts';
import { tenantRecord } from '../../tests/contract/tenants.ts';
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { appointmentMail, appointmentSms, balanceMail } from './messages.ts';

onFriday();
const OURS = /askpro/i;
const platform = platformOf(env);
const host = (): string => `${unique('termine')}.salon.test`;

/** A booking of tomorrow, as messages see it; the scope is new, as one of a later effect. */
async function booked(at: Salon) {
  const { result } = await at.scope.calendar.book({
    key: unique('book'),
    now: processNow(),
    actor: { kind: 'phone', id: 'call_1' },
    appointmentId: newId('appointment', processNow()),
    customerId: newId('customer', processNow()),
    services: [{ serviceId: at.haircut }],
    branchId: null,
    staffId: at.anna,
    startsAt: boundaryOf('2026-11-24', 14 * 60, 'Europe/Berlin', 'start') as Appointment['startsAt'],
    source: 'phone_ai',
  });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const { appointment } = result.value;
  const scope = openTenant(platform, at.tenantId, { kind: 'system', cause: 'demo' }, { now: processNow() });
  const detail = await scope.calendar.appointment(appointment.id);
  if (!detail.result.ok) throw new Error(detail.result.error.code);
  return { scope, appointment, said: { detail: detail.result.value, customerName: 'Petra', now: processNow() } };
}
const row = { id: 'ntf_1', recipient: 'petra@mail.test', language: 'de' } as NotificationRow;

async function brand(at: Salon, change: { productName?: string; parentId?: string }): Promise<void> {
  const record = await tenantById(platform, at.tenantId);
  if (record === null) throw new Error('no tenant');
  const { productName, parentId = null } = change;
  await saveTenant(platform, { ...record, parentId, brand: productName === undefined ? null : { productName } });
}

describe('messages of a tenant with a domain of its own', () => {
  it.each(['de', 'en'] as const)('carry that host in links and ids, and nothing of ours (%s)', async (language) => {
    const at = await salon();
    await brand(at, { productName: 'Salon Schön' });
    const own = host();
    await saveDomain(platform, { tenantId: at.tenantId, host: own, status: 'active' });
    await saveDomain(platform, { tenantId: at.tenantId, host: host(), status: 'active' });
    const { scope, appointment, said } = await booked(at);

    const sms = await appointmentSms(scope, 'appointment.confirmed', { ...said, language });
    expect(sms).toContain(`https://${own}/cal/`);
    const mail = await appointmentMail(scope, 'appointment.confirmed', { ...said, language }, row);
    expect(mail.messageId).toBe(`ntf_1@${own}`);
    const ics = mail.calendar?.ics ?? '';
    expect(ics).toContain(`UID:${appointment.id}@${own}`.slice(0, 75));
    expect(ics.replace(/\r\n /g, '')).toContain(`PRODID:-//${own}//`);
    const paid = await balanceMail(
      scope,
      { event: 'balance.low', percent: 20, urgency: 'warning', crossing: 1, balanceCents: 100, currency: 'EUR' },
      row,
    );
    expect(paid?.text).toContain(`https://${own}/portal/billing`);
    expect(paid?.messageId).toBe(`ntf_1@${own}`);
    // The sender's own domain comes with its settings; everything else is looked at, headers included.
    for (const one of [mail, paid].flatMap((each) => (each === null ? [] : [each]))) {
      const mime = buildMime({ ...one, from: { ...one.from, email: `termine@${own}` } }, 'part');
      expect(JSON.stringify(mime)).not.toMatch(OURS);
      expect(`${one.text}${one.html}${one.from.name}`).not.toMatch(OURS);
    }
    expect(sms).not.toMatch(OURS);
    expect(ics.replace(/\r\n /g, '').replace(/ORGANIZER.*/, '')).not.toMatch(OURS);
  });

  it('open what they lead to on that host, and on no other tenant’s', async () => {
    const at = await salon();
    const own = host();
    await saveDomain(platform, { tenantId: at.tenantId, host: own, status: 'active' });
    const { scope, said } = await booked(at);
    const text = await appointmentSms(scope, 'appointment.confirmed', { ...said, language: 'de' });
    const link = /https:\S+/.exec(text)?.[0] ?? '';
    const ctx = createExecutionContext();
    const file = await app.fetch(new Request(link, { headers: { 'CF-Connecting-IP': freshAddress() } }), env, ctx);
    await waitOnExecutionContext(ctx);
    expect(file.status).toBe(200);
    expect((await file.text()).replace(/\r\n /g, '')).toContain(`@${own}`);
  });

  it('go by the reseller’s host where the business has none, and by the name below ours where only the brand is its own', async () => {
    const reseller = tenantRecord({ type: 'reseller' });
    await saveTenant(platform, reseller);
    const at = await salon();
    await brand(at, { parentId: reseller.id });
    expect(await (await booked(at)).scope.address()).toEqual({ base: 'http://localhost:8787', host: 'localhost' });
    await brand(at, { parentId: reseller.id, productName: 'Salon Schön' });
    const slug = (await tenantById(platform, at.tenantId))?.slug ?? '';
    const fresh = (): ReturnType<typeof openTenant> => openTenant(platform, at.tenantId, at.scope.actor);
    expect(await fresh().address()).toEqual({ base: `http://${slug}.localhost:8787`, host: `${slug}.localhost` });
    const theirs = host();
    await saveDomain(platform, { tenantId: reseller.id, host: theirs, status: 'pending' });
    expect((await fresh().address()).host).toBe(`${slug}.localhost`);
    await saveDomain(platform, { tenantId: reseller.id, host: theirs, status: 'active' });
    expect(await fresh().address()).toEqual({ base: `https://${theirs}`, host: theirs });
  });
});

describe('a confirmation', () => {
  it('says what is behind its link, a calendar file, and promises no page', async () => {
    const { scope, said } = await booked(await salon());
    for (const language of ['de', 'en'] as const) {
      const text = await appointmentSms(scope, 'appointment.confirmed', { ...said, language });
      expect(text).toMatch(/(Für Ihren Kalender|For your calendar): http\S+\.ics$/);
      const mail = await appointmentMail(scope, 'appointment.confirmed', { ...said, language }, row);
      expect(`${text}${mail.text}`).not.toMatch(/Verwalten|Manage|ansehen|View it/);
    }
  });

  it('says where: the branch with its address, in text and calendar entry', async () => {
    const { scope, said } = await booked(await salon());
    const mail = await appointmentMail(scope, 'appointment.confirmed', { ...said, language: 'de' }, row);
    expect(mail.text).toMatch(/\nBerlin-Mitte\n[^\n]*\d+, \d{5} [^\n]+\n\n/);
    expect((mail.calendar?.ics ?? '').replace(/\r\n /g, '')).toMatch(/LOCATION:Berlin-Mitte\\, .*\d{5} /);
  });
});
