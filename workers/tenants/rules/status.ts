/**
 * Pure: which states a tenant passes through, by hand and by date. Called by the commands that change a state and by the cron that
 * looks at dates.
 */
import { GRACE_DAYS, TRIAL_NOTICE_DAYS, type TenantStatus, type TenantVerb } from '../../../shared/tenant-status.ts';
import { DAY } from '../../../shared/time.ts';

/** What the state of a tenant depends on. Instants are epoch ms. */
export interface StatusFacts {
  status: TenantStatus;
  planId: string | null;
  trialEndsAt: number | null;
  pastDueSince: number | null;
}

/** From which states each verb leads on. */
const FROM: Readonly<Record<TenantVerb, readonly TenantStatus[]>> = {
  mark_past_due: ['trial', 'active'],
  suspend: ['trial', 'active', 'past_due'],
  reactivate: ['past_due', 'suspended'],
  close: ['trial', 'active', 'past_due', 'suspended'],
  reopen: ['closed'],
};

/** Where somebody who is let in again belongs: a trial that still runs goes on, everybody else works. */
const restored = ({ planId, trialEndsAt }: StatusFacts, now: number): TenantStatus =>
  planId === null && trialEndsAt !== null && trialEndsAt > now ? 'trial' : 'active';

/** The state that a verb leads to; null: it is none of this state's. */
export function statusAfter(facts: StatusFacts, verb: TenantVerb, now: number): TenantStatus | null {
  if (!FROM[verb].includes(facts.status)) return null;
  switch (verb) {
    case 'mark_past_due':
      return 'past_due';
    case 'suspend':
      return 'suspended';
    case 'close':
      return 'closed';
    case 'reactivate':
    case 'reopen':
      return restored(facts, now);
  }
}

/** Verbs of a state, in the order of the table. */
export const verbsOf = (status: TenantStatus): TenantVerb[] =>
  (Object.keys(FROM) as TenantVerb[]).filter((verb) => FROM[verb].includes(status));

/** Why a date changed a state: the key of a sentence for its owner. */
type DatedReason = 'trial_ended' | 'past_due';

/**
 * What a date makes of a tenant; null: nothing yet. A trial with a plan goes over into it, one without is past due; a week later it is
 * suspended. What was missed for longer is made up step by step: each step has its own week.
 */
export function statusByDate(
  facts: StatusFacts,
  now: number,
): { status: TenantStatus; why: DatedReason | null } | null {
  const { status, planId, trialEndsAt, pastDueSince } = facts;
  if (status === 'trial' && trialEndsAt !== null && trialEndsAt <= now)
    return planId === null ? { status: 'past_due', why: 'trial_ended' } : { status: 'active', why: null };
  if (status === 'past_due' && pastDueSince !== null && pastDueSince + GRACE_DAYS * DAY <= now)
    return { status: 'suspended', why: 'past_due' };
  return null;
}

/**
 * Which notice of its trial's end a tenant's owners are due: the day count of the table; null: none now. A trial that is shorter than that begins
 * without it, and each is given once.
 */
export function trialNotice(
  { status, trialEndsAt, createdAt, trialToldDays }: TrialFacts,
  now: number,
): (typeof TRIAL_NOTICE_DAYS)[number] | null {
  if (status !== 'trial' || trialEndsAt === null || trialEndsAt <= now) return null;
  // The nearest to the end first: who was told of the last day is not told of the week.
  for (const days of [...TRIAL_NOTICE_DAYS].reverse()) {
    const from = trialEndsAt - days * DAY;
    if (now < from) continue;
    return createdAt < from && (trialToldDays === null || trialToldDays > days) ? days : null;
  }
  return null;
}
interface TrialFacts {
  status: TenantStatus;
  trialEndsAt: number | null;
  createdAt: number;
  trialToldDays: number | null;
}

/** The columns that go with a state. */
interface StatusColumns {
  status: TenantStatus;
  pastDueSince: number | null;
  suspendedAt: number | null;
  statusReason: string | null;
}

/** What a row says after a change of its state. @param reason as its owner reads it */
export const columnsOf = (status: TenantStatus, reason: string | null, now: number): StatusColumns => ({
  status,
  pastDueSince: status === 'past_due' ? now : null,
  suspendedAt: status === 'suspended' ? now : null,
  statusReason: status === 'suspended' || status === 'closed' || status === 'past_due' ? reason : null,
});

/** Whether its ledger lets no new spend begin. */
export const isStopped = (status: TenantStatus): boolean => status === 'suspended' || status === 'closed';
