/**
 * Loads the demo data through the development entry point of a running server. Idempotent: fixed ids and keys, so a load that was cut off
 * is repeated. Called by dev/server on a first start.
 */
import { asInstant } from '../../shared/clock.ts';
import { asCents } from '../../shared/money.ts';
import type { TopupId, TenantId } from '../../shared/ids.ts';
import { addDays, dateOf, instantsOf } from '../../shared/time.ts';
import type { SeedOperation } from '../../workers/development/seed.ts';
import { barberExceptions, dayAhead, physioExceptions, salonExceptions } from './exceptions.ts';
import { demoCustomerPage } from './customer-page.ts';
import { type DemoBusiness, demoHistory } from './history.ts';
import { meteredOf } from './metered.ts';
import { demoProvisioning } from './provisioning.ts';
import {
  BARBER,
  BARBER_SCHEDULE,
  IDENTITIES,
  INSTANCE,
  PHYSIO,
  PHYSIO_SCHEDULE,
  RESELLER,
  SALON,
  SALON_SCHEDULE,
  SALON_SERVICES,
  SALON_STAFF,
  TENANTS,
  TERMS,
} from './tenants.ts';
import { LEGAL } from './legal.ts';
import { demoJobs, recordingsOf, watchedBefore, webhooksOf } from './watched.ts';

/** Operations and rows of one request: far below the body bound. */
const OPERATIONS = 200;
const ROWS = 200;
/** When the businesses entered their master data. */
const OPENED = Date.UTC(2026, 0, 5, 9);

const salon: DemoBusiness = {
  slug: 'salon',
  companyId: 'com_salon_schoen',
  zone: 'Europe/Berlin',
  holidayRegion: 'DE-BE',
  currency: 'EUR',
  agentId: 'agent_demo_salon',
  number: '+493012345678',
  mobilePrefix: '+49151',
  tags: [
    { id: 'tag_demo_stammkundschaft', name: 'Stammkundschaft', share: 0.25 },
    { id: 'tag_demo_allergie', name: 'Allergie gegen Farbe', share: 0.04 },
    { id: 'tag_demo_silikonfrei', name: 'Nur silikonfrei', share: 0.07 },
    { id: 'tag_demo_braut', name: 'Hochzeit', share: 0.03 },
    { id: 'tag_demo_hund', name: 'Kommt mit Hund', share: 0.05 },
  ],
  notes: {
    authors: [
      'usr_demo_owner_salon_schoen_test',
      'usr_demo_manager_salon_schoen_test',
      'usr_demo_staff_salon_schoen_test',
    ],
    texts: [
      { text: 'Möchte beim nächsten Mal kürzer, Ohren frei.', visibility: 'staff' },
      { text: 'Farbe 7/1 mit 6 %, 35 Minuten einwirken lassen.', visibility: 'staff' },
      { text: 'Kommt meist fünf Minuten früher. Trinkt Tee ohne Zucker.', visibility: 'staff' },
      { text: 'Bitte vor dem Föhnen nach der Allergie fragen.', visibility: 'staff' },
      { text: 'War beim letzten Mal unzufrieden, deshalb 10 € Nachlass zugesagt.', visibility: 'management' },
    ],
  },
  callbacks: [
    { reason: 'Möchte wissen, ob die Farbe vom letzten Mal noch einmal geht.', when: 'heute nach 16 Uhr' },
    { reason: 'Fragt nach einem Gutschein über 80 Euro, als Geschenk.' },
    {
      kind: 'manual_booking',
      reason: 'Braut mit zwei Freundinnen, Hochsteckfrisuren am selben Morgen.',
      when: 'ein Samstag im Frühling',
    },
    {
      reason: 'Ist mit dem Schnitt von gestern nicht zufrieden und möchte, dass jemand anruft.',
      takenBy: 'usr_demo_manager_salon_schoen_test',
    },
    { reason: 'Fragt, ob ein Hund mitkommen darf.', takenBy: 'usr_demo_staff_salon_schoen_test', ended: 'done' },
    {
      kind: 'manual_booking',
      reason: 'Perücke anpassen, findet keine passende Leistung.',
      takenBy: 'usr_demo_owner_salon_schoen_test',
      ended: 'done',
    },
    { reason: 'Möchte etwas zur Rechnung fragen.', takenBy: 'usr_demo_manager_salon_schoen_test', ended: 'failed' },
  ],
  weekdays: [2, 3, 4, 5, 6],
  opens: '09:00',
  closes: '18:00',
  staff: SALON_STAFF.map((p, i) => ({
    id: p.id,
    branchOn: (weekday) => (p.branches.length > 1 && weekday >= 5 ? 'bra_prenzlberg' : (p.branches[0] ?? 'bra_mitte')),
    lunch: { from: i % 2 === 0 ? '12:00' : '13:00', to: i % 2 === 0 ? '12:30' : '13:30' },
    services: SALON_SERVICES.filter((s) => s.staff.includes(p.id)).map((s) => s.id),
  })),
  services: SALON_SERVICES.map((s) => ({
    id: s.id,
    name: s.de,
    minutes: s.minutes,
    after: s.after ?? 0,
    priceCents: s.priceCents,
    exclusive: s.category === 'Farbe',
  })),
  customers: 200,
  days: 182,
  fill: 0.12,
  callsPerDay: 4,
  recorded: 4,
  seed: 20_261,
};

