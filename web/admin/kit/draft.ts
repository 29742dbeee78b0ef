/** Pure: what a form holds, what of it has changed, and what is sent. Called by the form page. */
import type { Field, KitRow } from './view.ts';

export type FieldValue = string | boolean | readonly string[];
export type Draft = Readonly<Record<string, FieldValue>>;

/** The row's value as the field shows it; without a row the empty one. */
export function shownValue<R extends KitRow>(field: Field<R>, row: R | null): FieldValue {
  switch (field.kind) {
    case 'flag':
      return row !== null && row[field.name] === true;
    case 'lines':
      return row === null ? [] : field.read(row);
    case 'text':
    case 'email':
    case 'area':
    case 'choice': {
      const value = row?.[field.name];
      return typeof value === 'string' ? value : '';
    }
  }
}

const written = (value: FieldValue): FieldValue =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'boolean'
      ? value
      : value.map((line) => line.trim()).filter((line) => line !== '');

const same = (a: FieldValue, b: FieldValue): boolean => JSON.stringify(written(a)) === JSON.stringify(written(b));

/** What a person typed that differs from the row (blanks around and empty lines do not count). */
export function changesOf<R extends KitRow>(fields: readonly Field<R>[], row: R | null, draft: Draft): Draft {
  const changed: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = draft[field.name];
    if (value !== undefined && !same(value, shownValue(field, row))) changed[field.name] = value;
  }
  return changed;
}

/** The body to send: emptied texts are null, lists without empty lines. */
export const bodyOf = (changes: Draft): Record<string, FieldValue | null> =>
  Object.fromEntries(
    Object.entries(changes).map(([name, value]) => {
      const sent = written(value);
      return [name, sent === '' ? null : sent];
    }),
  );

/** The server's errors by the form's fields (`phones.1` belongs to `phones`), and those that belong to none. */
export function errorsByField(
  errors: Readonly<Record<string, readonly string[]>>,
  names: readonly string[],
): { fields: Record<string, string[]>; others: string[] } {
  const fields: Record<string, string[]> = {};
  const others: string[] = [];
  for (const [path, texts] of Object.entries(errors)) {
    const name = path.split('.')[0] ?? path;
    if (names.includes(name)) fields[name] = [...(fields[name] ?? []), ...texts];
    else others.push(...texts.map((text) => `${path}: ${text}`));
  }
  return { fields, others };
}
