/** Counts what a person does on a page: a click, a tap, a chord or a filled field is one. Used by the tests that promise how few there are. */
import type { Locator, Page } from 'playwright-core';

/** Milliseconds between two keys of somebody who types at work. */
const KEY_MS = 60;

export interface Interactions {
  count(): number;
  /** since the counter was made */
  seconds(): number;
  click(target: Locator): Promise<void>;
  /** Fills a field that has the focus already, or the one named: clicking into it belongs to filling it. */
  type(text: string, field?: Locator): Promise<void>;
  /** Another value of a native list. */
  choose(field: Locator, option: Parameters<Locator['selectOption']>[0]): Promise<void>;
  chord(keys: string): Promise<void>;
  /** What none of them is: a press at a place, a drag. */
  act(what: () => Promise<unknown>): Promise<void>;
  /** `booked: 5 interactions, 3.9 s` */
  told(name: string): string;
}

/** Begins to count, and to measure. */
export function interactionsOf(page: Page): Interactions {
  const begun = Date.now();
  let count = 0;
  const act = async (what: () => Promise<unknown>): Promise<void> => {
    count++;
    await what();
  };
  const seconds = (): number => (Date.now() - begun) / 1000;
  return {
    count: () => count,
    seconds,
    act,
    click: (target) => act(() => target.click()),
    type: (text, field) =>
      act(async () => {
        if (field) await field.fill('');
        await page.keyboard.type(text, { delay: KEY_MS });
      }),
    choose: (field, option) => act(() => field.selectOption(option)),
    chord: (keys) => act(() => page.keyboard.press(keys)),
    told: (name) => `${name}: ${count} interactions, ${seconds().toFixed(1)} s`,
  };
}
