/**
 * `npm run prove phrases`: how the sentences of tests/fixtures/spoken-time are read, each half by itself. Prints figures only: the half that is
 * not looked at stays unseen. `PHRASES=seen` prints what was misread of the other half.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { judge, type PhraseRow } from '../../shared/spoken-time/expected.fixture.ts';
import { reference } from '../../shared/spoken-time/reference-branch.fixture.ts';
import { understand } from '../../shared/spoken-time/understand.ts';
import { root } from '../check/files.ts';

const SETS = ['plain', 'hard', 'more', 'measures'] as const;
const HALVES = ['seen', 'unseen'] as const;

const rowsOf = (name: string): PhraseRow[] =>
  JSON.parse(readFileSync(path.join(root, 'tests', 'fixtures', 'spoken-time', `${name}.json`), 'utf8')) as PhraseRow[];

const shareOf = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)} %`;

/** @returns right, asked and wrong of each set and half */
export function phrases(): { seed: string; counts: string } {
  const told: string[] = [];
  for (const set of SETS) {
    for (const half of HALVES) {
      // „more" was written later, to be looked at.
      if (set === 'more' && half === 'unseen') continue;
      const rows = rowsOf(`${set}-${half}`);
      const judged = rows.map((row) => {
        const read = understand({ when: row.say }, reference({ language: row.language }));
        const outcome = judge(read, row);
        if (outcome !== 'right' && half === 'seen' && process.env.PHRASES === 'seen')
          console.log(
            `${outcome} ${set} ${row.class}: ${row.say}\n  read ${JSON.stringify(read)}\n  not  ${JSON.stringify(row.understood)}`,
          );
        return outcome;
      });
      const count = (outcome: 'right' | 'asked' | 'wrong'): number => judged.filter((one) => one === outcome).length;
      told.push(
        `${set} ${half}: ${count('right')}/${rows.length} right (${shareOf(count('right'), rows.length)}), ${count('asked')} asked, ${count('wrong')} wrong`,
      );
    }
  }
  return { seed: '–', counts: told.join(' · ') };
}
