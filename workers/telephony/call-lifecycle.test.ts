/** Whatever the order, number and repetition of a call's events, the same is known at the end. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { columnsOf } from './call-store.ts';
import {
  type CallKnowledge,
  type CallSource,
  durationOf,
  joinFacts,
  joinKnowledge,
  knowledgeOf,
  sameKnowledge,
  settlementOf,
  statusOf,
  transcriptMark,
} from './call-lifecycle.ts';

const T = 1_793_181_600_000;
const base = {
  agentId: 'agent_1',
  direction: 'inbound',
  fromNumber: '+4915112345678',
  toNumber: '+4930123456',
} as const;

/** One call's family of events, as Retell and our own functions tell them. */
const FAMILY: [CallSource, Parameters<typeof knowledgeOf>[1]][] = [
  ['inbound', { ...base, branchId: 'bra_1', companyId: 'com_1', language: 'de' }],
  ['call_started', { ...base, startedAt: asInstant(T) }],
  ['conversation', { customerId: 'cus_1', appointmentId: 'apt_1' }],
  [
    'call_ended',
    {
      ...base,
      startedAt: asInstant(T),
      endedAt: asInstant(T + 92_500),
      durationMs: 92_500,
      disconnectionReason: 'user_hangup',
      transcript: transcriptMark(180, 'aa'),
      costUsdMicros: 200_400,
      over: true,
    },
  ],
  [
    'call_analyzed',
    {
      ...base,
      startedAt: asInstant(T),
      endedAt: asInstant(T + 92_500),
      durationMs: 92_500,
      transcript: transcriptMark(180, 'aa'),
      summary: 'Booked.',
      sentiment: 'positive',
      successful: true,
      over: true,
      analyzed: true,
    },
  ],
];

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}
const play = (events: readonly (typeof FAMILY)[number][]): CallKnowledge =>
  events.reduce<CallKnowledge>((known, [source, facts]) => joinKnowledge(known, knowledgeOf(source, facts)), {});
const row = (knowledge: CallKnowledge) => columnsOf('call_1', knowledge, asInstant(T - 1_000));

describe('the life of a call', () => {
  it('every permutation of up to five events ends in one row', () => {
    for (let size = 1; size <= FAMILY.length; size++) {
      const family = FAMILY.slice(FAMILY.length - size);
      const wanted = row(play(family));
      for (const order of permutations(family)) expect(row(play(order))).toEqual(wanted);
    }
  });

  it('random sequences with duplicates end in the row of the family', () => {
    const wanted = row(play(FAMILY));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: FAMILY.length - 1 }), { maxLength: 30 }),
        fc.integer(),
        (noise, seed) => {
          const events = [...noise, ...FAMILY.map((_, i) => i)].map((i) => FAMILY[i]!);
          events.sort((a, b) => Math.sin(seed + events.indexOf(a)) - Math.sin(seed + events.indexOf(b)));
          expect(row(play(events))).toEqual(wanted);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('facts of one source joined beforehand are what merging each of them comes to', () => {
    const facts = fc.record(
      {
        appointmentId: fc.string({ maxLength: 3 }),
        customerId: fc.string({ maxLength: 3 }),
        language: fc.string({ maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(facts, fc.array(facts, { maxLength: 5 }), (known, several) => {
        const before = knowledgeOf('inbound', known);
        const each = several.reduce(
          (knowledge, one) => joinKnowledge(knowledge, knowledgeOf('conversation', one)),
          before,
        );
        expect(joinKnowledge(before, knowledgeOf('conversation', joinFacts(several)))).toEqual(each);
      }),
    );
  });

  it('joining is commutative, associative and idempotent, also where sources contradict themselves', () => {
    const facts = fc.record(
      {
        summary: fc.string({ maxLength: 5 }),
        durationMs: fc.integer({ min: 0, max: 9 }),
        over: fc.constant(true as const),
        analysis: fc.dictionary(fc.constantFrom('a', 'b'), fc.integer()),
        successful: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const knowledge = fc
      .tuple(fc.constantFrom<CallSource>('inbound', 'call_started', 'call_ended', 'call_analyzed', 'get_call'), facts)
      .map(([source, given]) => knowledgeOf(source, given));
    fc.assert(
      fc.property(knowledge, knowledge, knowledge, (a, b, c) => {
        expect(joinKnowledge(a, b)).toEqual(joinKnowledge(b, a));
        expect(joinKnowledge(joinKnowledge(a, b), c)).toEqual(joinKnowledge(a, joinKnowledge(b, c)));
        expect(joinKnowledge(a, a)).toEqual(a);
        expect(sameKnowledge(joinKnowledge(a, b), joinKnowledge(joinKnowledge(a, b), a))).toBe(true);
      }),
    );
  });

  it('status never goes back', () => {
    const analyzed = play(FAMILY);
    expect(statusOf(joinKnowledge(analyzed, knowledgeOf('call_started', { ...base, startedAt: asInstant(T) })))).toBe(
      'analyzed',
    );
  });

  it('the longest transcript of a stage stays', () => {
    const short = knowledgeOf('call_ended', { transcript: transcriptMark(99, 'ff') });
    const long = knowledgeOf('call_ended', { transcript: transcriptMark(100, '00') });
    expect(joinKnowledge(long, short)).toEqual(long);
  });
});

describe('what the money needs', () => {
  it.each([
    ['a running call is held for', [['inbound', base]], { kind: 'hold' }],
    ['a conversation is charged by started seconds', FAMILY, { kind: 'settle', seconds: 93, occurredAt: T + 92_500 }],
    [
      'a call that never connected costs nothing',
      [['call_ended', { ...base, disconnectionReason: 'dial_no_answer', over: true }]],
      { kind: 'void' },
    ],
    ['an end without a length waits for one', [['call_ended', { ...base, over: true }]], { kind: 'wait' }],
    [
      'length follows from start and end',
      [['call_ended', { startedAt: asInstant(T), endedAt: asInstant(T + 60_000), over: true }]],
      { kind: 'settle', seconds: 60, occurredAt: T + 60_000 },
    ],
  ] as [string, typeof FAMILY, unknown][])('%s', (_name, events, wanted) => {
    expect(settlementOf(play(events))).toEqual(wanted);
  });

  it('a length of a running call is not its length', () => {
    expect(durationOf(play([['call_started', { startedAt: asInstant(T) }]]))).toBeNull();
  });
});
