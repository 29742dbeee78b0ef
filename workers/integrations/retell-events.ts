/**
 * Reads Retell's bodies — call webhooks, the inbound webhook, get-call — into one normal shape. Pure wire parsing; called by telephony/
 * after `verifyRetell`. The nested payload (US cents, milliseconds) and the flat documented one (dollars, seconds) become the same call.
 */
import { isObject } from '../../shared/is-object.ts';
import { z } from 'zod';
import type { CallDirection, Sentiment } from '../../shared/call-status.ts';
import type { Instant } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import { asMicros, type Micros } from '../../shared/money.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseJsonBody } from './json-body.ts';
import { plausibleInstant } from './wire-instant.ts';

/** A two-hour call with word timings is about 3 MB; Retell's own limit is an hour. */
export const MAX_RETELL_BODY_CHARS = 4_000_000;
const MAX_TRANSCRIPT_CHARS = 1_000_000;
const MAX_TURNS = 5_000;
const MAX_SHORT = 300;
const MAX_URL = 4_000;
const MAX_VARIABLES = 200;
const MAX_COST_PARTS = 50;
/** A day: longer "calls" are a wrong unit somewhere. */
const MAX_CALL_MS = 86_400_000;

interface RetellTurn {
  readonly role: string;
  readonly content: string;
  /** seconds from the start of the call, of its first word; null where the words have no times */
  readonly at: number | null;
}

interface RetellCostPart {
  readonly product: string;
  readonly costUsdMicros: Micros;
}

/** A call as far as the body describes it; null = not given. Events only add knowledge. */
export interface RetellCall {
  readonly callId: string;
  readonly callType: 'phone_call' | 'web_call' | null;
  readonly agentId: string | null;
  readonly agentVersion: string | null;
  readonly direction: CallDirection | null;
  readonly fromNumber: string | null;
  readonly toNumber: string | null;
  /** Not to be switched on in webhooks (Retell's own sample of `call_ended` says `registered`): the event's name counts. */
  readonly callStatus: string | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly durationMs: number | null;
  /** Open string: Retell's list grows. */
  readonly disconnectionReason: string | null;
  readonly transcript: string | null;
  readonly turns: readonly RetellTurn[];
  readonly recordingUrl: string | null;
  readonly summary: string | null;
  readonly sentiment: Sentiment | null;
  readonly successful: boolean | null;
  readonly inVoicemail: boolean | null;
  readonly analysis: Readonly<Record<string, unknown>>;
  readonly collectedVariables: Readonly<Record<string, string>>;
  /** What Retell charges us, in micro US dollars; null = not known yet. */
  readonly costUsdMicros: Micros | null;
  readonly costParts: readonly RetellCostPart[];
  readonly metadata: Readonly<Record<string, string>>;
  /** `metadata.route` as our inbound webhook answered it: signed, still to be verified. */
  readonly route: string | null;
  readonly dynamicVariables: Readonly<Record<string, string>>;
  /** Id of the newest tool call in the transcript. */
  readonly lastToolCallId: string | null;
}

type RetellEventKind = 'call_started' | 'call_ended' | 'call_analyzed' | 'transcript_updated' | 'transfer' | 'other';

interface RetellEvent {
  readonly kind: RetellEventKind;
  /** As sent, with dots turned into underscores. */
  readonly event: string;
  readonly shape: 'nested' | 'flat';
  /** `(event, call_id)`: Retell sends no delivery id. */
  readonly dedupeKey: string;
  readonly call: RetellCall;
}

export interface RetellInbound {
  /** Optional on the wire: for deduplication across retries. */
  readonly callId: string | null;
  readonly agentId: string | null;
  readonly agentVersion: string | null;
  /** null when withheld. */
  readonly fromNumber: string | null;
  readonly toNumber: string;
  readonly at: Instant | null;
}

const LOOSE_TEXT = z.string().max(MAX_SHORT).nullish().catch(null);
const URL_TEXT = z.string().max(MAX_URL).nullish().catch(null);
const LONG_TEXT = z.string().nullish().catch(null);
const NUMBER = z.number().nullish().catch(null);
const ID = z.union([z.string().min(1).max(MAX_SHORT), z.number()]);
const RECORD = z.record(z.string(), z.unknown()).nullish().catch(null);
const TIME = z
  .union([z.number(), z.string().max(64)])
  .nullish()
  .catch(null);
