/**
 * Pure: what a caller has proven, from what was said, what the call showed before, and the company's mode (docs/callers.md). Called by
 * caller.ts, which gathers the facts and keeps the outcome in the calendar object.
 */
import type { CallerLevel, CallIdentity } from '../../calendar/types.ts';
import { isWholeName, type NameOnCard } from '../../../shared/person-names.ts';
import { introducedAs, isFromCaller, type Moment, saidWholeName, type utterances } from './transcript.ts';

/** Wrong names and numbers offered as proof in one call; then a person rings back. */
export const MAX_WRONG_PROOFS = 3;
/** Days and hours tried in one call, and of one customer in a day. */
export const MOMENT_TRIES_A_CALL = 2;
export const MOMENT_TRIES_A_DAY = 3;

export type Said = ReturnType<typeof utterances>;

/** Everything of theirs, single appointments, or nothing. */
export type Proof = 'all' | readonly string[] | null;

interface NameFacts {
  card: NameOnCard;
  /** as the model passed it on, now or earlier in the call */
  offered: string | null;
  said: Said;
  /** the card got its name in this call, or was made in it: the name shows nothing */
  untried: boolean;
  strict: boolean;
}

/**
 * Whether the name counts. Without a transcript it is an unverifiable argument: in `standard` answers and prompt may have
 * held it, so it proves nothing; in `strict` they never do before.
 */
export function nameCounts({ card, offered, said, untried, strict }: NameFacts): boolean {
  if (untried) return false;
  if (said.length === 0) return strict && offered !== null && isWholeName(card, offered);
  if (!saidWholeName(said, card)) return false;
  return offered === null ? introducedAs(said, card) : matchesCard(card, offered);
}

/** The name passed on is the card's: whole, or the part of it that the caller began with. */
const matchesCard = (card: NameOnCard, offered: string): boolean => isWholeName(card, offered) || isPart(card, offered);
const isPart = ({ firstName, lastName }: NameOnCard, offered: string): boolean =>
  isWholeName({ firstName, lastName }, `${firstName ?? ''} ${offered}`) ||
  isWholeName({ firstName, lastName }, `${offered} ${lastName ?? ''}`);

/** The proof that name and moment make together. @param opened appointments whose day and hour the caller said */
export function proofOf(name: boolean, opened: readonly string[], strict: boolean): Proof {
  if (name && (!strict || opened.length > 0)) return 'all';
  return opened.length > 0 ? opened : null;
}

/** What the call had proven before of this customer. */
export function knownProof(identity: CallIdentity, customerId: string): Proof {
  const known = identity.proven.find((one) => one.customerId === customerId);
  return known === undefined ? null : (known.appointmentIds ?? 'all');
}

export const joinedProof = (a: Proof, b: Proof): Proof => {
  if (a === 'all' || b === 'all') return 'all';
  const ids = [...new Set([...(a ?? []), ...(b ?? [])])];
  return ids.length > 0 ? ids : null;
};

/** Appointments of a customer that day and hour name; at most one a person, but a visit may have been booked in two parts. */
export const appointmentsAt = (upcoming: readonly { id: string; at: Moment }[], moment: Moment): string[] =>
  upcoming.filter(({ at }) => at.date === moment.date && at.time === moment.time).map(({ id }) => id);

interface LevelFacts {
  /** people on the network's own number */
  onLine: number;
  /** a said number and the whole said name match exactly one person */
  named: boolean;
  proof: Proof;
}

export function levelOf({ onLine, named, proof }: LevelFacts): CallerLevel {
  if (proof !== null) return 'proven';
  if (onLine > 0) return 'line';
  return named ? 'named' : 'unknown';
}

/** The name was said by the caller, or there is no transcript to look into. */
export const nameWasSaid = (said: Said, name: string): boolean => said.length === 0 || isFromCaller(said, name);
