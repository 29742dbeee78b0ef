/**
 * Stand-in for Retell: get-call, list-calls, agents with models and numbers (retell-account.ts); and the driver that plays calls. Called by sandbox.ts.
 * `POST /_sandbox/retell/call {"line": "salon-schoen", "service"?, "when"?, "name"?}` or `{"script": {...}}` plays one and answers its steps.
 */
import { type Answer, type Exchange, html, json, jsonBody, looseBody } from './exchange.ts';
import { RetellAccount } from './retell-account.ts';
import { wav } from './audio.ts';
import { type CallScript, type PlayCallOptions, type PlayedCall, playCall } from './retell-call.ts';
import { bookingCall, DEMO_LINES, type DemoLine, demoCall } from './retell-scripts.ts';
import { type SandboxParts, type Service, Shelf } from './settings.ts';

const MAX_LIST = 1_000;
/** A recording is a tone of the call's length, but no longer than this. */
const LONGEST_AUDIO_MS = 20_000;

export interface RetellView {
  calls: Record<string, unknown>[];
  played: PlayedCall[];
  /** how many lie there */
  recordings: number;
}

export function retellService(
  parts: SandboxParts,
  page: (played: PlayedCall) => string,
): Service & { view: () => RetellView; play: (script: CallScript, origin: string) => Promise<PlayedCall> } {
  const { webhooks } = parts.vendors.retell;
  const calls = new Shelf<Record<string, unknown>>();
  const recordings = new Shelf<Uint8Array>(500);
  const account = new RetellAccount(parts.now);
  const played = new Shelf<PlayedCall>(500);
  const refuse = (status: number, message: string): Answer => json(status, { status: 'error', message });

  async function handle(exchange: Exchange): Promise<Answer> {
    const recorded = /^\/recordings\/([^/]+)\/recording\.wav$/.exec(exchange.path)?.[1];
    // Who knows the address may hear it, as with Retell's own.
    if (exchange.method === 'GET' && recorded !== undefined) {
      const audio = recordings.get(decodeURIComponent(recorded));
      return audio === undefined
        ? { status: 403, body: '' }
        : { status: 200, bytes: audio, headers: { 'content-type': 'audio/wav' } };
    }
    if (exchange.headers['authorization'] !== `Bearer ${parts.secrets.retellApiKey}`)
      return refuse(401, 'Invalid API key');
    const { method, path } = exchange;
    const body = jsonBody(exchange);
    if (!body) return refuse(400, 'Invalid JSON');
    const id = decodeURIComponent(path.split('/').at(-1) ?? '');
    if (method === 'GET' && path.startsWith('/v2/get-call/')) {
      const call = calls.get(id);
      return call ? json(200, call) : refuse(404, `Item ${id} not found from call`);
    }
    if (method === 'DELETE' && path.startsWith('/v2/delete-call/')) {
      recordings.delete(id);
      return calls.delete(id) ? json(204, {}) : refuse(404, `Item ${id} not found from call`);
    }
    if (method === 'POST' && path === '/v3/list-calls') {
      const limit = Math.min(Math.max(1, Number(body['limit'] ?? 50) || 50), MAX_LIST);
      const all = calls.all();
      // v3 leaves the long fields out; get-call has them.
      const items = all
        .slice(0, limit)
        .map(
          ({ transcript: _a, transcript_object: _b, transcript_with_tool_calls: _c, recording_url: _d, ...call }) =>
            call,
        );
      return json(200, { items, has_more: all.length > limit });
    }
    const answered = account.handle({ method, path, query: exchange.query, body });
    if (answered !== null) return answered;
    return refuse(404, `Cannot ${method} ${path}: the sandbox does not serve it`);
  }

  async function control(exchange: Exchange): Promise<Answer | null> {
    if (exchange.method === 'GET') {
      if (exchange.path === '/calls') return json(200, { calls: calls.all() });
      if (exchange.path === '/played') return json(200, { played: played.all() });
      if (exchange.path === '/account') return json(200, { ...account.view(), recordings: recordings.size() });
      return null;
    }
    if (exchange.path !== '/call') return null;
    const body = looseBody(exchange);
    if (!body) return json(400, { error: 'body must be JSON' });
    const script = scriptOf(body);
    if (typeof script === 'string') return json(400, { error: script });
    // The product is told of one name of this machine (dev/server/variables.ts).
    const done = await play(script, exchange.origin.replace('//localhost:', '//127.0.0.1:'));
    const wantsPage = (exchange.headers['accept'] ?? '').includes('text/html');
    return wantsPage ? html(page(done)) : json(200, done);
  }

  /** Recorded is what the published version of its agent says; whoever is no agent of this workspace records nothing. */
  function recordingOf(origin: string): NonNullable<PlayCallOptions['recordingOf']> {
    return ({ callId, agentId, durationMs }) => {
      if (!account.keepsRecordings(agentId)) return null;
      recordings.put(callId, wav(Math.min(durationMs, LONGEST_AUDIO_MS)));
      return `${origin}/retell/recordings/${encodeURIComponent(callId)}/recording.wav`;
    };
  }

  async function play(script: CallScript, origin: string): Promise<PlayedCall> {
    const done = await playCall({
      askproBaseUrl: parts.askproBaseUrl,
      apiKey: parts.secrets.retellApiKey,
      script,
      now: parts.now,
      webhooks,
      recordingOf: recordingOf(origin),
      onCall: (call) => calls.put(String(call['call_id']), call),
    });
    played.put(done.call_id, done);
    return done;
  }

  return {
    handle,
    control,
    play,
    reset: () => {
      calls.clear();
      recordings.clear();
      account.clear();
      played.clear();
    },
    view: () => ({ calls: calls.all(), played: played.all(), recordings: recordings.size() }),
  };
}

