/** Stored answers of `Idempotency-Key`. Called by http/idempotency.ts. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { requestOutcomes } from '../tables/identity.ts';

interface OutcomeKey {
  tenantId: TenantId;
  causer: string;
  key: string;
}
interface StoredAnswer {
  status: number;
  body: string;
  head: string | null;
}
type OutcomeClaim =
  | { kind: 'claimed' }
  | { kind: 'stored'; answer: StoredAnswer }
  | { kind: 'mismatch' }
  | { kind: 'in_progress' };

const outcomeIs = (k: OutcomeKey) =>
  and(eq(requestOutcomes.tenantId, k.tenantId), eq(requestOutcomes.causer, k.causer), eq(requestOutcomes.key, k.key));

/**
 * Claims a key for a request, or answers what the first request with it came to. A claim whose request died (no answer after
 * `abandonedMs`) and an answer past its life can be claimed anew.
 */
export async function claimOutcome(
  platform: Platform,
  k: OutcomeKey,
  inputHash: string,
  now: Instant,
  life: { keepMs: number; abandonedMs: number },
): Promise<OutcomeClaim> {
  const db = drizzleOn(platformD1(platform));
  const fresh = { inputHash, status: null, body: null, head: null, createdAt: now, expiresAt: now + life.keepMs };
  const claimed = await db
    .insert(requestOutcomes)
    .values({ ...k, ...fresh })
    .onConflictDoUpdate({
      target: [requestOutcomes.tenantId, requestOutcomes.causer, requestOutcomes.key],
      set: fresh,
      setWhere: sql`${requestOutcomes.expiresAt} <= ${now} OR (${requestOutcomes.status} IS NULL AND ${requestOutcomes.inputHash} = ${inputHash} AND ${requestOutcomes.createdAt} <= ${now - life.abandonedMs})`,
    })
    .returning({ key: requestOutcomes.key });
  if (claimed.length === 1) return { kind: 'claimed' };
  const rows = await db.select().from(requestOutcomes).where(outcomeIs(k)).limit(1);
  const row = rows[0];
  if (row === undefined) return { kind: 'in_progress' };
  if (row.inputHash !== inputHash) return { kind: 'mismatch' };
  if (row.status === null) return { kind: 'in_progress' };
  return { kind: 'stored', answer: { status: row.status, body: row.body ?? '', head: row.head } };
}

export async function storeOutcome(platform: Platform, k: OutcomeKey, answer: StoredAnswer): Promise<void> {
  await drizzleOn(platformD1(platform)).update(requestOutcomes).set(answer).where(outcomeIs(k));
}

/** Gives the key back: the request came to nothing that a repeat should see (5xx, 429). */
export async function releaseOutcome(platform: Platform, k: OutcomeKey): Promise<void> {
  await drizzleOn(platformD1(platform))
    .delete(requestOutcomes)
    .where(and(outcomeIs(k), isNull(requestOutcomes.status)));
}
