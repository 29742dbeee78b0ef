/** What figures and widgets share: how far is counted, by whose clock, and what was counted not long ago. Called by figures.ts and widgets.ts. */
import { BoundedMap } from '../../shared/bounded-map.ts';
import { dateOf, type WallDate } from '../../shared/time.ts';
import type { ScheduleSnapshot } from '../calendar/types.ts';
import { isNarrow, type Reached } from '../storage/queries/reach.ts';
import type { TenantScope } from '../tenancy/scope.ts';

/** The account's clock and its names may be this old. */
const SCHEDULE_MAX_AGE_MS = 30_000;

export interface Counting {
  reached: Reached;
  /** the clock whose days are counted: the main branch's */
  zone: string;
  today: WallDate;
  /** tenant and reach: what was counted for one is not for another */
  whose: string;
  /** null: the calendar did not answer */
  schedule: ScheduleSnapshot | null;
}

/** For whom and by which clock is counted now. */
export async function countingOf(scope: TenantScope): Promise<Counting> {
  const [reached, { result }] = await Promise.all([
    scope.reached(),
    scope.calendar.schedule({ maxAgeMs: SCHEDULE_MAX_AGE_MS }),
  ]);
  const schedule = result.ok ? result.value : null;
  const branches = schedule?.branches ?? [];
  const zone = (branches.find(({ body }) => body.main) ?? branches[0])?.body.timeZone ?? 'UTC';
  const whose = `${scope.tenantId}|${isNarrow(reached) ? JSON.stringify(reached) : ''}`;
  return { reached, zone, today: dateOf(scope.now, zone), whose, schedule };
}

interface Entry<V> {
  value: V;
  at: number;
}

/** Answers of a short while ago, in the memory of an isolate. */
export class Recent<V> {
  readonly #entries: BoundedMap<string, Entry<V>>;

  /** @param most answers kept at the same time */
  constructor(most: number) {
    this.#entries = new BoundedMap(most);
  }

  /** What was kept under a key; undefined where it is older than `maxAgeMs`. */
  find(key: string, now: number, maxAgeMs: number): Entry<V> | undefined {
    const known = this.#entries.get(key);
    return known !== undefined && Math.abs(now - known.at) <= maxAgeMs ? known : undefined;
  }

  /** Keeps an answer that was counted at `at`. */
  keep(key: string, value: V, at: number): void {
    this.#entries.set(key, { value, at });
  }
}