const OPTIONAL_ID = ID.nullish().catch(null);
/** These take every short text as it is: their schemas need not be asked. */
const TEXT_TAKERS: ReadonlySet<z.ZodType> = new Set<z.ZodType>([
  LOOSE_TEXT,
  URL_TEXT,
  LONG_TEXT,
  TIME,
  ID,
  OPTIONAL_ID,
]);
const isShortText = (value: unknown): boolean => typeof value === 'string' && value !== '' && value.length <= 64;

const TURN = z.looseObject({
  role: z.string(),
  content: z.string().optional(),
  tool_call_id: z.string().optional(),
  words: z
    .array(
      z.looseObject({
        start: z
          .number()
          .nonnegative()
          .max(MAX_CALL_MS / 1000),
      }),
    )
    .optional()
    .catch(undefined),
});
/** Said times are shown to the tenth. */
const TENTHS = 10;

/** Both shapes at once: every field optional, so one reader serves webhook, function call and get-call. */
const CALL = z.object({
  call_id: ID,
  call_type: LOOSE_TEXT,
  agent_id: OPTIONAL_ID,
  agent_version: z.union([z.number(), z.string()]).nullish().catch(null),
  direction: LOOSE_TEXT,
  from_number: LOOSE_TEXT,
  to_number: LOOSE_TEXT,
  phone_number: LOOSE_TEXT,
  call_status: LOOSE_TEXT,
  status: LOOSE_TEXT,
  start_timestamp: TIME,
  started_at: TIME,
  end_timestamp: TIME,
  ended_at: TIME,
  duration_ms: NUMBER,
  duration_seconds: NUMBER,
  disconnection_reason: LOOSE_TEXT,
  transcript: LONG_TEXT,
  transcript_object: z.array(z.unknown()).nullish().catch(null),
  transcript_with_tool_calls: z.array(z.unknown()).nullish().catch(null),
  recording_url: URL_TEXT,
  summary: LONG_TEXT,
  sentiment: LOOSE_TEXT,
  call_successful: z.boolean().nullish().catch(null),
  call_analysis: z
    .looseObject({
      call_summary: LONG_TEXT,
      in_voicemail: z.boolean().nullish().catch(null),
      user_sentiment: LOOSE_TEXT,
      call_successful: z.boolean().nullish().catch(null),
      custom_analysis_data: RECORD,
    })
    .nullish()
    .catch(null),
  /** the flat body's own: sentiment and summary beside whatever was collected */
  analysis: RECORD,
  collected_dynamic_variables: RECORD,
  call_cost: z
    .looseObject({
      combined_cost: NUMBER,
      total_duration_seconds: NUMBER,
      product_costs: z
        .array(z.looseObject({ product: z.string(), cost: z.number() }))
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
  cost_usd: z
    .union([z.number(), z.string().regex(/^\d{1,9}(\.\d{1,12})?$/)])
    .nullish()
    .catch(null),
  metadata: RECORD,
  retell_llm_dynamic_variables: RECORD,
});

/**
 * Reads a verified call webhook in either shape and either spelling (`call_ended`, `call.ended`).
 * Refusals: MALFORMED_JSON, PAYLOAD_TOO_LARGE, VALIDATION_ERROR (no event name or no call id). Unknown events are `other`.
 */
export function parseRetellEvent(rawBody: string): Result<RetellEvent, DomainError> {
  const body = parseJsonObject(rawBody, MAX_RETELL_BODY_CHARS);
  if (!body.ok) return body;
  const name = body.value['event'] ?? body.value['event_type'];
  if (typeof name !== 'string' || name === '' || name.length > MAX_SHORT) return err(invalid('event', 'is required'));
  const nested = isObject(body.value['call']) ? body.value['call'] : null;
  const call = parseRetellCall(nested ?? body.value);
  if (!call.ok) return call;
  const event = name.replaceAll('.', '_');
  return ok({
    kind: kindOf(event),
    event,
    shape: nested ? 'nested' : 'flat',
    dedupeKey: `${event}:${call.value.callId}`,
    call: call.value,
  });
}

/** Reads the inbound webhook (`call_inbound`). Refusals as above, VALIDATION_ERROR without a called number. */
export function parseRetellInbound(rawBody: string): Result<RetellInbound, DomainError> {
  const body = parseJsonObject(rawBody, MAX_RETELL_BODY_CHARS);
  if (!body.ok) return body;
  const parsed = INBOUND.safeParse(body.value['call_inbound'] ?? body.value);
  if (!parsed.success) return err(invalid('to_number', 'is required'));
  const facts = parsed.data;
  return ok({
    callId: facts.call_id == null ? null : String(facts.call_id),
    agentId: facts.agent_id == null ? null : String(facts.agent_id),
    agentVersion: facts.agent_version == null ? null : String(facts.agent_version),
    fromNumber: numberOf(facts.from_number),
    toNumber: facts.to_number,
    at: instantOf(TIME.parse(body.value['event_timestamp'])),
  });
}

const INBOUND = z.looseObject({
  call_id: ID.nullish().catch(null),
  agent_id: ID.nullish().catch(null),
  agent_version: z.union([z.number(), z.string()]).nullish().catch(null),
  from_number: LOOSE_TEXT,
  to_number: z.string().min(1).max(MAX_SHORT),
});

type CallFacts = z.infer<typeof CALL>;

/** The known members that are there, each read by its schema: most of them never are, and each function call of an agent passes here. */
function callFacts(value: unknown): CallFacts | null {
  if (!isObject(value)) return null;
  const facts: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(CALL.shape, key)) continue;
    const schema = CALL.shape[key as keyof typeof CALL.shape];
    if (isShortText(value[key]) && TEXT_TAKERS.has(schema)) {
      facts[key] = value[key];
      continue;
    }
    const read = schema.safeParse(value[key]);
    if (!read.success) return null;
    facts[key] = read.data;
  }
  return 'call_id' in facts ? (facts as CallFacts) : null;
}

