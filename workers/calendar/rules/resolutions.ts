/** The rule of what a person may choose to settle a conflict with Cal.com. Called by resolve-conflict.ts and by the page's query. */
import type { ConflictResolution } from '../../../shared/conflict-sets.ts';
import type { ExternalConflict } from '../../events/calendar.ts';

/** What may be chosen; nothing once it is settled. */
export function resolutionsOf({
  kind,
  reason,
  status,
  staffId,
}: Pick<ExternalConflict, 'kind' | 'reason' | 'status' | 'staffId'>): ConflictResolution[] {
  if (status !== 'open') return [];
  switch (kind) {
    case 'booking':
      return reason === 'twice' ? ['keep_ours', 'dismiss'] : ['keep_ours', 'take_theirs', 'dismiss'];
    case 'move':
      return ['keep_ours', 'take_theirs'];
    case 'host':
      // Nobody here is the person who hosts it there.
      return staffId === null ? ['keep_ours', 'dismiss'] : ['keep_ours', 'take_theirs', 'dismiss'];
    case 'push':
      return ['keep_ours', 'dismiss'];
  }
}
