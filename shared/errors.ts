/** The closed union of refusals. `workers/http/problem.ts` is the only file that turns a code into an HTTP status. */
import type { ConnectionFault } from './integration-sets.ts';

/** A free slot offered instead of a refused one. Instants are UTC ISO; `date`/`time` are wall clock of the branch. */
export interface Alternative {
  date: string;
  time: string;
  starts_at: string;
  ends_at: string;
  staff_id: string;
  staff_name: string;
  branch_id: string;
  /** signed, expiring quote; absent inside the objects, added at the edge */
  quote?: string;
}

/** Future appointments that a change of master data would leave without hours, people or rooms. */
export interface Stranding {
  appointments: number;
  /** the first of them by start; `starts_at` is UTC ISO */
  stranded: { appointment_id: string; starts_at: string }[];
  /** which item in which version and which appointments: what a confirmation is of; kept inside */
  set?: string;
  /** signed: repeated with `confirm: true` within ten minutes the change is made; absent inside the objects, added at the edge */
  confirm_token?: string;
}

/**
 * Why a time is not free. `away`: open, but nobody who could do it is there; `does_not_fit`: it would run into closing time or a break;
 * `off_step`: it would be free, but no start is offered at that minute.
 */
export type UnavailableReason =
  | 'full'
  | 'closed'
  | 'away'
  | 'does_not_fit'
  | 'off_step'
  | 'outside_notice'
  | 'not_configured'
  | 'upstream_down';

export type DomainError =
  | { code: 'VALIDATION_ERROR'; errors: Record<string, string[]> }
  | {
      code: 'APPOINTMENT_CONFLICT';
      details: {
        requested_time: string;
        conflicting_appointment_id: string | null;
        alternatives: Alternative[];
        reason: UnavailableReason;
        /** beside `outside_notice` */
        outside?: 'past' | 'too_soon' | 'too_far';
        /** beside `does_not_fit`: when the time that is there ends, the branch's clock */
        until?: string;
      };
    }
  | {
      code: 'POLICY_CONFIRMATION_REQUIRED';
      details: { policy_check: 'warning'; cancellation_fee_cents: number; reasons: string[] };
    }
  | { code: 'POLICY_VIOLATION'; details: { reasons: string[] } }
  | { code: 'VERSION_CONFLICT'; details: { expected_version: number; current_version: number } }
  | { code: 'QUOTE_STALE'; details: { alternatives: Alternative[] } }
  | { code: 'HOLD_EXPIRED'; details: { lock_token: string } }
  | { code: 'ILLEGAL_TRANSITION'; details: { from: string; to: string; allowed: string[] } }
  | { code: 'WOULD_STRAND'; details: Stranding }
  | { code: 'PERMISSION_DENIED'; permission: string }
  | { code: 'NOT_FOUND'; entity: string }
  | { code: 'IDEMPOTENCY_MISMATCH'; key: string }
  | { code: 'INSUFFICIENT_BALANCE'; details: { available_cents: number; required_cents: number; currency: string } }
  | { code: 'SIGNATURE_INVALID' }
  | { code: 'UNAUTHENTICATED' }
  /** the password was typed too long ago for what reaches so far */
  | { code: 'CONFIRMATION_REQUIRED' }
  | { code: 'RATE_LIMITED'; retry_after: number; limit: number }
  | { code: 'TENANT_SUSPENDED' }
  /** no money is taken before a receipt could say who takes it */
  | { code: 'ISSUER_INCOMPLETE'; details: { missing: string[] } }
  /** a reseller with open customers is not closed; `names` the first of them */
  | { code: 'HAS_CUSTOMERS'; count: number; names: string }
  | { code: 'LIMIT_REACHED'; limit: string; max: number }
  /** usage of a month that has been closed for too long, or that nobody can check any more */
  | { code: 'TOO_OLD' }
  /** usage more than a day ahead */
  | { code: 'IN_FUTURE' }
  | { code: 'MALFORMED_JSON' }
  | { code: 'PAYLOAD_TOO_LARGE'; max_bytes: number }
  | { code: 'OBJECT_FENCED'; details: { kind: string } }
  /** the owner has not agreed that the operator looks in */
  | { code: 'SUPPORT_NOT_ALLOWED' }
  /** the object's rows are not what was written: they are not written over D1's */
  | { code: 'LEDGER_UNSOUND'; details: { problems: readonly string[] } }
  /** an event that can't be delivered stands in the way */
  | { code: 'OUTBOX_STUCK'; details: { sink: string; seq: number | null; error: string | null } }
  | { code: 'UPSTREAM_UNAVAILABLE'; service: string }
  /** a vendor did not take a credential; `said`: its own words */
  | { code: 'CONNECTION_FAILED'; details: { fault: ConnectionFault; said: string | null; duration_ms: number } };

/** `insecure`: neither https nor loopback; `unknown`: no such link; `done`: there is an operator already. */
export const SETUP_REFUSALS = ['insecure', 'unknown', 'expired', 'used', 'done'] as const;
export type SetupRefusal = (typeof SETUP_REFUSALS)[number];

/** Why nobody can sign up on a host: nobody switched it on, a legal text is missing, the seller is suspended or has as many customers as it may. */
export const SIGNUP_REFUSALS = ['off', 'texts', 'stopped', 'full'] as const;
export type SignupRefusal = (typeof SIGNUP_REFUSALS)[number];

/** Refusals only the HTTP edge makes; no rule and no object ever answers one. */
export type EdgeError =
  /** the link that makes the first operator does not, or not any more */
  | { code: 'SETUP_REFUSED'; details: { reason: SetupRefusal } }
  /** public sign-up is not open on this host */
  | { code: 'SIGNUP_CLOSED'; details: { reason: SignupRefusal } }
  | { code: 'INVALID_CREDENTIALS' }
  | { code: 'BUSY'; retry_after: number }
  /** nobody does this in another person's name */
  | { code: 'SUPPORT_SESSION' }
  /** the account's people work from certain networks only, and this is none of them */
  | { code: 'ADDRESS_REFUSED'; address: string }
  /** a second factor is demanded, and the session has not proven one */
  | { code: 'SECOND_FACTOR_REQUIRED' }
  | { code: 'ORIGIN_REFUSED' }
  /** a vendor's path was asked from an address that is none of the vendor's */
  | { code: 'SOURCE_REFUSED' }
  | { code: 'UNSUPPORTED_MEDIA_TYPE' }
  | { code: 'REQUEST_IN_PROGRESS'; retry_after: number }
  | { code: 'INTERNAL_ERROR' };

/** The refusal of a change that was made on an older version. @param expected what the caller had seen */
export const versionConflict = (expected: number, current: number) =>
  ({ code: 'VERSION_CONFLICT', details: { expected_version: expected, current_version: current } }) as const;
