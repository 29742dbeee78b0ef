/** What of the live stream somebody hears who does not reach everything. Called by live-routes.ts. */
import type { StreamMessage } from '../object-runtime/streams.ts';
import { isNarrow, type Reached } from '../storage/queries/reach.ts';

/** Words of a call go to who reaches its branch, and to nobody who has only their own. */
function linesWithin(message: StreamMessage, { staff, branches }: Reached): StreamMessage | null {
  const { branch_id: branchId } = message.data as { branch_id: string | null };
  const isReached = staff === null && (branches === null || (branchId !== null && branches.includes(branchId)));
  return isReached ? message : null;
}

/**
 * What somebody hears who does not reach everything: that something changed on a day of theirs, never of which appointment or call. Null:
 * nothing.
 */
export function heardWithin(message: StreamMessage, reached: Reached): StreamMessage | null {
  if (message.event === 'call.line') return linesWithin(message, reached);
  if (!isNarrow(reached) || (message.event !== 'appointment' && message.event !== 'call')) return message;
  const { days } = message.data as { days?: { branch_id: string; date: string }[] };
  const { branches } = reached;
  const here = days?.filter(({ branch_id }) => branches === null || branches.includes(branch_id));
  if (here?.length === 0) return null;
  return { ...message, data: { ids: [], ...(here === undefined ? {} : { days: here }) } };
}
