/** Hearing a recording: each play is asked for and written down, then its audio streams, whole or in parts, to who asked. Called by routes.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import { asInstant } from '../../../shared/clock.ts';
import type { PlayView, StorageView } from '../../../shared/contract/recordings.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { readToken, signToken } from '../../../shared/signed-token.ts';
import { auditWrites } from '../../identity/audit.ts';
import { isCallShown } from '../../storage/queries/reach.ts';
import { recordedBytes, type RecordingRow, recordingOf } from '../../storage/queries/recordings.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** A call lasts twenty minutes at most; who pauses longer presses play again. */
const PLAY_MS = 30 * 60_000;

const notFound = err({ code: 'NOT_FOUND', entity: 'recording' } as const);

async function keptOf(scope: TenantScope, callId: string): Promise<(RecordingRow & { bytes: number }) | null> {
  const row = await recordingOf(scope.db, callId);
  if (row?.state !== 'kept' || row.bytes === null || row.audioKey === null) return null;
  return (await isTheirs(scope, callId)) ? { ...row, bytes: row.bytes } : null;
}

/** A call that whoever asks does not see, or that was deleted, is not heard either. */
async function isTheirs(scope: TenantScope, callId: string): Promise<boolean> {
  return isCallShown(scope.db, callId, await scope.reached());
}

/** Refusals: PERMISSION_DENIED (`view_recordings`), NOT_FOUND. */
export async function playRecording(scope: TenantScope, callId: string): Promise<Result<PlayView>> {
  const refused = permissionRefusal(scope.actor, 'view_recordings');
  if (refused) return refused;
  const row = await keptOf(scope, callId);
  if (row === null) return notFound;
  await scope.db.batch(
    auditWrites(scope, {
      log: 'calls',
      description: 'call.recording_played',
      subjectType: 'call',
      subjectId: callId,
    }),
  );
  const token = await signToken(
    scope.config.AUTH_SECRET,
    'recording',
    { t: scope.tenantId, c: callId, u: causerOf(scope.actor) },
    asInstant(scope.now + PLAY_MS),
  );
  return ok({
    url: `/api/v1/recordings/${encodeURIComponent(callId)}/audio?token=${encodeURIComponent(token)}`,
    content_type: row.contentType ?? 'audio/wav',
    bytes: row.bytes,
  });
}

/** A part of the audio; `bytes` of it lie in R2 altogether. */
interface Audio {
  body: ReadableStream;
  contentType: string;
  from: number;
  /** the last byte, inclusive */
  to: number;
  bytes: number;
  isPart: boolean;
}

/**
 * What `Range` asks for: one stretch, from a place on or the last so many; anything else is the whole. Null: it lies behind the end.
 * @param header as received
 */
function rangeOf(header: string | null, bytes: number): { from: number; to: number; isPart: boolean } | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (match === null || (first === '' && last === '')) return { from: 0, to: bytes - 1, isPart: false };
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  return from > to || from >= bytes ? null : { from, to, isPart: true };
}

/** Refusals: PERMISSION_DENIED, NOT_FOUND (also: nobody pressed play, or somebody else, or too long ago), RANGE as null. */
export async function audioOf(
  scope: TenantScope,
  { callId, token, range }: { callId: string; token: string; range: string | null },
): Promise<Result<Audio | null>> {
  const refused = permissionRefusal(scope.actor, 'view_recordings');
  if (refused) return refused;
  const read = await readToken(scope.config.AUTH_SECRET, 'recording', token, scope.now);
  const { t, c, u } = read?.claims ?? {};
  if (t !== scope.tenantId || c !== callId || u !== causerOf(scope.actor)) return notFound;
  const row = await keptOf(scope, callId);
  if (row?.audioKey == null) return notFound;
  const part = rangeOf(range, row.bytes);
  if (part === null) return ok(null);
  const body = await scope.archive.audio(
    row.audioKey,
    part.isPart ? { offset: part.from, length: part.to - part.from + 1 } : undefined,
  );
  if (body === null) return notFound;
  return ok({ body, contentType: row.contentType ?? 'audio/wav', bytes: row.bytes, ...part });
}

/** What the recordings of the tenant take. Refusals: PERMISSION_DENIED (`view_recordings`). */
export async function storageOf(scope: TenantScope): Promise<Result<StorageView>> {
  const refused = permissionRefusal(scope.actor, 'view_recordings');
  return refused ?? ok(await recordedBytes(scope.db));
}
