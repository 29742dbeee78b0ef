/** The engine against the oracle over random schedules, busy times and DST days: every gap is offered, none wrong. */
import { asInstant } from '../../../shared/clock.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf, seedOf } from '../../../tests/counts.ts';
import { Oracle } from './oracle.fixture.ts';
import {
  busyOfWorld,
  chains,
  itemsOfWorld,
  type VisitCase,
  visits,
  world,
  type WorldCase,
} from './oracle-worlds.fixture.ts';
import { occupationsOf, rankOf, Search } from './availability.ts';
import { epochDay } from './hours.ts';
import { planOf } from './plan.ts';
import { busyOf } from '../salon.fixture.ts';
import { parseSchedule } from './schedule.ts';
import type { ServiceBody } from '../master-data.ts';

describe('the engine offers what the oracle finds, no more and no less', () => {
  it.each([
    ['random schedules, people, rooms, buffers, segments, groups, holds and DST days', world, 120],
    ['crowded mornings and chains with waiting', chains, 80],
  ] as const)(
    'over %s',
    (_name, worlds, runs) => {
      const seed = seedOf(20_270_328);
      let offers = 0;
      let configured = 0;
      const check = fc.property(worlds as fc.Arbitrary<WorldCase>, (w) => {
        const items = itemsOfWorld(w);
        const body = items.find((i) => i.id === 'srv')?.body as ServiceBody;
        const busy = busyOfWorld(w, body);
        const schedule = parseSchedule(items, 1, () => null);
        const partySize = Math.min(w.partySize, body.maxPerSlot);
        const planned = planOf(schedule, {
          services: [{ serviceId: 'srv' }],
          branchId: 'bra',
          staffId: w.wanted,
          partySize,
        });
        const oracle = new Oracle(items, 'bra', busy, 1_000);
        const day = epochDay(w.date);
        let [from, to] = [day * 1440 - 960, (day + 1) * 1440 + 960];
        while (oracle.wall(from).date !== w.date) from++;
        while (oracle.wall(to - 1).date !== w.date) to--;
        const wanted = oracle.offers('srv', from, to, w.wanted, partySize);
        if (!planned.ok) throw new Error(JSON.stringify(planned.error));
        if (planned.value.kind !== 'plan') {
          expect(wanted.fits.size).toBe(0);
          return;
        }
        configured++;
        const search = new Search(planned.value.plan, busyOf(busy), {
          fromDay: day,
          untilDay: day,
          nowMs: asInstant(1_000),
          exclude: [],
        });
        const fits = new Set<number>();
        for (let i = 0; i < search.starts.length; i += 2)
          for (let m = search.starts[i]!; m < search.starts[i + 1]!; m++) fits.add(m);
        expect([...fits]).toEqual([...wanted.fits]);
        expect(search.offered()).toEqual(wanted.offered);
        offers += wanted.offered.length;
        // Every offer can be served, and what it takes is free.
        const rank = rankOf(search, 'even_load', null);
        for (const start of search.offered()) {
          const assignment = search.assignmentAt(start, rank);
          expect(assignment).not.toBeNull();
          if (!assignment) continue;
          for (const o of occupationsOf(planned.value.plan, assignment)) {
            if (o.kind !== 'staff') continue;
            const clash = (busy[o.id] ?? []).some(
              (r) =>
                (r.expires ?? Infinity) > 1_000 &&
                r.from < o.to &&
                r.to > o.from &&
                (o.share === null || r.share !== o.share),
            );
            expect(clash).toBe(false);
          }
          for (let i = 1; i < assignment.segments.length; i++) {
            const gap = assignment.segments[i]!.from - assignment.segments[i - 1]!.to;
            expect(gap).toBeGreaterThanOrEqual(body.segments[i]!.gapMinMinutes);
            expect(gap).toBeLessThanOrEqual(body.segments[i]!.gapMaxMinutes);
          }
        }
      });
      console.warn(`oracle seed ${seed}`);
      fc.assert(check, { numRuns: runsOf('oracle', undefined, runs), seed });
      expect(configured).toBeGreaterThan(30);
      expect(offers).toBeGreaterThan(100);
    },
    120_000,
  );
});

describe('a visit of several services', () => {
  it('starts where the oracle finds that each can be served with its own buffers, by whom it may', () => {
    const seed = seedOf(20_270_202);
    let [fitting, several] = [0, 0];
    const check = fc.property(visits as fc.Arbitrary<VisitCase>, (w) => {
      const items = itemsOfWorld(w);
      const services = w.parts.map((_, i) => `srv${i}`);
      const planned = planOf(
        parseSchedule(items, 1, () => null),
        { services: services.map((serviceId) => ({ serviceId })), branchId: 'bra', staffId: null },
      );
      if (!planned.ok) throw new Error(JSON.stringify(planned.error));
      const oracle = new Oracle(items, 'bra', w.busy, 1_000);
      const day = epochDay(w.date);
      let [from, to] = [day * 1440 + 300, day * 1440 + 720];
      if (planned.value.kind !== 'plan') {
        for (let m = from; m < to; m++) expect(oracle.fitsVisit(services, m)).toBe(false);
        return;
      }
      const range = { fromDay: day, untilDay: day, nowMs: asInstant(1_000), exclude: [] };
      const search = new Search(planned.value.plan, busyOf(w.busy), range);
      const fits = new Set<number>();
      for (let i = 0; i < search.starts.length; i += 2)
        for (let m = search.starts[i]!; m < search.starts[i + 1]!; m++) fits.add(m);
      for (; from < to; from++) {
        const expected = oracle.fitsVisit(services, from);
        if (fits.has(from) !== expected)
          throw new Error(`minute ${from}: engine ${fits.has(from)}, oracle ${expected}`);
        if (!expected) continue;
        fitting++;
        const assignment = search.assignmentAt(from, rankOf(search, 'even_load', null));
        if (!assignment) throw new Error(`minute ${from} is offered and cannot be served`);
        const rows = occupationsOf(planned.value.plan, assignment);
        // Nobody is in two places, neither with others nor in the visit itself.
        for (const [i, one] of rows.entries()) {
          if (one.kind !== 'staff') continue;
          const clash = [
            ...(w.busy[one.id as 'a'] ?? []),
            ...rows.filter((row, j) => j !== i && row.kind === 'staff' && row.id === one.id),
          ];
          for (const row of clash)
            if (('expires' in row ? (row.expires ?? Infinity) : Infinity) > 1_000)
              expect(row.from < one.to && row.to > one.from).toBe(false);
        }
        if (new Set(assignment.segments.flatMap((s) => s.staffId ?? [])).size > 1) several++;
      }
    });
    console.warn(`visits seed ${seed}`);
    fc.assert(check, { numRuns: runsOf('oracle', undefined, 120), seed });
    expect(fitting).toBeGreaterThan(100);
    expect(several).toBeGreaterThan(20);
  }, 120_000);
});
