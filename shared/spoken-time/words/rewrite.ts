/** How a fixed turn of phrase is written down and replaced. Called by idioms.ts and the lists of turns beside it. */

export type Rewrite = readonly [pattern: RegExp, to: string];

/** Replaces a pattern of whole words; `to` may hold its groups ($1). */
export const rule = (pattern: string, to: string): Rewrite => [
  new RegExp(`(?<![a-z0-9§-])(?:${pattern})(?![a-z0-9§-])`, 'g'),
  ` ${to} `,
];
