/**
 * Growing delay for failed sign-ins, per account and per line, in durable rows. A browser that has signed in before counts by itself, so that
 * nobody can lock a person out of the devices they use. Called by commands/sign-in.ts.
 */
import type { Instant } from '../../shared/clock.ts';
import { networkOf } from '../../shared/network.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import type { Platform } from '../env.ts';
import { type Attempt, forgiveAttempts, lockOf, type LockOutRule, takeAttempt } from '../storage/identity/lock-outs.ts';

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
  /** null for a browser that is counted by itself: a colleague's mistypings on the same line are none of its own */
  address: string | null;
}

/**
 * Keyed hashes: the table names neither people nor addresses.
 * @param device the browser's own name where it proves that this account has signed in there; then it is counted instead of the account
 */
export function attemptKeys(
  platform: Platform,
  { account, address, device }: { account: string; address: string; device: string | null },
): AttemptKeys {
  const secret = platform.config.AUTH_SECRET;
  const counted = device === null ? `account\n${account}` : `device\n${account}\n${device}`;
  return {
    account: sha256Hex(`${secret}\n${counted}`),
    address: device === null ? sha256Hex(`${secret}\naddress\n${networkOf(address)}`) : null,
  };
}

/** Counts an attempt before it is made, of address and account; either may refuse it. The same for unknown accounts. */
export async function attempt(platform: Platform, keys: AttemptKeys, now: Instant): Promise<Attempt> {
  if (keys.address === null) return takeAttempt(platform, keys.account, ACCOUNT_RULE, now);
  // Whoever is refused learns when both would let them try (at the earlier end the other would refuse them again), and is counted by neither.
  const locks = await Promise.all([
    lockOf(platform, keys.address, ADDRESS_RULE, now),
    lockOf(platform, keys.account, ACCOUNT_RULE, now),
  ]);
  const locked = later(...locks);
  if (locked > now) return { kind: 'refused', lockedUntil: locked };
  const ofAddress = await takeAttempt(platform, keys.address, ADDRESS_RULE, now);
  if (ofAddress.kind === 'refused') return ofAddress;
  const ofAccount = await takeAttempt(platform, keys.account, ACCOUNT_RULE, now);
  return { kind: ofAccount.kind, lockedUntil: later(ofAccount.lockedUntil, ofAddress.lockedUntil) };
}

const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);

/** Seconds from now to the end of a lock, at least one. */
export const secondsUntil = (lockedUntil: Instant, now: Instant): number =>
  Math.max(1, Math.ceil((lockedUntil - now) / 1000));

export const succeeded = (platform: Platform, keys: AttemptKeys): Promise<void> =>
  forgiveAttempts(platform, keys.account, keys.address);
