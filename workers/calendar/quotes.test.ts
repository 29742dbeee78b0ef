/**
 * What is offered can be taken: quotes and holds of random worlds (ten thousand in `npm run prove quotes`), of one service, of several and of
 * parties. Each is taken by exactly the people, at exactly the times and price it named, also at the last moment before it expires.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf, seedOf } from '../../tests/counts.ts';
import { asInstant, type Instant } from '../../shared/clock.ts';
import { MINUTE } from '../../shared/time.ts';
import { epochDay } from './engine/hours.ts';
import { Oracle } from './engine/oracle.fixture.ts';
import { checkAvailability } from './engine/check.ts';
import { busyOfWorld, chains, itemsOfWorld, visits, world } from './engine/oracle-worlds.fixture.ts';
import { parseSchedule, type Schedule } from './engine/schedule.ts';
import { type BusyRow, busyOf } from './salon.fixture.ts';
import { decideBook } from './rules/book.ts';
import { decideHold } from './rules/hold.ts';
import { claimOf, quotePayloadOf, readQuotePayload } from './rules/quote.ts';
import type { RequestedService } from './commands/inputs.ts';
import type { ScheduleItem, ServiceBody } from './master-data.ts';
import { type Hold, type QuotePayload, type Slot, sizeOf } from './rows.ts';

const OFFERS = runsOf('quotes');
const actor = { kind: 'system', id: 'test' } as const;
/** Slots of one answer that are taken, spread over it. */
const TAKEN = 6;

interface Offered {
  schedule: Schedule;
  busy: Record<string, BusyRow[]>;
  services: RequestedService[];
  slot: Slot;
  now: Instant;
}

const peopleOf = (slot: Slot): unknown =>
  [slot, ...(slot.party ?? [])].map(({ startsAt, endsAt, segments }) => ({
    startsAt,
    endsAt,
    people: segments.map((one) => one.staffId),
  }));

/** Books and answers who serves whom and when; throws with the refusal. */
function taken(
  { schedule, busy, services, slot }: Offered,
  by: { quote?: QuotePayload; hold?: Hold; staffId: string | null },
  now: Instant,
): unknown {
  const made = decideBook(
    { schedule, busy: busyOf(busy), tokenHold: by.hold ?? null, callHold: null, exists: false },
    {
      key: 'k',
      now,
      actor,
      appointmentId: 'apt',
      partyIds: ['p1', 'p2', 'p3', 'p4', 'p5'],
      customerId: 'cus',
      services,
      branchId: null,
      staffId: by.staffId,
      startsAt: slot.startsAt,
      source: 'api',
      quote: by.quote ?? null,
      lockToken: by.hold?.lockToken ?? null,
      // A promise is worth its start, whatever is offered by now.
      offeredOnly: true,
    },
    now,
  );
  if (!made.ok) throw new Error(`refused: ${JSON.stringify({ error: made.error, slot: peopleOf(slot), by })}`);
  const all = [made.value.appointment, ...made.value.party.map((one) => one.appointment)];
  expect(all.reduce((sum, one) => sum + one.priceCents, 0)).toBe(
    [slot, ...(slot.party ?? [])].reduce((sum, one) => sum + one.priceCents, 0),
  );
  return all.map(({ startsAt, endsAt, segments }) => ({
    startsAt,
    endsAt,
    people: segments.map((one) => one.staffId),
  }));
}

/** Quotes it, takes the quote; holds it by the quote, takes the hold. Returns how many promises that were. */
function keep(offered: Offered, turn: number): number {
  const { schedule, busy, services, slot, now } = offered;
  const quote = readQuotePayload(
    JSON.parse(JSON.stringify(claimOf(quotePayloadOf('ten', slot, schedule.version, now)))),
  );
  if (!quote) throw new Error('a quote reads back');
  const last = asInstant(quote.expiresAt - 1);
  const people = [slot, ...(slot.party ?? [])].flatMap((one) => one.segments.flatMap((s) => s.staffId ?? []));
  // Whoever serves in it may be asked for beside it.
  const asked = turn % 2 === 0 ? null : (people[turn % people.length] ?? null);
  expect(taken(offered, { quote, staffId: asked }, turn % 3 === 0 ? now : last)).toEqual(peopleOf(slot));
  const held = decideHold(
    { schedule, busy: busyOf(busy), callHolds: [], ownerHolds: 0, keyHolds: 0, exists: false },
    {
      key: 'h',
      now,
      actor,
      lockToken: 'hold',
      services,
      branchId: null,
      staffId: null,
      startsAt: slot.startsAt,
      quote,
    },
    now,
  );
  if (!held.ok) throw new Error(`hold refused: ${JSON.stringify({ error: held.error, slot: peopleOf(slot) })}`);
  const { hold, occupations } = held.value;
  expect(sizeOf(hold.slot)).toBe(sizeOf(slot));
  const rows: Record<string, BusyRow[]> = { ...busy };
  for (const { id, from, to, units, share } of occupations)
    rows[id] = [...(rows[id] ?? []), { from, to, units, share, owner: 'hold', expires: hold.expiresAt }];
  const end = asInstant(hold.expiresAt - 1);
  expect(taken({ ...offered, busy: rows }, { hold, staffId: asked }, end)).toEqual(peopleOf(slot));
  return 2;
}

