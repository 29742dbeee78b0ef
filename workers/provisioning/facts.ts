/** The facts of a business that an agent is told, from its master data. Called by commands and steps. */
import { inLanguage, type Language } from '../../shared/i18n/language.ts';
import { companySettings } from '../calendar/rules/company.ts';
import type { ScheduleSnapshot } from '../calendar/types.ts';
import type { AgentRow } from '../storage/queries/agents.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { BusinessFacts } from './rules/prompt.ts';
import { type Wanted, wantedOf } from './rules/wanted.ts';

/** Master data as it is now; null: the object refuses at the moment. */
export async function snapshotOf(scope: TenantScope): Promise<ScheduleSnapshot | null> {
  const { result } = await scope.calendar.schedule();
  return result.ok ? result.value : null;
}

/** Null: the branch is none (any more). */
export async function factsOf(scope: TenantScope, branchId: string, language: Language): Promise<BusinessFacts | null> {
  const [tenant, snapshot] = await Promise.all([scope.tenant(), snapshotOf(scope)]);
  const branch = snapshot?.branches.find(({ id }) => id === branchId)?.body;
  if (!snapshot || !branch) return null;
  const { practiceMode } = companySettings(snapshot, branch.companyId);
  const services = snapshot.services
    .filter(({ body }) => body.active && body.companyId === branch.companyId)
    // What somebody is treated for is told to nobody, not even in a prompt that a caller talks to.
    .map(({ body }) => inLanguage(practiceMode ? (body.neutralName ?? body.name) : body.name, language));
  return {
    business: tenant?.name ?? '',
    branch: branch.name,
    timeZone: branch.timeZone,
    address: branch.address,
    phone: branch.phone,
    services: [...new Set(services)],
    practiceMode,
  };
}

/** Where Retell reaches us, without a slash at its end. */
export const ourBase = (scope: Pick<TenantScope, 'config'>): string =>
  (scope.config.PUBLIC_URL ?? 'http://localhost:8787').replace(/\/+$/, '');

/** What should stand at Retell of an agent; null: its branch is gone. */
export async function wantedNow(scope: TenantScope, row: AgentRow): Promise<Wanted | null> {
  const facts = await factsOf(scope, row.branchId, row.language);
  return facts === null ? null : wantedOf(row, facts, ourBase(scope));
}
