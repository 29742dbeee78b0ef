/** Sets and bounds of the operator's access to an account as one of its people (docs/support.md). Read by tables, contract, commands and pages. */
import { MINUTE } from './time.ts';

/** Hours for which an owner may let the operator look in. */
export const CONSENT_HOURS = [1, 24, 168] as const;
/** Longest session of the support; it ends with the consent where that is earlier. */
export const SUPPORT_SESSION_MS = 60 * MINUTE;
/** The link that carries a session to the account's own host is followed at once. */
export const HANDOVER_MS = MINUTE;
/** Who ended a session before its time. */
export const SUPPORT_ENDS = ['operator', 'owner'] as const;
/** Shortest reason, characters: the owner reads it. */
export const MIN_REASON = 10;
export const MAX_REASON = 300;
/** Networks of one account that its people may work from. */
export const MAX_NETWORKS = 50;
