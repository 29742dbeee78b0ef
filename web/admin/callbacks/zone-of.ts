/** The clock of a call back: its branch's, else the business's. Called by the parts of its page. */
import type { CallbackView } from '../../../shared/contract/calls.ts';
import type { SignedInMe } from '../../ui/use-session.ts';

export const zoneOf = (
  { branch_id }: Pick<CallbackView, 'branch_id'>,
  me: Pick<SignedInMe, 'branches' | 'tenant'>,
): string => me.branches.find(({ id }) => id === branch_id)?.time_zone ?? me.tenant.time_zone;
