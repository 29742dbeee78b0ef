/** A file of customers as rows, one of a calendar as times: decoded, cut into cells, in bounds. Loaded by jobs.ts and the commands that take a file. */
import type { ImportEncoding, ImportFault, ImportField } from '../../shared/import-sets.ts';
import { decodeFile } from './rules/decode.ts';
import { type ReadCalendar, calendarHead, readCalendar, type ReadingPlace } from './rules/read-calendar.ts';
import { cellText } from './rules/read-row.ts';
import { readTable, type TableRow } from './rules/table.ts';

/** Tags of one file: more of them is a column that holds something else. */
const MAX_FILE_TAGS = 300;
/** Rows whose cells are shown beside the headers. */
const SAMPLE_ROWS = 3;
const SAMPLE_LENGTH = 60;

type Fault = { ok: false; fault: ImportFault; row: number | null };

/** The whole of it. */
export function readFile(
  bytes: Uint8Array,
  fields: readonly (ImportField | null)[],
): { ok: true; rows: TableRow[] } | Fault {
  const decoded = decodeFile(bytes);
  if (!decoded.ok) return { ...decoded, row: null };
  const read = readTable(decoded.text);
  if (!read.ok) return read;
  const tags = new Set<string>();
  const columns = fields.flatMap((field, i) => (field === 'tags' ? [i] : []));
  for (const { row, cells } of read.table.rows)
    for (const column of columns) {
      for (const tag of (cells[column] ?? '').split(/[;,|\n]/)) tags.add(tag.trim().toLowerCase());
      if (tags.size > MAX_FILE_TAGS) return { ok: false, fault: 'file_tags', row };
    }
  return { ok: true, rows: read.table.rows };
}

/** What a person sees of a file before it is checked. */
export function readHead(bytes: Uint8Array):
  | {
      ok: true;
      encoding: ImportEncoding;
      delimiter: string;
      head: { headers: string[]; samples: string[][] };
    }
  | Fault {
  const decoded = decodeFile(bytes);
  if (!decoded.ok) return { ...decoded, row: null };
  const read = readTable(decoded.text, SAMPLE_ROWS);
  if (!read.ok) return read;
  const { headers, rows, delimiter } = read.table;
  const samples = headers.map((_, column) =>
    rows.map(({ cells }) => cellText(cells[column] ?? '').slice(0, SAMPLE_LENGTH)),
  );
  return { ok: true, encoding: decoded.encoding, delimiter, head: { headers, samples } };
}

/** The times of a calendar. */
export function readTimes(bytes: Uint8Array, place: ReadingPlace): { ok: true; calendar: ReadCalendar } | Fault {
  const decoded = decodeFile(bytes);
  if (!decoded.ok) return { ...decoded, row: null };
  const calendar = readCalendar(decoded.text, place);
  return typeof calendar === 'string' ? { ok: false, fault: calendar, row: null } : { ok: true, calendar };
}

/** What a calendar is called and how many events it has. */
export function readCalendarHead(
  bytes: Uint8Array,
): { ok: true; encoding: ImportEncoding; name: string | null; events: number } | Fault {
  const decoded = decodeFile(bytes);
  if (!decoded.ok) return { ...decoded, row: null };
  const head = calendarHead(decoded.text);
  if (typeof head === 'string') return { ok: false, fault: head, row: null };
  return { ok: true, encoding: decoded.encoding, ...head };
}
