/**
 * Pure: what is known of a call as a join of its events. Each field keeps the value of the source with the highest precedence, so that any order,
 * any repetition and any subset followed by the rest end in the same row. Called by call-store.ts.
 */
import type { CallDirection, CallStatus, Sentiment, Speaker } from '../../shared/call-status.ts';
import type { Instant } from '../../shared/clock.ts';
import { canonicalJson } from '../object-runtime/hash.ts';

/** Sources of call facts, lowest precedence first. A later stage of the call wins; get-call ranks just below the end; what a person of ours said stands above all of it. */
const SOURCES = [
  'function',
  'conversation',
  'inbound',
  'call_started',
  'get_call',
  'call_ended',
  'call_analyzed',
  'person',
] as const;
export type CallSource = (typeof SOURCES)[number];

export interface TranscriptTurn {
  role: Speaker;
  text: string;
  /** seconds from the start of the call */
  at: number | null;
}

/** Everything that can be known of a call; absent = not given. `null` never overwrites. */
export interface CallFacts {
  companyId?: string;
  branchId?: string;
  customerId?: string;
  appointmentId?: string;
  agentId?: string;
  direction?: CallDirection;
  fromNumber?: string;
  toNumber?: string;
  startedAt?: Instant;
  endedAt?: Instant;
  durationMs?: number;
  disconnectionReason?: string;
  language?: string;
  /** `transcriptMark`: the text itself lies beside the knowledge */
  transcript?: string;
  summary?: string;
  sentiment?: Sentiment;
  successful?: boolean;
  recordingUrl?: string;
  analysis?: Record<string, unknown>;
  costUsdMicros?: number;
  costParts?: { product: string; costUsdMicros: number }[];
  /** the caller said no to being recorded, and a function was told */
  noRecording?: true;
  /** the conversation is over */
  over?: true;
  /** the provider's analysis has arrived */
  analyzed?: true;
}
type Field = keyof CallFacts;

/** Field → value with the rank of its source. */
export type CallKnowledge = { [K in Field]?: { rank: number; value: NonNullable<CallFacts[K]> } };

/** Never connected: no conversation, nothing is charged (Retell's reasons; the list grows). */
const NEVER_CONNECTED = new Set([
  'dial_failed',
  'dial_no_answer',
  'dial_busy',
  'user_declined',
  'invalid_destination',
  'registered_call_timeout',
  'telephony_provider_permission_denied',
  'telephony_provider_unavailable',
  'sip_routing_error',
  'marked_as_spam',
  'no_valid_payment',
  'concurrency_limit_reached',
  'no_concurrency_fallback',
  'error_user_not_joined',
]);

/** Stands for a transcript inside the knowledge: longer ones win, equal texts are equal. @param hash of the text */
export const transcriptMark = (chars: number, hash: string): string => `${String(chars).padStart(10, '0')}:${hash}`;

/** Total order of values of one field and one rank: larger wins. Text: the longer (a transcript only grows), then by code unit. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = typeof a === 'string' ? a : canonicalJson(a);
  const right = typeof b === 'string' ? b : canonicalJson(b);
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** One source's facts, each with its source. */
export function knowledgeOf(source: CallSource, facts: CallFacts): CallKnowledge {
  const rank = SOURCES.indexOf(source);
  const made: Record<string, { rank: number; value: unknown }> = {};
  for (const [field, value] of Object.entries(facts)) {
    if (value !== undefined && value !== null) made[field] = { rank, value };
  }
  return made as CallKnowledge;
}

/** Joins two states of knowledge: commutative, associative, idempotent. */
export function joinKnowledge(a: CallKnowledge, b: CallKnowledge): CallKnowledge {
  const made: Record<string, { rank: number; value: unknown }> = { ...a };
  for (const [field, theirs] of Object.entries(b)) {
    const ours = made[field];
    if (!ours || theirs.rank > ours.rank || (theirs.rank === ours.rank && compare(theirs.value, ours.value) > 0)) {
      made[field] = theirs;
    }
  }
  return made as CallKnowledge;
}

/** Stands for a customer whom a person of ours has taken off the call: an absent fact would let the next event bring them back. */
const NOBODY = '';

