/** When crons are due and which runs begin: schedules in UTC whatever the machine's zone, catch-up, overlap, takeover. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { asInstant, type Instant } from '../../shared/clock.ts';
import { type CronPosition, duePlan, MAX_ATTEMPTS, MAX_CATCH_UP } from './due.ts';
import { dueBetween, isEveryMinute, latestDue, parseSchedule } from './schedule.ts';

const at = (iso: string): Instant => asInstant(Date.parse(iso));
const iso = (instants: readonly Instant[]): string[] => instants.map((one) => new Date(one).toISOString().slice(0, 16));
const MINUTE_MS = 60_000;

describe('a schedule', () => {
  it.each([
    ['* * * * *', '2026-11-21T10:30:59.999Z', '2026-11-21T10:30'],
    ['17 * * * *', '2026-11-21T10:16:59Z', '2026-11-21T09:17'],
    ['17 * * * *', '2026-11-21T10:17:00Z', '2026-11-21T10:17'],
    ['17 * * * *', '2026-11-21T00:05:00Z', '2026-11-20T23:17'],
    ['*/15 6-8 * * *', '2026-11-21T23:00:00Z', '2026-11-21T08:45'],
    ['0 3 1 * *', '2026-11-21T00:00:00Z', '2026-11-01T03:00'],
    ['0 3 * * 1', '2026-11-21T00:00:00Z', '2026-11-16T03:00'],
    ['0 0 29 2 *', '2026-11-21T00:00:00Z', '2024-02-29T00:00'],
    // the hours that summer time skips and repeats in Berlin are hours like others in UTC
    ['30 1 * * *', '2026-03-29T23:00:00Z', '2026-03-29T01:30'],
    ['30 0,1 * * *', '2026-10-25T23:00:00Z', '2026-10-25T01:30'],
  ])('%s was last due before %s at %s', (text, now, due) => {
    expect(iso([latestDue(parseSchedule(text), at(now)) ?? asInstant(0)])).toEqual([due]);
  });

  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '5-1 * * * *',
    '*/0 * * * *',
    'a * * * *',
    '* * 0 * *',
    '* * * * 7',
  ])('refuses "%s"', (text) => expect(() => parseSchedule(text)).toThrow('schedule'));

  it('is never due where no such day exists', () => {
    expect(latestDue(parseSchedule('0 0 31 2 *'), at('2026-11-21T00:00:00Z'))).toBeNull();
  });

  it.each(['2026-03-29', '2026-10-25', '2027-03-28'])('has 24 hours on %s, a day of changed clocks', (day) => {
    const from = at(`${day}T00:00:00Z`);
    const due = dueBetween(parseSchedule('17 * * * *'), asInstant(from - 1), asInstant(from + 86_400_000 - 1), 100);
    expect(due).toHaveLength(24);
    expect(new Set(due.slice(1).map((one, i) => one - (due[i] ?? 0)))).toEqual(new Set([3_600_000]));
  });

  it('knows what is due at every minute', () => {
    expect(isEveryMinute(parseSchedule('* * * * *'))).toBe(true);
    for (const text of ['*/2 * * * *', '* 1 * * *', '* * 1 * *', '* * * 1 *', '* * * * 1'])
      expect(isEveryMinute(parseSchedule(text)), text).toBe(false);
  });

  describe('in any zone of the machine', () => {
    const zone = process.env['TZ'];
    afterEach(() => {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    });
    it.each(['Europe/Berlin', 'America/St_Johns', 'Pacific/Chatham', 'UTC'])('%s', (name) => {
      process.env['TZ'] = name;
      const due = dueBetween(
        parseSchedule('30 1 29 3,10 *'),
        at('2026-03-01T00:00:00Z'),
        at('2026-12-01T00:00:00Z'),
        9,
      );
      expect(iso(due)).toEqual(['2026-03-29T01:30', '2026-10-29T01:30']);
    });
  });

  it('forwards and backwards name the same due times', () => {
    const field = (from: number, to: number) =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min: from, max: to }).map(String),
        fc.integer({ min: 1, max: 9 }).map((n) => `*/${n}`),
      );
    fc.assert(
      fc.property(
        fc.tuple(field(0, 59), field(0, 23), field(1, 28), fc.constant('*'), field(0, 6)),
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }),
        (fields, start) => {
          const schedule = parseSchedule(fields.join(' '));
          const dues = dueBetween(schedule, asInstant(start), asInstant(start + 400 * 86_400_000), 5);
          for (const [i, due] of dues.entries()) {
            expect(latestDue(schedule, due)).toBe(due);
            if (i > 0) expect(latestDue(schedule, asInstant(due - 1))).toBe(dues[i - 1]);
            expect(due % MINUTE_MS).toBe(0);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the runs that begin', () => {
  const NOW = at('2026-11-21T10:30:20Z');
  const hourly = parseSchedule('17 * * * *');
  const minutely = parseSchedule('* * * * *');
  const position = (over: Partial<CronPosition> = {}): CronPosition => ({
    lastDueAt: at('2026-11-21T09:17:00Z'),
    runningDueAt: null,
    leaseUntil: 0,
    attempts: 0,
    pausedAt: null,
    ...over,
  });
  const begun = (plan: ReturnType<typeof duePlan>) => iso(plan.runs.map(({ due }) => due));

  it('are none when the last due time was met', () => {
    expect(
      duePlan({ schedule: hourly, catchUp: 'last' }, position({ lastDueAt: at('2026-11-21T10:17:00Z') }), NOW),
    ).toEqual({
      runs: [],
      lost: null,
      baseline: null,
    });
  });

  it.each([
    ['last', ['2026-11-21T10:17']],
    ['each', ['2026-11-21T07:17', '2026-11-21T08:17', '2026-11-21T09:17', '2026-11-21T10:17']],
    ['skip', []],
  ] as const)('after four missed due times, thirteen minutes late: %s', (catchUp, wanted) => {
    const missed = position({ lastDueAt: at('2026-11-21T06:17:00Z') });
    expect(begun(duePlan({ schedule: hourly, catchUp }, missed, NOW))).toEqual(wanted);
  });

  it('are not skipped when the tick comes within a minute and a half', () => {
    const late = (ms: number) =>
      duePlan({ schedule: hourly, catchUp: 'skip' }, position(), asInstant(at('2026-11-21T10:17:00Z') + ms));
    expect(begun(late(89_000))).toEqual(['2026-11-21T10:17']);
    expect(begun(late(91_000))).toEqual([]);
  });

  it('catch up in bounded portions, oldest first, and lose none', () => {
    const cron = { schedule: hourly, catchUp: 'each' as const };
    let lastDueAt: number = at('2026-11-18T10:17:00Z');
    const met: Instant[] = [];
    for (let tick = 0; tick < 10; tick++) {
      const { runs } = duePlan(cron, position({ lastDueAt }), NOW);
      expect(runs.length).toBeLessThanOrEqual(MAX_CATCH_UP);
      for (const { due } of runs) met.push(due);
      lastDueAt = met.at(-1) ?? lastDueAt;
    }
    expect(met).toEqual(dueBetween(hourly, at('2026-11-18T10:17:00Z'), NOW, 1_000));
    expect(met).toHaveLength(72);
  });

  it('are none while a run holds its lease, and none while paused', () => {
    const cron = { schedule: minutely, catchUp: 'each' as const };
    expect(duePlan(cron, position({ leaseUntil: NOW + 1, runningDueAt: NOW }), NOW).runs).toEqual([]);
    expect(duePlan(cron, position({ pausedAt: 1 }), NOW).runs).toEqual([]);
  });

  it('of a cron never seen: the one due just now, else none and it counts from here', () => {
    const never = position({ lastDueAt: null });
    expect(begun(duePlan({ schedule: minutely, catchUp: 'each' }, never, NOW))).toEqual(['2026-11-21T10:30']);
    const hour = duePlan({ schedule: hourly, catchUp: 'each' }, never, NOW);
    expect([hour.runs, hour.baseline]).toEqual([[], at('2026-11-21T10:17:00Z')]);
  });

  describe('when a run died', () => {
    const died = at('2026-11-21T10:17:00Z');
    const dead = position({ lastDueAt: died, runningDueAt: died, leaseUntil: NOW - 1, attempts: 1 });

    it.each(['last', 'each', 'skip'] as const)('%s: it is begun again after its lease', (catchUp) => {
      const plan = duePlan({ schedule: hourly, catchUp }, dead, NOW);
      expect(plan.runs).toEqual([{ due: died, attempt: 2 }]);
      expect(plan.lost).toBeNull();
    });

    it('a newer due time takes its place where only the last counts', () => {
      const plan = duePlan({ schedule: hourly, catchUp: 'last' }, dead, at('2026-11-21T11:18:00Z'));
      expect(begun(plan)).toEqual(['2026-11-21T11:17']);
      expect(plan.lost).toEqual({ due: died, gaveUp: false });
    });

    it('where each counts, it comes before the newer ones', () => {
      const plan = duePlan({ schedule: hourly, catchUp: 'each' }, dead, at('2026-11-21T12:18:00Z'));
      expect(begun(plan)).toEqual(['2026-11-21T10:17', '2026-11-21T11:17', '2026-11-21T12:17']);
    });

    it('too often, it is given up', () => {
      const plan = duePlan({ schedule: hourly, catchUp: 'each' }, { ...dead, attempts: MAX_ATTEMPTS }, NOW);
      expect(plan).toEqual({ runs: [], lost: { due: died, gaveUp: true }, baseline: null });
    });
  });

  it('a clock set back by hours begins anew; one a little behind does not run twice', () => {
    const ahead = (ms: number) => position({ lastDueAt: NOW + ms });
    expect(begun(duePlan({ schedule: hourly, catchUp: 'last' }, ahead(5 * 3_600_000), NOW))).toEqual([
      '2026-11-21T10:17',
    ]);
    expect(duePlan({ schedule: minutely, catchUp: 'last' }, ahead(40_000), NOW).runs).toEqual([]);
  });

  it('in development, what is due every minute runs at every tick and nothing else does', () => {
    const met = position({ lastDueAt: at('2026-11-21T10:30:00Z') });
    expect(begun(duePlan({ schedule: minutely, catchUp: 'last' }, met, NOW, true))).toEqual(['2026-11-21T10:30']);
    expect(duePlan({ schedule: minutely, catchUp: 'last' }, met, NOW).runs).toEqual([]);
    const hour = position({ lastDueAt: at('2026-11-21T10:17:00Z') });
    expect(duePlan({ schedule: hourly, catchUp: 'last' }, hour, NOW, true).runs).toEqual([]);
  });
});
