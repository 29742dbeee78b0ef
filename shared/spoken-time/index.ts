/**
 * The reader of spoken day and time, German and English: what a caller said → what was understood, what to search for, and
 * the sentences to say back. The only entry point of this folder; README.md describes its grammar.
 */
export type {
  Language,
  LastVisit,
  OpenSpan,
  Search,
  SearchWindow,
  SpokenContext,
  SpokenInput,
  Understood,
  UnderstoodKind,
} from './reading.ts';
export { sayClock, sayDate, sayReading, sayWhen, weekdayName } from './say.ts';
export { searchOf } from './search.ts';
export { understand } from './understand.ts';
export { LEARNED } from './second-look/weights.ts';
