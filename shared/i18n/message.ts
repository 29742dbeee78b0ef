/** Pure: says a compiled message. Keys and values are typed by the catalogue. Called by the web apps, messages, server-rendered pages, refusals. */

/** A text, or a function of the values it takes (dev/messages/compile.ts). */
export type Message = string | ((values: never) => string);
export type Catalogue = Readonly<Record<string, Message>>;

/**
 * What must be handed in with a message: nothing for a plain text. For one of several keys, everything that any of them takes.
 */
export type ValuesOf<M extends Message> = [M] extends [string]
  ? []
  : [Exclude<M, string>] extends [(values: infer V) => string]
    ? [values: V]
    : never;

/** The sentence of a key with its values. An unknown key, a missing value or one of another type is a compile error. */
export function sayMessage<C extends Catalogue, K extends keyof C & string>(
  catalogue: C,
  key: K,
  ...values: ValuesOf<C[K]>
): string {
  const message = catalogue[key] as string | ((values: unknown) => string);
  return typeof message === 'string' ? message : message(values[0]);
}
