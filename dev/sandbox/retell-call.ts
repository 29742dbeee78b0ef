/**
 * Plays one phone call as Retell would: inbound webhook, call_started, signed function calls with the transcript so far, call_ended,
 * call_analyzed. Called by the sandbox (page and control call), by `npm run demo` and by tests.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { signRetell } from '../../workers/integrations/signatures.ts';
import { Faults } from './faults.ts';
import { randomHex } from './settings.ts';
import { RETRY, WebhooksOut } from './webhooks-out.ts';

/** Retell's time-out and retries of the inbound webhook: ten seconds, up to three retries while the phone rings. */
const INBOUND_TIMEOUT_MS = 10_000;
const INBOUND_ATTEMPTS = 4;
/** As our tools are configured at Retell (`timeout_ms`). */
const FUNCTION_TIMEOUT_MS = 8_000;
const MAX_TURNS = 200;
/** Slower nobody speaks. */
const MAX_MS_PER_WORD = 2_000;
const MAX_KEPT_ANSWER_CHARS = 20_000;
/** What the language model sees of a tool's answer: Retell cuts at 15,000 characters. */
const MAX_TOOL_RESULT_CHARS = 15_000;
/** US cents per second, as in the wire fixtures. */
const PRODUCTS = [
  { product: 'elevenlabs_tts', unit_price: 0.1166667 },
  { product: 'gpt_4_1', unit_price: 0.075 },
  { product: 'us_telephony', unit_price: 0.025 },
] as const;

/** State of the conversation so far; script parts may read it. */
export interface CallMemory {
  readonly callId: string;
  readonly fromNumber: string;
  readonly dynamicVariables: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Last answer of each function by its path name (`check-availability`). */
  readonly results: Readonly<Record<string, Record<string, unknown>>>;
}

type Spoken = string | ((memory: CallMemory) => string | null);
type Arguments = Record<string, unknown> | ((memory: CallMemory) => Record<string, unknown> | null);

/**
 * One step of a conversation. Texts and argument values may hold `{{check-availability.slot.start}}`, `{{dynamic.company_name}}` or
 * `{{call_id}}`; a function that returns null leaves the step out.
 */
export type CallTurn =
  | { readonly agent: Spoken }
  | { readonly user: Spoken }
  | { readonly function: string; readonly args: Arguments };

export interface CallScript {
  readonly to_number: string;
  /** Omitted or null = withheld (Retell says "anonymous"). */
  readonly from_number?: string | null;
  readonly agent_id: string;
  readonly turns: readonly CallTurn[];
  /** Length of the conversation that is billed; default 92.5. */
  readonly duration_seconds?: number;
  readonly disconnection_reason?: string;
  readonly summary?: string;
  readonly sentiment?: 'Positive' | 'Negative' | 'Neutral' | 'Unknown';
  readonly successful?: boolean;
  readonly custom_analysis_data?: Record<string, unknown>;
  /** Function bodies: `call` = `{name, call, args}` (default), `flat` = arguments at the top level with `call_id`. */
  readonly shape?: 'call' | 'flat';
  /** Whether webhooks carry what was said where Retell stores nothing is not known (wire, § 3): `false` leaves it out. */
  readonly transcript_in_webhooks?: boolean;
  readonly call_id?: string;
  /** The conversation takes real time, so long a word, and `transcript_updated` tells each turn; default: it takes none and tells none. */
  readonly ms_per_word?: number;
}

interface CallStep {
  /** `inbound`, `call_started`, `check-availability`, … */
  readonly step: string;
  readonly path: string;
  readonly status: number | null;
  readonly ms: number;
  readonly ok: boolean;
  readonly request: unknown;
  readonly response: unknown;
}

export interface PlayedCall {
  readonly call_id: string;
  readonly rejected: boolean;
  readonly ok: boolean;
  readonly steps: CallStep[];
  readonly memory: CallMemory;
  readonly transcript: string;
  /** The final call object, as get-call answers it. */
  readonly call: Record<string, unknown>;
}

