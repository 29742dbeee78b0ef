/** What a demo business used in the last thirty days beside calls and appointments: messages, requests by API key, analyses, stored recordings. */
import type { SeedOperation } from '../../workers/development/seed.ts';
import type { TenantId } from '../../shared/ids.ts';
import { asInstant } from '../../shared/clock.ts';
import { addDays, instantsOf, weekdayOf } from '../../shared/time.ts';
import { DemoRandom } from './random.ts';

type Used = Extract<SeedOperation, { op: 'metered' }>['events'][number];

const DAYS = 30;
/** Of five types: a batch becomes at most fifty files. */
const DAYS_A_BATCH = 10;
const SUNDAY = 0;

/** The same day is the same use, whenever the data are loaded: a day's figures follow from its date. */
function usedOn(date: string, zone: string, seed: number): Used[] {
  const random = new DemoRandom(seed + Number(date.replaceAll('-', '')));
  const isQuiet = weekdayOf(date) === SUNDAY;
  const used: Used[] = [];
  const times = (count: number, one: (n: number) => Omit<Used, 'key' | 'occurredAt'>): void => {
    for (let n = 0; n < count; n++) {
      const what = one(n);
      const minutes = random.int(7 * 60, 18 * 60);
      const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      const [at] = instantsOf(date, time, zone);
      if (at !== undefined)
        used.push({ ...what, key: `demo:${what.eventType}:${date}:${n}`, occurredAt: asInstant(at) });
    }
  };
  const of = (busy: number): number => (isQuiet ? 1 : random.int(Math.ceil(busy / 2), busy));
  times(of(9), () => {
    const segments = random.int(1, 2);
    return { eventType: 'sms', quantity: segments, metadata: { segments } };
  });
  times(of(7), () => ({ eventType: 'email', quantity: 1 }));
  times(of(12), () => ({
    eventType: 'api_call',
    quantity: 1,
    metadata: { operation: 'GET:/api/v1/appointments', status: 200 },
  }));
  times(of(6), () => ({ eventType: 'ai_query', quantity: 1, metadata: { operation: 'call_analysis' } }));
  times(isQuiet ? 0 : 2, () => ({
    eventType: 'storage_mb',
    quantity: random.int(4, 40) / 10,
    metadata: { file_type: 'recording', operation: 'store' },
  }));
  return used;
}

/** @param today the day the data are relative to */
export function meteredOf(tenantId: TenantId, zone: string, seed: number, today: string): SeedOperation[] {
  const operations: SeedOperation[] = [];
  for (let first = DAYS; first > 0; first -= DAYS_A_BATCH) {
    const events: Used[] = [];
    for (let ago = first; ago > first - DAYS_A_BATCH && ago > 0; ago--)
      events.push(...usedOn(addDays(today, -ago), zone, seed));
    operations.push({ op: 'metered', tenantId, events });
  }
  return operations;
}
