/** A tenant's facts are changed: name, law, zone, plan, VAT id, limits, what is switched on, brand. Called through tenant-commands.ts. */
import type { ChangeTenantRequest } from '../../../shared/contract/tenants.ts';
import { versionConflict } from '../../../shared/errors.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { canonicalJson } from '../../object-runtime/hash.ts';
import type { NewTenant, TenantRecord } from '../../storage/platform-db.ts';
import { updateTenant } from '../../storage/queries/tenants.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { vatCheckOf } from '../check-vat.ts';
import { audited, judgeFields } from '../fields.ts';
import { reached } from '../reach.ts';
import { brandStored } from '../rules/brand.ts';
import { columnsOf } from '../rules/status.ts';
import type { Problems } from '../words.ts';
import { toldOf } from './change-status.ts';

export interface ChangeTenant {
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
  ...(change.name === undefined ? {} : { name: change.name }),
  ...(change.country === undefined ? {} : { country: change.country }),
  ...(change.time_zone === undefined ? {} : { timeZone: change.time_zone }),
  ...(change.language === undefined ? {} : { locale: change.language }),
  ...(change.plan_id === undefined ? {} : { planId: change.plan_id }),
  ...(change.vat_id === undefined ? {} : { vatId }),
  ...(change.legal === undefined ? {} : { legal: change.legal }),
  ...(change.limits === undefined ? {} : { limits: change.limits }),
  ...(change.features === undefined ? {} : { features: [...new Set(change.features)].sort() }),
  ...(change.brand === undefined ? {} : { brand: change.brand && brandStored(change.brand) }),
});

const isOther = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) !== canonicalJson(b ?? null);

/**
 * Changes what is named; an empty change or one that changes nothing leaves no trace. A plan that is chosen after the trial ran out without one
 * lets the tenant work on. A new VAT id is asked about at the register at once.
 * Refusals: PERMISSION_DENIED (`edit_tenants`), TENANT_SUSPENDED (the reseller that asks), NOT_FOUND, VERSION_CONFLICT, VALIDATION_ERROR
 * (`time_zone`, `plan_id`, `vat_id`; `limits` and `features`, which are the operator's).
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
    const problems: Problems =
      reach.within === null
        ? {}
        : {
            ...(change.limits === undefined ? {} : { limits: 'operator_only' }),
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
        planId: change.plan_id !== undefined && change.plan_id !== tenant.planId ? change.plan_id : null,
        parentId: tenant.parentId,
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
    const { now, requestId } = scope;
    return toldOf(platform, openTenant(platform, tenant.id, scope.actor, { now, requestId }));
  }
  return err(versionConflict(expectedVersion ?? seen, seen + 1));
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
