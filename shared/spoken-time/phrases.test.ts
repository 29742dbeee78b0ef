/** The sentences of tests/fixtures/spoken-time: in the shape they promise, and none in two sets. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isWallDate } from '../time.ts';
import { judge, type PhraseRow } from './expected.fixture.ts';
import { reference } from './reference-branch.fixture.ts';
import { understand } from './understand.ts';

const FOLDER = path.join(import.meta.dirname, '../../tests/fixtures/spoken-time');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const sets = new Map(
  files.map((name) => [name, JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as PhraseRow[]]),
);
const all = [...sets.values()].flat();

describe('sentences written blind', () => {
  it('are as many as promised, in sets that share none', () => {
    const count = (set: string): number =>
      ['seen', 'first', 'unseen', 'second-unseen']
        .map((half) => sets.get(`${set}-${half}.json`)?.length ?? 0)
        .reduce((sum, rows) => sum + rows, 0);
    expect(count('hard')).toBeGreaterThanOrEqual(400);
    expect(count('plain')).toBeGreaterThanOrEqual(200);
    expect(count('measures')).toBeGreaterThanOrEqual(300);
    expect(new Set(all.map(({ say }) => say.toLowerCase())).size).toBe(all.length);
  });
  it('are short enough to be read, with real days and ascending hours', () => {
    for (const { say, understood, accept = [] } of all) {
      expect(say.length).toBeLessThanOrEqual(300);
      for (const { date, from_date, to_date, dates = [], from, to } of [understood, ...accept]) {
        for (const day of [date, from_date, to_date, ...(dates as unknown[])])
          if (day !== undefined) expect(isWallDate(String(day)), String(day)).toBe(true);
        if (from !== undefined && to !== undefined) expect(String(from) < String(to)).toBe(true);
      }
    }
  });
  /** Raised with every gain; the unseen sets are counted by `npm run prove phrases` alone. */
  it.each<[set: string, right: number, wrong: number]>([
    ['plain-seen', 153, 0],
    ['hard-seen', 330, 0],
    ['hard-first', 309, 0],
    ['measures-seen', 183, 0],
    ['measures-first', 166, 0],
    ['more-seen', 2522, 6],
    ['own-seen', 306, 0],
    ['late-seen', 981, 2],
    ['third-seen', 1220, 1],
    ['fourth-seen', 659, 1],
    ['fifth-seen', 639, 5],
  ])('are read as well as they were: %s', (set, right, wrong) => {
    const judged = (sets.get(`${set}.json`) ?? []).map((row) =>
      judge(understand({ when: row.say }, reference({ language: row.language })), row),
    );
    const count = (outcome: string): number => judged.filter((one) => one === outcome).length;
    expect(count('right')).toBeGreaterThanOrEqual(right);
    expect(count('wrong')).toBeLessThanOrEqual(wrong);
  });
});