/** Reads one call object (nested, flat, or the answer of get-call). Refusal: VALIDATION_ERROR without a call id. */
export function parseRetellCall(value: unknown): Result<RetellCall, DomainError> {
  const facts = callFacts(value);
  if (facts === null) return err(invalid('call_id', 'is required'));
  const metadata = strings(facts.metadata);
  const flat = facts.analysis ?? {};
  // What the flat analysis says beside what a call has fields for: topics, appointment_made.
  const { sentiment: _sentiment, summary: _summary, call_successful: _successful, ...collected } = flat;
  // The list with tool calls holds the same utterances; an agent may be set up to send only that one.
  const turns = turnsOf(facts.transcript_object ?? facts.transcript_with_tool_calls);
  const costCents = facts.call_cost?.combined_cost ?? null;
  return ok({
    callId: String(facts.call_id),
    callType: facts.call_type === 'phone_call' || facts.call_type === 'web_call' ? facts.call_type : null,
    agentId: facts.agent_id == null ? null : String(facts.agent_id),
    agentVersion: facts.agent_version == null ? null : String(facts.agent_version),
    direction: facts.direction === 'inbound' || facts.direction === 'outbound' ? facts.direction : null,
    fromNumber: numberOf(facts.from_number ?? facts.phone_number),
    toNumber: numberOf(facts.to_number),
    callStatus: facts.call_status ?? facts.status ?? null,
    startedAt: instantOf(facts.start_timestamp ?? facts.started_at),
    endedAt: instantOf(facts.end_timestamp ?? facts.ended_at),
    durationMs: durationOf(facts),
    disconnectionReason: facts.disconnection_reason ?? null,
    transcript: facts.transcript ? facts.transcript.slice(0, MAX_TRANSCRIPT_CHARS) : null,
    turns,
    recordingUrl: facts.recording_url ?? null,
    summary: facts.call_analysis?.call_summary ?? facts.summary ?? textOf(flat['summary']),
    sentiment: sentimentOf(facts.call_analysis?.user_sentiment ?? facts.sentiment ?? textOf(flat['sentiment'])),
    successful: facts.call_analysis?.call_successful ?? facts.call_successful ?? flagOf(flat['call_successful']),
    inVoicemail: facts.call_analysis?.in_voicemail ?? null,
    analysis: { ...collected, ...facts.call_analysis?.custom_analysis_data },
    collectedVariables: strings(facts.collected_dynamic_variables),
    costUsdMicros: costCents !== null ? centsToUsdMicros(costCents) : dollarsToUsdMicros(facts.cost_usd),
    costParts: (facts.call_cost?.product_costs ?? []).slice(0, MAX_COST_PARTS).flatMap((part) => {
      const cost = centsToUsdMicros(part.cost);
      return cost === null ? [] : [{ product: part.product.slice(0, MAX_SHORT), costUsdMicros: cost }];
    }),
    metadata,
    route: metadata['route'] ?? null,
    dynamicVariables: strings(facts.retell_llm_dynamic_variables),
    lastToolCallId: lastToolCallId(facts.transcript_with_tool_calls),
  });
}

