/** How a fixed turn of phrase is written down and replaced. Called by idioms.ts and the lists of turns beside it. */
import { Haystack, type Marks, marksOf, needlesOf } from './needles.ts';

export type Rewrite = readonly [pattern: RegExp, to: string, marks: Marks];

/** Replaces a pattern of whole words; `to` may hold its groups ($1). */
export const rule = (pattern: string, to: string): Rewrite => [
  new RegExp(`(?<![a-z0-9§-])(?:${pattern})(?![a-z0-9§-])`, 'g'),
  ` ${to} `,
  marksOf(needlesOf(pattern)),
];

/** The text with each rewrite applied in turn; `after` follows one that changed it. */
export function rewritten(
  text: string,
  rewrites: readonly Rewrite[],
  after = (changed: string, _to: string): string => changed,
): string {
  let out = text;
  const haystack = new Haystack(text);
  for (const [pattern, to, marks] of rewrites) {
    if (!haystack.mayHold(marks)) continue;
    const changed = out.replace(pattern, to);
    if (changed === out) continue;
    out = after(changed, to);
    haystack.add(out);
  }
  return out;
}
