/** Visits by several people: buffers of each service, who serves as it was promised, and moves that keep everybody. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import type { ScheduleInput } from '../master-data.ts';
import { type BusyRow, busyOf, salonItems, scheduleOf } from '../salon.fixture.ts';
import { checkAvailability } from '../engine/check.ts';
import type { Schedule } from '../engine/schedule.ts';
import type { Appointment } from '../../events/calendar.ts';
import { decideBook } from './book.ts';
import { decideReschedule } from './reschedule.ts';
import { decideSlot } from './slot-decision.ts';
import { claimOf, quotePayloadOf, readQuotePayload } from './quote.ts';
import type { Slot } from '../rows.ts';

const NOW = asInstant(Date.parse('2027-03-01T08:00:00Z'));
const TUESDAY = '2027-03-09';
const at = (time: string) => asInstant(Date.parse(`${TUESDAY}T${time}:00Z`));
const clock = (minute: number): string => new Date(minute * 60_000).toISOString().slice(11, 16);
const company =
  (salonItems().find((item) => item.kind === 'branch')?.body as { companyId: string } | undefined)?.companyId ?? '';
const actor = { kind: 'system', id: 'test' } as const;

const service = (id: string, staff: string[], more: object = {}): ScheduleInput => ({
  kind: 'service',
  id,
  body: {
    companyId: company,
    name: { de: id },
    durationMinutes: 60,
    priceCents: 1_000,
    currency: 'EUR',
    staff: staff.map((staffId) => ({ staffId })),
    ...more,
  },
});
/** x by Anna, half an hour after it; y by Ben, twenty minutes before it; z by Anna, ten minutes before it. */
const schedule = (more: ScheduleInput[] = []): Schedule =>
  scheduleOf([
    ...salonItems(),
    service('x', ['stf_anna'], { bufferAfterMinutes: 30 }),
    service('y', ['stf_ben'], { bufferBeforeMinutes: 20 }),
    service('z', ['stf_anna'], { bufferBeforeMinutes: 10 }),
    service('both', ['stf_anna', 'stf_ben'], {
      sameStaff: false,
      segments: [
        { id: 'one', kind: 'active', durationMinutes: 30, staffIds: ['stf_anna'] },
        { id: 'two', kind: 'active', durationMinutes: 30 },
      ],
    }),
    ...more,
  ]);
const take = (services: string[], startsAt = at('08:00'), rows: Record<string, BusyRow[]> = {}, more: object = {}) =>
  decideSlot(
    schedule(),
    busyOf(rows),
    {
      services: services.map((serviceId) => ({ serviceId })),
      branchId: null,
      staffId: null,
      startsAt,
      exclude: [],
      ...more,
    },
    NOW,
  );
const occupied = (services: string[]): string[] => {
  const decided = take(services);
  if (!decided.ok) throw new Error(JSON.stringify(decided.error));
  return decided.value.occupations.map((o) => `${o.id} ${clock(o.from)}-${clock(o.to)}`);
};

describe('buffers between the services of a visit', () => {
  it('are kept by the person of each service; the next one follows at once', () => {
    expect(occupied(['x', 'y'])).toEqual(['stf_anna 08:00-09:30', 'stf_ben 08:40-10:00']);
  });
  it('pass before the same person goes on', () => {
    expect(occupied(['x', 'z'])).toEqual(['stf_anna 08:00-09:30', 'stf_anna 09:30-10:40']);
  });
  it('are refused where somebody has the person in them', () => {
    const from = at('08:45') / 60_000;
    expect(take(['x', 'y'], at('08:00'), { stf_ben: [{ from, to: from + 10 }] }).ok).toBe(false);
    expect(
      take(['x', 'y'], at('08:00'), { stf_anna: [{ from: at('09:20') / 60_000, to: at('09:40') / 60_000 }] }).ok,
    ).toBe(false);
  });
});

const offered = (services: string[], more: object = {}, of = schedule()): Slot => {
  const found = checkAvailability(
    of,
    busyOf({}),
    {
      now: NOW,
      services: services.map((serviceId) => ({ serviceId })),
      branchId: null,
      staffId: null,
      window: { fromDate: TUESDAY, untilDate: TUESDAY },
      at: { startsAt: at('08:00') },
      ...more,
    },
    [],
  );
  if (!found.ok || !found.value.slot) throw new Error(JSON.stringify(found));
  return found.value.slot;
};
const quoteOf = (slot: Slot) =>
  readQuotePayload(JSON.parse(JSON.stringify(claimOf(quotePayloadOf('ten', slot, 1, NOW)))));

