/**
 * A workspace at Retell: models, agents with versions, numbers, voices, with the answers and refusals of the wire file (§ 1.1 to 1.6). Plain
 * objects in memory, nothing of Node, so that tests inside workerd drive the same one. Called by retell.ts.
 */
interface AccountRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** null: no JSON object */
  body: Record<string, unknown> | null;
}
interface AccountAnswer {
  status: number;
  /** absent: an empty answer */
  body?: object;
}

type Fields = Record<string, unknown>;
interface Model {
  id: string;
  versions: Map<number, { config: Fields; isPublished: boolean; modifiedAt: number }>;
}
interface Agent {
  id: string;
  versions: Map<number, { config: Fields; isPublished: boolean; modifiedAt: number }>;
}

const VOICES = [
  ['11labs-Carola', 'elevenlabs', 'female'],
  ['11labs-Jonas', 'elevenlabs', 'male'],
  ['11labs-Adrian', 'elevenlabs', 'male'],
  ['openai-Nova', 'openai', 'female'],
  ['openai-Onyx', 'openai', 'male'],
  ['openai-Echo', 'openai', 'male'],
  ['cartesia-Mila', 'cartesia', 'female'],
] as const;

/** What Retell takes where nothing is sent. */
const AGENT_DEFAULTS: Fields = {
  channel: 'voice',
  language: 'en-US',
  timezone: 'America/Los_Angeles',
  max_call_duration_ms: 3_600_000,
  end_call_after_silence_ms: 600_000,
  data_storage_setting: 'everything',
  webhook_timeout_ms: 10_000,
  interruption_sensitivity: 1,
  voice_speed: 1,
};
const MODEL_DEFAULTS: Fields = { model: 'gpt-4.1', api_model_temperature: 0, tool_call_strict_mode: true };
const TRANSPORTS = ['TCP', 'UDP', 'TLS'];
const TOOL_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const E164 = /^\+[1-9]\d{6,14}$/;
const EVENTS = new Set([
  'call_started',
  'call_ended',
  'call_analyzed',
  'transcript_updated',
  'transfer_started',
  'transfer_bridged',
  'transfer_cancelled',
  'transfer_ended',
]);

const done = (status: number, body: object): AccountAnswer => ({ status, body });
const refuse = (status: number, message: string): AccountAnswer => ({ status, body: { status: 'error', message } });
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function randomHex(length: number): string {
  return [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => (byte % 16).toString(16)).join('');
}

export class RetellAccount {
  readonly #models = new Map<string, Model>();
  readonly #agents = new Map<string, Agent>();
  readonly #numbers = new Map<string, Fields>();
  /** numbers of somebody else's workspace */
  readonly elsewhere = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  clear(): void {
    this.#models.clear();
    this.#agents.clear();
    this.#numbers.clear();
    this.elsewhere.clear();
  }