/** A whole script, or a demo line with a request; a text says what is wrong. */
function scriptOf(body: Record<string, unknown>): CallScript | string {
  const given = body['script'];
  if (typeof given === 'object' && given !== null) {
    const script = given as CallScript;
    if (typeof script.to_number !== 'string' || typeof script.agent_id !== 'string' || !Array.isArray(script.turns))
      return 'script needs to_number, agent_id and turns';
    for (const turn of script.turns as unknown[]) {
      const fits =
        typeof turn === 'object' &&
        turn !== null &&
        ('agent' in turn ||
          'user' in turn ||
          ('function' in turn && /^[a-z-]{1,60}$/.test(String(turn.function)) && 'args' in turn));
      if (!fits) return 'each turn is {agent}, {user} or {function, args}';
    }
    return script;
  }
  const name = String(body['line'] ?? 'salon-schoen');
  if (!(name in DEMO_LINES)) return `line must be one of ${Object.keys(DEMO_LINES).join(', ')}`;
  const line = name as DemoLine;
  const text = (field: string): string | undefined =>
    typeof body[field] === 'string' && body[field] !== '' ? (body[field] as string) : undefined;
  const more: Partial<CallScript> = {
    ...(text('from_number') === undefined ? {} : { from_number: text('from_number') ?? null }),
    ...(Number(body['duration_seconds']) > 0 ? { duration_seconds: Number(body['duration_seconds']) } : {}),
    ...(Number(body['ms_per_word']) > 0 ? { ms_per_word: Number(body['ms_per_word']) } : {}),
  };
  const service = text('service');
  const when = text('when');
  if (service === undefined && when === undefined) return demoCall(line, more);
  return bookingCall(
    DEMO_LINES[line],
    {
      service: service ?? 'Haarschnitt',
      when: when ?? 'morgen um zehn',
      name: text('name') ?? 'Erika Mustermann',
      ...(text('staff') === undefined ? {} : { staff: text('staff') ?? '' }),
    },
    more,
  );
}
