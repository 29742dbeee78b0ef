/** A tenant's facts are changed: name, law, zone, plan, VAT id, limits, what is switched on, brand. Called through tenant-commands.ts. */
import type { ChangeTenantRequest } from '../../../shared/contract/tenants.ts';
import { versionConflict } from '../../../shared/errors.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { TENANT_LIMITS, type TenantLimit } from '../../../shared/tenant-status.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { PLATFORM_TENANT } from '../../jobs/world.ts';
import { canonicalJson } from '../../object-runtime/hash.ts';
import type { NewTenant, TenantRecord } from '../../storage/platform-db.ts';
import { childrenOf, tenantWithin, updateTenant } from '../../storage/queries/tenants.ts';
import { forgetIdentity } from '../../tenancy/directory.ts';
import { limitOf, roomFor } from '../../tenancy/limits.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { vatCheckOf } from '../check-vat.ts';
import { audited, judgeFields } from '../fields.ts';
import { reached } from '../reach.ts';
import { brandStored } from '../rules/brand.ts';
import { columnsOf } from '../rules/status.ts';
import type { Problems } from '../words.ts';
import { toldOf } from './change-status.ts';

interface ChangeTenant {
  id: string;
  change: ChangeTenantRequest;
  /** the version the client has seen; null: whatever is there */
  expectedVersion: number | null;
  answerIn: Language;
}

/** Changes beside this one that it is made again behind, where no version was named. */
const MAX_ATTEMPTS = 3;
type Columns = Partial<Omit<NewTenant, 'id' | 'version'>>;

/** The request as columns of the row. */
const columnsOfChange = ({ change }: ChangeTenant, vatId: string | null): Columns => ({
  ...(change.parent_id === undefined ? {} : { parentId: change.parent_id }),
  ...(change.name === undefined ? {} : { name: change.name }),
  ...(change.country === undefined ? {} : { country: change.country }),
  ...(change.time_zone === undefined ? {} : { timeZone: change.time_zone }),
  ...(change.language === undefined ? {} : { locale: change.language }),
  ...(change.plan_id === undefined ? {} : { planId: change.plan_id }),
  ...(change.vat_id === undefined ? {} : { vatId }),
  ...(change.legal === undefined ? {} : { legal: change.legal }),
  ...(change.limits === undefined ? {} : { limits: change.limits }),
  ...(change.features === undefined ? {} : { features: change.features }),
  ...(change.brand === undefined ? {} : { brand: change.brand && brandStored(change.brand) }),
});

const isOther = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) !== canonicalJson(b ?? null);

/**
 * Changes what is named; an empty change or one that changes nothing leaves no trace. A plan that is chosen after the trial ran out without one
 * lets the tenant work on. A new VAT id is asked about at the register at once.
 * Refusals: PERMISSION_DENIED (`edit_tenants`), TENANT_SUSPENDED (the reseller that asks), NOT_FOUND, VERSION_CONFLICT, LIMIT_REACHED (customers of
 * the reseller it moves to), VALIDATION_ERROR (`parent_id`, `time_zone`, `plan_id`, `vat_id`; `limits` above the reseller's own; `features`, which are the operator's).
 */
