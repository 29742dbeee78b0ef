/** Pure: what a form holds, what of it has changed, and what is sent. Called by the form page. */
import { minorDigitsOf, parseAmount } from '../../ui/format.ts';
import { readTime } from '../../ui/wall-text.ts';
import { writtenSpans } from './written-spans.ts';
import type { Draft, Field, FieldValue, HeldLine, KitRow, Spelling, TimeSpan } from './view.ts';

const separator = (language: string): string => (language === 'de' ? ',' : '.');

/** The row's value as the field shows it; without a row the empty one. */
export function shownValue<R extends KitRow>(field: Field<R>, row: R | null, spelling: Spelling): FieldValue {
  const value: unknown = row?.[field.name];
  switch (field.kind) {
    case 'flag':
      return value === true;
    case 'lines':
      return row === null ? [] : field.read(row);
    case 'drawn':
      if (field.read) return row === null ? [] : field.read(row, spelling);
      return Array.isArray(value) ? (value as string[]) : [];
    case 'choices':
      return Array.isArray(value) ? (value as string[]) : [];
    case 'references':
      return row === null ? [] : (field.read?.(row) ?? (Array.isArray(value) ? (value as string[]) : []));
    case 'spans':
      return Array.isArray(value) ? (value as TimeSpan[]) : [];
    case 'parts': {
      const held = (value ?? {}) as Readonly<Record<string, unknown>>;
      return Object.fromEntries(
        field.parts.map(({ name }) => [name, partText(held[name], field.factor, spelling.language)]),
      );
    }
    case 'number':
      return typeof value === 'number' ? numberText(value, field.factor, spelling.language) : '';
    case 'money':
      return typeof value === 'number' ? amountText(value, currencyOf(row, spelling), spelling.language) : '';
    case 'owner': {
      if (row === null) return '';
      const held = row as unknown as Readonly<Record<string, unknown>>;
      const group = field.groups.find(({ member }) => typeof held[member] === 'string');
      return group === undefined ? NOBODY : `${group.member}:${String(held[group.member])}`;
    }
    case 'choice':
      return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
    case 'text':
    case 'email':
    case 'area':
    case 'date':
    case 'time':
    case 'colour':
    case 'reference':
      return typeof value === 'string' ? value : '';
  }
}

const numberText = (value: number, factor = 1, language: string): string =>
  String(value / factor).replace('.', separator(language));
const partText = (value: unknown, factor: number | undefined, language: string): string =>
  typeof value === 'number' ? numberText(value, factor, language) : typeof value === 'string' ? value : '';

/** A number as it is sent; what is none goes out as it was typed. */
function sentNumber(text: string, factor = 1): unknown {
  const number = Number(text.replace(',', '.'));
  return Number.isFinite(number) ? Math.round(number * factor) : text;
}

/** A number with its fraction; what is none goes out as it was typed. */
function decimalOf(text: string): unknown {
  const number = Number(text.replace(',', '.'));
  return text !== '' && Number.isFinite(number) ? number : text;
}

/** An owner field's value for "nobody's": the whole company. */
export const NOBODY = 'nobody';

/** A record's amounts are in its own currency, those of a new one in the tenant's. */
export const currencyOf = (row: object | null, { currency }: Pick<Spelling, 'currency'>): string => {
  const held: unknown = (row as { currency?: unknown } | null)?.currency;
  return typeof held === 'string' ? held : currency;
};