export interface PlayCallOptions {
  /** Where AskProAI listens, without trailing slash. */
  readonly askproBaseUrl: string;
  readonly script: CallScript;
  readonly apiKey: string;
  /** epoch ms; follows the sandbox's clock */
  readonly now?: () => number;
  /** Sends the three call webhooks (retries, duplicates); default: its own, with Retell's retries. */
  readonly webhooks?: WebhooksOut;
  /** Where the call's recording is; null: none is made. Default: none. */
  readonly recordingOf?: (call: { callId: string; agentId: string; durationMs: number }) => string | null;
  /** Sees the call object whenever it grew, so that get-call can answer it. */
  readonly onCall?: (call: Record<string, unknown>) => void;
  readonly onStep?: (step: CallStep) => void;
  /** Added to every request, e.g. `x-askpro-now`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Plays the whole call and reports every step; never throws for what AskProAI answers. */
export async function playCall(options: PlayCallOptions): Promise<PlayedCall> {
  const { script } = options;
  const now = options.now ?? Date.now;
  const webhooks = options.webhooks ?? new WebhooksOut(RETRY.retell, new Faults(), now);
  const callId = script.call_id ?? `call_${randomHex(27)}`;
  const from = script.from_number ?? 'anonymous';
  const pace = Math.min(Math.max(0, script.ms_per_word ?? 0), MAX_MS_PER_WORD);
  let durationMs = Math.round((script.duration_seconds ?? 92.5) * 1000);
  // A conversation that takes no real time lies behind us: nothing in it may be in the future.
  const startedAt = Math.trunc(now()) - (pace > 0 ? 0 : durationMs);
  const steps: CallStep[] = [];
  const note = (step: CallStep): CallStep => {
    steps.push(step);
    options.onStep?.(step);
    return step;
  };
  const results: Record<string, Record<string, unknown>> = {};
  let dynamicVariables: Record<string, string> = {};
  let metadata: Record<string, unknown> = {};
  const memory = (): CallMemory => ({ callId, fromNumber: from, dynamicVariables, metadata, results });

  // ---- inbound webhook: the phone is ringing
  const inbound = {
    event: 'call_inbound',
    event_timestamp: Math.trunc(now()),
    call_inbound: {
      call_id: callId,
      agent_id: script.agent_id,
      agent_version: 3,
      from_number: from,
      to_number: script.to_number,
      custom_sip_headers: {},
    },
  };
  const rang = note(
    await post(options, now, 'inbound', '/webhooks/retell/inbound', inbound, INBOUND_TIMEOUT_MS, INBOUND_ATTEMPTS),
  );
  const answered = inboundAnswer(rang.response);
  if (rang.ok && answered) ({ dynamicVariables, metadata } = answered);
  const base: Record<string, unknown> = {
    call_id: callId,
    call_type: 'phone_call',
    agent_id: answered?.agentId ?? script.agent_id,
    agent_version: 3,
    agent_name: 'Sandbox agent',
    from_number: from,
    to_number: script.to_number,
    direction: 'inbound',
    telephony_identifier: { twilio_call_sid: `CA${randomHex(32)}` },
    // Left out when nothing was supplied, not empty.
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    ...(Object.keys(dynamicVariables).length > 0 ? { retell_llm_dynamic_variables: dynamicVariables } : {}),
    data_storage_setting: 'everything',
    opt_in_signed_url: true,
    start_timestamp: startedAt,
    call_status: 'ongoing',
  };
  const conversation = new Conversation();
  if (rang.ok && answered?.reject) {
    return {
      call_id: callId,
      rejected: true,
      ok: true,
      steps,
      memory: memory(),
      transcript: '',
      call: { ...base, call_status: 'not_connected' },
    };
  }
  options.onCall?.(base);

  const event = async (name: string, call: Record<string, unknown>): Promise<void> => {
    const body = JSON.stringify({ event: name, call });
    const started = performance.now();
    const attempt = await webhooks.send({
      event: name,
      url: `${options.askproBaseUrl}/webhooks/retell`,
      body,
      headers: async () => ({
        ...options.headers,
        'content-type': 'application/json',
        'x-retell-signature': await signRetell(body, options.apiKey, now()),
      }),
    });
    note({
      step: name,
      path: '/webhooks/retell',
      status: attempt.status,
      ms: elapsed(started),
      ok: isOk(attempt.status),
      request: { event: name },
      response: parsed(attempt.answer),
    });
  };
  await event('call_started', base);

  // ---- the conversation
  for (const turn of script.turns.slice(0, MAX_TURNS)) {
    if ('agent' in turn || 'user' in turn) {
      const said = 'agent' in turn ? turn.agent : turn.user;
      const text = typeof said === 'function' ? said(memory()) : String(filled(said, memory()));
      if (text === null || text === '') continue;
      if (pace > 0) await sleep(text.split(/\s+/).length * pace);
      conversation.say('agent' in turn ? 'agent' : 'user', text);
      if (pace > 0) await event('transcript_updated', { ...base, ...conversation.parts() });
      continue;
    }
    const wanted = typeof turn.args === 'function' ? turn.args(memory()) : turn.args;
    if (wanted === null) continue;
    const args = filled(wanted, memory()) as Record<string, unknown>;
    const toolCallId = `tool_call_${randomHex(8)}`;
    const name = turn.function.replaceAll('-', '_');
    conversation.invoke(toolCallId, name, args);
    const soFar = { ...base, ...conversation.parts() };
    options.onCall?.(soFar);
    const body = script.shape === 'flat' ? { ...args, call_id: callId } : { name, call: soFar, args };
    const step = note(
      await post(options, now, turn.function, `/api/retell/${turn.function}`, body, FUNCTION_TIMEOUT_MS, 1, args),
    );
    const answer =
      typeof step.response === 'object' && step.response !== null ? (step.response as Record<string, unknown>) : {};
    results[turn.function] = answer;
    conversation.result(toolCallId, JSON.stringify(step.response ?? null).slice(0, MAX_TOOL_RESULT_CHARS), step.ok);
  }

  // ---- the end, with everything but the analysis; then the analysis
  if (pace > 0) durationMs = Math.max(1_000, Math.trunc(now()) - startedAt);
  const recording = options.recordingOf?.({ callId, agentId: String(base['agent_id']), durationMs }) ?? null;
  const parts = script.transcript_in_webhooks === false ? {} : conversation.parts();
  const ended = {
    ...base,
    call_status: 'ended',
    end_timestamp: startedAt + durationMs,
    duration_ms: durationMs,
    disconnection_reason: script.disconnection_reason ?? 'user_hangup',
    ...parts,
    ...(recording === null ? {} : { recording_url: recording }),
    call_cost: costOf(durationMs),
    latency: {
      e2e: { p50: 650, p90: 900, p95: 1100, p99: 1500, max: 1600, min: 400, num: 3, values: [400, 650, 1600] },
    },
    llm_token_usage: { values: [1010, 1180, 1240], average: 1143.3, num_requests: 3 },
  };
  options.onCall?.(ended);
  await event('call_ended', ended);
  const analyzed = {
    ...ended,
    call_analysis: {
      call_summary: script.summary ?? 'Anruf ohne Terminwunsch.',
      in_voicemail: false,
      user_sentiment: script.sentiment ?? 'Positive',
      call_successful: script.successful ?? true,
      custom_analysis_data: script.custom_analysis_data ?? {},
    },
  };
  options.onCall?.(analyzed);
  await event('call_analyzed', analyzed);
  return {
    call_id: callId,
    rejected: false,
    ok: steps.every((step) => step.ok),
    steps,
    memory: memory(),
    transcript: conversation.text(),
    call: analyzed,
  };
}

// ---------------------------------------------------------------- requests

async function post(
  options: PlayCallOptions,
  now: () => number,
  step: string,
  path: string,
  body: unknown,
  timeoutMs: number,
  attempts: number,
  shown: unknown = body,
): Promise<CallStep> {
  const raw = JSON.stringify(body);
  let last: CallStep | null = null;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const started = performance.now();
    try {
      const response = await fetch(options.askproBaseUrl + path, {
        method: 'POST',
        headers: {
          ...options.headers,
          'content-type': 'application/json',
          'x-retell-signature': await signRetell(raw, options.apiKey, now()),
        },
        body: raw,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      last = {
        step,
        path,
        status: response.status,
        ms: elapsed(started),
        ok: isOk(response.status),
        request: shown,
        response: parsed(text),
      };
      if (last.ok) return last;
    } catch (error) {
      last = {
        step,
        path,
        status: null,
        ms: elapsed(started),
        ok: false,
        request: shown,
        response: error instanceof Error ? error.message : String(error),
      };
    }
  }
  return last ?? { step, path, status: null, ms: 0, ok: false, request: shown, response: null };
}

const isOk = (status: number | null): boolean => status !== null && status >= 200 && status < 300;
const elapsed = (started: number): number => Math.round((performance.now() - started) * 10) / 10;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.slice(0, MAX_KEPT_ANSWER_CHARS);
  }
}

