/** A whole number as people type it, with its sign. Pure; called by the form that moves many. */

/** Nothing is zero; null: no whole number, or beyond `most` in either direction. */
export function wholeNumber(text: string, most: number): number | null {
  const clean = text.trim().replace('−', '-');
  if (clean === '') return 0;
  return /^[+-]?\d{1,5}$/.test(clean) && Math.abs(Number(clean)) <= most ? Number(clean) : null;
}
