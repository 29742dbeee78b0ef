/**
 * Wakes tenants' objects in turn, so that one that lost its alarm still drains. Called by cron (a slice a minute) and by the development
 * clock (all: objects then look at what became due).
 */
import { objectFor } from '../object-runtime/place.ts';
import { type Platform, bindingsOf } from '../env.ts';
import { tenantsAfter } from '../storage/platform-db.ts';

/** Tenants a minute; 100,000 tenants are through in under a day, and objects with work have their own alarm anyway. */
const SLICE = 100;
const CURSOR_KEY = 'cron:ping-cursor';

export async function pingObjects(platform: Platform): Promise<{ pinged: number }> {
  const cursor = (await bindingsOf(platform).DIRECTORY.get(CURSOR_KEY)) ?? '';
  const slice = await tenantsAfter(platform, cursor, SLICE);
  await pingTenants(
    platform,
    slice.map((t) => t.id),
  );
  await bindingsOf(platform).DIRECTORY.put(CURSOR_KEY, slice.length < SLICE ? '' : (slice.at(-1)?.id ?? ''));
  return { pinged: slice.length };
}

async function pingTenants(platform: Platform, tenantIds: readonly string[]): Promise<void> {
  const eu = !platform.development;
  await Promise.allSettled(
    tenantIds.flatMap((id) => [
      objectFor(bindingsOf(platform).CALENDAR, id, eu).ping(),
      objectFor(bindingsOf(platform).LEDGER, id, eu).ping(),
    ]),
  );
}

/** Development clock moved: every tenant's objects look at what became due. Bounded, because it only serves development. */
export async function pingAll(platform: Platform): Promise<void> {
  let cursor = '';
  for (let i = 0; i < 50; i++) {
    const slice = await tenantsAfter(platform, cursor, SLICE);
    await pingTenants(
      platform,
      slice.map((t) => t.id),
    );
    const last = slice.at(-1);
    if (!last || slice.length < SLICE) return;
    cursor = last.id;
  }
}
