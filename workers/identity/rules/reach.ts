/** Pure: how far somebody reaches, and how far of it they may let others reach. Called by sessions, keys and the commands about users. */
import { type Actor, type Reach, reachOf, WHOLE_REACH } from '../../../shared/actor.ts';
import type { Role } from '../../../shared/permissions.ts';

/** What a row of `users` says of it. */
export interface Bounds {
  companyIds: readonly string[] | null;
  branchIds: readonly string[] | null;
  ownOnly: boolean;
}

/** The role that always has only its own. */
const OWN_ONLY_ROLE: Role = 'staff';

/** How far a user reaches, by their row. */
export const reachOfUser = (user: Bounds & { id: string; role: string }): Reach => ({
  companyIds: user.companyIds,
  branchIds: user.branchIds,
  ownOf: user.ownOnly || user.role === OWN_ONLY_ROLE ? user.id : null,
});

/** Whether anything at all is out of reach. */
export const isBound = ({ companyIds, branchIds, ownOf }: Reach): boolean =>
  companyIds !== null || branchIds !== null || ownOf !== null;

const isWithin = (held: readonly string[] | null, given: readonly string[] | null): boolean =>
  held === null || given?.every((one) => held.includes(one)) === true;

/**
 * Whether the actor reaches everything that somebody with these bounds does: only then may they make, change or remove that person, because
 * nobody lets others see more than they see. Who has only their own lets nobody see anything.
 */
export function reachesAll(actor: Actor, bounds: Pick<Bounds, 'companyIds' | 'branchIds'>): boolean {
  const { companyIds, branchIds, ownOf } = reachOf(actor);
  return ownOf === null && isWithin(companyIds, bounds.companyIds) && isWithin(branchIds, bounds.branchIds);
}

/** Of a key: of the person who made it, else everything. */
export const reachOfMaker = (maker: (Bounds & { id: string; role: string }) | null): Reach =>
  maker === null ? WHOLE_REACH : reachOfUser(maker);