/** The oracle's judgement of a party: each visit fits beside what the people of the ones before are taken by. */
function judged(items: readonly ScheduleItem[], body: ServiceBody, { busy, slot, now }: Offered): void {
  const taken: Record<string, BusyRow[]> = { ...busy };
  for (const visit of [slot, ...(slot.party ?? [])]) {
    const oracle = new Oracle(items, 'bra', taken, now);
    const people = visit.segments.map((one) => one.staffId);
    const single = body.segments.length === 0 ? visit.staffId : null;
    expect(oracle.fits('srv', visit.startsAt / MINUTE, single, 1, people)).toBe(true);
    const active = visit.segments.filter((one) => one.staffId !== null);
    for (const [i, one] of active.entries()) {
      const id = one.staffId as string;
      const row = {
        from: one.startsAt / MINUTE - (i === 0 ? body.bufferBeforeMinutes : 0),
        to: one.endsAt / MINUTE + (i === active.length - 1 ? body.bufferAfterMinutes : 0),
      };
      taken[id] = [...(taken[id] ?? []), row];
    }
  }
}

describe(`${OFFERS} quotes and holds`, () => {
  it('are bookable until they expire, by exactly the people they name', () => {
    const seed = seedOf(20_261_122);
    const counts = { promises: 0, several: 0, parties: 0 };
    const kinds = fc.oneof(
      world.map((w) => ({ w, parts: 0 })),
      chains.map((w) => ({ w, parts: 0 })),
      visits.map((w) => ({ w, parts: w.parts.length })),
    );
    const asked = fc.record({ party: fc.constantFrom(1, 1, 2), staff: fc.constantFrom(null, null, 'a') });
    // As many worlds as it takes: how many offers one has is random too.
    for (let round = 0; counts.promises < OFFERS; round++) {
      const [sample] = fc.sample(fc.tuple(kinds, asked), { numRuns: 1, seed: seed + round });
      if (!sample) throw new Error('no world');
      const [{ w, parts }, { party, staff }] = sample;
      const items = itemsOfWorld(w);
      const body = (items.find((i) => i.id === 'srv')?.body ?? null) as ServiceBody | null;
      const now = asInstant(epochDay(w.date) * 86_400_000 - 86_400_000);
      // The holds of a world are alive or lapsed by a clock that begins at zero.
      const busy = Object.fromEntries(
        Object.entries(busyOfWorld(w, body)).map(([id, rows]) => [
          id,
          rows.map((row) => (row.expires === undefined ? row : { ...row, expires: now - 1_000 + row.expires })),
        ]),
      );
      const schedule = parseSchedule(items, 1, () => null);
      const services =
        parts === 0 ? [{ serviceId: 'srv' }] : Array.from({ length: parts }, (_, i) => ({ serviceId: `srv${i}` }));
      const found = checkAvailability(
        schedule,
        busyOf(busy),
        {
          now,
          services,
          branchId: 'bra',
          staffId: staff,
          window: { fromDate: w.date, untilDate: w.date },
          partySize: party,
        },
        [],
      );
      if (!found.ok) continue;
      const { slots, next } = found.value;
      const stride = Math.max(1, Math.floor(slots.length / TAKEN));
      for (const [turn, slot] of [...slots.filter((_, i) => i % stride === 0), ...next].entries()) {
        counts.promises += keep({ schedule, busy, services, slot, now }, turn);
        const people = new Set(slot.segments.flatMap((one) => one.staffId ?? []));
        if (people.size > 1) counts.several++;
        if (!slot.party) continue;
        counts.parties++;
        if (body) judged(items, body, { schedule, busy, services, slot, now });
      }
    }
    console.warn(
      `quotes: seed ${seed}, ${counts.promises} promises, ${counts.several} by several people, ${counts.parties} of parties`,
    );
    expect(counts.several).toBeGreaterThan(OFFERS / 50);
    expect(counts.parties).toBeGreaterThan(OFFERS / 50);
  }, 240_000);
});
