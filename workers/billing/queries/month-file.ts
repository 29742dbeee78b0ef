/** A month as a file: base fee and lines, total, and of a closed month its movements. Called by routes.ts. */
import type { PeriodUsage } from '../../../shared/contract/billing.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { CSV_START, csvLine } from '../../resources/csv.ts';
import { fileWords } from '../rules/file-words.ts';

/** A number as the reader's spreadsheet reads it: 1234.5 → "1234,50" in German. */
export function numberText(value: number, language: Language, digits: { least: number; most: number }): string {
  return new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-US', {
    useGrouping: false,
    minimumFractionDigits: digits.least,
    maximumFractionDigits: digits.most,
  }).format(value);
}

const MONEY = { least: 2, most: 3 };
const QUANTITY = { least: 0, most: 4 };
const PRICE = { least: 2, most: 6 };

/** The whole file: a month has tens of lines. Decimal comma and semicolons in German. */
export function monthFile(month: PeriodUsage, language: Language): string {
  const words = fileWords(language);
  const separator = language === 'de' ? ';' : ',';
  const { currency } = month.calculations;
  const money = (value: number): string => numberText(value, language, MONEY);
  const line = (kind: string, item: string, quantity: string, price: string, amount: string): string =>
    csvLine([month.period, kind, item, quantity, price, amount, currency], separator);
  const empty = '';
  const lines = [
    csvLine(
      [words.period, words.kind, words.item, words.quantity, words.price, words.amount, words.currency],
      separator,
    ),
    ...month.base_fee_parts.map((part) =>
      line(
        words.cost,
        `${words.base_fee} (${part.days}/${part.of_days})`,
        empty,
        money(part.monthly_fee),
        money(part.amount),
      ),
    ),
    ...month.lines.map((one) =>
      line(
        words.cost,
        words.types[one.event_type] ?? one.event_type,
        numberText(one.quantity, language, QUANTITY),
        numberText(one.unit_price, language, PRICE),
        money(one.amount),
      ),
    ),
    line(words.cost, words.total, empty, empty, money(month.calculations.total_cost)),
  ];
  const { statement } = month;
  if (statement !== null) {
    lines.push(line(words.movement, words.opening, empty, empty, money(statement.opening_balance)));
    for (const { type, count, amount } of statement.movements)
      lines.push(line(words.movement, words.movements[type] ?? type, String(count), empty, money(amount)));
    lines.push(line(words.movement, words.closing, empty, empty, money(statement.closing_balance)));
  }
  return `${CSV_START}${lines.join('')}`;
}
