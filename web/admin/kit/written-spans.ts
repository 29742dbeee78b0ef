/** Pure: stretches of a day as they are sent. Called by drafts and weeks. */
import { readTime } from '../../ui/wall-text.ts';
import type { TimeSpan } from './view.ts';

/** Stretches as they are sent: without empty ones, times written out where they can be read. */
export const writtenSpans = (typed: readonly TimeSpan[]): TimeSpan[] =>
  typed
    .filter(({ from, to }) => from.trim() !== '' || to.trim() !== '')
    .map(({ from, to }) => ({ from: readTime(from) ?? from.trim(), to: readTime(to) ?? to.trim() }));
