/** The table of states: every verb from every state, and what dates do. */
import { describe, expect, it } from 'vitest';
import { TENANT_STATUSES, TENANT_VERBS, type TenantStatus } from '../../../shared/tenant-status.ts';
import { DAY } from '../../../shared/time.ts';
import { columnsOf, type StatusFacts, statusAfter, statusByDate, verbsOf } from './status.ts';

const NOW = 1_800_000_000_000;
const facts = (status: TenantStatus, over: Partial<StatusFacts> = {}): StatusFacts => ({
  status,
  planId: 'plan',
  trialEndsAt: null,
  pastDueSince: null,
  ...over,
});

const TABLE: Readonly<Record<TenantStatus, Readonly<Record<(typeof TENANT_VERBS)[number], TenantStatus | null>>>> = {
  trial: { suspend: 'suspended', reactivate: null, close: 'closed', reopen: null },
  active: { suspend: 'suspended', reactivate: null, close: 'closed', reopen: null },
  past_due: { suspend: 'suspended', reactivate: 'active', close: 'closed', reopen: null },
  suspended: { suspend: null, reactivate: 'active', close: 'closed', reopen: null },
  closed: { suspend: null, reactivate: null, close: null, reopen: 'active' },
};

describe('by hand', () => {
  it.each(TENANT_STATUSES.flatMap((status) => TENANT_VERBS.map((verb) => [status, verb] as const)))(
    '%s: %s',
    (status, verb) => {
      expect(statusAfter(facts(status), verb, NOW)).toBe(TABLE[status][verb]);
      expect(verbsOf(status).includes(verb)).toBe(TABLE[status][verb] !== null);
    },
  );

  it('who is let in again while the trial runs goes on with it, unless a plan was chosen', () => {
    const trial = { planId: null, trialEndsAt: NOW + 1 };
    expect(statusAfter(facts('suspended', trial), 'reactivate', NOW)).toBe('trial');
    expect(statusAfter(facts('closed', trial), 'reopen', NOW)).toBe('trial');
    expect(statusAfter(facts('suspended', { ...trial, trialEndsAt: NOW }), 'reactivate', NOW)).toBe('active');
    expect(statusAfter(facts('suspended', { ...trial, planId: 'plan' }), 'reactivate', NOW)).toBe('active');
  });
});

describe('by date', () => {
  it.each([
    ['a trial before its end', facts('trial', { planId: null, trialEndsAt: NOW + 1 }), null],
    ['a trial without an end', facts('trial', { planId: null }), null],
    ['a trial at its end without a plan', facts('trial', { planId: null, trialEndsAt: NOW }), 'past_due'],
    ['a trial at its end with a plan', facts('trial', { trialEndsAt: NOW }), 'active'],
    ['six days past due', facts('past_due', { pastDueSince: NOW - 6 * DAY }), null],
    ['seven days past due', facts('past_due', { pastDueSince: NOW - 7 * DAY }), 'suspended'],
    ['active, whatever once ended', facts('active', { trialEndsAt: NOW - DAY, pastDueSince: NOW - 30 * DAY }), null],
    ['closed', facts('closed', { trialEndsAt: NOW - DAY, pastDueSince: NOW - 30 * DAY }), null],
  ] as const)('%s', (_name, given, expected) => {
    expect(statusByDate(given, NOW)?.status ?? null).toBe(expected);
  });

  it('a state begins now, and its reason goes with the state it explains', () => {
    expect(columnsOf('past_due', 'trial_ended', NOW)).toEqual({
      status: 'past_due',
      pastDueSince: NOW,
      suspendedAt: null,
      statusReason: 'trial_ended',
    });
    expect(columnsOf('active', 'offen', NOW)).toMatchObject({ suspendedAt: null, statusReason: null });
    expect(columnsOf('suspended', 'offen', NOW)).toMatchObject({ suspendedAt: NOW, statusReason: 'offen' });
  });
});
