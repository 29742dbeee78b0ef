/** Guarantees of the push plan: from any state at Cal.com, repeated pushes lead to our state and then do nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { type OurAppointment, planPush, type TheirBooking } from './plan.ts';

const at = asInstant(1_795_000_000_000);
const later = asInstant(at + 3_600_000);
const booking = (over: Partial<TheirBooking> = {}): TheirBooking => ({
  uid: 'u1',
  status: 'accepted',
  startsAt: at,
  movedToUid: null,
  ...over,
});
const ours = (over: Partial<OurAppointment> = {}): OurAppointment => ({
  active: true,
  startsAt: at,
  past: false,
  ...over,
});

describe('planPush', () => {
  it.each([
    ['creates what is not there', ours(), null, { kind: 'create' }],
    ['leaves what agrees', ours(), booking(), { kind: 'nothing' }],
    ['moves what lies elsewhere', ours({ startsAt: later }), booking(), { kind: 'move', uid: 'u1' }],
    ['cancels what we cancelled', ours({ active: false }), booking(), { kind: 'cancel', uid: 'u1' }],
    ['does not cancel twice', ours({ active: false }), booking({ status: 'cancelled' }), { kind: 'nothing' }],
    ['does not create what is cancelled here', ours({ active: false }), null, { kind: 'nothing' }],
    [
      'follows a move made there',
      ours(),
      booking({ status: 'cancelled', movedToUid: 'u2' }),
      { kind: 'follow', uid: 'u2' },
    ],
    ['creates again what they cancelled and we keep', ours(), booking({ status: 'cancelled' }), { kind: 'create' }],
    ['does not push the past', ours({ past: true }), null, { kind: 'nothing' }],
  ] as const)('%s', (_name, mine, theirs, step) => {
    expect(planPush(mine, theirs)).toEqual(step);
  });

  it('converges: acting on the plan leaves nothing to do, whatever the start', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.constantFrom(at, later),
        fc.option(
          fc.record({
            status: fc.constantFrom('accepted', 'pending', 'cancelled', 'rejected'),
            startsAt: fc.constantFrom(at, later),
          }),
          { nil: null },
        ),
        (active, startsAt, start) => {
          const mine = ours({ active, startsAt });
          let world: TheirBooking | null = start ? booking(start) : null;
          for (let i = 0; i < 5; i++) {
            const step = planPush(mine, world);
            if (step.kind === 'nothing') break;
            if (step.kind === 'create') world = booking({ startsAt });
            if (step.kind === 'move') world = booking({ startsAt, uid: `${step.uid}'` });
            if (step.kind === 'cancel' && world) world = { ...world, status: 'cancelled' };
          }
          expect(planPush(mine, world)).toEqual({ kind: 'nothing' });
        },
      ),
    );
  });
});