/** "45,00": cents as they are typed, without a currency and without grouping. */
export function amountText(minor: number, currency: string, language: string): string {
  const digits = minorDigitsOf(currency);
  const text = String(minor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}${separator(language)}${text.slice(-digits)}`;
}

type Listed = readonly string[] | readonly TimeSpan[] | readonly HeldLine[];
const isHeld = (value: Listed): value is readonly HeldLine[] => typeof value[0] === 'object' && 'key' in value[0];
const isSpans = (value: Listed): value is readonly TimeSpan[] => typeof value[0] === 'object';

/** Without the blanks around texts and without empty lines. */
function written(value: FieldValue): FieldValue {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) {
    const list = value as Listed;
    if (isHeld(list)) return list;
    if (isSpans(list)) return writtenSpans(list);
    return list.map((line) => line.trim()).filter((line) => line !== '');
  }
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, text.trim()]));
}

const same = (a: FieldValue, b: FieldValue): boolean => JSON.stringify(written(a)) === JSON.stringify(written(b));

/** What a person typed that differs from the row (blanks around and empty lines do not count). */
export function changesOf<R extends KitRow>(
  fields: readonly Field<R>[],
  row: R | null,
  draft: Draft,
  spelling: Spelling,
): Draft {
  const changed: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = draft[field.name];
    if (value === undefined) continue;
    // A new record's switch is sent as it stands: left out it would be what the server takes for granted.
    if ((row === null && field.kind === 'flag') || !same(value, shownValue(field, row, spelling)))
      changed[field.name] = value;
  }
  return changed;
}

/** The names under which a field goes out, and under which refusals of it come back. */
export const membersOf = <R>(field: Field<R>): readonly string[] =>
  field.kind === 'owner' ? field.groups.map(({ member }) => member) : (field.members ?? [field.name]);

/**
 * The body to send: emptied texts are null, lists without empty lines, numbers and amounts as whole numbers. What cannot be read goes
 * out as it was typed, and the server says what is wrong with it.
 */
export function bodyOf<R extends KitRow>(
  fields: readonly Field<R>[],
  row: R | null,
  changes: Draft,
  spelling: Spelling,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const value = changes[field.name];
    if (value === undefined) continue;
    if (field.kind === 'owner') {
      const [member, id] = typeof value === 'string' ? value.split(':') : [];
      for (const group of field.groups) body[group.member] = group.member === member && id ? id : null;
      continue;
    }
    body[field.members?.[0] ?? field.name] = sentValue(field, row, written(value), spelling);
  }
  return body;
}

function sentValue<R extends KitRow>(field: Field<R>, row: R | null, value: FieldValue, spelling: Spelling): unknown {
  switch (field.kind) {
    case 'number':
      return value === '' ? null : sentNumber(String(value), field.factor);
    case 'money':
      return value === '' ? null : (parseAmount(String(value), currencyOf(row, spelling)) ?? value);
    case 'choice':
      return field.isNumber && value !== '' ? Number(value) : value === '' ? null : value;
    case 'time':
      return value === '' ? null : (readTime(String(value)) ?? value);
    case 'parts': {
      const parts = value as Readonly<Record<string, string>>;
      const { factor, isDecimal } = field;
      if (factor === undefined && Object.values(parts).every((text) => text === '')) return null;
      return Object.fromEntries(
        field.parts
          .filter(({ name, isOptional }) => !isOptional || parts[name] !== '')
          .map(({ name }) => [
            name,
            isDecimal
              ? decimalOf(parts[name] ?? '')
              : factor === undefined
                ? (parts[name] ?? '')
                : sentNumber(parts[name] ?? '', factor),
          ]),
      );
    }
    case 'references':
      return field.write ? field.write(value as readonly string[], row) : value;
    case 'drawn':
      return field.write ? field.write(value as readonly HeldLine[], row, spelling) : value;
    default:
      return value === '' ? null : value;
  }
}

/** The server's errors by the form's fields (`phones.1` belongs to `phones`), and those that belong to none. */
export function errorsByField<R>(
  errors: Readonly<Record<string, readonly string[]>>,
  among: readonly Field<R>[],
): { fields: Record<string, string[]>; others: string[] } {
  const fields: Record<string, string[]> = {};
  const others: string[] = [];
  for (const [path, texts] of Object.entries(errors)) {
    const member = path.split('.')[0] ?? path;
    const name = among.find((field) => membersOf(field).includes(member))?.name;
    if (name !== undefined) fields[name] = [...(fields[name] ?? []), ...texts];
    else others.push(...texts.map((text) => `${path}: ${text}`));
  }
  return { fields, others };
}