const physio: DemoBusiness = {
  slug: 'physio',
  companyId: 'com_physio_plus',
  zone: 'Europe/Vienna',
  holidayRegion: 'AT',
  currency: 'EUR',
  agentId: 'agent_demo_physio',
  number: '+4312345678',
  mobilePrefix: '+43664',
  tags: [
    { id: 'tag_demo_kasse', name: 'Rückerstattung über ÖGK', share: 0.4 },
    { id: 'tag_demo_selbst', name: 'Selbstzahlend', share: 0.2 },
  ],
  notes: {
    authors: ['usr_demo_owner_physio_plus_test'],
    texts: [
      { text: 'Verordnung liegt vor, sechs Einheiten.', visibility: 'staff' },
      { text: 'Braucht Hilfe an der Treppe.', visibility: 'staff' },
    ],
  },
  // A practice writes down no reason for a visit.
  callbacks: [{ when: 'morgen Vormittag' }, { takenBy: 'usr_demo_owner_physio_plus_test', ended: 'done' }],
  weekdays: [1, 2, 3, 4, 5],
  opens: '08:00',
  closes: '19:00',
  staff: ['stf_eva', 'stf_peter', 'stf_nina'].map((id) => ({
    id,
    branchOn: () => 'bra_wien',
    lunch: { from: '12:00', to: '13:00' },
    services: id === 'stf_peter' ? ['srv_physio', 'srv_massage'] : ['srv_physio', 'srv_massage', 'srv_lymph'],
  })),
  services: [
    { id: 'srv_physio', name: 'Physiotherapie', minutes: 45, after: 0, priceCents: 7500, exclusive: false },
    { id: 'srv_massage', name: 'Heilmassage', minutes: 30, after: 0, priceCents: 4800, exclusive: false },
    { id: 'srv_lymph', name: 'Lymphdrainage', minutes: 60, after: 0, priceCents: 8200, exclusive: false },
  ],
  customers: 40,
  days: 30,
  fill: 0.15,
  callsPerDay: 1,
  recorded: 0,
  seed: 43,
};

