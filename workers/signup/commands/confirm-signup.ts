/** The address is proven: the business comes into being, its owner has a password and is signed in. Called through signup-commands.ts. */
import { processNow } from '../../../shared/clock.ts';
import { type Country, OF_COUNTRY } from '../../../shared/countries.ts';
import type { SignupLinkView } from '../../../shared/contract/signup.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { bytesOfHash, newId, type TenantId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import type { SignIn } from '../../identity/commands/sign-in.ts';
import { letIn, openSession, type SignedIn } from '../../identity/new-session.ts';
import { BUSY_SECONDS, hashPassword, inTurn } from '../../identity/password.ts';
import { passwordRefusal } from '../../identity/new-password.ts';
import { PLATFORM_TENANT } from '../../jobs/world.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import { passwordOf, userFieldsOf } from '../../storage/identity/users.ts';
import { agreementWrites, versionsByIds } from '../../storage/queries/legal.ts';
import { type SignupRow, signupByHash, takeSignup } from '../../storage/queries/signups.ts';
import { tenantWithin } from '../../storage/queries/tenants.ts';
import type { Realm } from '../../tenancy/directory.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { createTenant } from '../../tenants/commands/create-tenant.ts';
import { isReserved, slugOf } from '../../tenants/rules/slug.ts';
import { sellerOn, signupState } from '../open.ts';

/** 32 bytes in base64url. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

interface ConfirmSignup extends Omit<SignIn, 'email'> {
  token: string;
}

const gone = () => err({ code: 'NOT_FOUND' as const, entity: 'signup' });

/** The sign-up behind a secret, on the host where it began or on the platform's. */
async function signupHere(platform: Platform, realm: Realm, token: string): Promise<SignupRow | null> {
  if (!SECRET.test(token)) return null;
  const row = await signupByHash(platform, sha256Hex(token), processNow());
  return row !== null && (realm.kind === 'platform' || realm.tenantId === row.tenantId) ? row : null;
}

/** Whose sign-up a link proves, for the page behind it; looking uses nothing up. Refusals: NOT_FOUND. */
export async function showSignup(
  platform: Platform,
  { realm, token }: { realm: Realm; token: string },
): Promise<Result<SignupLinkView>> {
  const row = await signupHere(platform, realm, token);
  if (row === null) return gone();
  const { business, trade, name, email, language } = row;
  return ok({ business, trade, name, email, language });
}

/**
 * Makes the tenant by the same command as a reseller's form, sets the owner's password, keeps what was agreed to and signs in; the link is used
 * up by it. What a crash cut off goes on with the same link: tenant and owner follow from the sign-up's id.
 * Refusals: NOT_FOUND (no sign-up that is good here now), SIGNUP_CLOSED, VALIDATION_ERROR (`password`; `slug`: nothing of the name makes one),
 * LIMIT_REACHED (the reseller's customers), BUSY.
 */
export async function confirmSignup(
  platform: Platform,
  input: ConfirmSignup,
): Promise<Result<SignedIn, DomainError | EdgeError>> {
  const signup = await signupHere(platform, input.realm, input.token);
  if (signup === null) return gone();
  const refused = await passwordRefusal(platform, input.password, [signup.email, signup.name, signup.business]);
  if (refused) return refused;
  const { kind, host } = input.realm;
  const on: Realm = {
    kind: signup.tenantId === PLATFORM_TENANT ? 'platform' : 'tenant',
    tenantId: signup.tenantId,
    host,
  };
  const seller = await sellerOn(platform, kind === 'platform' ? on : input.realm);
  if (seller === null) return gone();
  const { reason } = await signupState(platform, seller, signup.language);
  if (reason !== null) return err({ code: 'SIGNUP_CLOSED', details: { reason } });
  const made = await madeOf(platform, signup, input);
  if (!made.ok) return made;
  const { its, ownerId } = made.value;
  const versions = await versionsByIds(platform, signup.agreed);
  const turn = await inTurn(async () => {
    const hash = await hashPassword(platform, its.tenantId, input.password);
    const now = processNow();
    const owner = { id: ownerId, realm: its.tenantId };
    const taken = await takeSignup(
      its.db,
      signup,
      [
        passwordOf(its.db, owner, { hash, accountId: newId('account', now) }, now),
        userFieldsOf(its.db, ownerId, { name: signup.name, emailVerified: true }, now),
        ...agreementWrites(its.db, versions, { userId: ownerId, at: now }),
      ],
      auditBeside(its, {
        log: 'identity',
        description: 'signup.confirmed',
        subjectType: 'user',
        subjectId: ownerId,
        after: { texts: versions.map((one) => `${one.kind} ${one.language} ${one.version} (${one.id})`) },
        causer: `user:${ownerId}`,
        ip: input.address,
      }),
      now,
    );
    return taken ? openSession(platform, its.tenantId, { ...input, email: signup.email }) : null;
  });
  if (turn === null) return err({ code: 'BUSY', retry_after: BUSY_SECONDS });
  // Used up by somebody who was faster.
  if (turn.value === null) return gone();
  const account = `${input.realm.tenantId}\n${signup.email}`;
  const begun = await letIn(platform, turn.value.actor, { ...input, way: 'signup', account, isNew: false }, turn.value);
  // Nobody has given a second factor to an account that is a moment old.
  return begun?.kind === 'session' ? ok(begun) : gone();
}

/** The tenant of a sign-up and its owner, made now or by an attempt before. */
async function madeOf(
  platform: Platform,
  signup: SignupRow,
  { now, requestId }: ConfirmSignup,
): Promise<Result<{ its: TenantScope; ownerId: string }>> {
  const system = { kind: 'system', cause: 'signup' } as const;
  const scope = openTenant(platform, signup.tenantId, system, { now, requestId });
  const hash = sha256Hex(`signup ${signup.id}`);
  const id = newId('tenant', signup.createdAt, bytesOfHash(hash)) as TenantId;
  const known = await tenantWithin(scope.db, null, id);
  const plain = slugOf(signup.business) || 'salon';
  const unique = `${plain.slice(0, 54)}-${hash.slice(0, 6)}`;
  const slugs = known !== null ? [known.slug] : isReserved(plain) ? [unique] : [plain, unique];
  let refused: Result<never> = gone();
  for (const slug of slugs) {
    const made = await createTenant(platform, scope, {
      id,
      type: 'business',
      ...(signup.tenantId === PLATFORM_TENANT ? {} : { parent_id: signup.tenantId }),
      name: signup.business,
      slug,
      country: signup.country,
      ...OF_COUNTRY[signup.country as Country],
      language: signup.language,
      plan_id: null,
      vat_id: null,
      owner: { name: signup.name, email: signup.email },
      trade: signup.trade,
      isOwnerProven: true,
      answerIn: signup.language,
    });
    if (made.ok)
      return ok({
        its: openTenant(platform, id, system, { now, requestId }),
        ownerId: made.value.ownerId,
      });
    refused = made;
    // The name of the host is another's: the next one is nobody's.
    if (made.error.code !== 'VALIDATION_ERROR' || made.error.errors['slug'] === undefined) break;
  }
  return refused;
}
