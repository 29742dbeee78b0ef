/** Ways into an account, and the numbers of what guards them. Read by tables, commands, contract and the web apps. */
import { DAY, MINUTE } from './time.ts';

/** What was proven first: a password, an invitation just accepted, the link of a sign-up, a link by mail, a passkey. */
export const WAYS_IN = ['password', 'invitation', 'signup', 'magic_link', 'passkey'] as const;
export type WayIn = (typeof WAYS_IN)[number];

/** So long somebody who has proven one thing may prove the second. */
export const CHALLENGE_LIFE_MS = 5 * MINUTE;
/** … and so often they may mistype it; then the first is asked again. */
export const CHALLENGE_TRIES = 5;

/** Digits of a code of the app: what every authenticator shows. */
export const FACTOR_DIGITS = 6;
export const RECOVERY_CODES = 10;
/** Letters and digits of a recovery code, 5 bits each; shown in groups of four. */
export const RECOVERY_LENGTH = 16;

/** Of whom a second factor can be demanded: of whoever administers the account (ADMINISTERING of permissions.ts), or of all its people. */
export const FACTOR_DEMANDS = ['administrators', 'everybody'] as const;
export type FactorDemand = (typeof FACTOR_DEMANDS)[number];
/** Days that people may be given to set one up. */
export const FACTOR_GRACE_DAYS = [0, 7, 14, 30] as const;

/** The only owner who has lost everything waits so long, while every session of theirs and the mail can stop it. */
export const FACTOR_RESET_WAIT_MS = DAY;
/** How taking away the only owner's factors can end: it was done, its person stopped it, who asked withdrew it, nobody confirmed it in time. */
export const FACTOR_RESET_ENDS = ['done', 'stopped', 'withdrawn', 'lapsed'] as const;
export type FactorResetEnd = (typeof FACTOR_RESET_ENDS)[number];

/** Passkeys of one person. */
export const MAX_PASSKEYS = 20;
export const MAX_PASSKEY_NAME = 60;
