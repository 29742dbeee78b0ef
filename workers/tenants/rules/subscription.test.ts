/** Events of a subscription in any order, and what they make of a tenant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TenantStatus, TenantSubscription } from '../../../shared/tenant-status.ts';
import { isNewer, isPaidBySubscription, statusBySubscription, type Told } from './subscription.ts';

const told = (at: number, status: string, id = 'sub_1'): Told => ({ id, status, at });
const known = (at: number, status: string, id = 'sub_1', owes = false): TenantSubscription => ({
  id,
  status,
  at,
  owes,
});

it.each<[string, TenantSubscription | null, Told, boolean]>([
  ['the first event', null, told(1, 'active'), true],
  ['a later one', known(1, 'active'), told(2, 'past_due'), true],
  ['an earlier one', known(2, 'past_due'), told(1, 'active'), false],
  ['the same again', known(2, 'past_due'), told(2, 'past_due'), false],
  ['of one second the worse', known(2, 'active'), told(2, 'past_due'), true],
  ['of one second the better', known(2, 'past_due'), told(2, 'active'), false],
  ['anything after the end', known(2, 'canceled'), told(9, 'active'), false],
  ['the end of an earlier subscription', known(5, 'active', 'sub_2'), told(9, 'canceled', 'sub_1'), false],
  ['a new one after the old', known(5, 'canceled'), told(9, 'active', 'sub_2'), true],
  ['an older one beside the new', known(5, 'active', 'sub_2'), told(4, 'active', 'sub_1'), false],
])('%s', (_name, before, event, newer) => expect(isNewer(before, event)).toBe(newer));

it('in any order and however often, the newest is what holds', () => {
  const statuses = ['incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused', 'canceled'];
  const events = fc.uniqueArray(
    fc.record({ at: fc.integer({ min: 1, max: 50 }), status: fc.constantFrom(...statuses) }),
    {
      selector: ({ at }) => at,
      minLength: 1,
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(events, fc.infiniteStream(fc.nat()), (all, random) => {
      const end = all.filter(({ status }) => status === 'canceled').sort((a, b) => a.at - b.at)[0];
      // Stripe tells nothing of a subscription after its end.
      const real = all.filter(({ at }) => end === undefined || at <= end.at);
      const dice = random[Symbol.iterator]();
      const shuffled = [...real, ...real]
        .map((one) => ({ one, by: Number(dice.next().value) }))
        .sort((a, b) => a.by - b.by);
      let state: TenantSubscription | null = null;
      for (const { one } of shuffled)
        if (isNewer(state, told(one.at, one.status))) state = { ...told(one.at, one.status), owes: false };
      const newest = [...real].sort((a, b) => b.at - a.at)[0];
      expect(state).toMatchObject({ at: newest?.at, status: newest?.status });
    }),
  );
});

describe('what follows', () => {
  const facts = (status: TenantStatus, statusReason: string | null = null) => ({
    status,
    statusReason,
    planId: 'plan_1',
    trialEndsAt: null,
    pastDueSince: null,
  });
  it.each<[string, ReturnType<typeof facts>, boolean, string, TenantStatus | null, boolean]>([
    ['a missing payment makes past due', facts('active'), false, 'past_due', 'past_due', true],
    ['an end makes past due', facts('active'), false, 'canceled', 'past_due', true],
    ['a payment ends it', facts('past_due', 'past_due'), true, 'active', 'active', false],
    [
      'a payment after the days of grace lets in again',
      facts('suspended', 'past_due'),
      true,
      'active',
      'active',
      false,
    ],
    ['whom a person suspended a payment does not let in', facts('suspended', 'abuse'), true, 'active', null, false],
    ['who is past due for another reason stays so', facts('past_due', 'trial_ended'), false, 'active', null, false],
    ['a closed account stays closed', facts('closed'), false, 'past_due', null, false],
    ['a pause changes nothing', facts('active'), false, 'paused', null, false],
  ])('%s', (_name, of, owes, status, next, owing) =>
    expect(statusBySubscription(of, owes, status, 0)).toEqual({ status: next, owes: owing }),
  );
  it.each([
    ['active', true],
    ['past_due', true],
    ['incomplete', false],
    ['canceled', false],
  ])('the base fee of a subscription that is %s is Stripe’s: %s', (status, isStripes) =>
    expect(isPaidBySubscription(known(1, status))).toBe(isStripes),
  );
});
