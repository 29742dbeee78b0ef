/** What compiled messages call: the plural and select of @messageformat/runtime, which always give texts here. Called by shared/i18n/compiled. */
import { plural as pluralOf, select as selectOf } from '@messageformat/runtime';

export { strictNumber } from '@messageformat/runtime';

type Forms = Readonly<Record<string, string>>;

/** The text for a count by the language's rules. @throws nothing: `other` is in every compiled message */
export const plural = (value: number, offset: number, rule: (value: number) => string, forms: Forms): string =>
  pluralOf(value, offset, rule, forms) as string;

/** The text for one of the named cases, else that of `other`. */
export const select = (value: string, cases: Forms): string => selectOf(value, cases) as string;
