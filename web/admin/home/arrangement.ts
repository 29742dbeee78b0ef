/** Pure: which widgets somebody is shown and in which order, and what arranging makes of it. Called by widget-board.tsx. */
import type { Me } from '../../../shared/contract/identity.ts';
import { SHOWN_AT_FIRST, type WidgetName, WIDGET_NAMES, WIDGETS } from '../../../shared/widget-names.ts';

type Reader = Pick<Me, 'permissions' | 'tenant'>;

/** Those there are for this person at all. */
export const widgetsFor = (me: Reader): WidgetName[] =>
  WIDGET_NAMES.filter(
    (name) => WIDGETS[name].of === me.tenant.type && me.permissions.includes(WIDGETS[name].permission),
  );

/** What is shown, in its order. @param kept undefined: nothing was ever arranged; names that are none any more are passed over */
export function shownTo(me: Reader, kept: readonly string[] | undefined): WidgetName[] {
  const all = widgetsFor(me);
  if (kept === undefined) return all.slice(0, SHOWN_AT_FIRST);
  return [...new Set(kept)].filter((name): name is WidgetName => (all as readonly string[]).includes(name));
}

/** One of them a place further; at the edge it stays. */
export function moved(shown: readonly WidgetName[], name: WidgetName, by: 1 | -1): WidgetName[] {
  const from = shown.indexOf(name);
  const to = from + by;
  if (from < 0 || to < 0 || to >= shown.length) return [...shown];
  const without = shown.filter((one) => one !== name);
  return [...without.slice(0, to), name, ...without.slice(to)];
}
