/** The closed sets and bounds of imports, without zod: tables, rules, contract and web apps read them here. */
import { CONSENT_PURPOSES, type ConsentPurpose } from './message-sets.ts';
import { NOTIFICATION_CHANNELS, type NotificationChannel } from './notification-status.ts';

/** What a file holds: customers, one a row, or a calendar (iCalendar) whose events are a person’s busy times. */
export const IMPORT_KINDS = ['customers', 'busy_times'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/**
 * `empty`: no file yet; `read`: there is one; `checking`, `checked`: the dry run; `writing`, `written`: the run. `broken`: the file can't be
 * read (`fault` says why); `expired`: file and rows have gone.
 */
export const IMPORT_STATES = [
  'empty',
  'read',
  'checking',
  'checked',
  'writing',
  'written',
  'broken',
  'abandoned',
  'expired',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What is wrong with a whole file. */
export const IMPORT_FAULTS = [
  'no_content',
  'spreadsheet',
  'not_text',
  'row_too_long',
  'too_many_columns',
  'too_many_rows',
  'file_tags',
  'no_rows',
  'no_calendar',
  'no_events',
  'too_many_events',
] as const;
export type ImportFault = (typeof IMPORT_FAULTS)[number];

export const IMPORT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type ImportEncoding = (typeof IMPORT_ENCODINGS)[number];

/** A consent's column: which purpose on which channel. */
type ConsentField = `consent_${ConsentPurpose}_${NotificationChannel}`;
export const CONSENT_FIELDS: Readonly<Record<ConsentField, { purpose: ConsentPurpose; channel: NotificationChannel }>> =
  Object.fromEntries(
    CONSENT_PURPOSES.flatMap((purpose) =>
      NOTIFICATION_CHANNELS.map((channel) => [`consent_${purpose}_${channel}`, { purpose, channel }]),
    ),
  ) as Record<ConsentField, { purpose: ConsentPurpose; channel: NotificationChannel }>;

/** What a column may become. */
const PLAIN_FIELDS = [
  'first_name',
  'last_name',
  'name',
  'phone',
  'email',
  'language',
  'vip',
  'notes',
  'tags',
  'consent_at',
  'consent_source',
] as const;
export type ImportField = (typeof PLAIN_FIELDS)[number] | ConsentField;
export const IMPORT_FIELDS = [...PLAIN_FIELDS, ...(Object.keys(CONSENT_FIELDS) as ConsentField[])] as const;
/** Several columns may be these: mobile and landline, two remarks. */
export const REPEATED_FIELDS: ReadonlySet<ImportField> = new Set<ImportField>(['phone', 'notes', 'tags']);

/** What the dry run says of a row. */
export const ROW_OUTCOMES = ['new', 'duplicate', 'refused'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];
/** By what it is a duplicate; `file`: of a row before it; `time`: that time is there already. */
export const DUPLICATE_BY = ['phone', 'email', 'name', 'file', 'time'] as const;
export type DuplicateBy = (typeof DUPLICATE_BY)[number];
/** What becomes of a duplicate. */
export const ROW_CHOICES = ['skip', 'update', 'make'] as const;
export type RowChoice = (typeof ROW_CHOICES)[number];
/** What became of a row; `failed`: the customer had changed or gone meanwhile. */
export const ROW_RESULTS = ['made', 'updated', 'skipped', 'failed'] as const;
export type RowResult = (typeof ROW_RESULTS)[number];

/** Why nothing is taken of an event of a calendar. */
export const LEFT_OUT = ['past', 'later', 'free', 'cancelled', 'own', 'older'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** What is wrong with a cell or a row, from `no_start` on with an event of a calendar. */
export const ROW_FAULTS = [
  'nothing_there',
  'cell_too_long',
  'no_name',
  'no_number',
  'rounded_number',
  'switchboard',
  'too_many_numbers',
  'no_email',
  'no_language',
  'no_yes_or_no',
  'no_date',
  'future_date',
  'no_tag',
  'too_many_tags',
  'hidden_characters',
  'consent_incomplete',
  'no_start',
  'no_time',
  'ends_before',
  'unknown_zone',
  'bad_rule',
  'rule_too_often',
  'rule_too_long',
  'line_too_long',
  'not_closed',
  'too_many_times',
] as const;
export type RowFault = (typeof ROW_FAULTS)[number];

export const MAX_IMPORT_BYTES = 20 * 1024 * 1024;
export const MAX_IMPORT_ROWS = 50_000;
export const MAX_IMPORT_COLUMNS = 100;
/** characters of one cell */
export const MAX_IMPORT_CELL = 5_000;
/** Times that one calendar makes somebody busy, and twelve more for each that is longer than a month. */
export const MAX_BUSY_TIMES = 5_000;
export const MAX_IMPORT_TIMES = 10_000;
