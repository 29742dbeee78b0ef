/**
 * Letters that a text must hold for a pattern to match: looking for them first spares most patterns, since a sentence holds few of the turns
 * that are known. Called where lists of patterns are applied (rewrite.ts).
 */

/** Shorter strings are found in every sentence. */
const SHORTEST = 3;

/** One of these stands in every text that matches; null: nothing is known. */
export type Needles = readonly string[] | null;

/** Reads the source of a pattern; what it does not know makes it answer null, never a needle too many. */
export function needlesOf(source: string): Needles {
  return new Reader(source).alternatives();
}

/** Marks of three letters; two turns may share one, which costs a look and no mistake. */
const MARKS = 4096;

const markAt = (text: string, at: number): number =>
  (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) % MARKS;

/** The needles of many patterns, found in one walk through a text. */
export class NeedleIndex {
  /** By the mark of their first letters. */
  readonly #byMark: (readonly (readonly [needle: string, of: number])[] | undefined)[];
  /** Patterns of which nothing is known. */
  readonly #always: readonly number[];
  readonly #longest: number;

  constructor(patterns: readonly Needles[]) {
    const byMark = new Map<number, (readonly [string, number])[]>();
    for (const [of, needles] of patterns.entries())
      for (const needle of new Set(needles)) {
        const mark = markAt(needle, 0);
        byMark.set(mark, [...(byMark.get(mark) ?? []), [needle, of]]);
      }
    this.#byMark = Array.from({ length: MARKS }, (_, mark) => byMark.get(mark));
    this.#always = patterns.flatMap((needles, of) => (needles === null ? [of] : []));
    this.#longest = Math.max(0, ...patterns.flatMap((needles) => (needles ?? []).map((needle) => needle.length)));
  }

  /** The same for a text that was changed in one place or more: only around what differs something new can stand. */
  findChanged(before: string, text: string, found: Uint8Array): void {
    const shorter = Math.min(before.length, text.length);
    let same = 0;
    while (same < shorter && before.charCodeAt(same) === text.charCodeAt(same)) same++;
    let end = 0;
    while (
      end < shorter - same &&
      before.charCodeAt(before.length - 1 - end) === text.charCodeAt(text.length - 1 - end)
    )
      end++;
    this.find(text, found, same - this.#longest, text.length - end + this.#longest);
  }

  /** Sets the place of each pattern that may match the text; what was set before stays. `from` and `to`: where to look for needles. */
  find(text: string, found: Uint8Array, from = 0, to = text.length): void {
    for (const of of this.#always) found[of] = 1;
    const last = Math.min(to, text.length - SHORTEST + 1);
    const start = Math.max(0, from);
    if (start >= last) return;
    // The two letters before are carried along: each letter of a text is read once.
    let first = text.charCodeAt(start);
    let second = text.charCodeAt(start + 1);
    for (let at = start; at < last; at++) {
      const third = text.charCodeAt(at + 2);
      const bucket = this.#byMark[(first * 961 + second * 31 + third) % MARKS];
      first = second;
      second = third;
      if (bucket === undefined) continue;
      for (let n = 0; n < bucket.length; n++) {
        const [needle, of] = bucket[n] as readonly [string, number];
        if (found[of] === 0 && text.startsWith(needle, at)) found[of] = 1;
      }
    }
  }
}

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** Reads up to the end of the group: one of the needles of each alternative. */
  alternatives(): Needles {
    const all: string[] = [];
    let known = true;
    do {
      const needles = this.#sequence();
      if (needles === null) known = false;
      else all.push(...needles);
    } while (this.#take('|'));
    this.#take(')');
    return known ? all : null;
  }

  /** The best needles of one alternative: its longest run of letters, or those of a group that must stand. */
  #sequence(): Needles {
    let best: Needles = null;
    let run = '';
    const offer = (needles: Needles): void => {
      if (needles && shortest(needles) >= SHORTEST && shortest(needles) > shortest(best)) best = needles;
    };
    const endRun = (): void => {
      offer([run]);
      run = '';
    };
    while (this.#at < this.#source.length && !/[|)]/.test(this.#peek())) {
      const { needles, letter } = this.#part();
      const optional = this.#quantifier();
      if (letter !== null && !optional) run += letter;
      else {
        endRun();
        if (!optional) offer(needles);
      }
    }
    endRun();
    return best;
  }

  /** A letter, or what must stand in a group; classes and escapes say nothing. */
  #part(): { letter: string | null; needles: Needles } {
    const nothing = { letter: null, needles: null };
    const char = this.#next();
    if (char === '(') {
      // What must not stand there says nothing; what must stand before or behind is a needle as good as any.
      const forbids = /^\?<?!/.test(this.#source.slice(this.#at, this.#at + 3));
      const group = /^\?(?::|<?[=!]|<[a-z]\w*>)/.exec(this.#source.slice(this.#at));
      this.#at += group?.[0].length ?? 0;
      const needles = this.alternatives();
      return forbids ? nothing : { letter: null, needles };
    }
    if (char === '[') {
      while (this.#at < this.#source.length && this.#next() !== ']')
        if (this.#source[this.#at - 1] === '\\') this.#at++;
      return nothing;
    }
    if (char === '\\') {
      this.#at++;
      return nothing;
    }
    return /[.^$]/.test(char) ? nothing : { letter: char, needles: null };
  }

  /** Whether what stands before may be left out, or is repeated. */
  #quantifier(): boolean {
    const found = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/.exec(this.#source.slice(this.#at, this.#at + 8));
    this.#at += found?.[0].length ?? 0;
    return found !== null;
  }

  #peek(): string {
    return this.#source[this.#at] ?? '';
  }

  #next(): string {
    return this.#source[this.#at++] ?? '';
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false;
    this.#at++;
    return true;
  }
}

const shortest = (needles: Needles): number =>
  needles === null || needles.length === 0 ? 0 : Math.min(...needles.map((needle) => needle.length));
