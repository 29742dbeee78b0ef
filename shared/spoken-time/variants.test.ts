/** Phrases as callers and speech recognition produce them, expected independently of the grammar: read right and never silently wrong. */
import { describe, expect, it } from 'vitest';
import fixture from '../../tests/fixtures/spoken-time-variants.json' with { type: 'json' };
import type { Language, Understood } from './reading.ts';
import { reference } from './reference-branch.fixture.ts';
import { understand } from './understand.ts';

const KEYS = ['date', 'time', 'from_date', 'to_date', 'from', 'to', 'dates', 'closed'] as const;
const KIND_ONLY = new Set(['ask', 'invalid', 'none', 'earliest', 'any']);
const NEEDS_QUESTION = new Set(['ask', 'invalid']);

type Expected = { kind: string } & Partial<Record<(typeof KEYS)[number], unknown>>;
interface Row {
  say: string;
  language: Language;
  understood: Expected;
  accept?: Expected[];
}

const rows = fixture.phrases as Row[];

function same(read: Understood, expected: Expected): boolean {
  if (read.kind !== expected.kind) return false;
  if (NEEDS_QUESTION.has(read.kind) && (read.question ?? '') === '') return false;
  if (KIND_ONLY.has(read.kind)) return true;
  return KEYS.every((key) => JSON.stringify(read[key]) === JSON.stringify(expected[key]));
}

describe('phrases nobody wrote the grammar for', () => {
  it('are at least 260 German and 110 English ones', () => {
    expect(rows.filter((row) => row.language === 'de').length).toBeGreaterThanOrEqual(260);
    expect(rows.filter((row) => row.language === 'en').length).toBeGreaterThanOrEqual(110);
  });
  it.each(rows.map((row) => [row.say, row.language, row] as const))('%s (%s)', (say, language, row) => {
    const read = understand({ when: say }, reference({ language }));
    expect([row.understood, ...(row.accept ?? [])].some((e) => same(read, e)) ? 'right' : JSON.stringify(read)).toBe(
      'right',
    );
  });
});