/** Parses a bounded JSON object. Refusals: PAYLOAD_TOO_LARGE, MALFORMED_JSON, VALIDATION_ERROR (JSON, but not an object). */
export function parseJsonObject(rawBody: string, maxChars: number): Result<Record<string, unknown>, DomainError> {
  const body = parseJsonBody(rawBody, maxChars);
  if (!body.ok) return body;
  return isObject(body.value) ? ok(body.value) : err(invalid('body', 'must be an object'));
}

const invalid = (field: string, message: string): DomainError => ({
  code: 'VALIDATION_ERROR',
  errors: { [field]: [message] },
});

function kindOf(event: string): RetellEventKind {
  if (event === 'call_started' || event === 'call_ended' || event === 'call_analyzed' || event === 'transcript_updated')
    return event;
  return event.startsWith('transfer_') ? 'transfer' : 'other';
}

/** US cents (may be fractional) → micro dollars, half up; null for nonsense (negative, not finite). */
function centsToUsdMicros(cents: number): Micros | null {
  return Number.isFinite(cents) && cents >= 0 && cents < 1e10 ? asMicros(Math.round(cents * 10_000)) : null;
}

/** Dollars (number or decimal text) → micro dollars, half up. */
function dollarsToUsdMicros(dollars: number | string | null | undefined): Micros | null {
  if (dollars == null) return null;
  const value = Number(dollars);
  return Number.isFinite(value) && value >= 0 && value < 1e8 ? asMicros(Math.round(value * 1e6)) : null;
}

function durationOf(facts: CallFacts): number | null {
  const start = instantOf(facts.start_timestamp ?? facts.started_at);
  const end = instantOf(facts.end_timestamp ?? facts.ended_at);
  const given =
    facts.duration_ms ??
    (facts.duration_seconds == null ? null : facts.duration_seconds * 1000) ??
    (start !== null && end !== null ? end - start : null);
  return given !== null && Number.isFinite(given) && given >= 0 && given <= MAX_CALL_MS ? Math.round(given) : null;
}

/** Milliseconds, seconds (anything before 2001 read as milliseconds) or ISO text; null for an impossible time of a call. */
function instantOf(value: number | string | null | undefined): Instant | null {
  if (value == null) return null;
  return plausibleInstant(typeof value === 'string' ? Date.parse(value) : value < 1e12 ? value * 1000 : value);
}

/** Retell says "anonymous" (and the like) where the caller withheld the number. */
function numberOf(text: string | null | undefined): string | null {
  return text && /\d{2}/.test(text) ? text : null;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const flagOf = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

function sentimentOf(text: string | null | undefined): RetellCall['sentiment'] {
  const lower = text?.toLowerCase();
  return lower === 'positive' || lower === 'negative' || lower === 'neutral' || lower === 'unknown' ? lower : null;
}

function turnsOf(value: readonly unknown[] | null | undefined): RetellTurn[] {
  const turns: RetellTurn[] = [];
  for (const item of (value ?? []).slice(0, MAX_TURNS)) {
    const turn = TURN.safeParse(item);
    if (turn.success && turn.data.content !== undefined)
      turns.push({ role: turn.data.role, content: turn.data.content, at: startOf(turn.data.words) });
  }
  return turns;
}

const startOf = (words: readonly { start: number }[] | undefined): number | null => {
  const first = words?.[0]?.start;
  return first === undefined ? null : Math.round(first * TENTHS) / TENTHS;
};

function lastToolCallId(value: readonly unknown[] | null | undefined): string | null {
  const items = value ?? [];
  for (let i = items.length - 1; i >= 0 && i >= items.length - MAX_TURNS; i--) {
    const turn = TURN.safeParse(items[i]);
    if (turn.success && turn.data.role === 'tool_call_invocation' && turn.data.tool_call_id)
      return turn.data.tool_call_id.slice(0, MAX_SHORT);
  }
  return null;
}

function strings(value: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> {
  const made: Record<string, string> = {};
  for (const [key, item] of Object.entries(value ?? {}).slice(0, MAX_VARIABLES)) {
    if (typeof item === 'string') made[key] = item.slice(0, MAX_URL);
    else if (typeof item === 'number' || typeof item === 'boolean') made[key] = String(item);
  }
  return made;
}
