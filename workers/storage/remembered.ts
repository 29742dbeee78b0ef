/**
 * Rows of the control plane that an isolate remembers for a few seconds, so that not every request asks for them again. Whoever changes such
 * a row here forgets it here, and every other isolate follows when its own time is over. Used for API keys, tenants and names of users; never for sessions.
 */
import { BoundedMap } from '../../shared/bounded-map.ts';
import { realNow } from '../../shared/clock.ts';

/** The longest that a revoked key or a suspended tenant is served by an isolate that was not told. */
export const REMEMBERED_MS = 10_000;
const MAX_ENTRIES = 5_000;

export class Remembered<T> {
  readonly #entries = new BoundedMap<string, { value: T; until: number }>(MAX_ENTRIES);
  readonly #now: () => number;
  /** grows whenever anything is forgotten: what was read before that may be what was just changed */
  #forgotten = 0;

  /** @param now real ms; another clock is a test's */
  constructor(now: () => number = realNow) {
    this.#now = now;
  }

  /** The value of a key: the remembered one, else what `read` answers. Nothing (null) is not remembered: what is made now is found at once. */
  async get(key: string, read: () => Promise<T | null>): Promise<T | null> {
    const known = this.known(key);
    if (known !== undefined) return known;
    const mark = this.mark();
    const value = await read();
    if (value === null) this.#entries.delete(key);
    else this.put(key, value, mark);
    return value;
  }

  /** The remembered value of a key, if there is one. */
  known(key: string): T | undefined {
    const hit = this.#entries.get(key);
    return hit !== undefined && hit.until > this.#now() ? hit.value : undefined;
  }

  /** Taken before a row is read: `put` then knows whether something was forgotten meanwhile. */
  mark(): { forgotten: number; at: number } {
    return { forgotten: this.#forgotten, at: this.#now() };
  }

  /** Remembers what was read since `mark`, from then on: the answer of a slow read is as old as its question. */
  put(key: string, value: T, mark: { forgotten: number; at: number }): void {
    if (mark.forgotten !== this.#forgotten) return;
    this.#entries.set(key, { value, until: mark.at + REMEMBERED_MS });
  }

  /** After a change: the values that fit, and every read that has not ended yet, are asked for again. */
  forget(fits: (value: T, key: string) => boolean): void {
    this.#forgotten++;
    for (const [key, { value }] of this.#entries) if (fits(value, key)) this.#entries.delete(key);
  }
}
