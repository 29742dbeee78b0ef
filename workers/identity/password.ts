/** Password hashing: scrypt through node:crypto, self-describing hashes, two people at a time. Used by better-auth (auth.ts), accounts.ts and commands/. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { realNow } from '../../shared/clock.ts';

/** 16 MiB and about 75 ms: what fits beside other requests in a 128 MiB isolate (facts/toolchain § 4). */
const COST = 16_384;
const BLOCK_SIZE = 8;
const PARALLEL = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 64;
const MAX_MEMORY = 64 * 1024 * 1024;

/** Each hash stops the isolate for its 75 ms, calls of the phone agent included: so many people are let at it at a time … */
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

/** `scrypt$N$r$p$salt$hash`, base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST, BLOCK_SIZE, PARALLEL);
  return ['scrypt', COST, BLOCK_SIZE, PARALLEL, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** False for a wrong password and for anything that is not one of our hashes. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, cost, blockSize, parallel, salt, hash] = stored.split('$');
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined) return false;
  // A row with another cost would let a writer of the table choose our memory: only ours is computed.
  if (Number(cost) !== COST || Number(blockSize) !== BLOCK_SIZE || Number(parallel) !== PARALLEL) return false;
  const expected = Buffer.from(hash, 'base64');
  const actual = await derive(password, Buffer.from(salt, 'base64'), COST, BLOCK_SIZE, PARALLEL);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(password: string, salt: Buffer, N: number, r: number, p: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // NFKC: the same password typed on another keyboard must give the same bytes.
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { N, r, p, maxmem: MAX_MEMORY }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
