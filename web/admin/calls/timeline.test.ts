import { describe, expect, it } from 'vitest';
import type { CallStep } from '../../../shared/contract/calls.ts';
import { type Turn, timelineOf, withLines } from './timeline.ts';

const said = (text: string, at: number | null = null): Turn => ({ role: 'agent', text, at });
const did = (name: string, over: Partial<CallStep> = {}): CallStep => ({
  at: '2026-11-24T09:00:10Z',
  after_turns: null,
  function: name,
  succeeded: true,
  code: null,
  said: null,
  appointment_id: null,
  ...over,
});
const call = { started_at: '2026-11-24T09:00:00Z', duration_seconds: 60 };
const order = (steps: CallStep[], turns: Turn[]): string[] =>
  timelineOf({ ...call, steps }, turns).map((entry) => (entry.kind === 'said' ? entry.turn.text : entry.step.function));

describe('what happened in a call', () => {
  it('is told in its order: a deed stands behind the turns it came after', () => {
    const turns = [said('a'), said('b'), said('c')];
    expect(order([did('book', { after_turns: 2 }), did('look', { after_turns: 1 })], turns)).toEqual([
      'a',
      'look',
      'b',
      'book',
      'c',
    ]);
    expect(order([did('early', { after_turns: 0 })], turns)).toEqual(['early', 'a', 'b', 'c']);
    expect(order([did('late', { after_turns: 9 })], turns)).toEqual(['a', 'b', 'c', 'late']);
  });

  it('goes by the clock where no request said its place, and to the end where clocks disagree', () => {
    const turns = [said('a', 2), said('b', 12)];
    expect(order([did('look')], turns)).toEqual(['a', 'look', 'b']);
    expect(order([did('look', { at: '2026-11-24T08:00:00Z' })], turns)).toEqual(['a', 'b', 'look']);
    expect(timelineOf({ ...call, steps: [did('look', { at: '2026-11-24T10:00:00Z' })] }, turns).at(-1)).toMatchObject({
      at: null,
    });
    expect(order([did('look')], [])).toEqual(['look']);
  });
});

describe('lines as they are spoken', () => {
  it('take the place of what they were before', () => {
    const before = [said('Guten'), said('Ich')];
    expect(
      withLines(before, { from: 0, lines: [said('Guten Tag'), said('Ich möchte'), said('Gern')] }).map(
        ({ text }) => text,
      ),
    ).toEqual(['Guten Tag', 'Ich möchte', 'Gern']);
    expect(withLines(before, { from: 1, lines: [said('Ich hätte')] }).map(({ text }) => text)).toEqual([
      'Guten',
      'Ich hätte',
    ]);
  });
  it('that were overtaken change nothing, and a gap is no hole', () => {
    const before = [said('a'), said('b'), said('c')];
    expect(withLines(before, { from: 0, lines: [said('a')] })).toEqual(before);
    expect(withLines([said('a')], { from: 5, lines: [said('f')] }).map(({ text }) => text)).toEqual(['a', 'f']);
  });
});
