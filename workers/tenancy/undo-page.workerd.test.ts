/** A cancellation or move over the phone, taken back by its link: from the message to the page to the calendar and D1, over the real app. */
import { platformOf } from '../env.ts';
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { env, freshAddress, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import { boundaryOf, toIso } from '../../shared/time.ts';
import { app } from '../app.ts';
import type { ActorRef, Appointment } from '../calendar/types.ts';
import { findOrCreateCustomer } from '../crm/customers.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { effectHandlers } from '../handlers.ts';
import { appointmentMail, appointmentSms } from '../notifications/messages.ts';
import { runEffect } from '../operations/effects.ts';
import type { AppointmentNotice } from '../events/effects.ts';
import { smsSegments } from '../../shared/sms-segments.ts';
import { purgeActionLinks } from '../storage/platform-db.ts';
import { callbackRequests } from '../storage/tables/calls.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import { type Salon, salon } from '../telephony/telephony.fixture.ts';

const FRIDAY = Date.parse('2026-11-20T10:00:00+01:00');
const phone: ActorRef = { kind: 'phone', id: 'call_forged' };
/** On Tuesday the 24th. */
const at = (hour: number) => boundaryOf('2026-11-24', hour * 60, 'Europe/Berlin', 'start');

/** Bodies of the SMS that Twilio took. */
const texts: string[] = [];
beforeAll(() => {
  setClockOffset(FRIDAY - Date.now());
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.includes('/Messages.json') || init?.method !== 'POST') return new Response('{}', { status: 503 });
    const form = new URLSearchParams(String(init.body));
    texts.push(form.get('Body') ?? '');
    return Response.json(
      { sid: `SM${texts.length}`, status: 'queued', to: form.get('To'), body: form.get('Body'), num_segments: '2' },
      { status: 201 },
    );
  });
});
afterAll(() => {
  setClockOffset(0);
  vi.unstubAllGlobals();
});

