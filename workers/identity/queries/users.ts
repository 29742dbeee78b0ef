/** A tenant's users as they are shown; never what they sign in with. Called by account-commands.ts. */
import { type Actor, permissionRefusal } from '../../../shared/actor.ts';
import type { UserAccountView } from '../../../shared/contract/identity.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { TenantType } from '../../../shared/tenant-status.ts';
import { aboveActor } from '../user-access.ts';
import { readPageById } from '../../http/list.ts';
import type { VersionedView, ViewPage } from '../../resources/backing.ts';
import { type ShownUser, shownUserOf, usersOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { reachOfUser } from '../rules/reach.ts';

/** Names of the linked people in a list may be so old. */
const LINKS_MAX_AGE_MS = 10_000;

/** Who of the staff each user is, by the user's id; empty where the tenant has no calendar. */
async function linksOf(scope: TenantScope, maxAgeMs: number): Promise<ReadonlyMap<string, string>> {
  const { result } = await scope.calendar.schedule({ maxAgeMs });
  const staff = result.ok ? result.value.staff : [];
  return new Map(staff.flatMap(({ id, body }) => (body.userId === null ? [] : [[body.userId, id] as const])));
}

/** What the views of a page share. @param maxAgeMs of the linked people */
async function factsOf(scope: TenantScope, maxAgeMs: number) {
  const [links, tenant] = await Promise.all([linksOf(scope, maxAgeMs), scope.tenant()]);
  return { actor: scope.actor, type: tenant?.type ?? 'business', links } as const;
}

/** Whether a user may sign in, or has yet to accept. */
export const statusOf = ({ user, hasPassword }: Pick<ShownUser, 'user' | 'hasPassword'>): UserAccountView['status'] =>
  user.disabledAt !== null ? 'disabled' : hasPassword ? 'active' : 'invited';

/** A user as the API shows it, asked of the source. */
export async function viewOfUser(scope: TenantScope, shown: ShownUser): Promise<UserAccountView> {
  return viewWith(await factsOf(scope, 0), shown);
}

/** @param type of the tenant; @param links who of the staff each user is */
const viewWith = (
  { actor, type, links }: { actor: Actor; type: TenantType; links: ReadonlyMap<string, string> },
  shown: ShownUser,
): UserAccountView => viewOf(shown, links.get(shown.user.id) ?? null, aboveActor(actor, shown, type) === null);

const viewOf = (
  { user, hasPassword, isGuarded, ownRole }: ShownUser,
  staffId: string | null,
  canChange: boolean,
): UserAccountView => ({
  id: user.id,
  name: user.name,
  email: user.email,
  role: user.role,
  role_id: user.customRoleId ?? user.role,
  role_name: ownRole?.name ?? null,
  company_ids: user.companyIds,
  branch_ids: user.branchIds,
  own_only: reachOfUser(user).ownOf !== null,
  staff_id: staffId,
  can_change: canChange,
  language: user.language,
  status: statusOf({ user, hasPassword }),
  disabled_at: user.disabledAt?.toISOString() ?? null,
  second_factor: isGuarded,
  last_sign_in_at: user.lastSignInAt?.toISOString() ?? null,
  created_at: user.createdAt.toISOString(),
  updated_at: user.updatedAt.toISOString(),
});

/** A page of the tenant's users, oldest first. Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`). */
export async function listUsers(
  scope: TenantScope,
  query: { cursor?: string | undefined; limit: number },
): Promise<Result<ViewPage<UserAccountView>>> {
  const refused = permissionRefusal(scope.actor, 'view_users');
  if (refused) return refused;
  const page = await readPageById(query, (after, limit) => usersOf(scope.db, after, limit));
  if (!page.ok) return page;
  const facts = await factsOf(scope, LINKS_MAX_AGE_MS);
  return ok({ data: page.value.shown.map((shown) => viewWith(facts, shown)), meta: page.value.meta });
}

/** One user. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function oneUser(scope: TenantScope, id: string): Promise<Result<VersionedView<UserAccountView>>> {
  const refused = permissionRefusal(scope.actor, 'view_users');
  if (refused) return refused;
  const row = await shownUserOf(scope.db, id);
  return row === null ? err({ code: 'NOT_FOUND', entity: 'user' }) : ok({ view: await viewOfUser(scope, row) });
}
