/** Guarantees of the push plan: from any state at Cal.com, repeated pushes lead to our state and then do nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { type OurAppointment, planPush, type TheirBooking } from './plan.ts';

const at = asInstant(1_795_000_000_000);
const HOUR = 3_600_000;
const later = asInstant(at + HOUR);
const booking = (over: Partial<TheirBooking> = {}): TheirBooking => ({
  uid: 'u1',
  status: 'accepted',
  startsAt: at,
  endsAt: asInstant((over.startsAt ?? at) + HOUR),
  eventTypeId: '77',
  hostId: '501',
  movedToUid: null,
  ...over,
});
const ours = (over: Partial<OurAppointment> = {}): OurAppointment => ({
  active: true,
  pending: false,
  startsAt: at,
  endsAt: asInstant((over.startsAt ?? at) + HOUR),
  past: false,
  over: false,
  eventTypeIds: ['7701', '77'],
  hostId: '501',
  ...over,
});

describe('planPush', () => {
  it.each([
    ['creates what is not there', ours(), null, { kind: 'create' }],
    ['leaves what agrees', ours(), booking(), { kind: 'nothing' }],
    ['moves what lies elsewhere', ours({ startsAt: later }), booking(), { kind: 'move', uid: 'u1' }],
    [
      'gives it to the person at the same hour',
      ours({ hostId: '502' }),
      booking(),
      { kind: 'reassign', uid: 'u1', hostId: '502' },
    ],
    [
      'moves before it asks for the host',
      ours({ startsAt: later, hostId: '502' }),
      booking(),
      { kind: 'move', uid: 'u1' },
    ],
    [
      'replaces what has another length',
      ours({ endsAt: asInstant(at + 2 * HOUR) }),
      booking(),
      { kind: 'replace', uid: 'u1' },
    ],
    ['replaces what is of another service', ours(), booking({ eventTypeId: '88' }), { kind: 'replace', uid: 'u1' }],
    [
      'replaces a booking under another person’s own type',
      ours({ eventTypeIds: ['7702', '77'], hostId: '502' }),
      booking({ eventTypeId: '7701' }),
      { kind: 'replace', uid: 'u1' },
    ],
    ['leaves a booking whose type was deleted', ours(), booking({ eventTypeId: null }), { kind: 'nothing' }],
    ['compares no host that nobody mapped', ours({ hostId: null }), booking(), { kind: 'nothing' }],
    ['compares no host that Cal.com did not say', ours(), booking({ hostId: null }), { kind: 'nothing' }],
    ['accepts there what is confirmed here', ours(), booking({ status: 'pending' }), { kind: 'confirm', uid: 'u1' }],
    [
      'lets what is pending here wait there',
      ours({ pending: true }),
      booking({ status: 'pending' }),
      { kind: 'nothing' },
    ],
    ['cancels what we cancelled', ours({ active: false }), booking(), { kind: 'cancel', uid: 'u1' }],
    ['does not cancel twice', ours({ active: false }), booking({ status: 'cancelled' }), { kind: 'nothing' }],
    ['cancels nothing that is over', ours({ active: false, past: true, over: true }), booking(), { kind: 'nothing' }],
    ['does not create what is cancelled here', ours({ active: false }), null, { kind: 'nothing' }],
    [
      'follows a move made there',
      ours(),
      booking({ status: 'cancelled', movedToUid: 'u2' }),
      { kind: 'follow', uid: 'u2' },
    ],
    ['creates again what they cancelled and we keep', ours(), booking({ status: 'cancelled' }), { kind: 'create' }],
    ['does not push the past', ours({ past: true }), null, { kind: 'nothing' }],
    ['leaves what has begun as it is', ours({ past: true, hostId: '502' }), booking(), { kind: 'nothing' }],
  ] as const)('%s', (_name, mine, theirs, step) => {
    expect(planPush(mine, theirs)).toEqual(step);
  });

  it('converges: acting on the plan leaves nothing to do, whatever the start', () => {
    const length = fc.constantFrom(HOUR, 2 * HOUR);
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(at, later),
        length,
        fc.constantFrom('501', '502', null),
        fc.option(
          fc.record({
            status: fc.constantFrom('accepted', 'pending', 'cancelled', 'rejected'),
            startsAt: fc.constantFrom(at, later),
            length,
            hostId: fc.constantFrom('501', '502', '503', null),
            eventTypeId: fc.constantFrom('77', '7701', '88', null),
          }),
          { nil: null },
        ),
        (active, pending, startsAt, minutes, hostId, start) => {
          const mine = ours({ active, pending, startsAt, endsAt: asInstant(startsAt + minutes), hostId });
          const made = (more: Partial<TheirBooking> = {}): TheirBooking =>
            booking({ startsAt, endsAt: mine.endsAt, hostId: '501', eventTypeId: '77', ...more });
          let world: TheirBooking | null = start
            ? booking({ ...start, endsAt: asInstant(start.startsAt + start.length) })
            : null;
          for (let i = 0; i < 8; i++) {
            const step = planPush(mine, world);
            if (step.kind === 'nothing') break;
            if (step.kind === 'create') world = made();
            if (!world) continue;
            const kept: TheirBooking = world;
            if (step.kind === 'move')
              world = {
                ...kept,
                startsAt,
                endsAt: asInstant(startsAt + (kept.endsAt - kept.startsAt)),
                uid: `${step.uid}'`,
              };
            if (step.kind === 'reassign') world = { ...kept, hostId: step.hostId };
            if (step.kind === 'confirm') world = { ...kept, status: 'accepted' };
            if (step.kind === 'cancel' || step.kind === 'replace') world = { ...kept, status: 'cancelled' };
          }
          expect(planPush(mine, world)).toEqual({ kind: 'nothing' });
        },
      ),
    );
  });
});
