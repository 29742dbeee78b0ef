/** What the commands about second factors share: checking what was typed, recovery codes, the count of wrong ones. */
import { randomBytes } from 'node:crypto';
import { type Instant, processNow, realNow } from '../../shared/clock.ts';
import type { UserActor } from '../../shared/actor.ts';
import type { DomainError } from '../../shared/errors.ts';
import type { Err } from '../../shared/result.ts';
import { FACTOR_DIGITS, RECOVERY_CODES, RECOVERY_LENGTH } from '../../shared/ways-in.ts';
import type { Platform } from '../env.ts';
import { log } from '../log.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { type CodeSet, hasFactor, secondFactorOf, takeCode, takeStep } from '../storage/identity/second-factors.ts';
import { openSealed, seal } from '../tenancy/seal.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { attempt, type AttemptKeys, attemptKeys, succeeded } from './lock-out.ts';
import { acceptedStep, fromBase32 } from './rules/totp.ts';
import { isFactorMissing } from './sessions.ts';
import { forbidden } from './users.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const SALT_BYTES = 16;
const APP_CODE = new RegExp(`^\\d{${FACTOR_DIGITS}}$`);

/** As people copy them from paper: groups, capitals, and letters that look like figures. */
const hashOf = (salt: string, code: string): string => {
  const read = code.replace(/[\s-]/g, '').toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1');
  return sha256Hex(`${salt}\n${read}`);
};

/** What is stored of a set of recovery codes. */
export const storedCodes = (salt: string, codes: readonly string[]): CodeSet => ({
  salt,
  hashes: codes.map((code) => hashOf(salt, code)),
});

/** Ten codes to be shown once, and what is stored of them. */
export function newRecoveryCodes(): { shown: string[]; stored: CodeSet } {
  const salt = randomBytes(SALT_BYTES).toString('base64url');
  const codes = Array.from({ length: RECOVERY_CODES }, () =>
    Array.from(randomBytes(RECOVERY_LENGTH), (byte) => ALPHABET.charAt(byte & 31)).join(''),
  );
  return {
    shown: codes.map((code) => (code.match(/.{4}/g) ?? []).join('-')),
    stored: storedCodes(salt, codes),
  };
}

/** What proved it. */
type FactorProof = 'app' | 'recovery_code';

/** Checks a code of the app or a recovery code, and uses it up. Null: neither. Counts nothing; `tryFactor` does. */
async function proven(
  platform: Platform,
  scope: TenantScope,
  userId: string,
  typed: string,
): Promise<FactorProof | 'reused' | null> {
  const factor = await secondFactorOf(scope.db, userId);
  if (factor === null || factor.confirmedAt === null) return null;
  const code = typed.replace(/\s/g, '');
  if (!APP_CODE.test(code)) {
    const taken = await takeCode(scope.db, userId, hashOf(factor.salt, code), processNow());
    return taken ? 'recovery_code' : null;
  }
  const text = (await openSealed(platform, scope.tenantId, factor.sealedSecret)) ?? '';
  const secret = fromBase32(text);
  if (secret === null) {
    // A master key that is gone: recovery codes still open the account, and an owner may take the factor away.
    log('error', 'second_factor_unreadable', { tenantId: scope.tenantId, requestId: scope.requestId });
    return null;
  }
  const step = acceptedStep(secret, code, realNow(), factor.lastStep);
  // Right by the clock, and used before: somebody may have read it over a shoulder.
  if (step === null) return acceptedStep(secret, code, realNow(), 0) === null ? null : 'reused';
  // Sealed anew at each use: what an old master key sealed empties by itself.
  const sealed = await seal(platform, scope.tenantId, text);
  return (await takeStep(scope.db, userId, step, sealed)) ? 'app' : 'reused';
}

interface FactorTry {
  /** null: wrong, or refused before it was looked at */
  proof: FactorProof | null;
  /** epoch ms until which the next one, or this one, is refused; not ahead of now: not locked */
  lockedUntil: Instant;
  /** false: a lock refused it, and nothing was looked at */
  isJudged: boolean;
  /** a code of the app that was right and had been used before */
  isReused: boolean;
}

/**
 * Checks what somebody typed, counted before it is looked at, for the account and the line as wrong passwords are: a browser that has signed
 * in before counts by itself, so that nobody else can lock its person out.
 * @param device as device-cookie.ts proves it
 */
export async function tryFactor(
  platform: Platform,
  scope: TenantScope,
  typed: { userId: string; code: string; address: string; device: string | null },
): Promise<FactorTry> {
  const keys: AttemptKeys = attemptKeys(platform, {
    account: `factor\n${typed.userId}`,
    address: typed.address,
    device: typed.device,
  });
  const { kind, lockedUntil } = await attempt(platform, keys, processNow());
  if (kind === 'refused') return { proof: null, lockedUntil, isJudged: false, isReused: false };
  const found = await proven(platform, scope, typed.userId, typed.code);
  const proof = found === 'reused' ? null : found;
  if (proof !== null) await succeeded(platform, keys);
  return { proof, lockedUntil, isJudged: true, isReused: found === 'reused' };
}

/**
 * Where a second factor is demanded, a session by the password alone sets none up beside one that is there: whoever knows the password only would
 * come in by their own. POLICY_VIOLATION (`second_factor_known`: sign in with it); null: go on.
 */
export async function knownFactorRefusal(scope: TenantScope, actor: UserActor): Promise<Err<DomainError> | null> {
  return isFactorMissing(actor) && (await hasFactor(scope.db, actor.userId)) ? forbidden('second_factor_known') : null;
}
