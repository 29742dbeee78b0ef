/**
 * Effect `recording.copy`: the recording of a call that may be kept is copied from Retell to R2, once, and then deleted there. Killed anywhere
 * it begins again and writes over what it wrote. Called by handlers.ts.
 */
import { log } from '../../log.ts';
import { type EffectContext, type EffectOutcome, isLastAttempt } from '../../operations/effects.ts';
import { callById } from '../../storage/queries/calls.ts';
import { forgetAddress, recordingDropped, recordingKept, recordingOf } from '../../storage/queries/recordings.ts';
import type { RecordingReason } from '../../../shared/recording-sets.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { isRecordingAddress } from './plan.ts';
import { deleteAtVendor, presentPlan } from './settle-recording.ts';

/** Twenty minutes on two channels, 16 kHz, 16 bit, are 77 MB; a call is never longer (provisioning/rules/wanted.ts). */
const MAX_AUDIO_BYTES = 100_000_000;
/** An attempt has 120 s. */
const COPY_TIMEOUT_MS = 100_000;
const AUDIO =
  /^(?:audio\/(?:wav|x-wav|wave|vnd\.wave|mpeg|mp3|mp4|ogg|webm)|binary\/octet-stream|application\/octet-stream)(?:;|$)/i;
/** What a browser plays: S3 often says no type. */
const typeOf = (header: string): string => (header.startsWith('audio/') ? (header.split(';')[0] ?? '') : 'audio/wav');

const DONE: EffectOutcome = { kind: 'done' };

export async function copyRecording({
  scope,
  effect,
  ref: { callId },
}: EffectContext<'recording.copy'>): Promise<EffectOutcome> {
  const [row, call] = await Promise.all([recordingOf(scope.db, callId), callById(scope.db, callId)]);
  const key = scope.archive.audioKey(callId);
  if (row === null || call === null || call.erasedAt !== null) {
    // Erased, or its days are over: what an attempt before may have written goes too.
    await scope.archive.removeAudio(key);
    return DONE;
  }
  if (row.state !== 'waiting') return DONE;
  const address = call.recordingUrl;
  if (address === null) return drop(scope, callId, 'gone');
  // It may have been turned off, or a practice since.
  const plan = await presentPlan(scope, call, address);
  if (plan.do === 'delete') {
    await recordingDropped(scope.db, callId, 'not_kept', plan.reason);
    return ended(scope, callId);
  }
  if (!isRecordingAddress(address, scope.config.RETELL_RECORDING_BASES)) return drop(scope, callId, 'address');
  const copied = await fetched(scope, address, key);
  if (copied.kind === 'refused') return drop(scope, callId, copied.reason);
  if (copied.kind === 'failed')
    return isLastAttempt(effect) ? drop(scope, callId, 'unreachable') : { kind: 'retry', reason: copied.reason };
  const { bytes, contentType } = copied;
  if (!(await recordingKept(scope.db, callId, { bytes, contentType, copiedAt: scope.now }))) {
    // A no, an erasure or the end of its days came while it was being copied.
    const now = await recordingOf(scope.db, callId);
    if (now?.state !== 'kept') await scope.archive.removeAudio(key);
  }
  return ended(scope, callId);
}

/** Nothing will be copied: a person is told, because a call that may be kept was lost. */
async function drop(scope: TenantScope, callId: string, reason: RecordingReason): Promise<EffectOutcome> {
  await recordingDropped(scope.db, callId, 'failed', reason);
  await scope.archive.removeAudio(scope.archive.audioKey(callId));
  await scope.raise({
    kind: 'recording_lost',
    subject: `${scope.tenantId}/${callId}`,
    detail: { call: callId, reason },
  });
  return ended(scope, callId);
}

async function ended(scope: TenantScope, callId: string): Promise<EffectOutcome> {
  await forgetAddress(scope.db, callId);
  await deleteAtVendor(scope, callId);
  return DONE;
}

type Fetched =
  | { kind: 'copied'; bytes: number; contentType: string }
  | { kind: 'refused'; reason: RecordingReason }
  | { kind: 'failed'; reason: string };

/** Streams the audio into R2: the address is signed or secret of itself, so nothing of ours is sent along, and no redirect is followed. */
async function fetched(scope: TenantScope, address: string, key: string): Promise<Fetched> {
  try {
    const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(COPY_TIMEOUT_MS) });
    if (response.status === 403 || response.status === 404 || response.status === 410) {
      await response.body?.cancel();
      return { kind: 'refused', reason: 'gone' };
    }
    const type = response.headers.get('content-type') ?? '';
    const bytes = Number(response.headers.get('content-length') ?? Number.NaN);
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      return response.status >= 300 && response.status < 400
        ? { kind: 'refused', reason: 'address' }
        : { kind: 'failed', reason: `recording: status ${response.status}` };
    }
    if (!AUDIO.test(type) || !Number.isInteger(bytes) || bytes <= 0 || bytes > MAX_AUDIO_BYTES) {
      await response.body.cancel();
      return { kind: 'refused', reason: 'too_large' };
    }
    const contentType = typeOf(type);
    await scope.archive.putAudio(key, response.body, bytes, contentType);
    return { kind: 'copied', bytes, contentType };
  } catch (fault) {
    log('warn', 'recording_not_copied', { fault });
    return { kind: 'failed', reason: 'recording: not reachable' };
  }
}
