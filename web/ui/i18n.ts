/** Sentences of the web apps: keys and values typed by the compiled catalogue. Called by every page through `t`. */
import { type Catalogue, sayMessage, type ValuesOf } from '../../shared/i18n/message.ts';

export type { Catalogue };

export type Translate<C extends Catalogue> = <K extends keyof C & string>(key: K, ...values: ValuesOf<C[K]>) => string;

/** Keys whose message takes exactly the values V; `[]`: none. */
export type KeyTaking<C extends Catalogue, V extends readonly unknown[]> = {
  [K in keyof C & string]: ValuesOf<C[K]> extends V ? (V extends ValuesOf<C[K]> ? K : never) : never;
}[keyof C & string];

/** A translator over one catalogue. */
export const createTranslate =
  <C extends Catalogue>(catalogue: C): Translate<C> =>
  (key, ...values) =>
    sayMessage(catalogue, key, ...values);

/** For keys made from data (`error.${code}`): undefined when the catalogue has no such key, or one that takes values. */
export const translateIfKnown = (catalogue: Catalogue, key: string): string | undefined => {
  const message = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
  return typeof message === 'string' ? message : undefined;
};
