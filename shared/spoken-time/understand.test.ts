/** The 77 phrases of tests/fixtures/german-time-and-phone.json, read as they must be. */
import { describe, expect, it } from 'vitest';
import fixture from '../../tests/fixtures/german-time-and-phone.json' with { type: 'json' };
import type { Understood } from './reading.ts';
import { reference } from './reference-branch.fixture.ts';
import { understand } from './understand.ts';

const KEYS = ['date', 'time', 'from_date', 'to_date', 'from', 'to', 'dates', 'closed'] as const;
const KIND_ONLY = new Set(['ask', 'invalid', 'none', 'earliest', 'any']);

type Expected = { kind: string } & Partial<Record<(typeof KEYS)[number], unknown>>;

function same(read: Understood, expected: Expected): boolean {
  if (read.kind !== expected.kind) return false;
  if (KIND_ONLY.has(read.kind)) return read.kind !== 'ask' || (read.question ?? '') !== '';
  return KEYS.every((key) => JSON.stringify(read[key]) === JSON.stringify(expected[key]));
}

describe('the phrases of the fixture', () => {
  it('are 77', () => expect(fixture.time.length).toBe(77));
  it.each(fixture.time.map((row) => [row.say, row] as const))('%s', (_say, row) => {
    const read = understand({ when: 'spoken' in row && row.spoken ? row.spoken : row.say }, reference());
    const accepted = [row.understood, ...('accept' in row && row.accept ? row.accept : [])] as Expected[];
    expect(accepted.some((e) => same(read, e)) ? 'right' : JSON.stringify(read)).toBe('right');
  });
});
