/** Phrases as callers and speech recognition produce them, expected independently of the grammar: read right and never silently wrong. */
import { describe, expect, it } from 'vitest';
import fixture from '../../tests/fixtures/spoken-time-variants.json' with { type: 'json' };
import { judge, type PhraseRow } from './expected.fixture.ts';
import { reference } from './reference-branch.fixture.ts';
import { understand } from './understand.ts';

const rows = fixture.phrases as PhraseRow[];

describe('phrases nobody wrote the grammar for', () => {
  it('are at least 260 German and 110 English ones', () => {
    expect(rows.filter((row) => row.language === 'de').length).toBeGreaterThanOrEqual(260);
    expect(rows.filter((row) => row.language === 'en').length).toBeGreaterThanOrEqual(110);
  });
  it.each(rows.map((row) => [row.say, row.language, row] as const))('%s (%s)', (say, language, row) => {
    const read = understand({ when: say }, reference({ language }));
    const judged = judge(read, row);
    expect(judged === 'right' ? judged : JSON.stringify(read)).toBe('right');
  });
});
