/** Asks once for what is asked at about the same time, reads and writes of D1. Called by workers/operations (effects.ts, together.ts) and telephony/call-store.ts. */

/** Answers in the order of the items; an answer may fail by itself. */
export type Ask<T, R> = (items: readonly T[]) => Promise<readonly (R | Promise<R>)[]>;

/** Rows that were found, as answers to the ids that were asked for. */
export function inOrder<R extends { id: string }>(ids: readonly string[], found: readonly R[]): (R | null)[] {
  const byId = new Map(found.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

export class Gather<T, R = void> {
  readonly #ask: Ask<T, R>;
  readonly #withinMs: number;
  #items: T[] = [];
  #asked: ReturnType<Ask<T, R>> | null = null;
  #hurry: () => void = () => undefined;

  /**
   * @param ask an item that was asked and whose answer was lost may be asked again
   * @param withinMs the longest that an item waits for others: what is not written yet is done again after a crash
   */
  constructor(ask: Ask<T, R>, withinMs: number) {
    this.#ask = ask;
    this.#withinMs = withinMs;
  }

  /** The item's answer, once it was asked with those that came meanwhile; where that failed, each is asked by itself. */
  async add(item: T): Promise<R> {
    const place = this.#items.push(item) - 1;
    this.#asked ??= this.#later();
    return (await this.#asked)[place] as R | Promise<R>;
  }

  /** Nothing more comes: what waits is asked now. */
  end(): void {
    this.#hurry();
  }

  async #later(): ReturnType<Ask<T, R>> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#withinMs);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    const items = this.#items;
    this.#items = [];
    this.#asked = null;
    try {
      return await this.#ask(items);
    } catch (fault) {
      if (items.length === 1) throw fault;
      // One of them may be what the others failed by.
      return items.map(async (item) => (await this.#ask([item]))[0] as R);
    }
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