/** Reads the inbound answer as Retell does: one invalid field makes the whole answer invalid. */
function inboundAnswer(response: unknown): {
  dynamicVariables: Record<string, string>;
  metadata: Record<string, unknown>;
  agentId: string | null;
  reject: boolean;
} | null {
  const inner =
    typeof response === 'object' && response !== null ? (response as Record<string, unknown>)['call_inbound'] : null;
  if (typeof inner !== 'object' || inner === null) return null;
  const {
    dynamic_variables: variables = {},
    metadata = {},
    override_agent_id: agentId = null,
    reject = false,
  } = inner as Record<string, unknown>;
  if (
    typeof variables !== 'object' ||
    variables === null ||
    Object.values(variables).some((value) => typeof value !== 'string')
  )
    return null;
  if (typeof metadata !== 'object' || metadata === null || (agentId !== null && typeof agentId !== 'string'))
    return null;
  return {
    dynamicVariables: variables as Record<string, string>,
    metadata: metadata as Record<string, unknown>,
    agentId,
    reject: reject === true,
  };
}

/** Parts and sum in US cents, rounded to a hundredth each, as in the fixtures. */
function costOf(durationMs: number): Record<string, unknown> {
  const seconds = durationMs / 1000;
  const parts = PRODUCTS.map((one) => ({ ...one, cost: Math.round(one.unit_price * seconds * 100) / 100 }));
  return {
    product_costs: parts,
    total_duration_seconds: Math.ceil(seconds),
    total_duration_unit_price: 0.2166667,
    combined_cost: Math.round(parts.reduce((sum, part) => sum + part.cost, 0) * 100) / 100,
  };
}

