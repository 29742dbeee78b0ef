/** How a fixed turn of phrase is written down and replaced. Called by idioms.ts, spoken-english.ts and dialect-turns.ts. */
import { NeedleIndex, type Needles, needlesOf } from './needles.ts';

export type Rewrite = readonly [pattern: RegExp, to: string, needles: Needles];

/** Replaces a pattern of whole words; `to` may hold its groups ($1). */
export const rule = (pattern: string, to: string): Rewrite => [
  new RegExp(`(?<![a-z0-9§-])(?:${pattern})(?![a-z0-9§-])`, 'g'),
  ` ${to} `,
  needlesOf(pattern),
];

/** A list of rewrites that finds by a text which of them may match at all. */
export class Rewrites {
  readonly #all: readonly Rewrite[];
  readonly #index: NeedleIndex;

  constructor(all: readonly Rewrite[]) {
    this.#all = all;
    this.#index = new NeedleIndex(all.map(([, , needles]) => needles));
  }

  /** The text with each rewrite applied in turn; `after` follows one that changed it. */
  apply(text: string, after = (changed: string): string => changed): string {
    let out = text;
    const may = new Uint8Array(this.#all.length);
    this.#index.find(text, may);
    // Each of them is asked at most once, though a rewrite may bring in needles of later ones.
    for (let at = may.indexOf(1); at >= 0; at = may.indexOf(1, at + 1)) {
      const [pattern, to] = this.#all[at] ?? [NEVER, ''];
      const changed = out.replace(pattern, to);
      if (changed === out) continue;
      const next = after(changed);
      this.#index.findChanged(out, next, may);
      out = next;
    }
    return out;
  }
}
const NEVER = /(?!)/;
