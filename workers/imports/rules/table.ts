/** Pure. The rows of a text with separated columns, in bounds: a file of one endless line is refused before it is held as a row. Called by jobs and commands of imports. */
import Papa from 'papaparse';
import { type ImportFault, MAX_IMPORT_COLUMNS, MAX_IMPORT_ROWS } from '../../../shared/import-sets.ts';

export interface TableRow {
  /** as a spreadsheet counts, the headers are 1 */
  row: number;
  cells: string[];
}

interface Table {
  delimiter: string;
  headers: string[];
  rows: TableRow[];
}

type Read = { ok: true; table: Table } | { ok: false; fault: ImportFault; row: number };

/** Characters read at once. A row that does not end within two of these is none: an endless line, or a quote that is never closed. */
const CHUNK = 256 * 1024;
const DELIMITERS = [';', ',', '\t', '|'];

/** Characters and rows that say what stands between the columns. */
const GUESSED_BY = 64 * 1024;
const GUESS_ROWS = 20;

interface ParseConfig {
  delimiter: string;
  chunkSize: number;
  chunk(results: { data: string[][] }, parser: { abort(): void }): void;
}
/** Its types know chunks of files only; it takes a text in chunks as well, and at once. */
const parse = Papa.parse as unknown as (text: string, config: ParseConfig) => void;

/** The sign by which the first rows fall into the same number of columns, the more the better, without a quote out of place. */
function delimiterOf(text: string): string {
  const start = text.slice(0, GUESSED_BY);
  const judged = DELIMITERS.map((delimiter) => {
    const { data, errors } = Papa.parse<string[]>(start, { delimiter, preview: GUESS_ROWS });
    const rows = data.filter((cells) => cells.some((cell) => cell !== ''));
    const columns = rows[0]?.length ?? 1;
    const alike = rows.filter((cells) => cells.length === columns).length / Math.max(1, rows.length);
    const misplaced = errors.some(({ type, code }) => type === 'Quotes' && code !== 'MissingQuotes');
    return { delimiter, score: columns === 1 || misplaced ? 0 : Math.min(columns, MAX_IMPORT_COLUMNS) * alike * alike };
  });
  return judged.sort((a, b) => b.score - a.score)[0]?.delimiter ?? ';';
}

/** @param most rows behind the headers that are read; left out: all, and too many are refused */
export function readTable(text: string, most?: number): Read {
  const table: Table = { delimiter: delimiterOf(text), headers: [], rows: [] };
  let fault: ImportFault | null = null;
  let row = 0;
  let ended = 0;
  parse(text, {
    delimiter: table.delimiter,
    chunkSize: CHUNK,
    chunk(results, parser) {
      if (results.data.length === 0 && text.length > CHUNK) {
        fault = 'row_too_long';
        parser.abort();
        return;
      }
      for (const cells of results.data) {
        row++;
        if (cells.every((cell) => cell.trim() === '')) continue;
        if (cells.length > MAX_IMPORT_COLUMNS) fault = 'too_many_columns';
        else if (cells.some((cell) => cell.length > CHUNK)) fault = 'row_too_long';
        else if (table.headers.length === 0) table.headers = cells.map((cell) => cell.trim());
        else if (table.rows.length === MAX_IMPORT_ROWS) fault = 'too_many_rows';
        else table.rows.push({ row, cells });
        if (fault !== null || table.rows.length === most) {
          ended = row;
          parser.abort();
          return;
        }
      }
    },
  });
  if (fault !== null) return { ok: false, fault, row: ended === 0 ? row + 1 : ended };
  return table.headers.length === 0 || table.rows.length === 0
    ? { ok: false, fault: 'no_rows', row: 1 }
    : { ok: true, table };
}
