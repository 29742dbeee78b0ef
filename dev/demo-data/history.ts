/**
 * The past six months and the coming two weeks of a demo business: customers, appointments that never overlap, calls with transcripts,
 * and the money of both. Deterministic relative to the day it is loaded.
 */
import type { ImportAppointment } from '../../workers/calendar/types.ts';
import type { SeedOperation } from '../../workers/development/seed.ts';
import type { NewSeedCall, NewSeedCallback, NewSeedCustomer } from '../../workers/storage/queries/seed.ts';
import { asInstant } from '../../shared/clock.ts';
import { addDays, instantsOf, isWallDate, minutesOf, timeOfMinutes, weekdayOf } from '../../shared/time.ts';
import { holidayOn } from '../../shared/holidays.ts';
import { FIRST_NAMES, LAST_NAMES, SUMMARIES } from './people.ts';
import { DemoRandom } from './random.ts';

export interface DemoBusiness {
  slug: string;
  companyId: string;
  zone: string;
  holidayRegion: string;
  currency: string;
  agentId: string;
  number: string;
  mobilePrefix: string;
  /** what some of the customers carry */
  tags: readonly { id: string; name: string; share: number }[];
  /** what the team writes on some of the appointments, and who writes */
  notes: { texts: readonly { text: string; visibility: 'staff' | 'management' }[]; authors: readonly string[] };
  /** what callers of the last calls wanted of a person, the newest first */
  callbacks: readonly {
    kind?: NewSeedCallback['kind'];
    reason?: string;
    when?: string;
    takenBy?: string;
    ended?: 'done' | 'failed';
  }[];
  weekdays: readonly number[];
  opens: string;
  closes: string;
  staff: { id: string; branchOn(weekday: number): string; lunch: { from: string; to: string }; services: string[] }[];
  services: { id: string; name: string; minutes: number; after: number; priceCents: number; exclusive: boolean }[];
  customers: number;
  /** past days with history */
  days: number;
  /** how full a past day is, 0..1 */
  fill: number;
  callsPerDay: number;
  /** of the last calls that booked, so many were recorded while the agent announced it; in the last of them somebody said no */
  recorded: number;
  seed: number;
}

type DemoNote = Extract<SeedOperation, { op: 'note' }>['command'];

export interface DemoHistory {
  /** noon of the day the data is relative to */
  loadedAt: number;
  customers: NewSeedCustomer[];
  appointments: ImportAppointment[];
  notes: DemoNote[];
  calls: NewSeedCall[];
  callbacks: NewSeedCallback[];
  /** newest first; null: somebody said no */
  recordings: { callId: string; startedAt: number; endedAt: number; seconds: number | null }[];
  /** settled calls: id, seconds, end */
  settled: {
    callId: string;
    seconds: number;
    endedAt: number;
    appointmentId: string | null;
    customerId: string | null;
  }[];
  /** appointments by when they were booked: each is charged, however it was made */
  metered: { appointmentId: string; at: number; source: ImportAppointment['source'] }[];
}

const GREETING =
  'Guten Tag, hier ist die digitale Assistentin, eine künstliche Intelligenz. Wie kann ich Ihnen helfen?';
/** As an agent says it whose owner has turned recording on. */
const ANNOUNCED =
  'Guten Tag, hier ist die digitale Assistentin, eine künstliche Intelligenz. Dieses Gespräch wird aufgezeichnet; wenn Sie das nicht möchten, sagen Sie einfach Nein. Wie kann ich Ihnen helfen?';
const REFUSED = [
  { role: 'agent', text: ANNOUNCED, at: 0 },
  { role: 'caller', text: 'Nein, bitte nicht aufnehmen. Ich hätte gern einen Termin.', at: 8 },
  { role: 'agent', text: 'Das Gespräch wird nicht aufbewahrt. Wann passt es Ihnen?', at: 12 },
  { role: 'caller', text: 'Möglichst bald, am liebsten vormittags.', at: 18 },
  { role: 'agent', text: 'Ich habe einen freien Termin gefunden und für Sie eingetragen.', at: 31 },
];
const FUTURE_DAYS = 14;
const WAITING = 2;
/** Nobody looks at the first days as closely as a test does. */
const WAITING_FROM_MS = 3 * 86_400_000;
const FUTURE_FILL = 0.22;

/** Calls whose deeds and topics are told; the ones before them people have looked at. */
const RECENT_CALLS = 60;
const UNSEEN_CALLS = 12;
const DUE_MS = 4 * 3_600_000;

