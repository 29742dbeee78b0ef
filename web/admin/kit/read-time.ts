/** Pure: reads wall times as people type them. Called by time fields and by what is sent of them. */
import type { TimeSpan } from './view.ts';

/** "9" → "09:00", "930" → "09:30", "18.30", "7 Uhr", "24" → "24:00"; null when it is no time of a day. */
export function readTime(text: string): string | null {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/\s*(uhr|h)$/, '');
  const found = /^(\d{1,2})(?:[:.,\s](\d{2}))?$/.exec(bare) ?? /^(\d{1,2})(\d{2})$/.exec(bare);
  if (!found) return null;
  const hours = Number(found[1]);
  const minutes = Number(found[2] ?? '0');
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** Stretches as they are sent: without empty ones, times written out where they can be read. */
export const writtenSpans = (typed: readonly TimeSpan[]): TimeSpan[] =>
  typed
    .filter(({ from, to }) => from.trim() !== '' || to.trim() !== '')
    .map(({ from, to }) => ({ from: readTime(from) ?? from.trim(), to: readTime(to) ?? to.trim() }));
