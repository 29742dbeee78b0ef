/** A list by keyboard: `j` and `k` go down and up, `x` chooses, `c` makes a new one, Escape lets the choice go. `/` is the search's own. Called by the index page. */
import { type RefObject, useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { isTyping } from '../is-typing.ts';
import type { RowChoice } from './use-choice.ts';
import type { KitRow } from './view.ts';

interface ListKeys<R> {
  /** address of the form of a new one; null: none may be made */
  create: string | null;
  rows?: readonly R[];
  choice?: RowChoice<R>;
}

/** What of a row takes the focus: its link, else its box. */
const handleOf = (row: Element | undefined): HTMLElement | null =>
  row?.querySelector<HTMLElement>('.kit-row-link') ?? row?.querySelector<HTMLElement>('input[type="checkbox"]') ?? null;

/** @param board what holds the table */
export function useListKeys<R extends KitRow>(board: RefObject<HTMLElement | null>, keys: ListKeys<R>): void {
  const go = useNavigate();
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      const { create, rows = [], choice } = latest.current;
      const lines = [...(board.current?.querySelectorAll('tr[data-row]') ?? [])];
      const at = lines.findIndex((line) => line.contains(document.activeElement));
      switch (event.key) {
        case 'j':
        case 'k': {
          const next = at < 0 ? 0 : event.key === 'j' ? Math.min(at + 1, lines.length - 1) : Math.max(at - 1, 0);
          const handle = handleOf(lines[next]);
          handle?.focus();
          handle?.scrollIntoView({ block: 'nearest' });
          break;
        }
        case 'x': {
          const row = rows.find(({ id }) => id === lines[at]?.getAttribute('data-row'));
          if (row === undefined || choice === undefined) return;
          choice.toggle(row);
          break;
        }
        case 'c':
          if (create === null) return;
          void go(create);
          break;
        case 'Escape':
          if (choice === undefined || choice.chosen.size === 0) return;
          choice.choose([]);
          break;
        default:
          return;
      }
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [board, go]);
}