/** What the agent did in a call, and what its analysis found. */
function addWork(call: NewSeedCall): void {
  const step = (n: number, name: string, afterTurns: number, said: string, appointmentId: string | null = null) => ({
    id: `step_${n}`,
    at: call.startedAt + afterTurns * 6_000,
    afterTurns,
    function: name,
    succeeded: true,
    said,
    appointmentId,
  });
  const isBooked = call.appointmentId !== null && call.appointmentId !== undefined;
  const isPromise = call.summary?.startsWith('Bittet um einen Rückruf') === true;
  call.analysis = {
    topics: isBooked ? ['Neuer Termin'] : isPromise ? ['Rückruf'] : ['Öffnungszeiten'],
    ...(isBooked && { tageszeit: 'vormittags' }),
  };
  call.steps = isBooked
    ? [
        step(0, 'check-availability', 4, 'Vormittags habe ich noch einen Platz frei.'),
        step(1, 'book-appointment', 4, 'Ihr Termin ist eingetragen.', call.appointmentId),
      ]
    : isPromise
      ? [step(0, 'request-callback', 2, 'Ich habe notiert, dass Sie zurückgerufen werden möchten.')]
      : [step(0, 'opening-hours', 2, 'Geöffnet ist von Dienstag bis Samstag.')];
}

