/** What came of a call, as its list and its page say it. Apart from call-words.ts, which customers read, too. */
import type { CallListItem } from '../../../shared/contract/calls.ts';
import { CALL_LOOK } from './call-words.ts';

/** What came of a call, in a word with its look. */
export function outcomeOf(call: Pick<CallListItem, 'test' | 'status' | 'appointment_id'>) {
  if (call.test) return { look: { tone: 'info', icon: 'phone' } as const, word: 'calls.test' as const };
  if (call.status === 'ongoing') return { look: CALL_LOOK.ongoing, word: 'calls.status.ongoing' as const };
  return call.appointment_id === null
    ? { look: { tone: 'gray', icon: 'phone' } as const, word: 'calls.no_booking' as const }
    : { look: { tone: 'success', icon: 'calendar' } as const, word: 'calls.booked' as const };
}