// ---------------------------------------------------------------- transcript

class Conversation {
  private seconds = 0.4;
  private readonly lines: string[] = [];
  private readonly utterances: object[] = [];
  private readonly everything: object[] = [];

  say(role: 'agent' | 'user', content: string): void {
    const words = content.split(/\s+/).map((word) => {
      const start = round(this.seconds);
      this.seconds += 0.3;
      return { word, start, end: round(start + 0.25) };
    });
    this.seconds += 0.8;
    const turn = { role, content, words };
    this.lines.push(`${role === 'agent' ? 'Agent' : 'User'}: ${content}\n`);
    this.utterances.push(turn);
    this.everything.push(turn);
  }

  invoke(id: string, name: string, args: Record<string, unknown>): void {
    this.everything.push({ role: 'tool_call_invocation', tool_call_id: id, name, arguments: JSON.stringify(args) });
  }

  result(id: string, content: string, successful: boolean): void {
    this.everything.push({ role: 'tool_call_result', tool_call_id: id, content, successful });
  }

  text(): string {
    return this.lines.join('');
  }

  parts(): Record<string, unknown> {
    return {
      transcript: this.text(),
      transcript_object: [...this.utterances],
      transcript_with_tool_calls: [...this.everything],
    };
  }
}

const round = (seconds: number): number => Math.round(seconds * 100) / 100;

// ---------------------------------------------------------------- {{placeholders}}

/** Replaces placeholders; a text that is one placeholder keeps the value's type. Unknown ones become empty. */
function filled(value: unknown, memory: CallMemory): unknown {
  if (typeof value === 'string') {
    const whole = /^\{\{\s*([\w.-]+)\s*\}\}$/.exec(value);
    if (whole) return lookup(whole[1] ?? '', memory) ?? null;
    return value.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_, path: string) => String(lookup(path, memory) ?? ''));
  }
  if (Array.isArray(value)) return value.map((item) => filled(item, memory));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, memory)]));
  return value;
}

function lookup(path: string, memory: CallMemory): unknown {
  const [head = '', ...rest] = path.split('.');
  let at: unknown =
    head === 'call_id'
      ? memory.callId
      : head === 'from_number'
        ? memory.fromNumber
        : head === 'dynamic'
          ? memory.dynamicVariables
          : head === 'metadata'
            ? memory.metadata
            : memory.results[head];
  for (const key of rest) at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  return at;
}
