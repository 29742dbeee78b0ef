/** What a call has said and shown of who calls, turn by turn, and what is counted for its caller (docs/callers.md). */
import type { CallerLevel } from '../../shared/caller-level.ts';
import type { IdOrText } from '../../shared/ids.ts';
import type { Instant } from '../../shared/clock.ts';
import type { WallDate, WallTime } from '../../shared/time.ts';
import type { RateAsk } from './bounds.ts';
import type { Hold } from './rows.ts';

export type { CallerLevel } from '../../shared/caller-level.ts';

/** Who is counted on the phone. */
export interface CallerRef {
  /** keyed hash of the network's number; null: withheld, or a line of the shop's own */
  line: string | null;
  /** RATE_LIMIT_SCALE */
  scale: number;
}

/** What a call has shown of who calls. */
export interface CallIdentity {
  /** as it was judged last */
  level: CallerLevel;
  /** customers on the network's number; null: not looked up yet */
  lineCustomerIds: string[] | null;
  /** the lead this call made of an unknown network number */
  leadId: string | null;
  /** customers this call made when it booked */
  madeIds: string[];
  /** customers without a name who were there before and got one in this call: that name proves nothing here */
  renamedIds: string[];
  /** `appointmentIds` null: all of theirs */
  proven: { customerId: string; appointmentIds: string[] | null }[];
  /** keyed hashes of wrong names and numbers offered as proof */
  wrong: string[];
  /** days and hours that were tried as proof */
  moments: string[];
  /** the living code; whom it proves is known a moment after it was sent */
  code: { hash: string; customerId: string | null; expiresAt: Instant; triesLeft: number } | null;
  codesSent: number;
  /** name and number as the caller told them, for the booking that comes later in the call; forgotten at its end */
  said: { name: string | null; e164: string | null; extension: string } | null;
}

/** What one function learned; `null` in `said` forgets. */
export interface IdentityChange {
  level?: CallerLevel;
  lineCustomerIds?: string[];
  leadId?: string;
  madeId?: string;
  renamedId?: string;
  proven?: CallIdentity['proven'][number];
  wrong?: string;
  moment?: string;
  codeSent?: { hash: string; customerId: string | null; expiresAt: Instant };
  codeFor?: { hash: string; customerId: string };
  codeTried?: string;
  said?: CallIdentity['said'];
}

/** The code that was said: right, wrong (with the tries that are left), or none to compare with. */
export interface CodeTried {
  matched: boolean;
  triesLeft: number;
  /** whom it proves; null: right, but nobody has that number */
  customerId: string | null;
}

/** Something that is counted over days: `id` counts once, whatever is retried. */
export interface CountCaller {
  now: Instant;
  id: string;
  counts: { name: string; limit: number; windowMs: number }[];
}
export interface CountedCaller {
  allowed: boolean;
  /** the first exhausted count */
  exceeded: string | null;
}

/** What a call has said so far; ids and wall clock only, raw words stay with the call. */
export interface ConversationRequest {
  serviceIds?: string[];
  staffId?: string | null;
  branchId?: string | null;
  date?: WallDate | null;
  time?: WallTime | null;
  fromDate?: WallDate | null;
  toDate?: WallDate | null;
  fromTime?: WallTime | null;
  toTime?: WallTime | null;
  durationMinutes?: number | null;
  partySize?: number | null;
  /** that the time is a stretch, not a moment: `fromDate` to `toTime` bound it; `date` and `time` then say what is left open */
  kind?: 'window' | 'earliest' | 'any' | null;
  /** where an appointment was read back to be moved to: what "doch lieber um fünf" is said of */
  move?: MoveProposed | null;
}
/** A move that waits for a yes, or (`done`) was made. `words`: a hash of what the caller said, so that a repeat of the model means the same. */
interface MoveProposed {
  appointmentId: string;
  date: WallDate;
  time: WallTime;
  words: string;
  done: boolean;
}
export interface Conversation {
  callId: string;
  /** true on the first touch of this call */
  firstSeen: boolean;
  customerId: string | null;
  branchId: string | null;
  language: string | null;
  wish: ConversationRequest;
  hold: Hold | null;
  /** slots this call wanted and lost to somebody else; counted by the object itself on APPOINTMENT_CONFLICT of hold and book */
  lostSlots: number;
  /** appointments this call made */
  appointmentIds: string[];
  identity: CallIdentity;
  /** whoever called was erased: nothing of a person is kept of this call any more, and nobody new is made in it */
  erased: boolean;
  /** version of the master data now: settings of a company must hold from the moment they are saved */
  scheduleVersion: number;
  /** answers `codeTried` */
  tried?: CodeTried | null;
  expiresAt: Instant;
}
/** Reads and, where `merge` says something new, updates. Not idempotency-keyed: merging twice is merging once. */
export interface TouchConversation {
  now: Instant;
  callId: string;
  merge?: {
    customerId?: IdOrText<'cus'> | null;
    branchId?: IdOrText<'bra'> | null;
    language?: string | null;
    wish?: ConversationRequest;
    identity?: IdentityChange;
  };
  /** true: forget who calls, for as long as the call is known */
  erase?: boolean;
  /** true: forget the request before merging ("noch einen Termin") */
  resetWish?: boolean;
  rate?: RateAsk[];
}

export interface CallSeen {
  firstSeen: boolean;
  lostSlots: number;
  /** null: whose line it is was not looked up yet */
  level: CallerLevel | null;
}
