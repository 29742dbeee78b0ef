/**
 * `npm run prove phrases`: how the sentences of tests/fixtures/spoken-time are read, each set by itself. Prints figures only: the sets that are
 * not looked at stay unseen. `PHRASES=seen` prints what was misread of the others.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { judge, type PhraseRow } from '../../shared/spoken-time/expected.fixture.ts';
import { reference } from '../../shared/spoken-time/reference-branch.fixture.ts';
import { understand } from '../../shared/spoken-time/understand.ts';
import { root } from '../check/files.ts';

/** „first": the first unseen half, opened when a second one had been written; README of the fixtures. */
const SETS = [
  'plain-seen',
  'plain-unseen',
  'hard-seen',
  'hard-first',
  'hard-second-unseen',
  'more-seen',
  'own-seen',
  'late-seen',
  'third-seen',
  'fourth-seen',
  'fifth-seen',
  'measures-seen',
  'measures-first',
] as const;

const fileOf = (name: string): string => path.join(root, 'tests', 'fixtures', 'spoken-time', `${name}.json`);
const rowsOf = (name: string): PhraseRow[] => JSON.parse(readFileSync(fileOf(name), 'utf8')) as PhraseRow[];

const shareOf = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)} %`;

/** @returns right, asked and wrong of each set */
export function phrases(): { seed: string; counts: string } {
  const told: string[] = [];
  for (const set of SETS.filter((name) => existsSync(fileOf(name)))) {
    const rows = rowsOf(set);
    const judged = rows.map((row) => {
      const read = understand({ when: row.say }, reference({ language: row.language }));
      const outcome = judge(read, row);
      if (outcome !== 'right' && !set.endsWith('-unseen') && process.env.PHRASES === 'seen')
        console.log(
          `${outcome} ${set} ${row.class}: ${row.say}\n  read ${JSON.stringify(read)}\n  not  ${JSON.stringify(row.understood)}`,
        );
      return outcome;
    });
    const count = (outcome: 'right' | 'asked' | 'wrong'): number => judged.filter((one) => one === outcome).length;
    told.push(
      `${set.replaceAll('-', ' ')}: ${count('right')}/${rows.length} right (${shareOf(count('right'), rows.length)}), ${count('asked')} asked, ${count('wrong')} wrong`,
    );
  }
  return { seed: '–', counts: told.join(' · ') };
}