interface Booked {
  salon: Salon;
  appointment: Appointment;
  customerId: string;
  phone: string;
}
const book = async (at: Salon, startsAt: number, more: { staffId?: string; customerId?: string } = {}) => {
  const { result } = await at.scope.calendar.book({
    key: unique('book'),
    now: processNow(),
    actor: { kind: 'user', id: 'usr_desk' },
    appointmentId: newId('appointment', processNow()),
    customerId: more.customerId ?? newId('customer', processNow()),
    services: [{ serviceId: at.haircut }],
    branchId: null,
    staffId: more.staffId ?? at.anna,
    startsAt: startsAt as Appointment['startsAt'],
    source: 'phone_ai',
  });
  return result;
};
let lines = 0;
async function booked(more: { language?: 'de' | 'en'; salon?: Salon; name?: string } = {}): Promise<Booked> {
  const shop = more.salon ?? (await salon());
  const number = `+49151${String(40_000_000 + Math.floor(Math.random() * 9_000_000) + ++lines)}`;
  const customer = await findOrCreateCustomer(shop.scope, {
    phone: number,
    name: more.name ?? 'Petra Berger',
    email: `${unique('petra')}@mail.test`,
    language: more.language ?? 'de',
    source: 'admin',
  });
  const made = await book(shop, at(14.5), { customerId: customer.id });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return { salon: shop, appointment: made.value.appointment, customerId: customer.id, phone: number };
}
async function cancel({ salon, appointment }: Booked, actor = phone): Promise<string> {
  const modificationId = newId('modification', processNow());
  const { result } = await salon.scope.calendar.cancel({
    key: unique('cancel'),
    now: processNow(),
    actor,
    appointmentId: appointment.id,
    modificationId,
    notify: true,
  });
  expect(result.ok).toBe(true);
  return modificationId;
}
async function move({ salon, appointment }: Booked, startsAt: number): Promise<void> {
  const { result } = await salon.scope.calendar.reschedule({
    key: unique('move'),
    now: processNow(),
    actor: phone,
    appointmentId: appointment.id,
    modificationId: newId('modification', processNow()),
    newStartsAt: startsAt as Appointment['startsAt'],
    staffId: salon.ben,
    notify: true,
  });
  expect(result.ok).toBe(true);
}
const detailOf = async ({ salon, appointment }: Booked) => {
  const { result } = await salon.scope.calendar.appointment(appointment.id);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const sms = async (
  of: Booked,
  event: AppointmentNotice = 'appointment.cancelled',
  language: 'de' | 'en' = 'de',
): Promise<string> =>
  appointmentSms(of.salon.scope, event, {
    detail: await detailOf(of),
    customerName: null,
    language,
    now: processNow(),
  });
const tokenIn = (text: string): string => /\/u\/([A-Za-z0-9_-]{22})$/.exec(text)?.[1] ?? '';

/** The page as a browser sees it. */
async function open(
  token: string,
  more: { method?: string; headers?: Record<string, string>; origin?: string; now?: number; body?: string } = {},
) {
  const { method = 'GET', origin = 'http://localhost' } = more;
  const ctx = createExecutionContext();
  const response = await app.fetch(
    new Request(`${origin}/u/${token}`, {
      method,
      headers: {
        'CF-Connecting-IP': freshAddress(),
        ...(method === 'POST' ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
        ...(method === 'POST' && !more.headers ? { 'Sec-Fetch-Site': 'same-origin' } : {}),
        ...(more.now === undefined ? {} : { 'x-askpro-now': toIso(more.now) }),
        ...more.headers,
      },
      ...(method === 'POST' ? { body: more.body ?? '' } : {}),
    }),
    env,
    ctx,
  );
  const text = await response.text();
  await waitOnExecutionContext(ctx);
  return { status: response.status, headers: response.headers, text };
}
const post = (token: string, more: Parameters<typeof open>[1] = {}) => open(token, { ...more, method: 'POST' });

/** Runs what waits of these kinds. */
async function work(tenantId: TenantId, kinds: readonly string[]): Promise<void> {
  const { results } = await env.DB.prepare(
    "SELECT id FROM effects WHERE tenant_id = ?1 AND state = 'pending' AND kind IN (SELECT value FROM json_each(?2))",
  )
    .bind(tenantId, JSON.stringify(kinds))
    .all<{ id: string }>();
  for (const { id } of results) await runEffect(platformOf(env), tenantId, id, effectHandlers());
}
const effects = async (of: Booked, kind: string): Promise<number> =>
  Number(
    await env.DB.prepare(
      "SELECT count(*) AS n FROM effects WHERE tenant_id = ?1 AND kind = ?2 AND ref ->> '$.appointmentId' = ?3",
    )
      .bind(of.salon.tenantId, kind, of.appointment.id)
      .first('n'),
  );
const PERSONAL = /November|14:30|Haarschnitt|Berlin-Mitte|Petra|<form/;

describe('a confirmation', () => {
  it('carries a short link to the calendar file, the same each time, until 30 days after the appointment', async () => {
    const of = await booked();
    const text = await sms(of, 'appointment.confirmed');
    const link = /\/cal\/([\w-]{22})\.ics$/.exec(text);
    expect(await sms(of, 'appointment.confirmed')).toBe(text);
    expect(smsSegments(text)).toBe(1);
    const file = () => app.fetch(new Request(`http://localhost${link?.[0]}`), env, createExecutionContext());
    expect(await (await file()).text()).toContain('DTSTART:20261124T133000Z');
    const stored = await env.DB.prepare('SELECT * FROM action_links WHERE tenant_id = ?1')
      .bind(of.salon.tenantId)
      .all();
    expect(stored.results).toMatchObject([{ token_hash: sha256Hex(link?.[1] ?? ''), purpose: 'appointment' }]);
    expect(JSON.stringify(stored.results)).not.toContain(link?.[1]);

    expect((await open(link?.[1] ?? '')).text).not.toMatch(PERSONAL);
    await env.DB.prepare('UPDATE action_links SET expires_at = ?1 WHERE tenant_id = ?2')
      .bind(Date.now(), of.salon.tenantId)
      .run();
    expect((await file()).status).toBe(404);
  });
});

describe('a cancellation over the phone', () => {
  it('is told with a link that puts the appointment back, and D1 follows', async () => {
    const of = await booked();
    const { scope, tenantId } = of.salon;
    const before = (await detailOf(of)).appointment;
    await cancel(of);
    await scope.calendar.flush(2_000);
    let text: string | undefined;
    for (let i = 0; i < 50 && text === undefined; i++) {
      await work(tenantId, ['notify', 'notify.send']);
      text = texts.find((one) => one.includes('abgesagt') && one.includes('/u/') && one.includes('14:30'));
      if (text === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(text).toMatch(
      /^Ihr Termin bei Berlin-Mitte am Di\., 24\.11\.,? 14:30 Uhr \(Haarschnitt\) wurde abgesagt\. Das waren Sie nicht\? Hier machen Sie es rückgängig: http\S+\/u\/[\w-]{22}$/,
    );
    const token = tokenIn(text ?? '');
    const stored = await env.DB.prepare('SELECT * FROM action_links WHERE tenant_id = ?1').bind(tenantId).all();
    expect(stored.results).toMatchObject([{ token_hash: sha256Hex(token), used_at: null }]);
    expect(JSON.stringify(stored.results)).not.toContain(token);

    const asked = await open(token);
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('<html lang="de">');
    expect(asked.text).toContain('Ihr Termin am Dienstag, 24. November, 14:30 Uhr wurde abgesagt.');
    expect(asked.text).toContain('Salon Schön');
    expect(asked.text).toContain('Haarschnitt');
    expect(asked.text.match(/<button>Termin wiederherstellen<\/button>/g)).toHaveLength(1);
    expect(asked.text).not.toContain('<script');
    // A scanner of links has looked: nothing happened.
    expect((await detailOf(of)).appointment.status).toBe('cancelled');

    const clicked = await post(token);
    expect(clicked.status).toBe(303);
    expect(clicked.headers.get('Location')).toBe(`/u/${token}`);
    const done = await open(token);
    expect(done.text).toContain('Ihr Termin steht wieder wie vorher.');
    expect(done.text).not.toMatch(PERSONAL);

    const after = await detailOf(of);
    expect(after.appointment).toMatchObject({ ...before, version: 3, updatedAt: expect.any(Number) });
    expect(after.modifications[0]).toMatchObject({ type: 'restore', actor: { kind: 'customer', id: of.customerId } });
    await scope.calendar.flush(2_000);
    const rows = await env.DB.prepare('SELECT status, version FROM appointments WHERE tenant_id = ?1 AND id = ?2')
      .bind(tenantId, before.id)
      .all();
    expect(rows.results).toEqual([{ status: 'confirmed', version: 3 }]);
    const stats = await scope.calendar.appointmentsOf({ customerId: of.customerId, now: processNow() });
    expect(stats.result).toMatchObject({
      ok: true,
      value: { stats: { appointments: 1, cancellations: 0, modifications: 2 } },
    });
    const log = await env.DB.prepare(
      "SELECT causer_type, causer_id, subject_id FROM audit_log WHERE tenant_id = ?1 AND description = 'appointment.restored'",
    )
      .bind(tenantId)
      .all();
    expect(log.results).toEqual([{ causer_type: 'customer', causer_id: of.customerId, subject_id: before.id }]);
    // Told of booking, cancellation and restoration; its fee is due, comes back, and is due again.
    expect(await effects(of, 'notify')).toBe(3);
    expect(await effects(of, 'usage.appointment')).toBe(3);

    // A second click says that it stands; the person may cancel again, and that link is another.
    expect((await post(token)).status).toBe(303);
    expect((await open(token)).text).toContain('Ihr Termin steht wieder wie vorher.');
    await cancel(of);
    expect((await post(token)).status).toBe(303);
    expect((await detailOf(of)).appointment.status).toBe('cancelled');
    expect(tokenIn(await sms(of))).not.toBe(token);
  });

  it('makes the same text however often the message is tried, for SMS and mail', async () => {
    const of = await booked();
    await cancel(of);
    const first = await sms(of);
    expect(await sms(of)).toBe(first);
    const mail = await appointmentMail(
      of.salon.scope,
      'appointment.cancelled',
      { detail: await detailOf(of), customerName: 'Petra Berger', language: 'de', now: processNow() },
      { id: 'ntf_1', recipient: 'petra@mail.test' } as NotificationRow,
    );
    expect(mail.text).toContain(`Innerhalb von 24 Stunden machen Sie es hier rückgängig:\n`);
    expect(mail.text).toContain(`/u/${tokenIn(first)}\n`);
    expect(mail.html).toMatch(new RegExp(`<a href="[^"]*/u/${tokenIn(first)}"`));
  });

  it('by staff carries no link', async () => {
    const of = await booked();
    await cancel(of, { kind: 'user', id: 'usr_desk' });
    expect(await sms(of)).not.toContain('/u/');
  });

  it('whose time was taken meanwhile says so and leaves one request for a call', async () => {
    const of = await booked();
    await cancel(of);
    const token = tokenIn(await sms(of));
    expect((await book(of.salon, at(15))).ok).toBe(true);
    const clicks = await Promise.all([post(token), post(token)]);
    expect(clicks.map(({ status }) => status)).toEqual([303, 303]);
    await post(token);
    const page = await open(token);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Diese Zeit ist inzwischen vergeben');
    expect(page.text).not.toMatch(PERSONAL);
    expect((await detailOf(of)).appointment.status).toBe('cancelled');
    const requests = await of.salon.scope.db.rows(callbackRequests, { limit: 10 });
    expect(requests).toMatchObject([
      {
        kind: 'manual_booking',
        status: 'open',
        callId: 'call_forged',
        customerId: of.customerId,
        phone: of.phone,
        name: 'Petra Berger',
        wish: { service_ids: [of.salon.haircut], staff_id: of.salon.anna, starts_at: '2026-11-24T13:30:00.000Z' },
      },
    ]);
    expect(requests[0]?.reason).toContain('telefonisch abgesagten');
  });

  it('is put back once by two clicks at the same moment', async () => {
    const of = await booked();
    await cancel(of);
    const token = tokenIn(await sms(of));
    const clicks = await Promise.all(Array.from({ length: 5 }, () => post(token)));
    expect(clicks.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
    const { appointment, modifications } = await detailOf(of);
    expect(appointment).toMatchObject({ status: 'confirmed', version: 3 });
    expect(modifications.map(({ type }) => type)).toEqual(['restore', 'cancel']);
    await of.salon.scope.calendar.flush(2_000);
    const audits = await env.DB.prepare(
      "SELECT count(*) AS n FROM audit_log WHERE tenant_id = ?1 AND description = 'appointment.restored'",
    )
      .bind(of.salon.tenantId)
      .first('n');
    expect(audits).toBe(1);
  });

  it('that was followed by something newer is not taken back', async () => {
    const of = await booked();
    await cancel(of);
    const token = tokenIn(await sms(of));
    const [first] = (await detailOf(of)).modifications;
    await of.salon.scope.calendar.putBack({
      key: unique('staff'),
      now: processNow(),
      actor: { kind: 'user', id: 'usr_desk' },
      appointmentId: of.appointment.id,
      modificationId: newId('modification', processNow()),
      undoes: first?.id ?? '',
    });
    // Somebody else did the same: it stands.
    expect((await open(token)).text).toContain('Ihr Termin steht wieder wie vorher.');
    const other = await booked();
    await move(other, at(10));
    const moved = tokenIn(await sms(other, 'appointment.rescheduled'));
    await cancel(other, { kind: 'user', id: 'usr_desk' });
    const looked = await open(moved);
    expect(looked.status).toBe(410);
    expect(looked.text).toContain('nicht mehr rückgängig');
    expect(looked.text).not.toMatch(PERSONAL);
    expect((await post(moved)).status).toBe(410);
    expect((await detailOf(other)).appointment.status).toBe('cancelled');
  });
});

describe('a move over the phone', () => {
  it('goes back to the old start and the old person', async () => {
    const of = await booked({ language: 'en' });
    await move(of, at(10));
    const text = await sms(of, 'appointment.rescheduled', 'en');
    expect(text).toContain('was moved: now Tue');
    const token = tokenIn(text);
    const asked = await open(token);
    expect(asked.text).toContain('<html lang="en">');
    expect(asked.text).toContain(
      'Your appointment on Tuesday 24 November, 14:30 was moved. It is now on Tuesday 24 November, 10:00.',
    );
    expect(asked.text).toContain('<button>Undo the move</button>');
    expect((await post(token)).status).toBe(303);
    const { appointment } = await detailOf(of);
    expect(appointment).toMatchObject({ startsAt: at(14.5), staffId: of.salon.anna, status: 'confirmed' });
    expect((await open(token)).text).toContain('Your appointment stands as it did before.');
    // Both of its times are as they were: free there, taken here.
    expect((await book(of.salon, at(10), { staffId: of.salon.ben })).ok).toBe(true);
    expect((await book(of.salon, at(14.5))).ok).toBe(false);
  });
});

describe('a link that is none', () => {
  it('looks the same whether unknown, expired or of another host, and says nothing of anybody', async () => {
    const of = await booked();
    await cancel(of);
    const token = tokenIn(await sms(of));
    const stranger = await seedTenant();
    const [change] = (await detailOf(of)).modifications;
    const day = (change?.at ?? 0) + 24 * 3_600_000;
    const pages = await Promise.all([
      open('A'.repeat(22)),
      open(token, { now: day }),
      post(token, { now: day }),
      open(token, { origin: stranger.origin }),
      post(token, { origin: stranger.origin }),
      open(token, { origin: 'http://nobody.example' }),
      open('x'),
      open('a'.repeat(5_000)),
      open('%00%ff'),
      open(`${token}=`),
    ]);
    for (const { status, text } of pages) {
      expect(status).toBe(404);
      expect(text).toBe(pages[0]?.text);
      expect(text).not.toMatch(/Salon|<form/);
    }
    expect((await detailOf(of)).appointment.status).toBe('cancelled');
    expect((await open(token, { now: day - 1 })).status).toBe(200);
  });

  it('is removed when it has run out, and only then', async () => {
    const of = await booked();
    await cancel(of);
    await sms(of);
    const count = () =>
      env.DB.prepare('SELECT count(*) AS n FROM action_links WHERE tenant_id = ?1').bind(of.salon.tenantId).first('n');
    await purgeActionLinks(platformOf(env), processNow());
    expect(await count()).toBe(1);
    await purgeActionLinks(platformOf(env), processNow() + 24 * 3_600_000);
    expect(await count()).toBe(0);
  });
});

describe('the page', () => {
  it('is shown on the tenant’s own host, in its brand', async () => {
    const of = await booked();
    await env.DB.prepare('UPDATE tenants SET brand = ?2 WHERE id = ?1')
      .bind(
        of.salon.tenantId,
        JSON.stringify({
          productName: '<b>Schön & Fein</b>',
          colors: { fill: '#7a1f5c', on_fill: '#ffffff', text: '#7a1f5c', text_dark: 'red;}*{' },
        }),
      )
      .run();
    await cancel(of);
    const token = tokenIn(await sms(of));
    const slug = await env.DB.prepare('SELECT slug FROM tenants WHERE id = ?1').bind(of.salon.tenantId).first('slug');
    const { status, text } = await open(token, { origin: `http://${String(slug)}.localhost` });
    expect(status).toBe(200);
    expect(text).toContain('--fill:#7a1f5c');
    expect(text).not.toContain('red;}');
    expect(text).toContain('&lt;b&gt;Schön &amp; Fein&lt;/b&gt;');
    expect(text).not.toContain('<b>');
  });

  it('names no service in practice mode but by its neutral name', async () => {
    const of = await booked();
    const { scope } = of.salon;
    await cancel(of);
    const token = tokenIn(await sms(of));
    const put = await scope.calendar.putSchedule({
      key: unique('company'),
      now: processNow(),
      actor: { kind: 'system', id: 'test' },
      kind: 'company',
      id: of.appointment.companyId,
      body: { name: 'Praxis', practiceMode: true, identity: 'strict' },
      expectedVersion: null,
    });
    expect(put.result.ok).toBe(true);
    // The isolate's copy of the schedule may be a minute old.
    vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] });
    const { text } = await open(token);
    vi.useRealTimers();
    expect(text).toContain('Ihr Termin am Dienstag');
    expect(text).not.toContain('Haarschnitt');
  });

  it('is kept nowhere, tells nobody where it was, and takes a form from no other site', async () => {
    const of = await booked();
    await cancel(of);
    const token = tokenIn(await sms(of));
    const { headers } = await open(token);
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('X-Robots-Tag')).toBe('noindex');
    expect(headers.get('Content-Security-Policy')).toContain("script-src 'self';");
    const site = (value: string): Record<string, string> => ({ 'Sec-Fetch-Site': value });
    expect((await post(token, { headers: site('cross-site') })).status).toBe(403);
    expect((await post(token, { headers: site('same-site') })).status).toBe(403);
    expect((await post(token, { headers: { Origin: 'https://evil.example' } })).status).toBe(403);
    expect((await post(token, { body: 'x'.repeat(100_000) })).status).toBe(413);
    const looked = await open(token, { method: 'HEAD' });
    expect([looked.status, looked.text]).toEqual([200, '']);
    for (const method of ['PUT', 'DELETE', 'PATCH']) expect((await open(token, { method })).status).toBe(404);
    expect((await detailOf(of)).appointment.status).toBe('cancelled');
    // A browser that knows no Sec-Fetch-Site hides where a page without referrer posts from.
    expect((await post(token, { headers: { Origin: 'null' } })).status).toBe(303);
    expect((await detailOf(of)).appointment.status).toBe('confirmed');
  });
});
