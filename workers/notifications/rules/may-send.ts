/**
 * Pure: whether a message may leave, by what it is by law (docs/consents.md). Asked when a message is enqueued and again when it is sent,
 * through notifications/may-send.ts, which gathers the facts.
 */
import type { Because, ConsentPurpose, ConsentState, LegalClass, Verdict } from '../../../shared/message-sets.ts';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { nextLoud, type QuietHours, quietAt, type QuietPlace } from './quiet-hours.ts';

/** What of it needs a consent or may be refused; null: nobody can refuse it. */
export const PURPOSE_OF: Readonly<Record<LegalClass, ConsentPurpose | null>> = {
  service: null,
  reminder: 'reminder',
  review: 'review',
  marketing: 'marketing',
};

export interface MaySendFacts {
  legalClass: LegalClass;
  /** when it is to leave */
  at: Instant;
  /** from when on it is of no use; null: it always is */
  expiresAt: number | null;
  hasAddress: boolean;
  /** the newest consent of its purpose and channel; null: nobody ever said anything */
  consent: { state: ConsentState; at: number } | null;
  /** when the number or address said stop; null: it did not */
  stoppedAt: number | null;
  practiceMode: boolean;
  quiet: QuietHours;
  place: QuietPlace;
}

export interface MaySend {
  verdict: Verdict;
  /** when it leaves: the asked instant, or the one it moves to */
  at: Instant;
  because: Because;
}

/** Consent as it counts now: a stop counts like a withdrawal, whichever is newer. */
export function standing({ consent, stoppedAt }: Pick<MaySendFacts, 'consent' | 'stoppedAt'>): ConsentState | null {
  if (stoppedAt !== null && (consent === null || stoppedAt >= consent.at)) return 'withdrawn';
  return consent?.state ?? null;
}

/** What consent says of it, before the clock is asked. */
function allowed(facts: MaySendFacts): { may: boolean; because: Because } {
  const state = standing(facts);
  if (state === 'withdrawn') return { may: false, because: 'withdrawn' };
  if (state === 'given') return { may: true, because: 'consent' };
  if (facts.legalClass !== 'reminder') return { may: false, because: 'no_consent' };
  return facts.practiceMode ? { may: false, because: 'practice_mode' } : { may: true, because: 'no_objection' };
}

/** Send, move to an instant, or stop. What is owed by contract (`service`) always goes, by night too. */
export function decideMaySend(facts: MaySendFacts): MaySend {
  const { at, expiresAt } = facts;
  if (!facts.hasAddress) return { verdict: 'stop', at, because: 'no_address' };
  if (facts.legalClass === 'service') return { verdict: 'send', at, because: 'service' };
  const { may, because } = allowed(facts);
  if (!may) return { verdict: 'stop', at, because };
  const quiet = quietAt(facts.quiet, facts.place, at);
  if (quiet === null) return { verdict: 'send', at, because };
  const later = nextLoud(facts.quiet, facts.place, at);
  if (later === null || (expiresAt !== null && later >= expiresAt)) return { verdict: 'stop', at, because: 'too_late' };
  return { verdict: 'move', at: asInstant(later), because: quiet };
}
