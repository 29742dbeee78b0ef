/** How a fixed turn of phrase is written down and replaced. Called by idioms.ts and the lists of turns beside it. */
import { mayMatch, type Needles, needlesOf } from './needles.ts';

export type Rewrite = readonly [pattern: RegExp, to: string, needles: Needles];

/** Replaces a pattern of whole words; `to` may hold its groups ($1). */
export const rule = (pattern: string, to: string): Rewrite => [
  new RegExp(`(?<![a-z0-9§-])(?:${pattern})(?![a-z0-9§-])`, 'g'),
  ` ${to} `,
  needlesOf(pattern),
];

/** The text with each rewrite applied in turn. */
export function rewritten(text: string, rewrites: readonly Rewrite[]): string {
  let out = text;
  for (const [pattern, to, needles] of rewrites) if (mayMatch(needles, out)) out = out.replace(pattern, to);
  return out;
}
