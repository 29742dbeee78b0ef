/** The owner's consent, who used it, and the networks of the account. Called by security-routes.ts and support-sessions.resource.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { realNow } from '../../../shared/clock.ts';
import type { NetworksView, SupportAccessView, SupportSessionView } from '../../../shared/contract/security.ts';
import type { FactorDemandView } from '../../../shared/contract/ways-in.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import { cursorOf, pageOf } from '../../http/list.ts';
import type { VersionedView, ViewPage } from '../../resources/backing.ts';
import { factorDemandOf } from '../../storage/identity/second-factors.ts';
import {
  securityOf,
  type SupportSessionRow,
  supportSessionOf,
  supportSessionPage,
} from '../../storage/identity/support.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { shownAddress } from '../networks.ts';

/** Until when the operator may look in. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function showSupportAccess(scope: TenantScope): Promise<Result<SupportAccessView>> {
  const refused = permissionRefusal(scope.actor, 'view_security');
  if (refused) return refused;
  const facts = await securityOf(scope.db);
  if (facts === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const isOpen = (facts.supportAccessUntil ?? 0) > realNow();
  if (!isOpen) return ok({ until: null, given_at: null, given_by: null });
  const by = facts.supportAccessBy;
  const names = await scope.recentNamesOfUsers(by === null ? [] : [by]);
  return ok({
    until: isoOrNull(facts.supportAccessUntil),
    given_at: isoOrNull(facts.supportAccessAt),
    given_by: names.get(by ?? '') ?? null,
  });
}

/** Where the account's people work from. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function showNetworks(scope: TenantScope, address: string): Promise<Result<NetworksView>> {
  const refused = permissionRefusal(scope.actor, 'view_security');
  if (refused) return refused;
  const facts = await securityOf(scope.db);
  if (facts === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  return ok({ networks: facts.adminNetworks ?? [], your_address: shownAddress(address) });
}

/** Of whom a second factor is demanded, from when on, and how many have none. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function showFactorDemand(scope: TenantScope): Promise<Result<FactorDemandView>> {
  const { actor } = scope;
  const refused = permissionRefusal(actor, 'view_security');
  if (refused) return refused;
  const facts = await factorDemandOf(scope.db);
  if (facts === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  return ok({
    demand: facts.demand ?? 'nobody',
    from: isoOrNull(facts.from),
    proven: actor.kind === 'user' && actor.provenTwice === true,
    people_without: facts.without,
  });
}

function viewOf(row: SupportSessionRow): SupportSessionView {
  const now = realNow();
  return {
    id: row.id,
    user_id: row.userId,
    user_name: row.userName,
    operator_id: row.operatorId,
    operator_name: row.operatorName,
    reason: row.reason,
    started_at: toIso(row.startedAt),
    ends_at: toIso(row.endedAt ?? row.endsAt),
    running: row.endedAt === null && row.endsAt > now,
    ended_by: row.endedBy,
  };
}

/** A page of the times somebody looked in, newest first. Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`). */
export async function listSupportSessions(
  scope: TenantScope,
  query: { cursor?: string | undefined; limit: number },
): Promise<Result<ViewPage<SupportSessionView>>> {
  const refused = permissionRefusal(scope.actor, 'view_security');
  if (refused) return refused;
  const after = cursorOf(query.cursor, ['number', 'string']);
  if (!after.ok) return after;
  const from = after.value && { startedAt: after.value[0], id: after.value[1] };
  const rows = await supportSessionPage(scope.db, from, query.limit + 1);
  const { shown, meta } = pageOf(rows, query.limit, (row) => [row.startedAt, row.id]);
  return ok({ data: shown.map(viewOf), meta });
}

/** One of them. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function oneSupportSession(
  scope: TenantScope,
  id: string,
): Promise<Result<VersionedView<SupportSessionView>>> {
  const refused = permissionRefusal(scope.actor, 'view_security');
  if (refused) return refused;
  const row = await supportSessionOf(scope.db, id);
  return row === null ? err({ code: 'NOT_FOUND', entity: 'support_session' }) : ok({ view: viewOf(row) });
}
