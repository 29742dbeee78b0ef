/** Rows as CSV (RFC 4180, UTF-8 with a byte order mark, so that Excel reads umlauts). Pure. */

export type Cell = string | number | boolean | null;

/** What a spreadsheet takes for a formula; a phone number is none, and neither is an amount below zero. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d[\d ]*([.,]\d+)?$/;

/** The bytes a CSV file begins with. */
export const CSV_START = '\u{feff}';

const cellOf = (value: Cell): string => {
  if (value === null) return '';
  const text = String(value);
  const safe = typeof value === 'string' && FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One line with its end; formulas are made harmless by an apostrophe in front. */
export const csvLine = (cells: readonly Cell[], separator: ',' | ';' = ','): string =>
  `${cells.map(cellOf).join(separator)}\r\n`;
