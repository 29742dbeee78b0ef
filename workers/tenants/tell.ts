/**
 * What follows from a tenant's row in the objects that decide: its ledger (may it spend, by which prices, which VAT), its calendar (may
 * anybody book). The row comes first; what a crash left untold, the cron tells. Called by the commands.
 */
import { causerOf } from '../../shared/actor.ts';
import { ok, type Result } from '../../shared/result.ts';
import { actorRefOf } from '../calendar/actor-ref.ts';
import type { Platform } from '../env.ts';
import { planById } from '../instance/plans.ts';
import { systemSettings } from '../instance/settings.ts';
import { canonicalJson } from '../object-runtime/hash.ts';
import type { TenantRecord } from '../storage/platform-db.ts';
import { noteTold } from '../storage/queries/tenants.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { termsFor } from './terms.ts';

/** Somebody else writes terms or master data at the same moment: it is read again so often. */
const MAX_TRIES = 4;

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** @param scope of the tenant itself, with whoever caused it. Refusals: what the objects refuse. */
export async function tell(platform: Platform, scope: TenantScope, tenant: TenantRecord): Promise<Result<null>> {
  const told = await toldLedger(platform, scope, tenant);
  if (!told.ok) return told;
  if (tenant.type === 'business') {
    const known = await toldCalendar(scope, tenant);
    if (!known.ok) return known;
  }
  await toldOwners(scope, tenant);
  await noteTold(platform, tenant);
  return ok(null);
}

/** Owners are told of a state that is not the one they know; its id follows from the version, so that a repeat tells nothing twice. */
async function toldOwners(scope: TenantScope, { id, version, status, toldStatus }: TenantRecord): Promise<void> {
  if (toldStatus === null || toldStatus === status) return;
  await scope.effects([
    {
      id: `${id}:status:${version}`,
      queue: 'high',
      kind: 'notify',
      ref: { event: 'tenant.status', status, at: scope.now },
    },
  ]);
}

async function toldLedger(platform: Platform, scope: TenantScope, tenant: TenantRecord): Promise<Result<null>> {
  const [settings, plan] = await Promise.all([
    systemSettings(platform),
    tenant.planId === null ? null : planById(platform, tenant.planId),
  ]);
  for (let attempt = 0; ; attempt++) {
    const { result } = await scope.ledger.terms();
    const present = result.ok ? result.value : null;
    if (!result.ok && result.error.code !== 'NOT_FOUND') return result;
    const terms = termsFor(tenant, plan, settings, present?.terms ?? null);
    if (present !== null && same(terms, present.terms)) return ok(null);
    const expectedVersion = present?.version ?? 0;
    const put = await scope.ledger.putTerms({
      key: `tenant:${tenant.id}:terms:${tenant.version}:${expectedVersion}`,
      terms,
      expectedVersion,
      now: scope.now,
      causer: causerOf(scope.actor),
    });
    if (put.result.ok) return ok(null);
    if (put.result.error.code !== 'VERSION_CONFLICT' || attempt >= MAX_TRIES) return put.result;
  }
}

async function toldCalendar(scope: TenantScope, tenant: TenantRecord): Promise<Result<null>> {
  for (let attempt = 0; ; attempt++) {
    const { result } = await scope.calendar.schedule();
    if (!result.ok) return result;
    const present = result.value.account;
    const { status, currency } = tenant;
    if (present?.body.status === status && present.body.currency === currency) return ok(null);
    const expectedVersion = present?.version ?? 0;
    const put = await scope.calendar.putSchedule({
      key: `tenant:${tenant.id}:account:${tenant.version}:${expectedVersion}`,
      now: scope.now,
      actor: actorRefOf(scope.actor),
      kind: 'account',
      id: tenant.id,
      body: { languages: [tenant.locale.slice(0, 2)], ...present?.body, status, currency },
      expectedVersion,
    });
    if (put.result.ok) return ok(null);
    if (put.result.error.code !== 'VERSION_CONFLICT' || attempt >= MAX_TRIES) return put.result;
  }
}
