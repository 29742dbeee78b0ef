/** Where a day or an hour begins among the tokens of a phrase. Called by the grammar and by sentence/. */
import type { Category } from '../words/lexicon.ts';
import type { Token } from '../words/token.ts';

/** What a day or an hour begins with. */
export const TIMELIKE: readonly Category[] = [
  'number',
  'clock',
  'date',
  'pair',
  'weekday',
  'weekdays',
  'month',
  'relative',
  'daypart',
  'which',
  'stage',
  'feast',
  'half',
  'english-half',
  'quarter',
  'three-quarter',
  'unit',
  'season',
];
const LEADING: readonly Category[] = [
  'article',
  'in',
  'at',
  'an',
  'approx',
  'exact',
  'from',
  'until',
  'latest',
  'not-before',
];

/** Whether a day or an hour stands at a position, behind its articles and prepositions. */
export function timeBegins(all: readonly Token[], at: number): boolean {
  let i = at;
  while (LEADING.includes(all[i]?.category ?? 'unknown')) i++;
  return TIMELIKE.includes(all[i]?.category ?? 'unknown');
}
