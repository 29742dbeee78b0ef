/** What a call has said and shown so far; calls seen since the object started are also kept in memory. */
import { BoundedMap } from '../../../shared/bounded-map.ts';
import type { Instant } from '../../../shared/clock.ts';
import { EMPTY_CONVERSATION, type StoredConversation, storedConversation } from '../rules/conversation.ts';
import { CONVERSATION_TTL_HOURS } from '../bounds.ts';
import type { CallSeen } from '../call-state.ts';
import { one, text } from './sql.ts';

/** Calls remembered as seen. */
const MAX_SEEN_CALLS = 5_000;
/** How long a conversation is kept after its last change, ms. */
export const CONVERSATION_TTL_MS = CONVERSATION_TTL_HOURS * 3_600_000;

type Summary = Omit<CallSeen, 'firstSeen'>;

export const summaryOf = ({ lostSlots, identity }: StoredConversation): Summary => ({
  lostSlots,
  level: identity.lineCustomerIds === null ? null : identity.level,
});

export class ConversationsTable {
  readonly #sql: SqlStorage;
  /** calls this instance has seen → slots they lost to others, and the level, as stored with the conversation */
  readonly #seen = new BoundedMap<string, Summary>(MAX_SEEN_CALLS);

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(callId: string, now: number): StoredConversation | null {
    const row = one(this.#sql, 'SELECT body FROM conversations WHERE call_id = ? AND expires_at > ?', callId, now);
    return row ? storedConversation(text(row['body'])) : null;
  }
  save(callId: string, conversation: StoredConversation, now: Instant): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO conversations (call_id, expires_at, body) VALUES (?, ?, ?)',
      callId,
      now + CONVERSATION_TTL_MS,
      JSON.stringify(conversation),
    );
    this.#seen.set(callId, summaryOf(conversation));
  }
  /** Calls whose row names somebody; as few as there were calls in these two days. */
  naming(customerId: string): { callId: string; conversation: StoredConversation }[] {
    return this.#sql
      .exec('SELECT call_id, body FROM conversations WHERE instr(body, ?) > 0', JSON.stringify(customerId))
      .toArray()
      .map((row) => ({ callId: text(row['call_id']), conversation: storedConversation(text(row['body'])) }));
  }
  prune(now: number, limit: number): void {
    this.#sql.exec(
      'DELETE FROM conversations WHERE call_id IN (SELECT call_id FROM conversations WHERE expires_at <= ? LIMIT ?)',
      now,
      limit,
    );
  }

  /** What an answer says about a call; `firstSeen` once per instance of the object. */
  seen(callId: string, now: Instant): CallSeen {
    const known = this.#seen.get(callId);
    if (known !== undefined) return { firstSeen: false, ...known };
    const summary = summaryOf(this.find(callId, now) ?? EMPTY_CONVERSATION);
    this.#seen.set(callId, summary);
    return { firstSeen: true, ...summary };
  }

  /** A slot that the call wanted went to somebody else. */
  countLostSlot(callId: string, now: Instant): void {
    const stored = this.find(callId, now) ?? EMPTY_CONVERSATION;
    this.save(callId, { ...stored, lostSlots: this.seen(callId, now).lostSlots + 1 }, now);
  }
}
