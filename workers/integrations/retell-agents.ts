/**
 * Retell's API of agents, models and numbers as we use it. Nothing here repeats: no idempotency key exists, whoever makes something looks
 * first. Called by provisioning/.
 */
import { z } from 'zod';
import { ok } from '../../shared/result.ts';
import type { RetellConfig } from './retell.ts';
import { callVendor, readAnswer, type VendorResult } from './vendor-call.ts';

type Body = Readonly<Record<string, unknown>>;

const objectShape = z.looseObject({});
const modelShape = z.looseObject({
  llm_id: z.string(),
  version: z.number().default(0),
  is_published: z.boolean().default(false),
});
const engine = z.looseObject({ llm_id: z.string().optional(), version: z.number().nullish() });
const agentShape = z.looseObject({
  agent_id: z.string(),
  agent_name: z.string().nullish(),
  version: z.number().default(0),
  is_published: z.boolean().default(false),
  last_modification_timestamp: z.number().default(0),
  response_engine: engine.optional(),
});
const numberShape = z.looseObject({ phone_number: z.string() });

type RemoteModel = z.infer<typeof modelShape>;
type RemoteAgent = z.infer<typeof agentShape>;
type RemoteNumber = z.infer<typeof numberShape>;

const pageOf = <T extends z.ZodType>(item: T) =>
  z.looseObject({ items: z.array(item), has_more: z.boolean().default(false), pagination_key: z.string().nullish() });

/** Entries of one page, and pages read at most: a workspace of ten thousand models. */
const PAGE = 500;
const MAX_PAGES = 20;

