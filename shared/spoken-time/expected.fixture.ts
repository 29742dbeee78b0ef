/** Phrases with the readings that a careful person would give, and how a reading is compared with them. Read by tests and `npm run prove phrases`. */
import type { Language, Understood } from './reading.ts';

const KEYS = ['date', 'time', 'from_date', 'to_date', 'from', 'to', 'dates', 'closed'] as const;
const KIND_ONLY = new Set(['ask', 'invalid', 'none', 'earliest', 'any']);
const NEEDS_QUESTION = new Set(['ask', 'invalid']);

type Expected = { kind: string } & Partial<Record<(typeof KEYS)[number], unknown>>;
export interface PhraseRow {
  say: string;
  language: Language;
  /** which kind of sentence it stands for */
  class?: string;
  understood: Expected;
  /** readings that are as right */
  accept?: Expected[];
  note?: string;
}

function isSame(read: Understood, expected: Expected): boolean {
  if (read.kind !== expected.kind) return false;
  if (NEEDS_QUESTION.has(read.kind) && (read.question ?? '') === '') return false;
  if (KIND_ONLY.has(read.kind)) return true;
  return KEYS.every((key) => JSON.stringify(read[key]) === JSON.stringify(expected[key]));
}

/** `asked`: the caller is asked although a person would have understood; `wrong`: something else was taken, and nobody notices. */
export function judge(read: Understood, row: PhraseRow): 'right' | 'asked' | 'wrong' {
  if ([row.understood, ...(row.accept ?? [])].some((one) => isSame(read, one))) return 'right';
  return NEEDS_QUESTION.has(read.kind) ? 'asked' : 'wrong';
}
