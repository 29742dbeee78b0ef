/**
 * A map that begins anew when it is full: for what an isolate or an object remembers from one request to the next and can find out again. A
 * deployed isolate has 128 MB for all its tenants, and what grows with them or with their callers must end somewhere. dev/check/code-law.ts
 * asks for it.
 */
export class BoundedMap<K, V> extends Map<K, V> {
  readonly #most: number;

  /** @param most entries that it holds at the same time */
  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(key: K, value: V): this {
    if (this.size >= this.#most && !this.has(key)) this.clear();
    return super.set(key, value);
  }
}
