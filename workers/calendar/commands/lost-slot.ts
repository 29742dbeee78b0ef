/** After hold, book and move: a slot that somebody else was faster to take is counted for the call, though the refusal wrote nothing. */
import type { Instant } from '../../../shared/clock.ts';
import type { Result } from '../../../shared/result.ts';
import type { CalendarStore } from '../store/store.ts';

export function countLostSlot(
  store: CalendarStore,
  { callId }: { callId?: string | null },
  result: Result<unknown>,
  now: Instant,
): void {
  if (!callId || result.ok) return;
  if (result.error.code === 'APPOINTMENT_CONFLICT' && result.error.details.reason === 'full')
    store.conversations.countLostSlot(callId, now);
}
