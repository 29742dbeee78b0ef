/**
 * Measures the pure availability engine: 1 and 20 staff, 30 days, 200 busy intervals each (hard lines 0.5 ms and 6 ms, warm).
 * Run alone with `node dev/bench/engine.ts`, or through `npm run bench`.
 */
import { rankOf, Search, slotOf, type Timeline } from '../../workers/calendar/engine/availability.ts';
import { epochDay } from '../../workers/calendar/engine/hours.ts';
import { planOf } from '../../workers/calendar/engine/plan.ts';
import { parseSchedule } from '../../workers/calendar/engine/schedule.ts';
import { SCHEDULE_SCHEMAS, type ScheduleItem, type ScheduleKind } from '../../workers/calendar/types.ts';
import { asInstant } from '../../shared/clock.ts';

const DAYS = 30;
const BUSY_PER_PERSON = 200;
const ROUNDS = 300;
const WARM_UP = 100;
const FIRST_DAY = '2027-03-01';

/** Deterministic pseudo random numbers in [0, 1). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface EngineMeasure {
  name: string;
  staff: number;
  p50Ms: number;
  p99Ms: number;
  limitMs: number;
  slots: number;
  ok: boolean;
}

/** One search with every offered start materialised into a slot, as `checkAvailability` answers it. */
function measureEngine(staffCount: number, limitMs: number): EngineMeasure {
  const items: ScheduleItem[] = [];
  const put = (kind: ScheduleKind, id: string, body: unknown): void => {
    items.push({
      kind,
      id,
      version: 1,
      updatedAt: asInstant(0),
      body: SCHEDULE_SCHEMAS[kind].parse(body),
    } as ScheduleItem);
  };
  put('branch', 'bra', { companyId: 'com', name: 'Mitte', timeZone: 'Europe/Berlin', country: 'DE', main: true });
  for (let weekday = 0; weekday < 7; weekday++) {
    put('hours', `hb${weekday}`, {
      ownerKind: 'branch',
      ownerId: 'bra',
      weekday,
      periods: [{ from: '08:00', to: '20:00' }],
    });
  }
  const next = random(7);
  const timelines = new Map<string, Timeline>();
  const base = epochDay(FIRST_DAY) * 1440;
  for (let s = 0; s < staffCount; s++) {
    const id = `stf${s}`;
    put('staff', id, { companyId: 'com', firstName: `P${s}`, branchIds: ['bra'] });
    for (let weekday = 0; weekday < 7; weekday++) {
      put('hours', `h${s}-${weekday}`, {
        ownerKind: 'staff',
        ownerId: id,
        weekday,
        periods: [{ from: '09:00', to: '18:00' }],
        breaks: [{ from: '12:30', to: '13:00' }],
      });
    }
    const from = Array.from(
      { length: BUSY_PER_PERSON },
      () => base + Math.floor(next() * DAYS) * 1440 + 8 * 60 + Math.floor(next() * 36) * 15,
    ).sort((a, b) => a - b);
    timelines.set(id, {
      from,
      to: from.map((f) => f + 30 + Math.floor(next() * 3) * 15),
      units: from.map(() => 1),
      share: from.map(() => null),
      owner: from.map((_, i) => `apt${i}`),
      expires: from.map(() => Number.POSITIVE_INFINITY),
    });
  }
  put('service', 'srv', {
    companyId: 'com',
    name: { de: 'Haarschnitt' },
    durationMinutes: 45,
    bufferAfterMinutes: 5,
    priceCents: 3900,
    currency: 'EUR',
    staff: Array.from({ length: staffCount }, (_, s) => ({ staffId: `stf${s}` })),
  });
  const schedule = parseSchedule(items, 1, () => null);
  const none: Timeline = { from: [], to: [], units: [], share: [], owner: [], expires: [] };
  const busy = { staff: (id: string) => timelines.get(id) ?? none, resource: () => none };
  const range = {
    fromDay: epochDay(FIRST_DAY),
    untilDay: epochDay(FIRST_DAY) + DAYS - 1,
    nowMs: asInstant(0),
    exclude: [],
  };
  const times: number[] = [];
  let slots = 0;
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const started = performance.now();
    const planned = planOf(schedule, { services: [{ serviceId: 'srv' }], branchId: null, staffId: null });
    if (!planned.ok || planned.value.kind !== 'plan') throw new Error('the bench schedule must give a plan');
    const search = new Search(planned.value.plan, busy, range);
    const rank = rankOf(search, 'even_load', null);
    slots = 0;
    for (const start of search.offered()) {
      const assignment = search.assignmentAt(start, rank);
      if (assignment && slotOf(search.plan, assignment).staffId !== '') slots++;
    }
    if (round >= WARM_UP) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return {
    name: `engine, ${staffCount} staff, ${DAYS} days`,
    staff: staffCount,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    limitMs,
    slots,
    ok: at(0.5) <= limitMs,
  };
}

export const engineMeasures = (): EngineMeasure[] => [measureEngine(1, 0.5), measureEngine(20, 6)];

if (import.meta.main) {
  for (const m of engineMeasures()) {
    console.log(
      `${m.name}: p50 ${m.p50Ms.toFixed(3)} ms, p99 ${m.p99Ms.toFixed(3)} ms (limit ${m.limitMs}), ${m.slots} slots ${m.ok ? 'ok' : 'TOO SLOW'}`,
    );
  }
}