const barber: DemoBusiness = {
  slug: 'barber',
  companyId: 'com_barber_zurich',
  zone: 'Europe/Zurich',
  holidayRegion: 'CH-ZH',
  currency: 'CHF',
  agentId: 'agent_demo_barber',
  number: '+41441234567',
  mobilePrefix: '+4179',
  tags: [{ id: 'tag_demo_stamm_zh', name: 'Stammgast', share: 0.4 }],
  notes: {
    authors: ['usr_demo_owner_barber_zurich_test'],
    texts: [{ text: 'Seiten 3 mm, oben Schere.', visibility: 'staff' }],
  },
  callbacks: [],
  weekdays: [2, 3, 4, 5, 6],
  opens: '10:00',
  closes: '19:00',
  staff: ['stf_beat', 'stf_luca'].map((id) => ({
    id,
    branchOn: () => 'bra_zuerich',
    lunch: { from: '13:00', to: '13:30' },
    services: ['srv_cut_zh', 'srv_bart_zh'],
  })),
  services: [
    { id: 'srv_cut_zh', name: 'Haarschnitt', minutes: 45, after: 0, priceCents: 5500, exclusive: false },
    { id: 'srv_bart_zh', name: 'Bartrasur', minutes: 30, after: 0, priceCents: 4000, exclusive: false },
  ],
  customers: 30,
  days: 30,
  fill: 0.15,
  callsPerDay: 0,
  recorded: 0,
  seed: 41,
};

export const BUSINESSES = [
  { tenantId: SALON, business: salon, schedule: SALON_SCHEDULE, exceptions: salonExceptions },
  { tenantId: PHYSIO, business: physio, schedule: PHYSIO_SCHEDULE, exceptions: physioExceptions },
  { tenantId: BARBER, business: barber, schedule: BARBER_SCHEDULE, exceptions: barberExceptions },
];

/**
 * A connection for each request: the local server closes one that was idle for five seconds, and a busy machine computes longer than that
 * between two pages. The runtime's fetch would send the next page into the closed one and fail.
 */
const FRESH = { connection: 'close' };

async function post(baseUrl: string, operations: SeedOperation[]): Promise<void> {
  for (let i = 0; i < operations.length; i += OPERATIONS) {
    const answer = await fetch(`${baseUrl}/api/dev/seed`, {
      method: 'POST',
      headers: { ...FRESH, 'content-type': 'application/json' },
      body: JSON.stringify({ operations: operations.slice(i, i + OPERATIONS) }),
    });
    const body = (await answer.json().catch(() => null)) as { refused?: { index: number; because: unknown }[] } | null;
    if (!answer.ok || !body) throw new Error(`demo data: HTTP ${answer.status}`);
    // A user that is there already is the only expected refusal (a repeated load).
    const unexpected = (body.refused ?? []).filter((r) => operations[i + r.index]?.op !== 'user');
    if (unexpected.length > 0)
      throw new Error(`demo data refused: ${JSON.stringify(unexpected.slice(0, 3))} of ${operations[i]?.op}`);
  }
}

const chunks = <T>(rows: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));

/** Top-ups of a month's charges: each below the first bonus tier and above the smallest one allowed. */
export function piecesOf(cents: number): number[] {
  const pieces: number[] = [];
  let left = cents;
  while (left > 9_999) {
    pieces.push(9_000);
    left -= 9_000;
  }
  if (left >= 1_000 || pieces.length === 0) pieces.push(Math.max(1_000, left));
  else if (left > 0) pieces.push((pieces.pop() ?? 0) + left);
  return pieces;
}

