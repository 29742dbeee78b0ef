/** Growing delay for failed sign-ins, per account and per address, in durable rows. Called by commands/sign-in.ts. */
import type { Instant } from '../../shared/clock.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import type { Platform } from '../env.ts';
import { type Attempt, forgiveAttempts, type LockOutRule, takeAttempt } from '../storage/identity/lock-outs.ts';

const MINUTE_MS = 60_000;
/** Five mistypings are free, then 2 s, 4 s, 8 s … a quarter of an hour. */
const ACCOUNT_RULE: LockOutRule = {
  free: 5,
  baseMs: 2_000,
  maxMs: 15 * MINUTE_MS,
  forgetMs: 24 * 60 * MINUTE_MS,
};
/** An office behind one address shares these, so more are free. */
const ADDRESS_RULE: LockOutRule = {
  free: 30,
  baseMs: 2_000,
  maxMs: 15 * MINUTE_MS,
  forgetMs: 24 * 60 * MINUTE_MS,
};
/** Rows older than this are forgotten by cron. */
export const FORGET_ATTEMPTS_MS = ACCOUNT_RULE.forgetMs;

export interface AttemptKeys {
  account: string;
  address: string;
}

/** Keyed hashes: the table names neither people nor addresses. */
export function attemptKeys(platform: Platform, email: string, address: string): AttemptKeys {
  const secret = platform.config.AUTH_SECRET;
  return {
    account: sha256Hex(`${secret}\naccount\n${email.toLowerCase()}`),
    address: sha256Hex(`${secret}\naddress\n${address}`),
  };
}

/** Counts an attempt before it is made, of address and account; either may refuse it. The same for unknown accounts. */
export async function attempt(platform: Platform, keys: AttemptKeys, now: Instant): Promise<Attempt> {
  const ofAddress = await takeAttempt(platform, keys.address, ADDRESS_RULE, now);
  if (ofAddress.kind === 'refused') return ofAddress;
  const ofAccount = await takeAttempt(platform, keys.account, ACCOUNT_RULE, now);
  return ofAccount.lockedUntil > ofAddress.lockedUntil || ofAccount.kind === 'refused' ? ofAccount : ofAddress;
}

/** Seconds from now to the end of a lock, at least one. */
export const secondsUntil = (lockedUntil: Instant, now: Instant): number =>
  Math.max(1, Math.ceil((lockedUntil - now) / 1000));

export const succeeded = (platform: Platform, keys: AttemptKeys): Promise<void> =>
  forgiveAttempts(platform, keys.account, keys.address);