  /** What stands there, newest versions, for the sandbox's page and tests. */
  view(): { agents: object[]; models: object[]; numbers: object[] } {
    return {
      agents: [...this.#agents.values()].map((one) => this.#agentShown(one, latest(one))),
      models: [...this.#models.values()].map((one) => this.#modelShown(one, latest(one))),
      numbers: [...this.#numbers.values()].map(numberShown),
    };
  }

  /** What a caller of a number reaches: the agent's version that its binding means now; null: nobody. */
  reachedBy(e164: string): { agentId: string; version: number } | null {
    const bound = (this.#numbers.get(e164)?.['inbound_agents'] as Fields[] | null | undefined)?.[0];
    const agent = this.#agents.get(String(bound?.['agent_id']));
    if (agent === undefined) return null;
    const wanted = bound?.['agent_version'] ?? 'latest';
    const versions = [...agent.versions.entries()];
    const found =
      wanted === 'latest_published'
        ? versions.filter(([, one]) => one.isPublished).at(-1)
        : wanted === 'latest'
          ? versions.at(-1)
          : versions.find(([version]) => version === wanted);
    return found === undefined ? null : { agentId: agent.id, version: found[0] };
  }

  /** Whether calls of the agent's newest published version are recorded. */
  keepsRecordings(agentId: string): boolean {
    const published = [...(this.#agents.get(agentId)?.versions.values() ?? [])].filter((one) => one.isPublished).at(-1);
    return published?.config['data_storage_setting'] === 'everything';
  }

  /** Null: none of this file's paths. */
  handle({ method, path, query, body }: AccountRequest): AccountAnswer | null {
    const id = decodeURIComponent(path.split('/').at(-1) ?? '');
    const route = `${method} ${path}`;
    const starts = (prefix: string): boolean => route.startsWith(`${prefix}/`);
    if (body === null) return refuse(400, 'Invalid JSON');
    const version = query.has('version') ? Number(query.get('version')) : null;
    if (route === 'GET /get-api-key-info') return done(200, { api_key_name: 'sandbox', org_name: 'AskProAI' });
    if (route === 'GET /get-concurrency') return done(200, { current_concurrency: 0, concurrency_limit: 20 });
    if (route === 'GET /list-voices')
      return done(
        200,
        VOICES.map(([voice_id, provider, gender]) => ({ voice_id, voice_name: voice_id, provider, gender })),
      );
    if (route === 'POST /create-retell-llm') return this.#createModel(body);
    if (starts('PATCH /update-retell-llm')) return this.#changeModel(id, version, body);
    if (starts('GET /get-retell-llm')) return this.#one(this.#models, id, version, 'llm');
    if (starts('DELETE /delete-retell-llm')) return this.#deleteModel(id, query);
    if (route === 'GET /v2/list-retell-llms') {
      const all = [...this.#models.values()].map((one) => this.#modelShown(one, latest(one)));
      return done(200, paged(all, Number(query.get('limit') ?? 50), query.get('pagination_key'), 'llm_id'));
    }
    if (route === 'POST /create-agent') return this.#createAgent(body);
    if (starts('PATCH /update-agent')) return this.#changeAgent(id, version, body);
    if (starts('GET /get-agent')) return this.#one(this.#agents, id, version, 'agent');
    if (starts('DELETE /delete-agent')) return this.#deleteAgent(id);
    if (starts('POST /create-agent-version')) return this.#fork(id, body);
    if (starts('POST /publish-agent-version')) return this.#publish(id, body);
    if (starts('GET /list-agent-versions')) {
      const agent = this.#agents.get(id);
      if (agent === undefined) return gone(id, 'agent');
      return done(
        200,
        [...agent.versions.keys()].map((each) => this.#agentShown(agent, each)),
      );
    }
    if (route === 'POST /v2/list-agents') return this.#listAgents(body);
    if (route === 'POST /import-phone-number') return this.#importNumber(body);
    if (starts('PATCH /update-phone-number')) return this.#changeNumber(id, body);
    if (starts('GET /get-phone-number')) {
      const number = this.#numbers.get(id);
      return number === undefined ? gone(id, 'phone-number') : done(200, numberShown(number));
    }
    if (starts('DELETE /delete-phone-number'))
      return this.#numbers.delete(id) ? { status: 204 } : gone(id, 'phone-number');
    if (route === 'GET /v2/list-phone-numbers')
      return done(
        200,
        paged([...this.#numbers.values()].map(numberShown), Number(query.get('limit') ?? 50), null, 'phone_number'),
      );
    return null;
  }

  // ---- models

  #createModel(body: Fields): AccountAnswer {
    const wrong = modelFault(body);
    if (wrong !== null) return refuse(422, wrong);
    const model: Model = { id: `llm_${randomHex(24)}`, versions: new Map() };
    model.versions.set(0, { config: { ...MODEL_DEFAULTS, ...body }, isPublished: false, modifiedAt: this.#now() });
    this.#models.set(model.id, model);
    return done(201, this.#modelShown(model, 0));
  }

  #changeModel(id: string, version: number | null, body: Fields): AccountAnswer {
    const model = this.#models.get(id);
    const at = model === undefined ? undefined : model.versions.get(version ?? latest(model));
    if (model === undefined || at === undefined) return gone(id, 'llm');
    if (at.isPublished) return refuse(400, 'Cannot update published LLM version');
    const wrong = modelFault(body);
    if (wrong !== null) return refuse(422, wrong);
    at.config = { ...at.config, ...body };
    at.modifiedAt = this.#now();
    return done(200, this.#modelShown(model, version ?? latest(model)));
  }

  #deleteModel(id: string, query: URLSearchParams): AccountAnswer {
    if (!this.#models.has(id)) return gone(id, 'llm');
    const isUsed = [...this.#agents.values()].some((agent) =>
      [...agent.versions.values()].some(({ config }) => engineOf(config)['llm_id'] === id),
    );
    if (isUsed && query.get('force_delete') !== 'true') return refuse(400, 'LLM is used by an agent');
    this.#models.delete(id);
    return { status: 204 };
  }

  // ---- agents

  #createAgent(body: Fields): AccountAnswer {
    if (typeof body['voice_id'] !== 'string' || !isObject(body['response_engine']))
      return refuse(422, 'response_engine and voice_id are required');
    const wrong = this.#agentFault(body, 0);
    if (wrong !== null) return wrong;
    const agent: Agent = { id: `agent_${randomHex(26)}`, versions: new Map() };
    agent.versions.set(0, {
      config: { ...AGENT_DEFAULTS, ...body, response_engine: { ...engineOf(body), version: 0 } },
      isPublished: false,
      modifiedAt: this.#now(),
    });
    this.#agents.set(agent.id, agent);
    return done(201, this.#agentShown(agent, 0));
  }

  #changeAgent(id: string, version: number | null, body: Fields): AccountAnswer {
    const agent = this.#agents.get(id);
    const number = agent === undefined ? 0 : (version ?? latest(agent));
    const at = agent?.versions.get(number);
    if (agent === undefined || at === undefined) return gone(id, 'agent');
    if (at.isPublished) return refuse(422, 'Cannot update published agent version');
    const wrong = this.#agentFault(body, number);
    if (wrong !== null) return wrong;
    at.config = { ...at.config, ...body };
    at.modifiedAt = this.#now();
    return done(200, this.#agentShown(agent, number));
  }

  #agentFault(body: Fields, version: number): AccountAnswer | null {
    const engine = body['response_engine'];
    if (engine !== undefined) {
      if (!isObject(engine) || engine['type'] !== 'retell-llm' || !this.#models.has(String(engine['llm_id'])))
        return refuse(422, `Item ${String(isObject(engine) ? engine['llm_id'] : '')} not found from llm`);
      if (engine['version'] !== undefined && engine['version'] !== version)
        return refuse(400, 'response_engine.version must equal the version of the agent');
    }
    const voice = body['voice_id'];
    if (voice !== undefined && !VOICES.some(([known]) => known === voice))
      return refuse(422, `voice ${String(voice)} not found`);
    const own = VOICES.find(([known]) => known === voice)?.[1];
    for (const fallback of (body['fallback_voice_ids'] as string[] | undefined) ?? []) {
      const provider = VOICES.find(([known]) => known === fallback)?.[1];
      if (provider === undefined || provider === own) return refuse(422, 'fallback voices must be of another provider');
    }
    const inside = (field: string, least: number, most: number): boolean => {
      const value = body[field];
      return value === undefined || (typeof value === 'number' && value >= least && value <= most);
    };
    if (!inside('max_call_duration_ms', 60_000, 7_200_000)) return refuse(422, 'max_call_duration_ms');
    if (!inside('end_call_after_silence_ms', 10_000, 3_600_000)) return refuse(422, 'end_call_after_silence_ms');
    if (!inside('data_storage_retention_days', 1, 730)) return refuse(422, 'data_storage_retention_days');
    const events = body['webhook_events'];
    if (events !== undefined && !(Array.isArray(events) && events.every((one) => EVENTS.has(String(one)))))
      return refuse(422, 'webhook_events');
    return null;
  }

  #deleteAgent(id: string): AccountAnswer {
    return this.#agents.delete(id) ? { status: 204 } : gone(id, 'agent');
  }

  #fork(id: string, body: Fields): AccountAnswer {
    const agent = this.#agents.get(id);
    const base = agent?.versions.get(Number(body['base_version']));
    if (agent === undefined || base === undefined) return gone(id, 'agent');
    const model = this.#models.get(String(engineOf(base.config)['llm_id']));
    const number = Math.max(latest(agent), model === undefined ? 0 : latest(model)) + 1;
    if (model !== undefined) {
      const from = model.versions.get(Number(body['base_version'])) ?? model.versions.get(latest(model));
      model.versions.set(number, { config: { ...from?.config }, isPublished: false, modifiedAt: this.#now() });
    }
    agent.versions.set(number, {
      config: {
        ...base.config,
        response_engine: { ...engineOf(base.config), version: number },
        base_version: body['base_version'],
      },
      isPublished: false,
      modifiedAt: this.#now(),
    });
    return done(201, this.#agentShown(agent, number));
  }

  /** Publishes agent and model; the answer is empty, as others have seen it. */
  #publish(id: string, body: Fields): AccountAnswer {
    const agent = this.#agents.get(id);
    const at = agent?.versions.get(Number(body['version']));
    if (agent === undefined || at === undefined) return gone(id, 'agent');
    if (at.isPublished) return refuse(422, 'Version is published already');
    at.isPublished = true;
    const model = this.#models.get(String(engineOf(at.config)['llm_id']))?.versions.get(Number(body['version']));
    if (model !== undefined) model.isPublished = true;
    return { status: 200 };
  }

  #listAgents(body: Fields): AccountAnswer {
    const criteria = isObject(body['filter_criteria']) ? body['filter_criteria'] : {};
    const query = String(criteria['query'] ?? '').toLowerCase();
    const all = [...this.#agents.values()]
      .map((agent) => {
        const { agent_id, agent_name, version, is_published, last_modification_timestamp } = this.#agentShown(
          agent,
          latest(agent),
        );
        // A list has no configuration, not even the engine.
        return { agent_id, agent_name, version, is_published, last_modification_timestamp };
      })
      .filter((one) => `${String(one.agent_name ?? '')}\n${String(one.agent_id)}`.toLowerCase().includes(query));
    const key = body['pagination_key'];
    return done(200, paged(all, Number(body['limit'] ?? 50), typeof key === 'string' ? key : null, 'agent_id'));
  }

  // ---- numbers

  #importNumber(body: Fields): AccountAnswer {
    const { phone_number: e164, termination_uri: uri } = body;
    if (typeof e164 !== 'string' || typeof uri !== 'string')
      return refuse(422, 'phone_number and termination_uri are required');
    if (body['ignore_e164_validation'] === false && !E164.test(e164)) return refuse(422, 'phone_number is not E.164');
    if (this.#numbers.has(e164) || this.elsewhere.has(e164)) return refuse(400, `Phone number ${e164} already exists`);
    const wrong = this.#numberFault(body);
    if (wrong !== null) return wrong;
    const { sip_trunk_auth_username: username, sip_trunk_auth_password: password, ...rest } = body;
    const number: Fields = { ...rest, auth_username: username, auth_password: password, modified: this.#now() };
    this.#numbers.set(e164, number);
    return done(201, numberShown(number));
  }

  #changeNumber(e164: string, body: Fields): AccountAnswer {
    const known = this.#numbers.get(e164);
    if (known === undefined) return gone(e164, 'phone-number');
    if ('sip_trunk_auth_username' in body || 'sip_trunk_auth_password' in body)
      return refuse(400, 'unknown field: here they are called auth_username and auth_password');
    const wrong = this.#numberFault(body);
    if (wrong !== null) return wrong;
    const number = { ...known, ...body, modified: this.#now() };
    this.#numbers.set(e164, number);
    return done(200, numberShown(number));
  }

  #numberFault(body: Fields): AccountAnswer | null {
    const transport = body['transport'];
    if (transport !== undefined && !TRANSPORTS.includes(String(transport))) return refuse(422, 'transport');
    const bound = body['inbound_agents'];
    if (bound === undefined || bound === null) return null;
    if (!Array.isArray(bound) || bound.reduce((sum: number, one) => sum + Number(one['weight']), 0) !== 1)
      return refuse(422, 'weights of inbound_agents must sum to 1');
    const unknown = bound.find((one) => !this.#agents.has(String(one['agent_id'])));
    return unknown === undefined ? null : refuse(422, `Item ${String(unknown['agent_id'])} not found from agent`);
  }

  #one(
    shelf: ReadonlyMap<string, Model | Agent>,
    id: string,
    version: number | null,
    kind: 'llm' | 'agent',
  ): AccountAnswer {
    const one = shelf.get(id);
    const number = one === undefined ? 0 : (version ?? latest(one));
    if (one === undefined || !one.versions.has(number)) return gone(id, kind);
    return done(200, kind === 'llm' ? this.#modelShown(one, number) : this.#agentShown(one, number));
  }

  #modelShown(model: Model, version: number): Fields {
    return { ...shownOf(model, version), llm_id: model.id };
  }
  #agentShown(agent: Agent, version: number): Fields {
    return { ...shownOf(agent, version), agent_id: agent.id };
  }
}

const latest = (one: { versions: ReadonlyMap<number, unknown> }): number => Math.max(...one.versions.keys());
const engineOf = (config: Fields): Fields => (isObject(config['response_engine']) ? config['response_engine'] : {});
const gone = (id: string, from: string): AccountAnswer => refuse(404, `Item ${id} not found from ${from}`);

function shownOf(one: Model | Agent, version: number): Fields {
  const at = one.versions.get(version);
  return {
    ...at?.config,
    version,
    is_published: at?.isPublished ?? false,
    last_modification_timestamp: Math.trunc(at?.modifiedAt ?? 0),
  };
}

/** The password is never shown. */
function numberShown(number: Fields): Fields {
  const {
    auth_username,
    auth_password: _secret,
    termination_uri,
    transport,
    modified,
    ignore_e164_validation: _i,
    ...rest
  } = number;
  return {
    ...rest,
    phone_number_type: 'custom',
    phone_number_pretty: number['phone_number'],
    sip_outbound_trunk_config: { termination_uri, auth_username: auth_username ?? null, transport: transport ?? 'TCP' },
    last_modification_timestamp: modified,
  };
}

function modelFault(body: Fields): string | null {
  const tools = body['general_tools'];
  if (tools !== undefined) {
    if (!Array.isArray(tools)) return 'general_tools';
    const names = tools.map((tool: Fields) => String(tool['name']));
    if (names.some((name) => !TOOL_NAME.test(name))) return 'name of a tool';
    if (new Set(names).size < names.length) return 'names of tools must be unique';
    for (const tool of tools as Fields[]) {
      if (tool['type'] === 'custom' && !/^https?:\/\//.test(String(tool['url']))) return 'url of a tool';
      const parameters = tool['parameters'];
      if (tool['type'] === 'custom' && !(isObject(parameters) && parameters['type'] === 'object'))
        return 'parameters of a tool';
      if (tool['type'] === 'transfer_call' && !isObject(tool['transfer_destination'])) return 'transfer_destination';
    }
  }
  const variables = body['default_dynamic_variables'];
  if (variables !== undefined && variables !== null)
    if (!isObject(variables) || Object.values(variables).some((value) => typeof value !== 'string'))
      return 'default_dynamic_variables must be strings';
  const speaker = body['start_speaker'];
  return speaker === undefined || speaker === 'user' || speaker === 'agent' ? null : 'start_speaker';
}

function paged<T extends Fields>(all: readonly T[], limit: number, key: string | null, idField: string): object {
  const from = key === null ? 0 : all.findIndex((one) => one[idField] === key) + 1;
  const size = Math.max(1, Math.min(1_000, limit || 50));
  const items = all.slice(from, from + size);
  const hasMore = from + size < all.length;
  return { items, has_more: hasMore, ...(hasMore ? { pagination_key: items.at(-1)?.[idField] } : {}) };
}
