/** The table of states: every verb from every state, and what dates do. */
import { describe, expect, it } from 'vitest';
import { TENANT_STATUSES, TENANT_VERBS, type TenantStatus } from '../../../shared/tenant-status.ts';
import { DAY } from '../../../shared/time.ts';
import { columnsOf, type StatusFacts, statusAfter, statusByDate, trialNotice, verbsOf } from './status.ts';

const NOW = 1_800_000_000_000;
const facts = (status: TenantStatus, over: Partial<StatusFacts> = {}): StatusFacts => ({
  status,
  planId: 'plan',
  trialEndsAt: null,
  pastDueSince: null,
  ...over,
});

const TABLE: Readonly<Record<TenantStatus, Readonly<Record<(typeof TENANT_VERBS)[number], TenantStatus | null>>>> = {
  trial: { mark_past_due: 'past_due', suspend: 'suspended', reactivate: null, close: 'closed', reopen: null },
  active: { mark_past_due: 'past_due', suspend: 'suspended', reactivate: null, close: 'closed', reopen: null },
  past_due: { mark_past_due: null, suspend: 'suspended', reactivate: 'active', close: 'closed', reopen: null },
  suspended: { mark_past_due: null, suspend: null, reactivate: 'active', close: 'closed', reopen: null },
  closed: { mark_past_due: null, suspend: null, reactivate: null, close: null, reopen: 'active' },
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

describe('the end of a trial is announced', () => {
  const of = (ends: number, over: { createdAt?: number; trialToldDays?: number | null; status?: TenantStatus } = {}) =>
    trialNotice({ status: 'trial', trialEndsAt: ends, createdAt: NOW - 30 * DAY, trialToldDays: null, ...over }, NOW);
  it.each([
    ['eight days before', of(NOW + 8 * DAY), null],
    ['seven days before', of(NOW + 7 * DAY), 7],
    ['six days before, where it was', of(NOW + 6 * DAY, { trialToldDays: 7 }), null],
    ['a day before', of(NOW + DAY, { trialToldDays: 7 }), 1],
    ['a day before, where the week was missed', of(NOW + DAY), 1],
    ['hours before, where it was', of(NOW + 1, { trialToldDays: 1 }), null],
    ['at its end', of(NOW), null],
    ['of a trial of five days: not for the week', of(NOW + 5 * DAY, { createdAt: NOW }), null],
    ['of a trial of five days: for its last day', of(NOW + DAY, { createdAt: NOW - 4 * DAY, trialToldDays: 7 }), 1],
    ['of whoever tests no more', of(NOW + DAY, { status: 'active' }), null],
  ] as const)('%s', (_name, found, expected) => {
    expect(found).toBe(expected);
  });
});
