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

/** So many of the longest real sentences (270 to 300 characters) stand for a phrase of 300 characters. */
const LONGEST = 30;
/** Rounds before the code is warm, and rounds that count. */
const WARMING = 30;
const MEASURED = 31;

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

/**
 * How many times a plain phrase one of the longest real sentences takes: each is read in turn with a plain one, in the same run; of each the
 * median over the rounds counts, and of those the median. What else the machine does meets both alike.
 */
function paceOf(sentences: readonly PhraseRow[], plain: readonly PhraseRow[]): string {
  const longest = [...sentences].sort((a, b) => b.say.length - a.say.length).slice(0, LONGEST);
  const contexts = { de: reference({ language: 'de' }), en: reference({ language: 'en' }) };
  const took = new Map<PhraseRow, number[]>();
  const read = (row: PhraseRow, counts: boolean): void => {
    const started = performance.now();
    understand({ when: row.say }, contexts[row.language]);
    if (counts) took.set(row, [...(took.get(row) ?? []), performance.now() - started]);
  };
  for (let round = 0; round < WARMING + MEASURED; round++)
    for (const [at, row] of plain.entries()) {
      read(row, round >= WARMING);
      const long = longest[(at + round) % longest.length];
      if (long) read(long, round >= WARMING);
    }
  const of = (rows: readonly PhraseRow[]): number => median(rows.map((row) => median(took.get(row) ?? [])));
  return `${LONGEST} longest (${longest.at(-1)?.say.length ?? 0} characters and more) ${(of(longest) / of(plain)).toFixed(1)} × a plain phrase of ${of(plain).toFixed(2)} ms`;
}

/** @returns right, asked and wrong of each set, and how long the longest of them take beside plain ones */
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
  const seen = SETS.filter((name) => !name.endsWith('-unseen') && existsSync(fileOf(name)));
  told.push(
    paceOf(
      seen.filter((name) => name !== 'plain-seen').flatMap(rowsOf),
      seen.filter((name) => name === 'plain-seen').flatMap(rowsOf),
    ),
  );
  return { seed: '–', counts: told.join(' · ') };
}
