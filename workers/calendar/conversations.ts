/**
 * What a call has said and shown so far, and what is counted over days for its caller. Written beside the command log: merging or counting
 * twice is doing it once. Called by the object's methods of the same names.
 */
import { asInstant } from '../../shared/clock.ts';
import { namedHold } from './commands/hold-parts.ts';
import { EMPTY_CONVERSATION, isCalling, mergeConversation } from './rules/conversation.ts';
import { CONVERSATION_TTL_MS, summaryOf } from './store/conversations-table.ts';
import type { CalendarStore } from './store/store.ts';
import type { CallSeen, Conversation, CountCaller, CountedCaller, TouchConversation } from './call-state.ts';

/** Appointments shown of one call. */
const MAX_CALL_APPOINTMENTS = 20;

/** Reads a conversation and, where `merge` says something new, updates it. */
export function touchConversation(
  store: CalendarStore,
  command: TouchConversation,
): { conversation: Conversation; call: CallSeen } {
  const { callId, now } = command;
  const seen = store.conversations.seen(callId, now);
  const stored = store.conversations.find(callId, now);
  const before = stored ?? EMPTY_CONVERSATION;
  const { after, tried } = mergeConversation(before, command);
  if (JSON.stringify(after) !== JSON.stringify(before)) store.conversations.save(callId, after, now);
  const [hold] = store.holds.live('call_id', callId, now);
  const firstSeen = seen.firstSeen && stored === null;
  return {
    conversation: {
      ...after,
      callId,
      firstSeen,
      hold: hold ? namedHold(store, hold) : null,
      appointmentIds: store.appointments.ofCall(callId, MAX_CALL_APPOINTMENTS),
      tried,
      scheduleVersion: store.schedule.knownVersion(),
      expiresAt: asInstant(now + CONVERSATION_TTL_MS),
    },
    call: { firstSeen, ...summaryOf(after) },
  };
}

/** Calls of these two days in which this customer is who calls; also those of which no other store knows it yet. */
export const callsNaming = ({ conversations }: CalendarStore, customerId: string): string[] =>
  conversations
    .naming(customerId)
    .filter(({ conversation }) => isCalling(conversation, customerId))
    .map(({ callId }) => callId);

/** All of the counts or none; the same id counts once, however often it is asked. */
export function countCaller({ callers }: CalendarStore, { now, id, counts }: CountCaller): CountedCaller {
  const fresh = counts.filter((one) => !callers.isCounted(one.name, id));
  for (const { name, limit, windowMs } of fresh)
    if (callers.counted(name, now - windowMs, limit).count >= limit) return { allowed: false, exceeded: name };
  for (const { name, windowMs } of fresh) callers.count(name, now, id, now + windowMs);
  return { allowed: true, exceeded: null };
}
