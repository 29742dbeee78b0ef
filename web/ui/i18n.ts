/** Sentences of the faces: typed keys, `{name}` parameters, plural forms by Intl. Called by every page through `t`. */
import { localeOf } from './format.ts';

export type Catalogue = Readonly<Record<string, string>>;
export type Parameters = Readonly<Record<string, string | number>>;

/** Keys of a catalogue; `x_one` and `x_other` are asked for as `x` with a `count`. */
export type KeyOf<C extends Catalogue> = {
  [K in keyof C & string]: K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;
}[keyof C & string];

export type Translate<C extends Catalogue> = (key: KeyOf<C>, parameters?: Parameters) => string;

const fill = (template: string, parameters: Parameters): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    return value === undefined ? whole : String(value);
  });

/** A translator over one catalogue. A missing key shows itself, which a test makes impossible in a release. */
export function createTranslate<C extends Catalogue>(catalogue: C, language: string): Translate<C> {
  const plural = new Intl.PluralRules(localeOf(language));
  const lookUp: Catalogue = catalogue;
  return (key, parameters = {}) => {
    const count = parameters['count'];
    const form = typeof count === 'number' ? lookUp[`${key}_${plural.select(count)}`] : undefined;
    const template = form ?? lookUp[key] ?? lookUp[`${key}_other`];
    return template === undefined ? key : fill(template, parameters);
  };
}

/** For keys made from data (`error.${code}`): undefined when the catalogue has none. */
export const translateIfKnown = (
  catalogue: Catalogue,
  key: string,
  parameters: Parameters = {},
): string | undefined => {
  const template = catalogue[key];
  return template === undefined ? undefined : fill(template, parameters);
};
