/**
 * Cuts what a caller said into parts: at commas and full stops, and before words that open a clause, since speech recognition often writes
 * no commas. Called by wish.ts; knows no dates.
 */
import type { Category } from '../words/lexicon.ts';
import type { Token } from '../words/token.ts';
import { AUXILIARY, BECAUSE, CONCLUDING, FINITE, MOVED, OPENING, PRONOUN, REPLACED, SUBJECT } from './cues.ts';

/** Tokens `from` to `to` (exclusive), counted among all tokens of the phrase. */
export interface Part {
  from: number;
  to: number;
  /** No comma before it: only a word that opens a clause parts it from the one before. */
  joined: boolean;
}

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
const LEADING: readonly Category[] = ['article', 'in', 'at', 'an', 'approx', 'exact', 'from', 'until', 'latest', 'not-before'];

/** Whether a day or an hour stands at a position, behind its articles and prepositions. */
export function timeBegins(all: readonly Token[], at: number): boolean {
  let i = at;
  while (LEADING.includes(all[i]?.category ?? 'unknown')) i++;
  return TIMELIKE.includes(all[i]?.category ?? 'unknown');
}

/** The parts of a phrase in their order; each token is in one of them. `moves`: an appointment is moved in it. */
export function partsOf(all: readonly Token[], moves: boolean): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let at = 1; at <= all.length; at++) {
    const token = all[at];
    if (token && !(token.afterComma ? !isOneDay(all, at) : opensClause(all, from, at, moves))) continue;
    parts.push({ from, to: at, joined: from > 0 && all[from]?.afterComma !== true });
    from = at;
  }
  return parts;
}

/** „Dienstag, den 24. November": the comma parts nothing. */
function isOneDay(all: readonly Token[], at: number): boolean {
  if (all[at - 1]?.category !== 'weekday') return false;
  let i = at;
  while (all[i]?.category === 'article') i++;
  return ['number', 'date', 'pair', 'month', 'feast'].includes(all[i]?.category ?? '') && all[i + 1]?.category !== 'oclock';
}

/** Whether a word without a comma before it begins a clause of its own. */
function opensClause(all: readonly Token[], from: number, at: number, moves: boolean): boolean {
  const [word, next, before] = [all[at]?.text ?? '', all[at + 1]?.text ?? '', all[at - 1]?.text ?? ''];
  if (OPENING.has(word)) return true;
  const first = all[from]?.text ?? '';
  // „weil ich arbeite wär mir Freitag lieber": two verbs meet where the clause ends.
  if ((BECAUSE.has(first) || REPLACED.test(first) || first === 'wenn' || first === 'da') && AUXILIARY.has(word) && PRONOUN.has(next))
    return at > from + 2;
  if (CONCLUDING.has(word) && FINITE.has(next)) return true;
  if (word === 'und' || word === 'and') return opensAfterAnd(all, at + 1);
  if (SUBJECT.has(word) && !FINITE.has(before) && !OPENING.has(before) && at > from + 1)
    return before !== 'und' && before !== 'and' && FINITE.has(next);
  // „am Dienstag um zehn auf Donnerstag verlegen"
  return moves && MOVED.has(word) && timeBegins(all, at + 1) && at > from;
}

/** „und ich muss …", „und die Küche wird …", „und möchte …"; „Dienstag und Mittwoch" stays together. */
function opensAfterAnd(all: readonly Token[], at: number): boolean {
  const word = all[at]?.text ?? '';
  if (PRONOUN.has(word) || SUBJECT.has(word) || FINITE.has(word) || CONCLUDING.has(word)) return true;
  return /^(?:mein|meine|unser|unsere|der|die|das|da|my|the|our)$/.test(word) && !timeBegins(all, at);
}