/** Money of the past: each month is paid beforehand by hand, and what it cost is charged; then 250.00 paid + 12.50 bonus remain. */
function moneyOf(
  tenantId: TenantId,
  slug: string,
  currency: string,
  history: ReturnType<typeof demoHistory>,
  finalCents: number,
): SeedOperation[] {
  const operations: SeedOperation[] = [];
  const topup = (name: string, cents: number, at: number, method: 'manual' | 'bank_transfer'): void => {
    const topupId = `top_demo_${slug}_${name}` as TopupId;
    operations.push({
      op: 'topup',
      tenantId,
      command: {
        key: `demo:topup:${slug}:${name}`,
        topupId,
        amountCents: asCents(cents),
        currency,
        ...(method === 'manual' ? { method, bonus: false } : { method }),
        occurredAt: asInstant(at),
        now: asInstant(at),
      },
    });
  };
  const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);
  const fees = new Map<string, number>();
  for (const { at } of history.metered) fees.set(monthOf(at), (fees.get(monthOf(at)) ?? 0) + 200);
  // In the order things happened, so that balances in the list read like a story.
  const events = [
    ...history.metered.map((m) => ({ at: m.at, metered: m, call: null })),
    ...history.settled.map((c) => ({ at: c.endedAt, metered: null, call: c })),
  ].sort((one, other) => one.at - other.at);
  let month = '';
  for (const event of events) {
    if (monthOf(event.at) !== month) {
      month = monthOf(event.at);
      for (const [i, cents] of piecesOf(fees.get(month) ?? 0).entries())
        topup(`${month}-${i}`, cents, event.at - 3_600_000, 'manual');
    }
    if (event.metered) {
      operations.push({
        op: 'appointment_fee',
        tenantId,
        command: {
          key: `appointment:${event.metered.appointmentId}:confirmed:1`,
          appointmentId: event.metered.appointmentId,
          version: 1,
          change: 'confirmed',
          source: event.metered.source,
          occurredAt: asInstant(event.at),
          now: asInstant(event.at),
        },
      });
    }
    if (event.call) {
      operations.push({
        op: 'settle_call',
        tenantId,
        command: {
          key: `call:${event.call.callId}`,
          seconds: event.call.seconds,
          occurredAt: asInstant(event.at),
          now: asInstant(event.at),
          refs: { referenceType: 'call', referenceId: event.call.callId },
        },
      });
    }
  }
  const last = events.at(-1)?.at ?? history.loadedAt;
  // What a per-minute plan left over or lacks is written off, so that the demo's balance is exact.
  operations.push({ op: 'settle_balance', tenantId, key: `demo:settle:${slug}` });
  topup('final', finalCents, last + 120_000, 'bank_transfer');
  return operations;
}

/** Loads everything; a few seconds. */
export default async function loadDemoData(baseUrl: string): Promise<void> {
  const started = new Date();
  await post(baseUrl, [
    ...TENANTS.map((record): SeedOperation => ({ op: 'tenant', record })),
    INSTANCE,
    ...LEGAL,
    ...IDENTITIES.filter((o) => o.op !== 'user' && o.op !== 'grant'),
  ]);
  await post(
    baseUrl,
    TERMS.map(
      ({ tenantId, terms }): SeedOperation => ({
        op: 'terms',
        tenantId,
        command: { key: `demo:terms:${tenantId}`, terms },
      }),
    ),
  );
  // The reseller has money of its own: its customers can be topped up from it.
  await post(baseUrl, [
    {
      op: 'topup',
      tenantId: RESELLER,
      command: {
        key: 'demo:topup:reseller',
        topupId: 'top_demo_reseller' as TopupId,
        amountCents: asCents(50_000),
        currency: 'EUR',
        method: 'bank_transfer',
        occurredAt: asInstant(OPENED),
        now: asInstant(OPENED),
      },
    },
  ]);
  // One company of which the reseller earns more than elsewhere.
  await post(baseUrl, [{ op: 'commission', tenantId: SALON, companyId: salon.companyId, rateBasisPoints: 1_250 }]);
  for (const { tenantId, business, schedule, exceptions } of BUSINESSES) {
    const history = demoHistory(business, dateOf(started.getTime(), business.zone));
    const today = dateOf(started.getTime(), business.zone);
    await post(baseUrl, [
      { op: 'schedule', tenantId, key: `demo:schedule:${business.slug}`, at: OPENED, items: schedule },
      {
        op: 'schedule',
        tenantId,
        key: `demo:exceptions:${business.slug}:${today}`,
        at: history.loadedAt - 5 * 86_400_000,
        items: exceptions(today),
      },
      {
        op: 'tags',
        tenantId,
        rows: business.tags.map(({ id, name }) => ({ id, name, createdAt: OPENED })),
      },
    ]);
    await post(
      baseUrl,
      chunks(history.customers, ROWS).map((rows): SeedOperation => ({ op: 'customers', tenantId, rows })),
    );
    await post(baseUrl, [
      {
        op: 'customer_page',
        tenantId,
        rows: demoCustomerPage(history.customers, {
          by: `usr_demo_owner_${business.slug.replaceAll('-', '_')}_test`,
          now: history.loadedAt,
          isPractice: tenantId === PHYSIO,
        }),
      },
    ]);
    for (const [i, rows] of chunks(history.appointments, ROWS).entries())
      await post(baseUrl, [{ op: 'appointments', tenantId, key: `demo:appointments:${business.slug}:${i}`, rows }]);
    await post(
      baseUrl,
      history.notes.map((command): SeedOperation => ({ op: 'note', tenantId, command })),
    );
    for (const rows of chunks(history.calls, ROWS)) await post(baseUrl, [{ op: 'calls', tenantId, rows }]);
    await post(baseUrl, [{ op: 'callbacks', tenantId, rows: history.callbacks }]);
    await post(baseUrl, webhooksOf(tenantId, history));
    // Audio makes a body large: one of each request.
    for (const recording of recordingsOf(tenantId, history)) await post(baseUrl, [recording]);
    await post(
      baseUrl,
      moneyOf(tenantId, business.slug, business.currency, history, tenantId === SALON ? 25_000 : 5_000),
    );
    await post(baseUrl, meteredOf(tenantId, business.zone, business.seed, today));
  }
  await post(baseUrl, [
    erasureOf(started.getTime()),
    absenceOf(started.getTime()),
    busyTimesOf(started.getTime()),
    ...demoProvisioning(started.getTime()),
    ...watchedBefore(started.getTime()),
  ]);
  // Owners come last: effects of past events (low balance, top-ups) then have no recipients.
  await settleEffects(baseUrl);
  await post(
    baseUrl,
    IDENTITIES.filter((o) => o.op === 'user' || o.op === 'grant'),
  );
  await post(baseUrl, demoJobs());
}

