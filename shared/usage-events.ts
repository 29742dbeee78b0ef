/**
 * What can be metered, and what an event may say beside its quantity, without zod: contract, ledger, producers and tests read it here. Metadata
 * are a closed list of names a type, with words of programs, ids of ours and counts: never names, phone numbers or text of people.
 */
import { UNIT_TYPES } from './pricing-plans.ts';

/** Everything that is metered: what plans price by model, and what has a price of its own. Quantities carry four decimals. */
export const EVENT_TYPES = ['voice_minute', 'call', 'appointment', ...UNIT_TYPES] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What a name of metadata holds: a word of a program or an id, a count, the code of a language. */
export const METADATA_KINDS = {
  operation: 'word',
  status: 'count',
  request_id: 'word',
  model: 'word',
  tokens: 'count',
  intent: 'word',
  session_id: 'word',
  call_id: 'word',
  transcription_length: 'count',
  file_type: 'word',
  size: 'count',
  message_id: 'word',
  segments: 'count',
  appointment_id: 'word',
  source: 'word',
  chars: 'count',
  from: 'language',
  to: 'language',
} as const;
export type MetadataName = keyof typeof METADATA_KINDS;

/** Names that an event of each type may carry. */
export const METADATA_OF = {
  voice_minute: ['call_id', 'operation', 'transcription_length'],
  call: ['call_id', 'operation'],
  appointment: ['appointment_id', 'source'],
  api_call: ['operation', 'status', 'request_id'],
  ai_query: ['operation', 'model', 'tokens', 'intent', 'session_id'],
  storage_mb: ['file_type', 'size', 'operation'],
  sms: ['message_id', 'segments'],
  whatsapp: ['message_id'],
  email: ['message_id'],
  translation: ['chars', 'from', 'to'],
} as const satisfies Readonly<Record<EventType, readonly MetadataName[]>>;

export type UsageMetadata = { [N in MetadataName]?: (typeof METADATA_KINDS)[N] extends 'count' ? number : string };

/** A word of a program or an id: it has a letter, so that no phone number passes. */
export const METADATA_WORD = /^(?=.*[A-Za-z])[\w.:/-]{1,80}$/;

/** `operation` of a stored file that is gone: it counts from the next month on. */
export const RELEASE = 'release';

/** Events of one request. */
export const MAX_USAGE_EVENTS = 1_000;
/** A single event is not larger than this. */
export const MAX_USAGE_QUANTITY = 1_000_000;
/** A quantity of 1 as the ledger counts it: four decimals. */
const SCALE = 10_000;

/** The quantity × 10,000; null: it has more than four decimals, or is none. */
export function scaledQuantity(quantity: number): number | null {
  const scaled = Math.round(quantity * SCALE);
  const isWhole = Number.isSafeInteger(scaled) && Math.abs(scaled / SCALE - quantity) < 1e-9;
  return isWhole && scaled >= 0 && quantity <= MAX_USAGE_QUANTITY ? scaled : null;
}

/** Bytes as megabytes with four decimals, up: a stored file is never nothing. */
export const megabytesOf = (bytes: number): number => Math.ceil((bytes / 1_048_576) * SCALE) / SCALE;

/** What a producer of ours says of one use: it travels through a queue and becomes an event. */
export interface Metered {
  /** names the event among all of its tenant: the same use has the same name */
  key: string;
  eventType: EventType;
  quantity: number;
  /** epoch milliseconds */
  occurredAt: number;
  metadata?: UsageMetadata;
}

const isOf = (kind: (typeof METADATA_KINDS)[MetadataName], value: unknown): boolean =>
  kind === 'count'
    ? Number.isSafeInteger(value) && Number(value) >= 0
    : typeof value === 'string' && METADATA_WORD.test(value);

/** Whether the metadata are of the type's list and nothing else. */
export function isMetadataOf(eventType: EventType, said: unknown): said is UsageMetadata {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return false;
  const known: readonly string[] = METADATA_OF[eventType];
  return Object.entries(said).every(
    ([name, value]) => known.includes(name) && isOf(METADATA_KINDS[name as MetadataName], value),
  );
}

/** What a queue brought, without its key; null: it is none of ours. */
export function readMetered(value: unknown): Omit<Metered, 'key'> | null {
  if (typeof value !== 'object' || value === null) return null;
  const { eventType, quantity, occurredAt, metadata } = value as Partial<Record<keyof Metered, unknown>>;
  if (!EVENT_TYPES.includes(eventType as EventType)) return null;
  if (typeof quantity !== 'number' || scaledQuantity(quantity) === null) return null;
  if (!Number.isSafeInteger(occurredAt)) return null;
  const type = eventType as EventType;
  if (metadata === undefined) return { eventType: type, quantity, occurredAt: Number(occurredAt) };
  return isMetadataOf(type, metadata) ? { eventType: type, quantity, occurredAt: Number(occurredAt), metadata } : null;
}

/** A word of metadata out of a text of ours: other signs become a dash. */
export const metadataWord = (text: string): string => text.replaceAll(/[^\w.:/-]+/g, '-').slice(0, 80);
