/**
 * Letters that a text must hold for a pattern to match: looking for them first spares most patterns, since a sentence holds few of the turns
 * that are known. Called where lists of patterns are applied (rewrite.ts, spoken-english.ts).
 */

/** Shorter strings are found in every sentence. */
const SHORTEST = 3;

/** One of these stands in every text that matches; null: nothing is known. */
export type Needles = readonly string[] | null;

/** Reads the source of a pattern; what it does not know makes it answer null, never a needle too many. */
export function needlesOf(source: string): Needles {
  return new Reader(source).alternatives();
}

/** Needles by the marks of their first and last letters, one pair behind the other. */
export type Marks = Uint16Array | null;

/** Looked up in a `Haystack`. */
export const marksOf = (needles: Needles): Marks =>
  needles === null
    ? null
    : Uint16Array.from(needles.flatMap((needle) => [markAt(needle, 0), markAt(needle, needle.length - SHORTEST)]));

/** Marks of three letters; two turns may share one, which costs a look and no mistake. */
export const MARKS = 4096;

const markAt = (text: string, at: number): number =>
  (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) % MARKS;

/** Which letters a text holds, to be asked for many patterns. */
export class Haystack {
  readonly #seen = new Uint8Array(MARKS);

  /** @param note is told each mark once */
  constructor(text: string, note?: (mark: number) => void) {
    this.add(text, note);
  }

  /** What a rewrite added; what it took away costs a look. */
  add(text: string, note?: (mark: number) => void): void {
    for (let at = 0; at + SHORTEST <= text.length; at++) {
      const mark = markAt(text, at);
      if (this.#seen[mark] === 1) continue;
      this.#seen[mark] = 1;
      note?.(mark);
    }
  }

  /** Whether one of the needles may stand in the text, or nothing is known. */
  mayHold(marks: Marks): boolean {
    if (marks === null) return true;
    for (let i = 0; i < marks.length; i += 2)
      if (this.#seen[marks[i] ?? 0] === 1 && this.#seen[marks[i + 1] ?? 0] === 1) return true;
    return false;
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
      const looks = /^\?(?:<?[=!])/.test(this.#source.slice(this.#at, this.#at + 3));
      const group = /^\?(?::|<?[=!]|<[a-z]\w*>)/.exec(this.#source.slice(this.#at));
      this.#at += group?.[0].length ?? 0;
      const needles = this.alternatives();
      return looks ? nothing : { letter: null, needles };
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
