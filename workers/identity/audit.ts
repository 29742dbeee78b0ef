/** The activity log: who did what to which record. Ids and field names in an append-only row, values beside it. Called by routes and jobs after a mutation. */
import { causerOf, causerParts } from '../../shared/actor.ts';
import { newId } from '../../shared/ids.ts';
import type { Beside } from '../storage/control-plane.ts';
import type { Write } from '../storage/tenant-db.ts';
import { auditLog, auditValues } from '../storage/tables/identity.ts';
import type { TenantScope } from '../tenancy/scope.ts';

export interface AuditEntry {
  /** area of the product: `identity`, `appointments` … */
  log: string;
  /** what happened, code-like and in the past tense: `api_key.created` */
  description: string;
  subjectType: string;
  subjectId: string;
  /** values before and after, only of the fields that changed; secrets are blanked here */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** who did it, where that is no actor of ours: the customer behind a link (`customer:cus_…`) */
  causer?: string;
  ip?: string;
}

const SECRET_FIELD = /password|secret|token|hash|credential|api_?key|iban|card/i;
/** Longest text kept of one value: the log tells of a change, it is no copy of the record. */
const MAX_VALUE_LENGTH = 500;
const MAX_FIELDS = 50;

/** Field → value fit to be kept: secrets blanked, long texts cut, nested values as JSON text. */
function redacted(values: Record<string, unknown> | undefined): Record<string, unknown> | null {
  if (values === undefined) return null;
  const kept: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(values).slice(0, MAX_FIELDS)) {
    if (SECRET_FIELD.test(field)) kept[field] = '[redacted]';
    else if (value === null || typeof value === 'number' || typeof value === 'boolean') kept[field] = value;
    else kept[field] = (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, MAX_VALUE_LENGTH);
  }
  return kept;
}

/** Whose change it is: a scope, or what a job knows of itself. */
type AuditContext = Pick<TenantScope, 'db' | 'actor' | 'now' | 'requestId'>;

/** The writes of an audit entry, for a batch with the change itself: both or neither. */
export function auditWrites(scope: AuditContext, entry: AuditEntry): Write[] {
  const id = newId('audit', scope.now);
  const before = redacted(entry.before);
  const after = redacted(entry.after);
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const row = scope.db.insertOf(auditLog, {
    id,
    log: entry.log,
    description: entry.description,
    subjectType: entry.subjectType,
    subjectId: entry.subjectId,
    ...causerParts(entry.causer ?? causerOf(scope.actor)),
    fields,
    requestId: scope.requestId,
    createdAt: scope.now,
  });
  if (before === null && after === null && entry.ip === undefined) return [row];
  return [
    row,
    scope.db.insertOf(auditValues, { auditId: id, before, after, ip: entry.ip ?? null, createdAt: scope.now }),
  ];
}

/** The entry of a change of the control plane, and what is said should that change not be confirmed (storage/control-plane.ts). */
export const auditBeside = (scope: AuditContext, entry: AuditEntry): Beside => ({
  tenant: auditWrites(scope, entry),
  unconfirmed: auditWrites(scope, { ...entry, description: `${entry.description}_unconfirmed` }),
});

/** Writes the entry by itself, for changes that were decided elsewhere (an object, another database). */
export const writeAudit = (scope: TenantScope, entry: AuditEntry): Promise<void> =>
  scope.db.batch(auditWrites(scope, entry));