export async function changeTenant(
  platform: Platform,
  scope: TenantScope,
  input: ChangeTenant,
): Promise<Result<TenantRecord>> {
  const { id, change, expectedVersion, answerIn } = input;
  let seen = 0;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const found = await reached(scope, 'edit_tenants', id);
    if (!found.ok) return found;
    const { tenant, reach } = found.value;
    seen = tenant.version;
    if (expectedVersion !== null && expectedVersion !== seen) return err(versionConflict(expectedVersion, seen));
    const moved = change.parent_id !== undefined && change.parent_id !== (tenant.parentId ?? PLATFORM_TENANT);
    const placed = moved ? await newPlace(platform, scope, tenant, change.parent_id ?? '') : ok(null);
    if (!placed.ok) return placed;
    const problems: Problems =
      reach.within === null
        ? { ...placed.value }
        : {
            ...(moved ? { parent_id: 'operator_only' } : {}),
            ...(await limitsProblem(platform, reach.own, change.limits)),
            ...(change.features === undefined ? {} : { features: 'operator_only' }),
          };
    const fields = await judgeFields(
      platform,
      {
        country: change.country ?? tenant.country,
        currency: tenant.currency,
        timeZone: change.time_zone ?? tenant.timeZone,
        // What is kept already was judged when it was written; another country judges it anew.
        vatId: change.vat_id !== undefined ? change.vat_id : change.country === undefined ? null : tenant.vatId,
        // Who moves must have a plan that the new place offers.
        planId:
          moved || (change.plan_id !== undefined && change.plan_id !== tenant.planId)
            ? change.plan_id === undefined
              ? tenant.planId
              : change.plan_id
            : null,
        parentId: change.parent_id ?? tenant.parentId,
      },
      problems,
      answerIn,
    );
    if (!fields.ok) return fields;
    const wanted = columnsOfChange(input, fields.value.vatId);
    const changed = (Object.keys(wanted) as (keyof Columns & keyof TenantRecord)[]).filter((column) =>
      isOther(wanted[column], tenant[column]),
    );
    if (changed.length === 0) return ok(tenant);
    const set: Columns = Object.fromEntries(changed.map((column) => [column, wanted[column]]));
    if (changed.includes('vatId') || changed.includes('country'))
      set.vatCheck = await vatCheckOf(
        platform,
        {
          vatId: set.vatId !== undefined ? set.vatId : tenant.vatId,
          country: set.country ?? tenant.country,
          vatCheck: null,
        },
        scope.now,
      );
    const worksOn = set.planId != null && tenant.status === 'past_due' && tenant.statusReason === 'trial_ended';
    if (worksOn) Object.assign(set, columnsOf('active', null, scope.now));
    const beside = auditBeside(scope, {
      log: 'tenants',
      description: 'tenant.updated',
      subjectType: 'tenant',
      subjectId: id,
      before: audited(tenant, changed),
      after: audited(wanted as Partial<TenantRecord>, changed),
    });
    if (!(await updateTenant(scope.db, tenant, { ...set, updatedAt: scope.now }, beside))) continue;
    if (moved) await forgetIdentity(platform, tenant);
    const { now, requestId } = scope;
    return toldOf(platform, openTenant(platform, tenant.id, scope.actor, { now, requestId }));
  }
  return err(versionConflict(expectedVersion ?? seen, seen + 1));
}

/** A reseller gives its customers no more of anything than it may have itself, or than everybody may. */
async function limitsProblem(
  platform: Platform,
  own: TenantRecord | null,
  limits: ChangeTenantRequest['limits'],
): Promise<Problems> {
  for (const name of TENANT_LIMITS) {
    const asked = limits?.[name];
    const max = asked === undefined ? null : await limitOf(platform, own, name);
    if (asked !== undefined && (name === 'customers' || (max !== null && asked > max)))
      return { limits: 'limit_above' };
  }
  return {};
}

/** What is wrong with another place in the tree; null: nothing. Refusals: LIMIT_REACHED (customers of the reseller). */
async function newPlace(
  platform: Platform,
  scope: TenantScope,
  tenant: TenantRecord,
  parentId: string,
): Promise<Result<Problems | null>> {
  if (tenant.type !== 'business') return ok({ parent_id: 'parent_of_reseller' });
  if (parentId === PLATFORM_TENANT) return ok(null);
  const parent = await tenantWithin(scope.db, null, parentId);
  if (parent?.type !== 'reseller' || parent.status === 'closed') return ok({ parent_id: 'parent' });
  const its = { limit: (name: TenantLimit) => limitOf(platform, parent, name) };
  const room = await roomFor(its, 'customers', await childrenOf(scope.db, parent.id));
  return room.ok ? ok(null) : room;
}

/**
 * Asks the register about the VAT id once more. Refusals: PERMISSION_DENIED (`edit_tenants`), TENANT_SUSPENDED, NOT_FOUND, VERSION_CONFLICT (the
 * tenant was changed meanwhile).
 */
export async function checkVat(
  platform: Platform,
  scope: TenantScope,
  { id }: { id: string },
): Promise<Result<TenantRecord>> {
  const found = await reached(scope, 'edit_tenants', id);
  if (!found.ok) return found;
  const { tenant } = found.value;
  const check = await vatCheckOf(platform, tenant, scope.now);
  const beside = auditBeside(scope, {
    log: 'tenants',
    description: 'tenant.vat_checked',
    subjectType: 'tenant',
    subjectId: id,
    before: { state: tenant.vatCheck?.state ?? null },
    after: { state: check?.state ?? null },
  });
  if (!(await updateTenant(scope.db, tenant, { vatCheck: check }, beside)))
    return err(versionConflict(tenant.version, tenant.version + 1));
  const { now, requestId } = scope;
  return toldOf(platform, openTenant(platform, tenant.id, scope.actor, { now, requestId }));
}
