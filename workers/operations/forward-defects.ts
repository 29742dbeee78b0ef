/**
 * Defects told to the operator's Sentry-compatible collector. Called by the cron `forward_defects`, never by a request: whoever answers one
 * neither waits for a collector nor fails with it. A failure is noted beside the address and tried again with the next run.
 */
import type { Instant } from '../../shared/clock.ts';
import type { Platform } from '../env.ts';
import { faultOf, saidIn } from '../integrations/connection-test.ts';
import { type Dsn, envelopeOf, parseDsn, sendEnvelope, type ToldDefect } from '../integrations/sentry.ts';
import type { VendorResult } from '../integrations/vendor-call.ts';
import type { Counts } from '../jobs/types.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { integrationOf } from '../storage/platform-db.ts';
import { noteOutcome } from '../storage/queries/integrations.ts';
import { defectsSeenAfter, forwardMark, moveForwardMark } from '../storage/queries/watch.ts';
import { opened, openCredential, PLATFORM_CREDENTIALS } from '../tenancy/credentials.ts';

/** Envelopes of one run; a run every five minutes. */
const MAX_SENT = 20;
/** Older ones are not told any more: a collector that was away for days is not flooded. */
const MAX_AGE_MS = 86_400_000;
const TIMEOUT_MS = 3_000;

export const FORWARDING = { tenantId: PLATFORM_CREDENTIALS, vendor: 'sentry', companyId: '' } as const;

/** Sends one; a test as well. Sent again it has the same event id, seen again another one. */
export const tellDefect = (
  { config }: Platform,
  dsn: Dsn,
  defect: Omit<ToldDefect, 'eventId'>,
  now: Instant,
): Promise<VendorResult<null>> =>
  sendEnvelope(
    { timeoutMs: Math.min(TIMEOUT_MS, config.VENDOR_TIMEOUT_MS) },
    dsn,
    envelopeOf(
      { ...defect, eventId: sha256Hex(`${defect.id} ${defect.lastSeenAt}`).slice(0, 32) },
      { environment: config.ENVIRONMENT, now },
    ),
  );

/** Tells what was seen since the last run, oldest first; answers how many. Never throws for the collector's sake. */
export async function forwardDefects(platform: Platform, now: Instant): Promise<Counts> {
  const row = await integrationOf(platform, FORWARDING.tenantId, FORWARDING.vendor);
  if (row === null) return { sent: 0 };
  const text = opened(await openCredential(platform, row))?.key ?? null;
  const dsn = text === null ? null : parseDsn(text);
  if (dsn === null) {
    await noteOutcome(platform, FORWARDING, row.version, {
      testedAt: now,
      testMs: 0,
      testFault: 'unreadable',
      testSaid: null,
    });
    return { sent: 0 };
  }
  const mark = await forwardMark(platform);
  // What was there before is the past: from now on.
  if (mark === null) {
    await moveForwardMark(platform, now);
    return { sent: 0 };
  }
  const found = await defectsSeenAfter(platform, Math.max(mark, now - MAX_AGE_MS), MAX_SENT + 1);
  // A page that ends within an instant leaves that instant to the next one.
  const last = found.length > MAX_SENT ? found.at(-1)?.lastSeenAt : undefined;
  const whole = found.filter(({ lastSeenAt }) => lastSeenAt !== last);
  const page = (whole.length > 0 ? whole : found).slice(0, MAX_SENT);
  let sent = 0;
  for (const defect of page) {
    const told = await tellDefect(platform, dsn, defect, now);
    // One that the collector does not take is not asked about again; anything else waits for the next run.
    const isRefused = !told.ok && (told.error.status === 400 || told.error.status === 413);
    await noteOutcome(platform, FORWARDING, row.version, {
      testedAt: now,
      testMs: 0,
      testFault: told.ok ? null : faultOf(told.error),
      testSaid: told.ok ? null : saidIn(told.error, dsn.publicKey),
    });
    if (!told.ok && !isRefused) break;
    await moveForwardMark(platform, defect.lastSeenAt);
    if (told.ok) sent++;
  }
  return { sent };
}