/** Knowledge in which a person of ours has said whose call it is. Takes the place of what they said before. @param customerId null: nobody's */
export const saidByPerson = (known: CallKnowledge, customerId: string | null): CallKnowledge => ({
  ...known,
  ...knowledgeOf('person', { customerId: customerId ?? NOBODY }),
});

/** Whose call it is; null: nobody's whom we know. */
export const customerIdOf = (knowledge: CallKnowledge): string | null => knownOf(knowledge, 'customerId') || null;

/** What several events of one source say together: merging it is merging each of them. */
export const joinFacts = <F extends CallFacts>(all: readonly F[]): F => {
  const joined = all.map((facts) => knowledgeOf('conversation', facts)).reduce(joinKnowledge, {});
  return Object.fromEntries(Object.entries(joined).map(([field, { value }]) => [field, value])) as unknown as F;
};

/** True when `next` adds no fact to `known`. */
export const sameKnowledge = (known: CallKnowledge, next: CallKnowledge): boolean =>
  canonicalJson(known) === canonicalJson(next);

export const knownOf = <K extends Field>(knowledge: CallKnowledge, field: K): NonNullable<CallFacts[K]> | null =>
  (knowledge[field] as { value: NonNullable<CallFacts[K]> } | undefined)?.value ?? null;

/** Whether what is known of the conversation is no more than what the functions were told on the way: what was said after the last one is missing. */
export const isPartial = (knowledge: CallKnowledge): boolean =>
  knowledge.transcript?.rank === SOURCES.indexOf('function');

/** Where the call stands; an analysis means that the call is over, also when the end's own event was lost. */
export function statusOf(knowledge: CallKnowledge): CallStatus {
  if (knowledge.analyzed) return 'analyzed';
  return knowledge.over ? 'ended' : 'ongoing';
}

/** Milliseconds of the conversation: as given, else end − start, else null. */
export function durationOf(knowledge: CallKnowledge): number | null {
  const given = knownOf(knowledge, 'durationMs');
  if (given !== null) return given;
  const started = knownOf(knowledge, 'startedAt');
  const ended = knownOf(knowledge, 'endedAt');
  return started !== null && ended !== null ? Math.max(0, ended - started) : null;
}

/** When a call that is over ended: as given, else start + duration; null while it goes on, or unknown. */
export function endedAtOf(knowledge: CallKnowledge): Instant | null {
  const ended = knownOf(knowledge, 'endedAt');
  if (ended !== null || statusOf(knowledge) === 'ongoing') return ended;
  const duration = durationOf(knowledge);
  return duration === null ? null : endOf(knowledge, duration);
}

type Settlement =
  | { kind: 'hold' }
  /** whole seconds, started ones count; `occurredAt` null: the end is not known, take the opening of the row */
  | { kind: 'settle'; seconds: number; occurredAt: Instant | null }
  /** no conversation */
  | { kind: 'void' }
  /** over, but its length is not known yet: the hold stays until an event or get-call says it */
  | { kind: 'wait' };

/** What the money of a call in this state needs. */
export function settlementOf(knowledge: CallKnowledge): Settlement {
  if (statusOf(knowledge) === 'ongoing') return { kind: 'hold' };
  const duration = durationOf(knowledge);
  const reason = knownOf(knowledge, 'disconnectionReason');
  if (duration !== null && duration > 0) {
    return { kind: 'settle', seconds: Math.ceil(duration / 1000), occurredAt: endOf(knowledge, duration) };
  }
  if (duration === 0 || (reason !== null && NEVER_CONNECTED.has(reason))) return { kind: 'void' };
  return { kind: 'wait' };
}

function endOf(knowledge: CallKnowledge, duration: number): Instant | null {
  const ended = knownOf(knowledge, 'endedAt');
  if (ended !== null) return ended;
  const started = knownOf(knowledge, 'startedAt');
  return started === null ? null : ((started + duration) as Instant);
}

/** Called number of ours and the person's number, whichever way the call went. */
export function numbersOf(facts: {
  direction: CallDirection | null;
  fromNumber: string | null;
  toNumber: string | null;
}): {
  ours: string | null;
  theirs: string | null;
} {
  return facts.direction === 'outbound'
    ? { ours: facts.fromNumber, theirs: facts.toNumber }
    : { ours: facts.toNumber, theirs: facts.fromNumber };
}
