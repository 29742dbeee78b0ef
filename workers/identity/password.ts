/**
 * Password hashing: rounds of scrypt through node:crypto, the result sealed with the master key, two people at a time. Used by better-auth
 * (auth.ts), accounts.ts and commands/.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { realNow } from '../../shared/clock.ts';
import type { Platform } from '../env.ts';
import { openSealed, seal, sealingVersion } from '../tenancy/seal.ts';

/** 16 MiB and about 75 ms a round: what fits beside other requests in a 128 MiB isolate (facts/toolchain § 4). */
const COST = 16_384;
const BLOCK_SIZE = 8;
/**
 * Each round takes the one before as its salt. Five of them are the work that OWASP asks of scrypt at 16 MiB (N = 2^14, r = 8, p = 5); in one
 * call they would stop the isolate for all of it, in rounds others have their turn between.
 */
export const ROUNDS = 5;
/** Hashes of before had one; they are right still, and made anew at the next sign-in. */
const KNOWN_ROUNDS: ReadonlySet<number> = new Set([1, ROUNDS]);
const PARALLEL = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 64;
const MAX_MEMORY = 64 * 1024 * 1024;

/** Each round stops the isolate for its 75 ms, calls of the phone agent included: so many people are let at it at a time … */
const MAX_AT_ONCE = 2;
/** … and others wait this long for their turn. */
const TURN_WAIT_MS = 1_500;
const TURN_STEP_MS = 50;
/** A request that was cancelled never gives its turn back. */
const TURN_MS = 5_000;

/** Seconds until somebody who found too many others at it may try again. */
export const BUSY_SECONDS = 2;

/** When each turn began, by the real clock. */
const turns = new Set<{ since: number }>();

/**
 * Runs work that hashes a password when it is its turn. Null: too many others want the same, ask again. An isolate's turns are its own:
 * what protects it needs no agreement with others.
 */
export async function inTurn<T>(work: () => Promise<T>): Promise<{ value: T } | null> {
  const until = realNow() + TURN_WAIT_MS;
  const free = (): boolean => {
    for (const turn of turns) if (realNow() - turn.since > TURN_MS) turns.delete(turn);
    return turns.size < MAX_AT_ONCE;
  };
  while (!free()) {
    if (realNow() >= until) return null;
    await new Promise((resolve) => setTimeout(resolve, TURN_STEP_MS));
  }
  const turn = { since: realNow() };
  turns.add(turn);
  try {
    return { value: await work() };
  } finally {
    turns.delete(turn);
  }
}

/** Thousands of accounts are made in a run of the tests: theirs have one round, as hashes of before. */
const roundsOf = (platform: Platform): number => (platform.config.ENVIRONMENT === 'test' ? 1 : ROUNDS);

/** What stands in a hash before salt and hash. */
const formOf = (rounds: number): string =>
  [rounds === 1 ? 'scrypt' : `scrypt-${rounds}`, COST, BLOCK_SIZE, PARALLEL].join('$');

/** `scrypt-<rounds>$N$r$p$salt$hash`, sealed for the realm with the master key, so that the table alone is nothing to guess against. */
export async function hashPassword(platform: Platform, realm: string, password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const rounds = roundsOf(platform);
  const hash = await derive(password, salt, rounds);
  const text = [formOf(rounds), salt.toString('base64'), hash.toString('base64')].join('$');
  return sealingVersion(platform) === null ? text : seal(platform, realm, text);
}

/** False for a wrong password and for anything that is not one of our hashes. */
export async function verifyPassword(
  platform: Platform,
  realm: string,
  password: string,
  stored: string,
): Promise<boolean> {
  const known = partsOf(await opened(platform, realm, stored));
  if (known === null) return false;
  const actual = await derive(password, known.salt, known.rounds);
  if (known.hash.length === actual.length && timingSafeEqual(known.hash, actual)) return true;
  // A wrong password takes as long for a hash of before as for an account that does not exist.
  if (known.rounds < roundsOf(platform)) await derive(password, known.salt, roundsOf(platform) - known.rounds);
  return false;
}

/** Is a hash of an older form: with fewer rounds, or not sealed. Such a one is made anew when its password is typed. */
export async function isOutdated(platform: Platform, realm: string, stored: string): Promise<boolean> {
  const text = await opened(platform, realm, stored);
  return !text.startsWith(`${formOf(roundsOf(platform))}$`) || (text === stored && sealingVersion(platform) !== null);
}

/** A sealed hash opened; one of before is what it is. */
const opened = async (platform: Platform, realm: string, stored: string): Promise<string> =>
  stored.startsWith('scrypt') ? stored : ((await openSealed(platform, realm, stored)) ?? '');

function partsOf(text: string): { rounds: number; salt: Buffer; hash: Buffer } | null {
  const [scheme = '', cost, blockSize, parallel, salt, hash] = text.split('$');
  const rounds = scheme === 'scrypt' ? 1 : Number(/^scrypt-(\d)$/.exec(scheme)?.[1]);
  if (!KNOWN_ROUNDS.has(rounds) || salt === undefined || hash === undefined) return null;
  // A row with another cost would let a writer of the table choose our memory: only ours is computed.
  if (Number(cost) !== COST || Number(blockSize) !== BLOCK_SIZE || Number(parallel) !== PARALLEL) return null;
  return { rounds, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

async function derive(password: string, salt: Buffer, rounds: number): Promise<Buffer> {
  let key = salt;
  for (let round = 0; round < rounds; round++) {
    if (round > 0) await new Promise((resolve) => setTimeout(resolve, 0));
    key = await scryptOnce(password, key);
  }
  return key;
}

function scryptOnce(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const how = { N: COST, r: BLOCK_SIZE, p: PARALLEL, maxmem: MAX_MEMORY };
    // NFKC: the same password typed on another keyboard must give the same bytes.
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, how, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
