/**
 * The beginning of an instance: whoever holds the one-time token becomes its first operator, and the platform's tenant, its plans and its
 * settings are made with them. Called by setup-routes.ts.
 */
import type { Instant } from '../../../shared/clock.ts';
import { SETUP_TOKEN } from '../../../shared/contract/setup.ts';
import { SETTING_KEYS, SYSTEM_SETTINGS } from '../../../shared/contract/settings.ts';
import type { DomainError, EdgeError, SetupRefusal } from '../../../shared/errors.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { newId } from '../../../shared/ids.ts';
import { type Err, err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { auditWrites } from '../../identity/audit.ts';
import { attempt, attemptKeys, secondsUntil, succeeded } from '../../identity/lock-out.ts';
import { BUSY_SECONDS, hashPassword, inTurn } from '../../identity/password.ts';
import { passwordRefusal } from '../../identity/new-password.ts';
import { PLATFORM_TENANT } from '../../jobs/world.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import { hasOperator, setupTokenByHash, writeBeginning } from '../../storage/queries/setup.ts';
import { openTenant } from '../../tenancy/scope.ts';
import { DEFAULT_PLANS } from '../default-plans.ts';

interface BeginInstance {
  token: string;
  name: string;
  email: string;
  password: string;
  language: Language;
  /** network address of who asks: attempts are limited by it as at sign-in */
  address: string;
  /** https, or the machine's own loopback */
  isSafe: boolean;
  now: Instant;
  requestId: string;
}

const refuse = (reason: SetupRefusal): Err<EdgeError> => err({ code: 'SETUP_REFUSED', details: { reason } });

/**
 * Makes the first operator with everything an instance begins with, in one transaction; the token is used by it.
 * Refusals: SETUP_REFUSED (`insecure`, `unknown`, `expired`, `used`, `done`), VALIDATION_ERROR (`password`, `email`), RATE_LIMITED, BUSY.
 */
export async function beginInstance(
  platform: Platform,
  input: BeginInstance,
): Promise<Result<{ userId: string; email: string }, DomainError | EdgeError>> {
  if (!input.isSafe) return refuse('insecure');
  const weak = await passwordRefusal(platform, input.password, [input.email, input.name]);
  if (weak) return weak;
  const { now } = input;
  const tokenHash = sha256Hex(input.token);
  // Whoever guesses has a new name each time: the address counts.
  const keys = attemptKeys(platform, { account: `setup\n${tokenHash}`, address: input.address, device: null });
  const counted = await attempt(platform, keys, now);
  if (counted.kind === 'refused')
    return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(counted.lockedUntil, now), limit: 0 });
  const refused = await refusalOf(platform, input.token, tokenHash, now);
  if (refused !== null) return refuse(refused);
  const hashed = await inTurn(() => hashPassword(platform, PLATFORM_TENANT, input.password));
  if (hashed === null) return err({ code: 'BUSY', retry_after: BUSY_SECONDS });

  const userId = newId('user', now);
  const email = input.email.toLowerCase();
  const by = `user:${userId}`;
  // Nobody is signed in yet; the row of the log names who came into being.
  const scope = openTenant(
    platform,
    PLATFORM_TENANT,
    { kind: 'guest', tenantId: PLATFORM_TENANT, permissions: [] },
    input,
  );
  const written = await writeBeginning(
    platform,
    {
      tokenHash,
      now,
      tenant: {
        id: PLATFORM_TENANT,
        type: 'platform',
        parentId: null,
        slug: 'askproai',
        name: 'AskProAI',
        status: 'active',
        currency: 'EUR',
        locale: input.language,
        timeZone: 'Europe/Berlin',
        country: 'DE',
        vatId: null,
        brand: null,
        settings: null,
        createdAt: now,
      },
      operator: {
        id: userId,
        accountId: newId('account', now),
        name: input.name,
        email,
        language: input.language,
        passwordHash: hashed.value,
      },
      plans: DEFAULT_PLANS.map((plan) => ({ ...plan, currency: 'EUR', createdAt: now, updatedAt: now })),
      settings: SETTING_KEYS.map((key) => ({
        key,
        value: SYSTEM_SETTINGS[key].initial,
        updatedAt: now,
        updatedBy: by,
      })),
    },
    auditWrites(scope, {
      log: 'identity',
      description: 'instance.begun',
      subjectType: 'user',
      subjectId: userId,
      after: { role: 'super_admin', plans: DEFAULT_PLANS.map(({ id }) => id) },
      causer: by,
      ip: input.address,
    }),
  );
  if (written === 'taken') return err({ code: 'VALIDATION_ERROR', errors: { email: ['taken'] } });
  // Somebody was faster: why it is no longer good is looked up again.
  if (written === 'refused') return refuse((await refusalOf(platform, input.token, tokenHash, now)) ?? 'used');
  await succeeded(platform, keys);
  return ok({ userId, email });
}

/** Why the token makes no operator; null: it would. */
async function refusalOf(
  platform: Platform,
  token: string,
  tokenHash: string,
  now: Instant,
): Promise<SetupRefusal | null> {
  const row = SETUP_TOKEN.test(token) ? await setupTokenByHash(platform, tokenHash) : null;
  if (row === null) return 'unknown';
  if (row.usedAt !== null) return 'used';
  if (await hasOperator(platform, PLATFORM_TENANT)) return 'done';
  return row.expiresAt <= now ? 'expired' : null;
}
