/** Writes what ends at about the same time together. Called by effects.ts for the rows of effects that are done. */

export class Gather<T> {
  readonly #write: (items: readonly T[]) => Promise<void>;
  readonly #withinMs: number;
  #items: T[] = [];
  #written: Promise<void> | null = null;
  #hurry: () => void = () => undefined;

  /** @param withinMs the longest that an item waits for others: what is not written yet is done again after a crash */
  constructor(write: (items: readonly T[]) => Promise<void>, withinMs: number) {
    this.#write = write;
    this.#withinMs = withinMs;
  }

  /** Resolves when the item has been written, with those that came meanwhile; rejects for all of them when it was not. */
  add(item: T): Promise<void> {
    this.#items.push(item);
    this.#written ??= this.#later();
    return this.#written;
  }

  /** Nothing more comes: what waits is written now. */
  end(): void {
    this.#hurry();
  }

  async #later(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#withinMs);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    const items = this.#items;
    this.#items = [];
    this.#written = null;
    await this.#write(items);
  }
}

/** Runs `work` for each item, at most `bound` of them at a time, in their order. `work` must not throw. */
export async function sideBySide<T>(
  items: readonly T[],
  bound: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < items.length) await work(items[next++] as T);
  };
  await Promise.all(Array.from({ length: Math.min(bound, items.length) }, one));
}