async function ask<T>(
  config: RetellConfig,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  shape: z.ZodType<T> | null,
  body?: Body,
  acts = method !== 'GET',
): Promise<VendorResult<T>> {
  const answer = await callVendor(config, {
    method,
    path,
    headers: {
      authorization: `Bearer ${config.apiKey}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    acts,
  });
  if (!answer.ok) return answer;
  // Some answers are empty although it was done: nothing is read of them.
  if (shape === null) return ok(null as T);
  return readAnswer(answer.value, (text) => shape.safeParse(text), acts);
}

/** Null where Retell answers that there is none. */
async function orNone<T>(asked: Promise<VendorResult<T>>): Promise<VendorResult<T | null>> {
  const result = await asked;
  return !result.ok && result.error.status === 404 ? ok(null) : result;
}

const at = (path: string, id: string, version?: number): string =>
  `${path}/${encodeURIComponent(id)}${version === undefined ? '' : `?version=${version}`}`;

async function allPages<T>(
  ask1: (
    key: string | null,
  ) => Promise<VendorResult<{ items: T[]; has_more: boolean; pagination_key?: string | null | undefined }>>,
): Promise<VendorResult<T[]>> {
  const all: T[] = [];
  let key: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await ask1(key);
    if (!answer.ok) return answer;
    all.push(...answer.value.items);
    key = answer.value.pagination_key ?? null;
    if (!answer.value.has_more || key === null) break;
  }
  return ok(all);
}

// ---- models

export const createModel = (config: RetellConfig, body: Body): Promise<VendorResult<RemoteModel>> =>
  ask(config, 'POST', '/create-retell-llm', modelShape, body);
export const getModel = (
  config: RetellConfig,
  id: string,
  version?: number,
): Promise<VendorResult<RemoteModel | null>> =>
  orNone(ask(config, 'GET', at('/get-retell-llm', id, version), modelShape));
/** Refused (400) of a published version: the agent is forked first. */
export const changeModel = (
  config: RetellConfig,
  id: string,
  version: number,
  body: Body,
): Promise<VendorResult<RemoteModel>> => ask(config, 'PATCH', at('/update-retell-llm', id, version), modelShape, body);
/** One that is gone already is no fault. Refused (400) while an agent uses it. */
export const deleteModel = (config: RetellConfig, id: string): Promise<VendorResult<null>> =>
  orNone(ask<null>(config, 'DELETE', at('/delete-retell-llm', id), null));
/** All models of the workspace: they have no name to ask for. */
export const listModels = (config: RetellConfig): Promise<VendorResult<RemoteModel[]>> =>
  allPages((key) =>
    ask(
      config,
      'GET',
      `/v2/list-retell-llms?limit=${PAGE}${key === null ? '' : `&pagination_key=${encodeURIComponent(key)}`}`,
      pageOf(modelShape),
    ),
  );

// ---- agents

export const createAgent = (config: RetellConfig, body: Body): Promise<VendorResult<RemoteAgent>> =>
  ask(config, 'POST', '/create-agent', agentShape, body);
/** The highest version, drafts included, where none is named. */
export const getAgent = (
  config: RetellConfig,
  id: string,
  version?: number,
): Promise<VendorResult<RemoteAgent | null>> => orNone(ask(config, 'GET', at('/get-agent', id, version), agentShape));
/** Refused (422) of a published version. */
export const changeAgent = (
  config: RetellConfig,
  id: string,
  version: number,
  body: Body,
): Promise<VendorResult<RemoteAgent>> => ask(config, 'PATCH', at('/update-agent', id, version), agentShape, body);
/** A draft of a version; it copies the model with the agent, to the same new number. */
export const forkAgent = (config: RetellConfig, id: string, base: number): Promise<VendorResult<RemoteAgent>> =>
  ask(config, 'POST', at('/create-agent-version', id), agentShape, { base_version: base });
/** Publishes the model too; the answer may be empty. */
export const publishAgent = (config: RetellConfig, id: string, version: number): Promise<VendorResult<null>> =>
  ask<null>(config, 'POST', at('/publish-agent-version', id), null, { version });
/** With all its versions; one that is gone already is no fault. */
export const deleteAgent = (config: RetellConfig, id: string): Promise<VendorResult<null>> =>
  orNone(ask<null>(config, 'DELETE', at('/delete-agent', id), null));
/** Agents whose name or id holds the text, without their configuration. */
export const findAgents = (config: RetellConfig, query: string): Promise<VendorResult<RemoteAgent[]>> =>
  allPages((key) =>
    ask(
      config,
      'POST',
      '/v2/list-agents',
      pageOf(agentShape),
      { filter_criteria: { query }, limit: PAGE, ...(key === null ? {} : { pagination_key: key }) },
      false,
    ),
  );

const voices = z.array(z.looseObject({ voice_id: z.string() }));
/** Ids of the voices that the workspace may use. */
export async function voiceIds(config: RetellConfig): Promise<VendorResult<Set<string>>> {
  const listed = await ask(config, 'GET', '/list-voices', voices);
  return listed.ok ? ok(new Set(listed.value.map(({ voice_id: id }) => id))) : listed;
}

// ---- numbers

export const getNumber = (config: RetellConfig, e164: string): Promise<VendorResult<RemoteNumber | null>> =>
  orNone(ask(config, 'GET', at('/get-phone-number', e164), numberShape));
/** Refused (400) of a number that stands in any workspace already. */
export const importNumber = (config: RetellConfig, body: Body): Promise<VendorResult<RemoteNumber>> =>
  ask(config, 'POST', '/import-phone-number', numberShape, body);
export const changeNumber = (config: RetellConfig, e164: string, body: Body): Promise<VendorResult<RemoteNumber>> =>
  ask(config, 'PATCH', at('/update-phone-number', e164), numberShape, body);
/** Gives it back; one that is gone already is no fault. */
export const deleteNumber = (config: RetellConfig, e164: string): Promise<VendorResult<null>> =>
  orNone(ask<null>(config, 'DELETE', at('/delete-phone-number', e164), null));

/** An answer as a plain object, for comparing what was sent. */
export const plain = (remote: unknown): Record<string, unknown> => {
  const read = objectShape.safeParse(remote);
  return read.success ? read.data : {};
};
