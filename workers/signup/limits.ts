/** Growing delay of sign-ups by line, by domain of the address and by address, in the durable rows of lock-outs. Called by commands/request-signup.ts. */
import type { Instant } from '../../shared/clock.ts';
import { networkOf } from '../../shared/network.ts';
import type { Platform } from '../env.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { type LockOutRule, takeAttempt } from '../storage/identity/lock-outs.ts';
import { domainOf, isEverybodys } from './rules/email-domain.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const rule = (free: number, baseMs: number, maxMs: number): LockOutRule => ({ free, baseMs, maxMs, forgetMs: DAY_MS });

/** One office sets up few businesses a day; then a minute, two, four … six hours. */
const OF_LINE = rule(5, MINUTE_MS, 360 * MINUTE_MS);
/** Nobody's mailbox is filled: three mails, then a minute, two, four … */
const OF_ADDRESS = rule(3, MINUTE_MS, 360 * MINUTE_MS);
/** A company registers a handful of branches; disposable addresses come from one domain by the hundred. */
const OF_DOMAIN = rule(10, MINUTE_MS, 60 * MINUTE_MS);
const OF_EVERYBODYS_DOMAIN = rule(500, 10_000, 10 * MINUTE_MS);

/**
 * Counts a sign-up by all three, whatever becomes of it: what is answered says nothing of whether the address is known.
 * @param address of the network. Answers when it may be tried again; null: it may now
 */
export async function countSignup(
  platform: Platform,
  { email, address }: { email: string; address: string },
  now: Instant,
): Promise<Instant | null> {
  // Keyed hashes: the table names neither people nor addresses.
  const key = (what: string, value: string): string =>
    sha256Hex(`${platform.config.AUTH_SECRET}\nsignup ${what}\n${value}`);
  const domain = domainOf(email);
  const counts: readonly (readonly [string, LockOutRule])[] = [
    [key('line', networkOf(address)), OF_LINE],
    [key('domain', domain), isEverybodys(domain) ? OF_EVERYBODYS_DOMAIN : OF_DOMAIN],
    [key('address', email.toLowerCase()), OF_ADDRESS],
  ];
  // One after the other: who is refused by the first does not count for the others.
  for (const [name, of] of counts) {
    const { kind, lockedUntil } = await takeAttempt(platform, name, of, now);
    if (kind === 'refused') return lockedUntil;
  }
  return null;
}
