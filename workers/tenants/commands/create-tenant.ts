/** A new tenant with everything it needs to begin: row, ledger, calendar's account, trial with its bonus, invitation of its owner. Called through tenant-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { CreateTenantRequest } from '../../../shared/contract/tenants.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { bytesOfHash, newId, type TenantId } from '../../../shared/ids.ts';
import { asCents, isCurrency } from '../../../shared/money.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { DAY } from '../../../shared/time.ts';
import type { Trade } from '../../../shared/trades.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { inviteUser } from '../../identity/commands/invite-user.ts';
import { systemSettings } from '../../instance/settings.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import type { NewTenant, TenantRecord } from '../../storage/platform-db.ts';
import { insertTenant, tenantWithin } from '../../storage/queries/tenants.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { vatCheckOf } from '../check-vat.ts';
import { judgeFields } from '../fields.ts';
import { limitOf } from '../../tenancy/limits.ts';
import { mayNotAct, type Reach, reachOf } from '../reach.ts';
import { isReserved, slugOf } from '../rules/slug.ts';
import { tell } from '../tell.ts';
import { type Problems, refusalOf } from '../words.ts';

interface CreateTenant extends CreateTenantRequest {
  /** made by the caller: the same id again ends in the same tenant, however far the first attempt came */
  id: TenantId;
  answerIn: Language;
  /** of a sign-up: as it was named there */
  trade?: Trade;
  /** the owner's address is proven already: no invitation is mailed, whoever calls gives the account its password */
  isOwnerProven?: true;
}

/** The id that follows from the request's key, so that its repeat means the same tenant; without a key a new one. */
export const tenantIdOf = (scope: TenantScope, key: string | null | undefined): TenantId =>
  key ? newId('tenant', 0, bytesOfHash(sha256Hex(`${scope.tenantId}\n${key}`))) : newId('tenant', scope.now);

/** The parent that a new tenant hangs below. Refusals: VALIDATION_ERROR (`parent_id`, `type`), NOT_FOUND (somebody else's parent). */
async function parentOf(
  scope: TenantScope,
  { own, within }: Reach,
  { type, parent_id, answerIn }: CreateTenant,
): Promise<Result<TenantRecord | null>> {
  if (within !== null) {
    const problems: Problems = {
      ...(type === 'business' ? {} : { type: 'reseller_forbidden' }),
      ...(parent_id == null || parent_id === within ? {} : { parent_id: 'parent' }),
    };
    return refusalOf(problems, answerIn) ?? ok(own);
  }
  if (parent_id == null || parent_id === 'platform') return ok(null);
  if (type === 'reseller') return refusalOf({ parent_id: 'parent_of_reseller' }, answerIn) ?? ok(null);
  const parent = await tenantWithin(scope.db, null, parent_id);
  return parent?.type === 'reseller' && parent.status !== 'closed'
    ? ok(parent)
    : (refusalOf({ parent_id: 'parent' }, answerIn) ?? ok(null));
}

/**
 * Makes a tenant of whoever asks: the operator businesses and resellers, a reseller businesses below itself. Repeated with the same id it goes
 * on where it stopped, and ends in the same tenant.
 * Refusals: PERMISSION_DENIED (`create_tenants`, `create_users`; no account that has tenants below it), TENANT_SUSPENDED (the reseller is),
 * VALIDATION_ERROR (`slug` taken, reserved or not to be made of the name; `currency`, `time_zone`, `plan_id`, `vat_id`, `parent_id`, `type`,
 * `limits`), LIMIT_REACHED (`customers` of the reseller), IDEMPOTENCY_MISMATCH (the id is another tenant's).
 */
export async function createTenant(
  platform: Platform,
  scope: TenantScope,
  input: CreateTenant,
): Promise<Result<{ tenant: TenantRecord; ownerId: string }>> {
  const reach = await reachOf(scope, 'create_tenants');
  if (!reach.ok) return reach;
  // A tenant is nobody's without its owner, whom only those may invite who may make users.
  const refused = permissionRefusal(scope.actor, 'create_users');
  if (refused) return refused;
  if (mayNotAct(reach.value)) return err({ code: 'TENANT_SUSPENDED' });
  const parent = await parentOf(scope, reach.value, input);
  if (!parent.ok) return parent;
  const slug = input.slug ?? slugOf(input.name);
  const fields = await judgeFields(
    platform,
    {
      country: input.country,
      currency: input.currency,
      timeZone: input.time_zone,
      vatId: input.vat_id,
      planId: input.plan_id,
      parentId: parent.value?.id ?? null,
    },
    {
      ...(slug === '' ? { slug: 'slug_needed' } : isReserved(slug) ? { slug: 'slug_reserved' } : {}),
      ...(isCurrency(input.currency) ? {} : { currency: 'currency' }),
      // A limit bounds what somebody is given; who is given it does not set it.
      ...(input.limits !== undefined && reach.value.within !== null ? { limits: 'operator_only' } : {}),
    },
    input.answerIn,
  );
  if (!fields.ok) return fields;
  const row = await inserted(platform, scope, input, { slug, parent: parent.value, vatId: fields.value.vatId });
  return row.ok ? begun(platform, scope, input, row.value) : row;
}

