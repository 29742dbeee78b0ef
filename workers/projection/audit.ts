/**
 * The activity log of what objects decided: each row follows from the event's own outbox row, so that it exists if and only if the change
 * does. Pure; called by the objects' projection sinks. (Changes in D1 write theirs in their own batch: identity/audit.ts.)
 */
import { causerParts } from '../../shared/actor.ts';
import { bytesOfHash, newId } from '../../shared/ids.ts';
import { type EventType, readOf, tell } from '../events/catalogue.ts';
import type { OutboxEvent } from '../object-runtime/events.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import type { AuditFact, Auditor, AuditRow, Audits } from './rows.ts';

/** Id of an event's row: of its time, then of its own id, so that a repeat and a restore write the same row. */
const auditId = (kind: string, event: Pick<OutboxEvent, 'id' | 'at'>): string =>
  newId('audit', event.at, bytesOfHash(sha256Hex(`${kind} ${event.id}`)));

function rowOf(kind: string, event: OutboxEvent, fact: AuditFact): AuditRow {
  const changes = Object.entries(fact.changes ?? {}).filter(([, [before, after]]) => before !== after);
  const { causerType, causerId, impersonatorId } = causerParts(event.causer ?? 'system');
  return {
    id: auditId(kind, event),
    log: fact.log,
    description: event.type,
    subject_type: fact.subjectType,
    subject_id: fact.subjectId,
    causer_type: causerType,
    causer_id: causerId,
    impersonator_id: impersonatorId,
    fields: JSON.stringify([...new Set([...changes.map(([field]) => field), ...(fact.fields ?? [])])]),
    changes: changes.length === 0 ? null : JSON.stringify(Object.fromEntries(changes)),
    request_id: null,
    created_at: event.at,
  };
}

/** The auditor of a module's declaration. Events that only a later deploy knows leave no row. */
export const auditorOf =
  <K extends EventType>(kind: string, audits: Audits<K>): Auditor =>
  (events) =>
    events.flatMap((stored) => {
      const event = readOf<K>(audits, stored);
      const fact = event && tell<K, [], AuditFact | null>(audits, event);
      return fact ? [rowOf(kind, stored, fact)] : [];
    });
