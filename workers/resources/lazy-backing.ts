/**
 * A backing that is loaded with its first request: tables, queries and commands of a noun that few ask for are no part of the start-up.
 * Called by `*.resource.ts`.
 */
import { lazy } from '../../shared/lazy.ts';
import type { ListedTable } from '../storage/resource-list.ts';
import type { Backing } from './backing.ts';
import type { D1Reading, d1Reading, listPage } from './d1-backing.ts';

/** What rows of D1 with commands have (`d1Backing`). */
type Whole<View, Create, Change> = Required<Omit<Backing<View, Create, Change>, 'replace'>>;

/** The whole of `d1Backing`, loaded by `load`. */
export function lazyBacking<View, Create, Change>(
  load: () => Promise<Whole<View, Create, Change>>,
): Whole<View, Create, Change> {
  const loaded = lazy(load);
  return {
    kind: 'd1',
    page: async (...asked) => (await loaded()).page(...asked),
    one: async (...asked) => (await loaded()).one(...asked),
    create: async (...asked) => (await loaded()).create(...asked),
    change: async (...asked) => (await loaded()).change(...asked),
    remove: async (...asked) => (await loaded()).remove(...asked),
    restore: async (...asked) => (await loaded()).restore(...asked),
  };
}

const d1 = lazy(() => import('./d1-backing.ts'));

/** `d1Reading` whose machine is loaded with the first request; the declaration stands where the noun does. */
export function lazyReading<T extends ListedTable, View, Detail = View>(
  declared: D1Reading<T, View, Detail>,
): ReturnType<typeof d1Reading<T, View, Detail>> {
  return {
    kind: 'd1',
    page: async (...asked) => (await d1()).d1Reading(declared).page(...asked),
    one: async (...asked) => (await d1()).d1Reading(declared).one(...asked),
  };
}

/** `listPage`, loaded with the first request. */
export const lazyListPage = (async (...asked: Parameters<typeof listPage>) =>
  (await d1()).listPage(...asked)) as typeof listPage;
