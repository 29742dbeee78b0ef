/** Pure. One row of a table as a customer: what its cells say, and what is wrong with them. Called by the job that checks. */
import { customerFields } from '../../../shared/contract/customers.ts';
import { tagFields } from '../../../shared/contract/tags.ts';
import { splitName } from '../../../shared/full-name.ts';
import { isLanguage, type Language } from '../../../shared/i18n/language.ts';
import { CONSENT_FIELDS, type ImportField, MAX_IMPORT_CELL, type RowFault } from '../../../shared/import-sets.ts';
import type { ConsentPurpose } from '../../../shared/message-sets.ts';
import type { NotificationChannel } from '../../../shared/notification-status.ts';
import { readPhone } from '../../../shared/phone.ts';
import { dayStart, isWallDate } from '../../../shared/time.ts';
import { holdsHidden, visibleText } from '../../../shared/visible-text.ts';

export interface ReadLine {
  e164: string;
  extension: string;
}

/** What a row says of somebody. */
export interface ReadCustomer {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  language: Language | null;
  vip: boolean;
  notes: string | null;
  lines: ReadLine[];
  tags: string[];
  consents: { purpose: ConsentPurpose; channel: NotificationChannel }[];
  /** when the consents were given, epoch ms; beside consents it is always there, as is the source */
  consentAt: number | null;
  consentSource: string | null;
}

export interface RowProblem {
  /** index of the column; null: of the row as a whole */
  column: number | null;
  fault: RowFault;
  /** the row is imported without what the cell says */
  left?: true;
}

export interface Place {
  /** ISO country of the branch, for numbers without a prefix */
  country: string;
  areaCode: string | null;
  zone: string;
  now: number;
}