/** The row, made now or by an attempt before. */
async function inserted(
  platform: Platform,
  scope: TenantScope,
  input: CreateTenant,
  { slug, parent, vatId }: { slug: string; parent: TenantRecord | null; vatId: string | null },
): Promise<Result<TenantRecord>> {
  const { trial_days } = await systemSettings(platform);
  const known = await tenantWithin(scope.db, null, input.id);
  const parentId = parent?.id ?? 'platform';
  const { country, currency, name, type } = input;
  if (known === null) {
    const row: NewTenant = {
      id: input.id,
      type,
      parentId,
      slug,
      name,
      status: trial_days > 0 ? 'trial' : 'active',
      currency,
      locale: input.language,
      timeZone: input.time_zone,
      country,
      vatId,
      planId: input.plan_id,
      legal: input.legal ?? null,
      limits: input.limits ?? null,
      trade: input.trade ?? null,
      trialEndsAt: trial_days > 0 ? scope.now + trial_days * DAY : null,
      vatCheck: await vatCheckOf(platform, { vatId, country, vatCheck: null }, scope.now),
      createdAt: scope.now,
      updatedAt: scope.now,
      // Neither ledger nor calendar knows of it yet: the cron goes on where this stops.
      toldVersion: 0,
    };
    const maxChildren = parent === null ? null : await limitOf(platform, parent, 'customers');
    const made = await insertTenant(
      scope.db,
      row,
      maxChildren,
      auditBeside(scope, {
        log: 'tenants',
        description: 'tenant.created',
        subjectType: 'tenant',
        subjectId: input.id,
        after: { type, name, slug, parent_id: parentId, country, currency, plan_id: input.plan_id },
      }),
    );
    if (made === 'full') return err({ code: 'LIMIT_REACHED', limit: 'customers', max: maxChildren ?? 0 });
    if (made === 'slug')
      return refusalOf({ slug: 'slug_taken' }, input.answerIn) ?? err({ code: 'NOT_FOUND', entity: 'tenant' });
  }
  const row = known ?? (await tenantWithin(scope.db, null, input.id));
  if (row === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const isSame = row.parentId === parentId && row.type === type && row.name === name && row.slug === slug;
  return isSame ? ok(row) : err({ code: 'IDEMPOTENCY_MISMATCH', key: input.id });
}

/** What a new row is followed by; each part may be there already. */
async function begun(
  platform: Platform,
  scope: TenantScope,
  { owner, language, isOwnerProven }: CreateTenant,
  tenant: TenantRecord,
): Promise<Result<{ tenant: TenantRecord; ownerId: string }>> {
  const { now, requestId } = scope;
  const its = openTenant(platform, tenant.id, scope.actor, { now, requestId });
  const told = await tell(platform, its, tenant);
  if (!told.ok) return told;
  const bonus = await giveTrialBonus(platform, its, tenant);
  if (!bonus.ok) return bonus;
  const invited = await inviteUser(platform, its, {
    id: newId('user', 0, bytesOfHash(sha256Hex(`owner of ${tenant.id}`))),
    email: owner.email,
    name: owner.name,
    role: tenant.type === 'reseller' ? 'reseller_admin' : 'admin',
    language,
    ...(isOwnerProven === undefined ? {} : { isProven: true as const }),
  });
  return invited.ok ? ok({ tenant, ownerId: invited.value.userId }) : invited;
}

/** What a trial may be used up with; given once, whatever is repeated. */
async function giveTrialBonus(platform: Platform, its: TenantScope, tenant: TenantRecord): Promise<Result<null>> {
  const { trial_bonus_cents } = await systemSettings(platform);
  if (tenant.type !== 'business' || tenant.trialEndsAt === null || trial_bonus_cents === 0) return ok(null);
  const { result } = await its.ledger.adjust({
    key: `trial:${tenant.id}`,
    amountCents: asCents(trial_bonus_cents),
    account: 'bonus',
    reasonId: 'trial',
    now: its.now,
  });
  // A bonus that was set anew between two attempts: the first one stands.
  return result.ok || result.error.code === 'IDEMPOTENCY_MISMATCH' ? ok(null) : result;
}
