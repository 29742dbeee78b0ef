/** Length and price of a service by branch: who is booked where and for how long, over the commands and their real store. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { MINUTE } from '../../../shared/time.ts';
import type { ActorRef, Appointment } from '../../events/calendar.ts';
import { COMMANDS } from '../commands/registry.ts';
import { checkAvailability } from '../engine/check.ts';
import { termsOf } from '../engine/terms.ts';
import { type ScheduleInput, serviceBodySchema } from '../master-data.ts';
import { memoryCalendar } from '../store/calendar.fixture.ts';

const actor: ActorRef = { kind: 'system', id: 'test' };
const NOW = asInstant(Date.parse('2027-02-01T08:00:00Z'));
const NINE = Date.parse('2027-02-02T08:00:00Z');

const hours = (ownerKind: string, ownerId: string): ScheduleInput => ({
  kind: 'hours',
  id: `h_${ownerId}`,
  body: { ownerKind, ownerId, weekday: 2, periods: [{ from: '08:00', to: '20:00' }] },
});
const branch = (id: string, main: boolean): ScheduleInput => ({
  kind: 'branch',
  id,
  body: { companyId: 'com', name: id, timeZone: 'Europe/Berlin', country: 'DE', main },
});
const cut = (more: object): ScheduleInput => ({
  kind: 'service',
  id: 'srv_cut',
  body: {
    companyId: 'com',
    name: { de: 'Schnitt' },
    durationMinutes: 30,
    priceCents: 3_000,
    currency: 'EUR',
    slotStepMinutes: 5,
    staff: [{ staffId: 'stf_a' }, { staffId: 'stf_b' }],
    ...more,
  },
});
const salon = (service: ScheduleInput): ScheduleInput[] => [
  branch('bra_one', true),
  branch('bra_two', false),
  ...['stf_a', 'stf_b'].map(
    (id): ScheduleInput => ({
      kind: 'staff',
      id,
      body: { companyId: 'com', firstName: id === 'stf_a' ? 'Anna' : 'Ben', branchIds: ['bra_one', 'bra_two'] },
    }),
  ),
  hours('branch', 'bra_one'),
  hours('branch', 'bra_two'),
  hours('staff', 'stf_a'),
  hours('staff', 'stf_b'),
  service,
];

function opened(service: ScheduleInput) {
  const calendar = memoryCalendar();
  const put = calendar.run(COMMANDS.putScheduleMany, { key: 'seed', now: NOW, actor, items: salon(service) });
  if (!put.ok) throw new Error(JSON.stringify(put.error));
  let made = 0;
  const book = (branchId: string, minute: number, staffId: string | null = null) => {
    const key = `book${made++}`;
    return calendar.run(COMMANDS.book, {
      key,
      now: NOW,
      actor,
      appointmentId: `apt_${key}` as never,
      partyIds: [],
      customerId: 'cus_x' as never,
      services: [{ serviceId: 'srv_cut' as never }],
      branchId: branchId as never,
      staffId: staffId as never,
      startsAt: asInstant(NINE + minute * MINUTE),
      source: 'admin',
    } as never);
  };
  return { calendar, book };
}
const booked = (answer: ReturnType<ReturnType<typeof opened>['book']>): Appointment => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return (answer.value as { appointment: Appointment }).appointment;
};
const minutesOf = (one: Appointment): number => (one.endsAt - one.startsAt) / MINUTE;

describe('a branch’s own length and price', () => {
  const service = cut({
    branchOverrides: [{ branchId: 'bra_two', durationMinutes: 50, priceCents: 4_200 }],
    staff: [{ staffId: 'stf_a' }, { staffId: 'stf_b', durationMinutes: 20, priceCents: 6_000 }],
  });

  it.each([
    ['the service’s where the branch has none', 'bra_one', 'stf_a', 30, 3_000],
    ['the branch’s where it has them', 'bra_two', 'stf_a', 50, 4_200],
    ['a person’s own in every branch', 'bra_two', 'stf_b', 20, 6_000],
  ])('is %s', (_what, branchId, staffId, minutes, cents) => {
    const { book } = opened(service);
    const appointment = booked(book(branchId, 0, staffId));
    expect(minutesOf(appointment)).toBe(minutes);
    expect(appointment.priceCents).toBe(cents);
  });

  it('one of the two alone leaves the other as the service has it', () => {
    const body = serviceBodySchema.parse(cut({ branchOverrides: [{ branchId: 'bra_two', priceCents: 1 }] }).body);
    expect(termsOf(body, 'bra_two', null)).toEqual({ durationMinutes: 30, priceCents: 1 });
    expect(termsOf(body, 'bra_one', null)).toEqual({ durationMinutes: 30, priceCents: 3_000 });
  });

  it('a service saved before branches could differ has one length and one price', () => {
    const { branchOverrides: _, ...old } = serviceBodySchema.parse(cut({}).body);
    expect(termsOf(old as never, 'bra_two', 'stf_a')).toEqual({ durationMinutes: 30, priceCents: 3_000 });
  });

  it.each([
    ['a branch named twice', { branchOverrides: [{ branchId: 'bra_one' }, { branchId: 'bra_one' }] }],
    [
      'a length of a composite service',
      {
        segments: [{ id: 's', kind: 'active', durationMinutes: 30 }],
        branchOverrides: [{ branchId: 'bra_one', durationMinutes: 40 }],
      },
    ],
    [
      'more than a day',
      { bufferAfterMinutes: 400, branchOverrides: [{ branchId: 'bra_one', durationMinutes: 1_440 }] },
    ],
  ])('refuses %s', (_what, more) => {
    expect(serviceBodySchema.safeParse(cut(more).body).success).toBe(false);
  });

  it('what was booked keeps what it was quoted when the branch changes its length', () => {
    const { calendar, book } = opened(service);
    const before = booked(book('bra_two', 0, 'stf_a'));
    const put = calendar.run(COMMANDS.putSchedule, {
      key: 'longer',
      now: NOW,
      actor,
      ...cut({ branchOverrides: [{ branchId: 'bra_two', durationMinutes: 90, priceCents: 9_900 }] }),
      expectedVersion: null,
    } as never);
    expect(put).toMatchObject({ ok: true, value: { stranded: 0 } });
    const kept = calendar.store.appointments.find(before.id);
    expect(kept && [minutesOf(kept), kept.priceCents]).toEqual([50, 4_200]);
  });

  it('a branch that no longer offers the service names the appointments that lose their place', () => {
    const { calendar, book } = opened(service);
    const there = booked(book('bra_two', 0, 'stf_a'));
    booked(book('bra_one', 120, 'stf_a'));
    const change = { key: 'less', now: NOW, actor, ...cut({ branchIds: ['bra_one'] }), expectedVersion: null };
    expect(calendar.run(COMMANDS.putSchedule, change as never)).toMatchObject({
      ok: false,
      error: { code: 'WOULD_STRAND', details: { appointments: 1, stranded: [{ appointment_id: there.id }] } },
    });
  });
});

describe('with lengths that differ from branch to branch', () => {
  it('nobody is in two places, every visit has its branch’s length, and what is offered can be booked', () => {
    const length = fc.option(fc.integer({ min: 1, max: 20 }).map((n) => n * 5));
    const world = fc.record({
      one: length,
      two: length,
      own: length,
      after: fc.constantFrom(0, 10),
      requests: fc.array(
        fc.record({
          branchId: fc.constantFrom('bra_one', 'bra_two'),
          minute: fc.integer({ min: 0, max: 60 }).map((n) => n * 10),
          staffId: fc.constantFrom(null, null, 'stf_a', 'stf_b'),
        }),
        { minLength: 5, maxLength: 25 },
      ),
    });
    let [accepted, refused, differing] = [0, 0, 0];
    fc.assert(
      fc.property(world, ({ one, two, own, after, requests }) => {
        const service = cut({
          bufferAfterMinutes: after,
          staff: [{ staffId: 'stf_a' }, { staffId: 'stf_b', durationMinutes: own }],
          branchOverrides: [
            { branchId: 'bra_one', durationMinutes: one },
            { branchId: 'bra_two', durationMinutes: two },
          ],
        });
        const { calendar, book } = opened(service);
        const made: Appointment[] = [];
        for (const { branchId, minute, staffId } of requests) {
          const startsAt = asInstant(NINE + minute * MINUTE);
          const asked = checkAvailability(
            calendar.store.schedule.current(),
            calendar.store.busy,
            {
              now: NOW,
              services: [{ serviceId: 'srv_cut' }],
              branchId,
              staffId,
              at: { startsAt },
              window: { fromDate: '2027-02-02', untilDate: '2027-02-02' },
            } as never,
            [],
          );
          const offered = asked.ok && asked.value.available;
          const answer = book(branchId, minute, staffId);
          expect(answer.ok).toBe(offered);
          if (!answer.ok) {
            refused++;
            continue;
          }
          accepted++;
          const appointment = booked(answer);
          const here = branchId === 'bra_one' ? one : two;
          const expected = (appointment.staffId === 'stf_b' ? own : null) ?? here ?? 30;
          expect(minutesOf(appointment)).toBe(expected);
          if (expected !== 30) differing++;
          made.push(appointment);
        }
        for (const [i, first] of made.entries())
          for (const second of made.slice(i + 1))
            if (first.staffId === second.staffId)
              expect(
                first.startsAt < second.endsAt + after * MINUTE && second.startsAt < first.endsAt + after * MINUTE,
              ).toBe(false);
      }),
      { numRuns: 60, seed: 20_270_202 },
    );
    expect(accepted).toBeGreaterThan(200);
    expect(refused).toBeGreaterThan(100);
    expect(differing).toBeGreaterThan(100);
  }, 60_000);
});