/** Lena of the salon has asked for a week off, yesterday; nobody has decided. */
function absenceOf(now: number): SeedOperation {
  const first = addDays(dateOf(now, salon.zone), 56);
  return {
    op: 'absences',
    tenantId: SALON,
    rows: [
      {
        id: 'abs_demo_lena',
        staffId: 'stf_lena',
        askedBy: 'usr_demo_staff_salon_schoen_test',
        kind: 'vacation',
        fromDate: first,
        toDate: addDays(first, 4),
        note: 'Hochzeit meiner Schwester',
        createdAt: now - 86_400_000,
      },
    ],
  };
}

/** Jonas is an apprentice: his school's calendar was imported, with titles. It begins behind the weeks that have appointments. */
function busyTimesOf(now: number): SeedOperation {
  const first = dayAhead(dateOf(now, salon.zone), 28, 2);
  const days = Array.from({ length: 8 }, (_, week) => addDays(first, week * 7));
  const at = (date: string, time: string): number => instantsOf(date, time, salon.zone)[0] ?? 0;
  return {
    op: 'busy_times',
    tenantId: SALON,
    staffId: 'stf_jonas',
    name: 'Berufsschule',
    times: days.map((date) => ({ from: at(date, '08:00'), to: at(date, '13:00'), title: 'Berufsschule' })),
  };
}

/** Somebody of the salon was erased three days ago; two bookings of theirs are still to be deleted at Cal.com. */
function erasureOf(now: number): SeedOperation {
  const requestedAt = now - 3 * 86_400_000;
  return {
    op: 'erasure',
    tenantId: SALON,
    row: {
      id: 'cus_demo_erased',
      companyId: salon.companyId,
      requestedBy: 'usr_demo_owner_salon_schoen_test',
      requestedAt,
      erasedAt: requestedAt + 60_000,
      counts: { appointments: 4, calls: 2, callback_requests: 1, messages: 6, webhooks: 3, activity: 5 },
      leftAtCalcom: ['demoerased1aXb', 'demoerased2cYd'],
    },
  };
}

/** Waits until nothing of the past is left to do, at most half a minute. */
async function settleEffects(baseUrl: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await fetch(`${baseUrl}/api/dev/flush`, { method: 'POST', headers: FRESH });
    const state = (await (await fetch(`${baseUrl}/api/dev/effects`, { headers: FRESH })).json()) as {
      pending: number;
      running: number;
    };
    if (state.pending + state.running === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