export function demoHistory(business: DemoBusiness, today: string): DemoHistory {
  if (!isWallDate(today)) throw new Error(`not a day: ${today}`);
  const random = new DemoRandom(business.seed);
  /** for what came later: the other one's sequence, and with it the appointments, stay as they were */
  const more = new DemoRandom(business.seed + 1);
  const first = addDays(today, -business.days);
  const at = (date: string, minutes: number): number => {
    const found = instantsOf(date, timeOfMinutes(minutes), business.zone)[0];
    if (found === undefined) throw new Error(`no such time: ${date} ${minutes}`);
    return found;
  };
  const noon = at(today, 12 * 60);

  const customers: NewSeedCustomer[] = [];
  for (let i = 0; i < business.customers; i++) {
    const firstName = random.pick(FIRST_NAMES);
    const lastName = random.pick(LAST_NAMES);
    const plain = `${firstName}.${lastName}`
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z.]/g, '');
    customers.push({
      id: `cus_demo_${business.slug}_${String(i).padStart(4, '0')}`,
      companyId: business.companyId,
      firstName,
      lastName,
      email: random.chance(0.7) ? `${plain}${i}@example.test` : null,
      phone: `${business.mobilePrefix}${String(1_000_000 + i * 37).padStart(7, '0')}`,
      language: random.chance(0.9) ? 'de' : 'en',
      vip: random.chance(0.05),
      journeyStatus: random.pick(['prospect', 'customer', 'customer', 'regular', 'regular', 'vip', 'at_risk'] as const),
      createdAt: at(addDays(first, random.int(0, Math.max(1, business.days - 10))), 10 * 60),
      tagIds: business.tags.filter(({ share }) => more.chance(share)).map(({ id }) => id),
    });
  }

  const appointments: ImportAppointment[] = [];
  const metered: DemoHistory['metered'] = [];
  const calls: NewSeedCall[] = [];
  const settled: DemoHistory['settled'] = [];
  const byPhone: { appointment: ImportAppointment; date: string }[] = [];
  const exclusiveBusy = new Map<string, { from: number; to: number }[]>();

  for (let offset = -business.days; offset <= FUTURE_DAYS; offset++) {
    const date = addDays(today, offset);
    const weekday = weekdayOf(date);
    if (!business.weekdays.includes(weekday) || holidayOn(business.holidayRegion, date) !== null) continue;
    // Saturdays and Fridays are fuller, as in a real salon.
    const fill = (offset > 0 ? FUTURE_FILL : business.fill) * (weekday === 6 || weekday === 5 ? 1.25 : 0.9);
    for (const person of business.staff) {
      let minute = minutesOf(business.opens);
      const end = minutesOf(business.closes);
      while (minute < end) {
        if (!random.chance(fill)) {
          minute += 30;
          continue;
        }
        const service = random.pick(business.services.filter((s) => person.services.includes(s.id)));
        const until = minute + service.minutes + service.after;
        const lunchFrom = minutesOf(person.lunch.from);
        const lunchTo = minutesOf(person.lunch.to);
        if (minute < lunchTo && until > lunchFrom) {
          minute = lunchTo;
          continue;
        }
        if (until > end) {
          minute += 30;
          continue;
        }
        const branchId = person.branchOn(weekday);
        if (service.exclusive) {
          // Two colour places a branch: the third colouring waits for another hour.
          const place = `${branchId}/${date}`;
          const busy = exclusiveBusy.get(place) ?? [];
          if (busy.filter((b) => b.from < until && b.to > minute).length >= 2) {
            minute += 30;
            continue;
          }
          busy.push({ from: minute, to: until });
          exclusiveBusy.set(place, busy);
        }
        const startsAt = at(date, minute);
        const phone = random.chance(0.36);
        const past = startsAt < noon && offset <= 0;
        const roll = random.next();
        const id = `apt_demo_${business.slug}_${date.replaceAll('-', '')}_${person.id.slice(4)}_${minute}`;
        const appointment: ImportAppointment = {
          id,
          companyId: business.companyId,
          branchId,
          customerId: random.pick(customers).id,
          serviceId: service.id,
          staffId: person.id,
          startsAt: asInstant(startsAt),
          status: past
            ? roll < 0.86
              ? 'completed'
              : roll < 0.95
                ? 'cancelled'
                : 'no_show'
            : roll < 0.94
              ? 'confirmed'
              : 'cancelled',
          source: phone ? 'phone_ai' : random.pick(['admin', 'portal', 'public'] as const),
          priceCents: service.priceCents,
          currency: business.currency,
          createdAt: asInstant(startsAt - random.int(1, 12) * 86_400_000),
        };
        appointments.push(appointment);
        if (phone) byPhone.push({ appointment, date });
        minute = until;
      }
    }
  }

  // Two of those to come still wait for a person's yes, so that the day's page has something to settle.
  for (const waiting of appointments
    .filter(
      ({ startsAt, status, source }) =>
        status === 'confirmed' && source === 'public' && startsAt > noon + WAITING_FROM_MS,
    )
    .slice(0, WAITING))
    waiting.status = 'pending';

  // Notes of the team: on every fifth appointment of the last week and of those to come.
  const notes = appointments
    .filter(({ startsAt, status }) => status !== 'cancelled' && startsAt > noon - 7 * 86_400_000 && more.chance(0.2))
    .map(({ id, createdAt }): DemoNote => {
      const written = more.pick(business.notes.texts);
      return {
        key: `demo:note:${id}`,
        now: asInstant(Math.min(Number(createdAt) + more.int(1, 6) * 600_000, noon)),
        actor: { kind: 'user', id: more.pick(business.notes.authors) },
        appointmentId: id,
        noteId: `nte_${id.slice(4)}`,
        ...written,
      };
    });

  // Calls: those that booked, and questions that did not.
  const call = (
    index: number,
    startedAt: number,
    appointment: ImportAppointment | null,
    kind: keyof typeof SUMMARIES,
  ): void => {
    const seconds = appointment ? random.int(80, 240) : random.int(25, 120);
    const id = `call_demo_${business.slug}_${String(index).padStart(5, '0')}`;
    const customer = appointment ? customers.find((c) => c.id === appointment.customerId) : random.pick(customers);
    const service = appointment ? business.services.find((s) => s.id === appointment.serviceId) : undefined;
    const endedAt = startedAt + seconds * 1000;
    calls.push({
      id,
      companyId: business.companyId,
      branchId: appointment?.branchId ?? business.staff[0]?.branchOn(2) ?? null,
      customerId: customer?.id ?? null,
      appointmentId: appointment?.id ?? null,
      agentId: business.agentId,
      direction: 'inbound',
      fromNumber: customer?.phone ?? null,
      toNumber: business.number,
      status: 'analyzed',
      startedAt,
      endedAt,
      durationMs: seconds * 1000,
      disconnectionReason: random.chance(0.8) ? 'user_hangup' : 'agent_hangup',
      language: customer?.language ?? 'de',
      transcript: JSON.stringify(
        appointment
          ? [
              {
                role: 'agent',
                text: GREETING,
                at: 0,
              },
              {
                role: 'caller',
                text: `Guten Tag, ich hätte gern einen Termin für ${service?.name ?? 'einen Termin'}.`,
                at: 6,
              },
              { role: 'agent', text: 'Gern. Wann passt es Ihnen?', at: 12 },
              { role: 'caller', text: 'Möglichst bald, am liebsten vormittags.', at: 16 },
              {
                role: 'agent',
                text: 'Ich habe einen freien Termin gefunden und für Sie eingetragen. Sie bekommen gleich eine Bestätigung.',
                at: 31,
              },
              { role: 'caller', text: 'Wunderbar, vielen Dank. Auf Wiederhören!', at: 44 },
            ]
          : [
              {
                role: 'agent',
                text: GREETING,
                at: 0,
              },
              { role: 'caller', text: 'Ich wollte nur kurz fragen, wann Sie geöffnet haben.', at: 6 },
              { role: 'agent', text: 'Gern, ich sage Ihnen die Öffnungszeiten.', at: 10 },
              { role: 'caller', text: 'Danke, das reicht mir schon.', at: 18 },
            ],
      ),
      summary: random.pick(SUMMARIES[kind]),
      sentiment: random.pick(['positive', 'positive', 'neutral', 'neutral', 'negative'] as const),
      successful: appointment !== null,
      costUsdMicros: Math.round(seconds * 1_900),
      chargeState: 'captured',
      heldCents: 0,
      currency: business.currency,
    });
    settled.push({
      callId: id,
      seconds,
      endedAt,
      appointmentId: appointment?.id ?? null,
      customerId: customer?.id ?? null,
    });
  };

  let index = 0;
  for (const { appointment } of byPhone) {
    const startedAt = Number(appointment.createdAt);
    if (startedAt >= noon - 3_600_000) continue;
    const callId = `call_demo_${business.slug}_${String(index).padStart(5, '0')}`;
    appointment.callId = callId;
    call(index++, startedAt, appointment, 'booked');
  }
  for (let offset = -business.days; offset < 0; offset++) {
    const date = addDays(today, offset);
    if (!business.weekdays.includes(weekdayOf(date))) continue;
    for (let i = 0; i < business.callsPerDay; i++) {
      if (random.chance(0.5))
        call(
          index++,
          at(date, random.int(9 * 60, 17 * 60)) + random.int(0, 59) * 1000,
          null,
          random.chance(0.8) ? 'question' : 'cancelled',
        );
    }
  }
  for (const { id, status, createdAt, source } of appointments) {
    const bookedAt = Number(createdAt);
    if (status !== 'cancelled' && bookedAt < noon - 3_600_000)
      metered.push({ appointmentId: id, at: bookedAt, source });
  }
  calls.sort((a, b) => a.startedAt - b.startedAt);
  // Who has appointments left called to book them; the others' last calls asked for somebody.
  for (const one of calls.slice(0, -UNSEEN_CALLS)) one.reviewedAt = Number(one.endedAt) + 3_600_000;
  const asking = calls.filter(({ appointmentId }) => appointmentId === null).toReversed();
  const callbacks = business.callbacks.map(
    ({ kind = 'callback', reason, when, takenBy, ended }, n): NewSeedCallback => {
      const call = asking[n];
      if (call === undefined) throw new Error(`${business.slug}: no call left that asks for somebody`);
      const customer = customers.find(({ id }) => id === call.customerId);
      const name = [customer?.firstName, customer?.lastName].join(' ').trim();
      const endedAt = Number(call.endedAt);
      call.summary = reason === undefined ? 'Bittet um einen Rückruf.' : `Bittet um einen Rückruf: ${reason}`;
      call.transcript = JSON.stringify([
        { role: 'agent', text: GREETING, at: 0 },
        { role: 'caller', text: 'Könnte mich bitte jemand zurückrufen?', at: 6 },
        { role: 'agent', text: 'Ich gebe es weiter. Jemand meldet sich bei Ihnen.', at: 14 },
        { role: 'caller', text: 'Danke schön.', at: 18 },
      ]);
      return {
        id: `cbr_demo_${business.slug}_${n}`,
        kind,
        status: ended ?? (takenBy === undefined ? 'open' : 'assigned'),
        callId: call.id,
        customerId: call.customerId ?? null,
        branchId: call.branchId ?? null,
        phone: call.fromNumber ?? null,
        name: name === '' ? null : name,
        reason: reason ?? null,
        wish: when === undefined ? {} : { when },
        assignedTo: takenBy ?? null,
        priority: n === 0 ? 'high' : 'normal',
        // The first still has time; of the others whoever leads the business knows.
        dueAt: n === 0 ? noon + DUE_MS : endedAt + DUE_MS,
        escalatedAt: n === 0 || ended !== undefined ? null : endedAt + DUE_MS,
        attempts:
          takenBy === undefined
            ? []
            : [
                {
                  id: `cba_demo_${business.slug}_${n}`,
                  userId: takenBy,
                  at: endedAt + DUE_MS / 2,
                  outcome: ended === 'done' ? 'reached' : 'no_answer',
                  note: ended === 'done' ? null : 'Auf die Mailbox gesprochen.',
                },
              ],
        createdAt: endedAt,
        doneAt: ended === undefined ? null : endedAt + 3 * 3_600_000,
      };
    },
  );
  const booked = calls.filter(({ appointmentId }) => appointmentId !== null).toReversed();
  const recordings = booked.slice(0, business.recorded).map((call, n) => {
    const isRefused = n === business.recorded - 1;
    const said = JSON.parse(call.transcript ?? '[]') as { role: string; text: string; at: number }[];
    call.transcript = JSON.stringify(
      isRefused ? REFUSED : [{ role: 'agent', text: ANNOUNCED, at: 0 }, ...said.slice(1)],
    );
    const endedAt = Number(call.endedAt);
    const seconds = isRefused ? null : Math.round((endedAt - call.startedAt) / 1000);
    return { callId: call.id, startedAt: call.startedAt, endedAt, seconds };
  });
  for (const one of calls.slice(-RECENT_CALLS)) addWork(one);
  settled.sort((a, b) => a.endedAt - b.endedAt);
  metered.sort((a, b) => a.at - b.at);
  return { loadedAt: noon, customers, appointments, notes, calls, callbacks, recordings, settled, metered };
}