describe('a quote names everybody', () => {
  it('of a visit by two people, and either may be asked for beside it', () => {
    const slot = offered(['x', 'y']);
    const quote = quoteOf(slot);
    for (const staffId of [null, 'stf_anna', 'stf_ben']) {
      const taken = take(['x', 'y'], at('08:00'), {}, { quote, staffId });
      expect(taken.ok && taken.value.slot.segments.map((s) => s.staffId)).toEqual(['stf_anna', 'stf_ben']);
    }
  });
  it('and names nobody else', () => {
    const slot = offered(['srv_cut'], { staffId: 'stf_ben' });
    expect(take(['srv_cut'], at('08:00'), {}, { quote: quoteOf(slot), staffId: 'stf_anna' })).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_ERROR' },
    });
  });
  it('the person beside an offered start of several people begins it, also without the quote', () => {
    // Anna is taken in the second half: the offer goes on with Ben.
    const rows = { stf_anna: [{ from: at('08:30') / 60_000, to: at('09:00') / 60_000 }] };
    const taken = take(['both'], at('08:00'), rows, { staffId: 'stf_anna' });
    expect(taken.ok && taken.value.slot.segments.map((s) => s.staffId)).toEqual(['stf_anna', 'stf_ben']);
  });
  it('a party is never taken for one person', () => {
    const slot = offered(['srv_cut'], { partySize: 2 });
    expect(slot.party).toHaveLength(1);
    const quote = quoteOf(slot);
    const taken = take(['srv_cut'], at('08:00'), {}, { quote });
    expect(taken.ok && taken.value.party).toHaveLength(1);
    const lapsed = quote && { ...quote, expiresAt: asInstant(NOW - 1) };
    const late = take(['srv_cut'], at('08:00'), {}, { quote: lapsed });
    expect(late.ok && late.value.party).toHaveLength(1);
    expect(take(['srv_cut'], at('08:00'), {}, { quote, partySize: 1 }).ok).toBe(false);
  });
});

describe('a move without a person', () => {
  const visit = (): Appointment => {
    const made = decideBook(
      { schedule: schedule(), busy: busyOf({}), tokenHold: null, callHold: null, exists: false },
      {
        key: 'k',
        now: NOW,
        actor,
        appointmentId: 'apt',
        customerId: 'cus',
        services: [{ serviceId: 'x' }, { serviceId: 'y' }],
        branchId: null,
        staffId: null,
        startsAt: at('08:00'),
        source: 'admin',
      },
      NOW,
    );
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    return made.value.appointment;
  };
  const move = (appointment: Appointment, rows: Record<string, BusyRow[]> = {}) =>
    decideReschedule(
      { schedule: schedule(), busy: busyOf(rows), tokenHold: null, callHold: null },
      appointment,
      {
        key: 'm',
        now: NOW,
        actor,
        appointmentId: 'apt',
        modificationId: 'mod',
        newStartsAt: at('12:00'),
        confirm: true,
      },
      NOW,
    );
  it('keeps everybody of a visit', () => {
    const moved = move(visit());
    expect(moved.ok && moved.value.appointment.segments.map((s) => s.staffId)).toEqual(['stf_anna', 'stf_ben']);
  });
  it('swaps nobody without a word: who else has time is offered', () => {
    const cut = decideBook(
      { schedule: schedule(), busy: busyOf({}), tokenHold: null, callHold: null, exists: false },
      {
        key: 'k',
        now: NOW,
        actor,
        appointmentId: 'apt',
        customerId: 'cus',
        services: [{ serviceId: 'srv_cut' }],
        branchId: null,
        staffId: 'stf_anna',
        startsAt: at('08:00'),
        source: 'admin',
      },
      NOW,
    );
    if (!cut.ok) throw new Error('must book');
    const rows = { stf_anna: [{ from: at('12:00') / 60_000, to: at('13:00') / 60_000, owner: 'other' }] };
    expect(move(cut.value.appointment, rows)).toMatchObject({
      ok: false,
      error: {
        code: 'APPOINTMENT_CONFLICT',
        details: {
          reason: 'full',
          alternatives: [{ starts_at: '2027-03-09T12:00:00.000Z', staff_id: 'stf_ben' }, {}, {}],
        },
      },
    });
  });
});

describe('starts off the step', () => {
  const oneGap = {
    stf_anna: [
      { from: at('08:00') / 60_000, to: at('08:50') / 60_000 },
      { from: at('09:50') / 60_000, to: at('17:00') / 60_000 },
    ],
  };
  const times = (fills: boolean | undefined): string[] => {
    const items = salonItems().map((item) =>
      item.kind === 'branch' && fills !== undefined
        ? { ...item, body: { ...(item.body as object), fillShortGaps: fills } }
        : item,
    );
    const found = checkAvailability(
      scheduleOf(items),
      busyOf(oneGap),
      {
        now: NOW,
        services: [{ serviceId: 'srv_cut' }],
        branchId: null,
        staffId: 'stf_anna',
        window: { fromDate: TUESDAY, untilDate: TUESDAY },
      },
      [],
    );
    return found.ok ? found.value.slots.map((slot) => slot.time) : [];
  };
  it('of a short stretch are offered as the branch says', () => {
    expect(times(undefined)).toEqual(['09:50']);
    expect(times(true)).toEqual(['09:50']);
    expect(times(false)).toEqual([]);
  });
  it('are for staff: others take what is offered, unless it was promised', () => {
    const odd = at('09:07');
    expect(take(['srv_cut'], odd).ok).toBe(true);
    expect(take(['srv_cut'], odd, {}, { offeredOnly: true })).toMatchObject({
      ok: false,
      error: { code: 'APPOINTMENT_CONFLICT', details: { reason: 'off_step' } },
    });
    const promised = offered(['srv_cut'], { at: { startsAt: odd } });
    expect(take(['srv_cut'], odd, {}, { offeredOnly: true, quote: quoteOf(promised) }).ok).toBe(true);
  });
});
