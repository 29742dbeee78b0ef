/** Collects what the grammar makes of a phrase: items with the tokens they cover, and the tokens that are skipped. */
import type { Cursor } from './cursor.ts';
import type { SkipReason, SkippedToken } from './phrase.ts';
import type { DayTerm, Doubt, Item, Lack, Stride, TimeTerm } from './terms.ts';

export class ItemList {
  readonly items: Item[] = [];
  readonly skipped: SkippedToken[];
  /** Position of the next token to read. Every step moves it on, so that reading ends. */
  at = 0;
  /** Where the last day ended. */
  lastDayEnd = -1;
  readonly #cursor: Cursor;

  constructor(cursor: Cursor, skipped: SkippedToken[]) {
    this.#cursor = cursor;
    this.skipped = skipped;
  }

  /** `replaces`: see `Item`. */
  day(term: DayTerm, next: number, step?: { replaces: readonly Item[]; hourKnown?: true }): void {
    this.items.push({ type: 'day', term, i: this.at, j: next, ...step });
    this.at = next;
    this.lastDayEnd = next;
  }

  /** `bare`: nothing but the number itself says that it is an hour; `digits`: it was written in digits. */
  time(term: TimeTerm, next: number, bare?: { digits: boolean }): void {
    this.items.push({
      type: 'time',
      term,
      i: this.at,
      j: next,
      ...(bare ? { bare: true, digits: bare.digits } : {}),
    });
    this.at = next;
  }

  /** An hour counted from another, or the same again. */
  hourFrom(term: TimeTerm, next: number, replaces: readonly Item[]): void {
    this.items.push({ type: 'time', term, i: this.at, j: next, replaces });
    this.at = next;
  }

  op(op: (Item & { type: 'op' })['op']): void {
    this.items.push({ type: 'op', op, i: this.at, j: this.at + 1 });
    this.at++;
  }

  special(id: (Item & { type: 'special' })['id']): void {
    this.items.push({ type: 'special', id, i: this.at, j: this.at + 1 });
    this.at++;
  }

  /** What carries meaning and is not read: the phrase will end in a question. */
  doubt(doubt: Doubt, next: number, lacks?: Lack, stride?: Stride): void {
    const text = this.#cursor.tokens
      .slice(this.at, next)
      .map((t) => t.text.replace(/^§(?:feast-|part-)?/, ''))
      .join(' ');
    this.items.push({
      type: 'doubt',
      doubt,
      text,
      i: this.at,
      j: next,
      ...(lacks === undefined ? {} : { lacks }),
      ...(stride === undefined ? {} : { stride }),
    });
    this.at = next;
  }

  /** Something about the whole phrase makes it a question. */
  doubtAll(doubt: Doubt, text: string): void {
    this.items.push({ type: 'doubt', doubt, text, i: this.at, j: this.at });
  }

  /** Passes over the tokens up to `next`: they change nothing. */
  skip(why: SkipReason, next: number): void {
    for (; this.at < next; this.at++) {
      const token = this.#cursor.tok(this.at);
      if (token) this.skipped.push({ token, why });
    }
  }

  /** The next token follows a single day directly. */
  isBehindPoint(): boolean {
    const last = this.items.at(-1);
    return this.lastDayEnd === this.at && last?.type === 'day' && last.term.d !== 'span' && last.term.d !== 'workdays';
  }
}
