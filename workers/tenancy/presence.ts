/** Who else looks at a day of the calendar, asked of the tenant's presence object. Called through `scope.present()`. */
import { processNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { bindingsOf, type Platform } from '../env.ts';
import type { Looker } from '../object-runtime/looks.ts';
import { objectFor } from '../object-runtime/place.ts';

/** What is said and asked: days of a branch, and who looks at them (null: somebody who is not shown, and only asks). */
export interface PresenceAsk {
  branchId: string;
  dates: readonly string[];
  looker: (Looker & { page: string; isHere: boolean }) | null;
}

/** Who else looks at one of the days. Nobody, where the object cannot be asked: nothing else depends on it. */
export async function presentOf(platform: Platform, tenantId: TenantId, ask: PresenceAsk): Promise<Looker[]> {
  try {
    return await objectFor(bindingsOf(platform).PRESENCE, tenantId, !platform.development).present(ask, processNow());
  } catch {
    return [];
  }
}
