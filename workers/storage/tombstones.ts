/**
 * Tombstones of erased customers outside the database: a database or an object that is put back to yesterday knows nothing of today's
 * erasure. Each is an object in R2 with ids only; the job `replay_erasures` compares them with what is there. Called by crm/erasure/.
 */
import type { TenantId } from '../../shared/ids.ts';
import { DAY } from '../../shared/time.ts';
import { bindingsOf, type Platform } from '../env.ts';

/** Backups go back 30 days: what was erased earlier can't come back. */
export const KEEP_TOMBSTONES_MS = 40 * DAY;
const FOLDER = 'erasures/';

interface Tombstone {
  tenantId: TenantId;
  customerId: string;
  /** when the erasure began */
  at: number;
}

const keyOf = (tenantId: TenantId, customerId: string): string => `${FOLDER}${tenantId}/${customerId}`;

export const writeTombstone = async (platform: Platform, { tenantId, customerId, at }: Tombstone): Promise<void> =>
  void (await bindingsOf(platform).ARCHIVE.put(
    keyOf(tenantId, customerId),
    JSON.stringify({ tenantId, customerId, at }),
  ));

/** Keys after one, in order; an empty page is the last. */
export const tombstoneKeys = async (platform: Platform, after: string | null, limit: number): Promise<string[]> =>
  (
    await bindingsOf(platform).ARCHIVE.list({
      prefix: FOLDER,
      limit,
      ...(after === null ? {} : { startAfter: after }),
    })
  ).objects.map(({ key }) => key);

export const readTombstone = async (platform: Platform, key: string): Promise<Tombstone | null> =>
  (await (await bindingsOf(platform).ARCHIVE.get(key))?.json<Tombstone>()) ?? null;

export const dropTombstone = (platform: Platform, key: string): Promise<void> =>
  bindingsOf(platform).ARCHIVE.delete(key);
