/** How a fixed turn of phrase is written down and replaced. Called by idioms.ts and the lists of turns beside it. */
import { Haystack, MARKS, type Marks, marksOf, needlesOf } from './needles.ts';

export type Rewrite = readonly [pattern: RegExp, to: string, marks: Marks];

/** Replaces a pattern of whole words; `to` may hold its groups ($1). */
export const rule = (pattern: string, to: string): Rewrite => [
  new RegExp(`(?<![a-z0-9§-])(?:${pattern})(?![a-z0-9§-])`, 'g'),
  ` ${to} `,
  marksOf(needlesOf(pattern)),
];

/** A list of rewrites that finds by a text which of them may match at all. */
export class Rewrites {
  readonly #all: readonly Rewrite[];
  /** Positions of the rewrites by the mark that one of their needles begins with. */
  readonly #byMark: readonly (readonly number[])[];
  readonly #unmarked: readonly number[];

  constructor(all: readonly Rewrite[]) {
    this.#all = all;
    const byMark: number[][] = Array.from({ length: MARKS }, () => []);
    for (const [at, [, , marks]] of all.entries())
      for (const mark of new Set(marks?.filter((_, i) => i % 2 === 0))) byMark[mark]?.push(at);
    this.#byMark = byMark;
    this.#unmarked = all.flatMap(([, , marks], at) => (marks === null ? [at] : []));
  }

  /** The text with each rewrite applied in turn; `after` follows one that changed it. */
  apply(text: string, after = (changed: string, _to: string): string => changed): string {
    let out = text;
    const may = new Uint8Array(this.#all.length);
    for (const at of this.#unmarked) may[at] = 1;
    const note = (mark: number): void => {
      for (const at of this.#byMark[mark] ?? []) may[at] = 1;
    };
    const haystack = new Haystack(text, note);
    for (const [at, [pattern, to, marks]] of this.#all.entries()) {
      if (may[at] === 0 || !haystack.mayHold(marks)) continue;
      const changed = out.replace(pattern, to);
      if (changed === out) continue;
      out = after(changed, to);
      haystack.add(out, note);
    }
    return out;
  }
}
