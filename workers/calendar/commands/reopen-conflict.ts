/** A booking that a person wanted cancelled at Cal.com still stands there. */
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import type { ExternalConflict } from '../../events/calendar.ts';
import { calendarCommand } from './command.ts';
import { openConflict } from './conflict-parts.ts';
import type { ReopenConflict } from './inputs.ts';

/** Opens a conflict again that was settled by `keep_ours`; one that is open stays. Refusals: NOT_FOUND (`conflict`). */
export const reopenConflict = calendarCommand<ReopenConflict, { conflict: ExternalConflict }>({
  name: 'reopenConflict',
  decide(store, { conflictId, reason }) {
    const conflict = store.external.conflict(conflictId);
    if (!conflict) return err({ code: 'NOT_FOUND', entity: 'conflict' });
    if (conflict.status === 'open') return ok({ value: { conflict }, events: [] });
    const opened = openConflict(store, { ...conflict, reason, status: 'open', resolution: null, resolvedAt: null });
    return ok({ value: { conflict: opened.conflict }, events: [envelope(opened.event)] });
  },
});