/** What a spreadsheet writes so that a cell is text and no number: `="0171…"`, `'0171…`. */
const AS_TEXT = /^(?:="(.*)"|'(.*))$/s;
/** A number that a spreadsheet has taken for an amount: its last digits are lost. */
const ROUNDED = /^\+?\d(?:[.,]\d+)?e\+?\d+$/i;
/** Signs between several numbers of one cell that stand in no number … */
const BETWEEN_NUMBERS = /[;|\n]|\s+(?:oder|or|und|and|u\.)\s+/i;
/** … and those that also stand in the middle of one: looked at where the whole is none. */
const PERHAPS_BETWEEN = /,(?=\s*[+0])|\s*\/\s*(?=[+0])/;
const BETWEEN_TAGS = /[;,|\n]/;
const YES: ReadonlySet<string> = new Set(['ja', 'j', 'yes', 'y', 'x', '1', 'true', 'wahr', 'ok', 'vip', '✓', '✔']);
const NO: ReadonlySet<string> = new Set(['', 'nein', 'n', 'no', '0', 'false', 'falsch', '-', '–']);
const LANGUAGE_NAMES: Readonly<Record<string, Language>> = {
  deutsch: 'de',
  german: 'de',
  ger: 'de',
  deu: 'de',
  englisch: 'en',
  english: 'en',
  eng: 'en',
};
const { first_name: NAME, email: EMAIL, notes: NOTES } = customerFields.shape;
const MAX_LINES = 5;
const MAX_TAGS = 20;
const MAX_SOURCE = 500;

/** The cell's text as a person sees it; a formula stays the text it is. */
export function cellText(cell: string): string {
  const trimmed = cell.trim();
  const found = AS_TEXT.exec(trimmed);
  return (found?.[1] ?? found?.[2] ?? trimmed).trim();
}

/** `24.11.2026`, `2026-11-24`, `24/11/2026`, each also with a time behind it; null: no day that there is. */
export function readDay(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text);
  const european = /^(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[ ,].*)?$/.exec(text);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : european ? [european[3], european[2], european[1]] : [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isWallDate(date) ? date : null;
}

type Found<T> = { value: T } | { fault: RowFault };

const numberOf = (text: string, { country, areaCode }: Place): Found<ReadLine> => {
  if (ROUNDED.test(text)) return { fault: 'rounded_number' };
  const { e164, action, kind, extension = '' } = readPhone(text, { country, areaCode });
  if (e164 === null || action !== 'match') return { fault: kind === 'switchboard' ? 'switchboard' : 'no_number' };
  return { value: { e164, extension } };
};

/** The numbers of a cell, in any spelling: one, or several with a sign between them. */
function numbersOf(text: string, place: Place): Found<ReadLine[]> {
  const parts = text
    .split(BETWEEN_NUMBERS)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const lines: ReadLine[] = [];
  for (const part of parts) {
    const whole = numberOf(part, place);
    const smaller = 'fault' in whole ? part.split(PERHAPS_BETWEEN) : [part];
    if ('fault' in whole && smaller.length === 1) return whole;
    for (const text of smaller) {
      const read = numberOf(text.trim(), place);
      if ('fault' in read) return read;
      lines.push(read.value);
    }
  }
  return { value: lines };
}

const yes = (text: string): boolean | null => {
  const word = text.toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : null;
};

/** What the row says, and what is wrong. With a problem that is not `left` the row is refused. */
export function readRow(
  cells: readonly string[],
  fields: readonly (ImportField | null)[],
  place: Place,
): { read: ReadCustomer; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const read: ReadCustomer = {
    firstName: null,
    lastName: null,
    email: null,
    language: null,
    vip: false,
    notes: null,
    lines: [],
    tags: [],
    consents: [],
    consentAt: null,
    consentSource: null,
  };
  let whole: string | null = null;
  const consentColumns: number[] = [];
  for (const [column, field] of fields.entries()) {
    const text = cellText(cells[column] ?? '');
    if (field === null || text === '') continue;
    const wrong = (fault: RowFault): void => void problems.push({ column, fault });
    if (text.length > MAX_IMPORT_CELL) {
      wrong('cell_too_long');
      continue;
    }
    if (field !== 'notes' && holdsHidden(text)) {
      wrong('hidden_characters');
      continue;
    }
    switch (field) {
      case 'first_name':
      case 'last_name':
      case 'name': {
        if (!NAME.safeParse(text).success) wrong('no_name');
        else if (field === 'first_name') read.firstName = text;
        else if (field === 'last_name') read.lastName = text;
        else whole = text;
        break;
      }
      case 'phone': {
        const found = numbersOf(text, place);
        if ('fault' in found) wrong(found.fault);
        else read.lines.push(...found.value);
        break;
      }
      case 'email': {
        const address = text.replace(/^mailto:/i, '').toLowerCase();
        if (EMAIL.safeParse(address).success) read.email = address;
        else wrong('no_email');
        break;
      }
      case 'language': {
        const word = text.toLowerCase();
        const language = LANGUAGE_NAMES[word] ?? (isLanguage(word.slice(0, 2)) ? (word.slice(0, 2) as Language) : null);
        if (language === null) wrong('no_language');
        else read.language = language;
        break;
      }
      case 'vip': {
        const said = yes(text);
        if (said === null) wrong('no_yes_or_no');
        else read.vip = said;
        break;
      }
      case 'notes':
        read.notes = [read.notes, visibleText(text)].filter((part) => part !== null).join('\n');
        break;
      case 'tags': {
        for (const part of text.split(BETWEEN_TAGS)) {
          const name = part.trim();
          if (name === '') continue;
          if (!tagFields.shape.name.safeParse(name).success) wrong('no_tag');
          else if (!read.tags.some((known) => known.toLowerCase() === name.toLowerCase())) read.tags.push(name);
        }
        if (read.tags.length > MAX_TAGS) wrong('too_many_tags');
        break;
      }
      case 'consent_at': {
        const day = readDay(text);
        const at = day === null ? null : dayStart(day, place.zone);
        if (at === null) wrong('no_date');
        else if (at > place.now) wrong('future_date');
        else read.consentAt = at;
        break;
      }
      case 'consent_source':
        if (text.length > MAX_SOURCE) wrong('cell_too_long');
        else read.consentSource = text.replace(/\s+/g, ' ');
        break;
      default: {
        const said = yes(text);
        if (said === null) wrong('no_yes_or_no');
        else if (said) {
          read.consents.push(CONSENT_FIELDS[field]);
          consentColumns.push(column);
        }
      }
    }
  }
  if (whole !== null && read.firstName === null && read.lastName === null) {
    // "Müller, Anna" is written family name first.
    const comma = /^([^,]+),\s*([^,]+)$/.exec(whole);
    const split = comma ? { firstName: comma[2] ?? null, lastName: comma[1] ?? null } : splitName(whole);
    read.firstName = split.firstName;
    read.lastName = split.lastName;
  }
  read.lines = read.lines.filter(
    ({ e164, extension }, i, all) => all.findIndex((one) => one.e164 === e164 && one.extension === extension) === i,
  );
  if (read.lines.length > MAX_LINES) problems.push({ column: null, fault: 'too_many_numbers' });
  if (read.notes !== null) {
    const notes = NOTES.safeParse(read.notes);
    if (notes.success) read.notes = notes.data ?? null;
    else problems.push({ column: fields.indexOf('notes'), fault: 'cell_too_long' });
  }
  if (read.consents.length > 0 && (read.consentAt === null || read.consentSource === null)) {
    // Whoever can't say when and how may not write to anybody.
    read.consents = [];
    for (const column of consentColumns) problems.push({ column, fault: 'consent_incomplete', left: true });
  }
  const isNobody = read.firstName === null && read.lastName === null && read.email === null && read.lines.length === 0;
  if (isNobody && problems.every(({ left }) => left === true)) problems.push({ column: null, fault: 'nothing_there' });
  return { read, problems };
}
