/** D1 rows of recordings of calls. Called by telephony/recording/ and its routes. */
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { RecordingReason } from '../../../shared/recording-sets.ts';
import { callRecordings, calls } from '../tables/calls.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type RecordingRow = typeof callRecordings.$inferSelect;
type NewRecording = Omit<typeof callRecordings.$inferInsert, 'tenantId'>;

const ofCall = (callId: string): SQL => eq(callRecordings.callId, callId);

export const recordingOf = (db: TenantDb, callId: string): Promise<RecordingRow | null> =>
  db.row(callRecordings, ofCall(callId));

/** The row, unless there is one. */
export const insertRecording = (db: TenantDb, row: NewRecording): Promise<boolean> =>
  db.insertIfNew(callRecordings, row);

/** It lies with us now. False: meanwhile somebody said no, the caller was erased, or its days are over. */
export const recordingKept = async (
  db: TenantDb,
  callId: string,
  set: Pick<RecordingRow, 'bytes' | 'contentType' | 'copiedAt'>,
): Promise<boolean> =>
  (
    await db.update(
      callRecordings,
      { ...set, state: 'kept', reason: null },
      and(ofCall(callId), eq(callRecordings.state, 'waiting')) as SQL,
    )
  ).length > 0;

/** Nothing of it is kept (any more). @param state `failed`: not for want of a yes */
export const recordingDropped = async (
  db: TenantDb,
  callId: string,
  state: 'not_kept' | 'failed',
  reason: RecordingReason,
): Promise<void> => {
  await db.update(
    callRecordings,
    { state, reason, audioKey: null, bytes: null, contentType: null, copiedAt: null },
    ofCall(callId),
  );
};

/** Retell has nothing of the call any more. */
export const recordingGoneAtVendor = (db: TenantDb, callId: string, now: number): Write =>
  db.updateOf(
    callRecordings,
    { vendorDeletedAt: now },
    and(ofCall(callId), isNull(callRecordings.vendorDeletedAt)) as SQL,
  );

/** Where Retell has it is no longer ours to know. */
export const forgetAddress = async (db: TenantDb, callId: string): Promise<void> => {
  await db.update(
    calls,
    {
      recordingUrl: null,
      knowledge: sql`json_remove(${calls.knowledge}, '$.recordingUrl')`,
      version: sql`${calls.version} + 1`,
    },
    and(eq(calls.id, callId), sql`${calls.recordingUrl} IS NOT NULL`) as SQL,
  );
};

/** What a tenant's recordings take. */
export async function recordedBytes(db: TenantDb): Promise<{ recordings: number; bytes: number }> {
  const [row] = await db.fields(
    callRecordings,
    { recordings: sql`count(*)`.as('recordings'), bytes: sql`coalesce(sum(${callRecordings.bytes}), 0)`.as('bytes') },
    { where: eq(callRecordings.state, 'kept'), limit: 1 },
  );
  return { recordings: Number(row?.['recordings'] ?? 0), bytes: Number(row?.['bytes'] ?? 0) };
}
