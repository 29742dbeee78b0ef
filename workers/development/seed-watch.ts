/**
 * What the operator's pages show of a demo: looks at the platform, defects, stored webhooks, recordings and jobs, each through what writes it in
 * the product. Called by seed.ts.
 */
import { loggable } from '../../shared/loggable-fault.ts';
import type { HealthStatus } from '../../shared/tenant-status.ts';
import { type DefectState, UPTIME_EVERY_MS } from '../../shared/watch-status.ts';
import type { RecordingReason } from '../../shared/recording-sets.ts';
import { bytesOfHash, newId, type TenantId } from '../../shared/ids.ts';
import { jobWorld } from '../cron.ts';
import type { Platform } from '../env.ts';
import { beginJob } from '../jobs/job-runner.ts';
import type { JobRequest } from '../jobs/types.ts';
import { keepLine } from '../log.ts';
import { settleDefectByHand } from '../operations/commands/settle-defect.ts';
import { storeWebhook, webhookProcessed } from '../operations/webhook-log.ts';
import { fingerprintOf, keepLines } from '../storage/log-lines.ts';
import { countInbound } from '../storage/queries/inbound.ts';
import { liveJob } from '../storage/queries/jobs.ts';
import { insertRecording, recordingGoneAtVendor, recordingKept } from '../storage/queries/recordings.ts';
import { defectById, noteUptime } from '../storage/queries/watch.ts';
import type { TenantScope } from '../tenancy/scope.ts';

/** Vendors' events as they came in, and what became of each. */
export interface SeedWebhook {
  source: Parameters<typeof storeWebhook>[1]['source'];
  eventType: string;
  uniqueId: string;
  payload: string;
  at: number;
  state: 'processed' | 'failed' | 'ignored';
  error?: string;
}

/** A fault that somebody caught, at each of these instants. */
export interface SeedDefect {
  event: string;
  name: string;
  message: string;
  frames: string[];
  fields: Record<string, string | number>;
  tenantId: TenantId | null;
  at: number[];
  settled: { state: Exclude<DefectState, 'open'>; reason: string } | null;
}

/** Looks of the judge from one instant to another; all was well except in these stretches. */
export interface SeedUptime {
  from: number;
  to: number;
  ill: { from: number; to: number; status: HealthStatus; parts: string[] }[];
}

/** The recording of a call that is there already. `audio`: WAV in base64; null: nothing was kept, and why. */
export type SeedRecording = { callId: string; startedAt: number; at: number } & (
  | { audio: string }
  | { audio: null; reason: RecordingReason }
);

/** How long D1 took at a look of the demo. */
const DEMO_LATENCY_MS = 4;

export async function seedUptime(platform: Platform, { from, to, ill }: SeedUptime): Promise<void> {
  const looks = [];
  for (let at = from; at < to; at += UPTIME_EVERY_MS) {
    const found = ill.find((stretch) => at >= stretch.from && at < stretch.to);
    looks.push({ at, status: found?.status ?? 'ok', ill: found?.parts ?? [], latencyMs: DEMO_LATENCY_MS });
  }
  await noteUptime(platform, looks);
}

/** Counted once: a load that is repeated finds the defect. Answers why not; null: done. */
export async function seedDefect(platform: Platform, scope: TenantScope, given: SeedDefect): Promise<unknown> {
  const { event, name, message, frames, fields, tenantId, at, settled } = given;
  const fault = Object.assign(new Error(message), { name, stack: [`${name}: ${message}`, ...frames].join('\n    ') });
  const defect = loggable(fault);
  const id = newId('defect', 0, bytesOfHash(fingerprintOf(event, defect)));
  if ((await defectById(platform, id)) === null) {
    for (const instant of at) {
      keepLine({ at: instant, channel: 'app', level: 'error', event, requestId: null, tenantId, fields, defect });
      await keepLines(platform, { now: true });
    }
  }
  const row = await defectById(platform, id);
  if (row === null) return 'the defect was not kept';
  if (settled === null || row.state === settled.state) return null;
  const done = await settleDefectByHand(platform, scope, { id, ...settled });
  return done.ok ? null : done.error;
}

export async function seedWebhooks(
  platform: Platform,
  tenantId: TenantId,
  rows: readonly SeedWebhook[],
  now: number,
): Promise<void> {
  for (const { state, error, at, ...row } of rows) {
    const { id, state: known } = await storeWebhook(platform, { tenantId, ...row, now: at });
    if (known === 'received')
      await webhookProcessed(platform, tenantId, id, { state, now: at + 400, ...(error !== undefined && { error }) });
  }
  await countInbound(platform, now);
}

export async function seedRecording(scope: TenantScope, given: SeedRecording): Promise<void> {
  const { callId, startedAt, at } = given;
  const row = { callId, startedAt, createdAt: at };
  if (given.audio === null) {
    await insertRecording(scope.db, { ...row, state: 'not_kept', reason: given.reason });
  } else {
    const key = scope.archive.audioKey(callId);
    const audio = Uint8Array.from(atob(given.audio), (letter) => letter.charCodeAt(0));
    await insertRecording(scope.db, { ...row, state: 'waiting', audioKey: key });
    await scope.archive.putAudio(key, new Blob([audio]).stream(), audio.byteLength, 'audio/wav');
    await recordingKept(scope.db, callId, { bytes: audio.byteLength, contentType: 'audio/wav', copiedAt: at });
  }
  await scope.db.batch([recordingGoneAtVendor(scope.db, callId, at)]);
}

/** Begun unless one of its kind is under way; the queue works on it. */
export async function seedJob(platform: Platform, scope: TenantScope, request: JobRequest): Promise<void> {
  if ((await liveJob(scope.db, request.kind)) === null) await beginJob(jobWorld(platform), request, scope.now);
}
