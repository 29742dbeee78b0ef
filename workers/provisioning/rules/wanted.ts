/** Pure: what should stand at Retell of an agent, and what of it differs. Defaults of Retell that would be wrong here are always sent. Read by the steps and by the look at what is live. */
import { isObject } from '../../../shared/is-object.ts';
import type { RemotePart } from '../../../shared/agent-sets.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import type { AgentRow, Difference } from '../../storage/queries/agents.ts';
import { type BusinessFacts, firstSentenceOf, promptOf } from './prompt.ts';
import { toolsOf } from './tools.ts';
import { AGENT_VOICES } from './voices.ts';

type Configuration = Readonly<Record<string, unknown>>;

export interface Wanted {
  model: Configuration;
  agent: Configuration;
}

/** Whether what is sent makes Retell keep recordings. */
export const keepsRecordings = ({ agent }: Wanted): boolean => agent['data_storage_setting'] === 'everything';

export type WantedAgent = Pick<
  AgentRow,
  | 'id'
  | 'name'
  | 'language'
  | 'trade'
  | 'voice'
  | 'firstSentence'
  | 'transferNumber'
  | 'emergencyNumber'
  | 'abilities'
  | 'recording'
>;

const LOCALES: Readonly<Record<Language, string>> = { de: 'de-DE', en: 'en-GB' };

/** A booking takes three minutes; a call that lasts longer than this is stuck, and is paid. Retell's default is an hour. */
const MAX_CALL_MS = 20 * 60_000;
/** Retell's default is ten minutes of paid silence. */
const MAX_SILENCE_MS = 30_000;
const WEBHOOK_TIMEOUT_MS = 10_000;
/** Members of a name's marker: the id of ours, by which an agent is found again. */
const MARKED = /\[(agt_[0-9a-z]+)\]$/;

/** The variable of a model that says whose it is: a model has no name. */
const MARKER = 'askpro_agent';

/** Whose agent it is by its name at Retell; null: none of ours. */
export const markedBy = (name: unknown): string | null =>
  typeof name === 'string' ? (MARKED.exec(name)?.[1] ?? null) : null;
export const modelMarkedBy = (variables: unknown): string | null => {
  const marker = (variables as Record<string, unknown> | null | undefined)?.[MARKER];
  return typeof marker === 'string' ? marker : null;
};

/** Whether its calls are recorded: an owner accepted it, and it is no practice. */
export const isRecording = (row: Pick<AgentRow, 'recording'>, { practiceMode }: { practiceMode: boolean }): boolean =>
  row.recording === 'announced' && !practiceMode;

/** The response engine and the version are set by the step that makes the agent. @param base where the world reaches us, without slash at its end */
export function wantedOf(row: WantedAgent, facts: BusinessFacts, base: string): Wanted {
  const voice = AGENT_VOICES[row.voice];
  const records = isRecording(row, facts);
  const told = { ...row, records };
  return {
    model: {
      model: 'gpt-4.1',
      start_speaker: 'agent',
      begin_message: '{{greeting}}',
      general_prompt: promptOf(told, facts),
      general_tools: toolsOf(told, base),
      // What holds when the inbound webhook could not be reached: the number's own agent then takes the call.
      default_dynamic_variables: {
        [MARKER]: row.id,
        greeting: firstSentenceOf(told, facts),
        company_name: facts.business,
        branch_name: facts.branch,
        language: row.language,
        customer_known: 'false',
        fallback: 'none',
      },
    },
    agent: {
      agent_name: `${row.name} [${row.id}]`,
      voice_id: voice.voiceId,
      fallback_voice_ids: [voice.fallbackId],
      language: LOCALES[row.language],
      timezone: facts.timeZone,
      max_call_duration_ms: MAX_CALL_MS,
      end_call_after_silence_ms: MAX_SILENCE_MS,
      webhook_url: `${base}/webhooks/retell`,
      webhook_events: ['call_started', 'call_ended', 'call_analyzed', 'transcript_updated'],
      webhook_timeout_ms: WEBHOOK_TIMEOUT_MS,
      // There is no switch for recordings: the second setting keeps none. A day is the shortest, and longer than copying one takes.
      data_storage_setting: records ? 'everything' : 'basic_attributes_only',
      data_storage_retention_days: 1,
    },
  };
}

/** A number as it should stand at Retell, without the password, which is never shown. */
export const wantedNumber = (
  number: { numberId: string; terminationUri: string; transport: string; sipUsername: string | null },
  agentId: string,
  base: string,
) => ({
  // A fixed version would stay behind what is published; `latest` would take drafts.
  inbound_agents: [{ agent_id: agentId, weight: 1, agent_version: 'latest_published' }],
  inbound_webhook_url: `${base}/webhooks/retell/inbound`,
  nickname: number.numberId,
  termination_uri: number.terminationUri,
  transport: number.transport,
  ...(number.sipUsername === null ? {} : { auth_username: number.sipUsername }),
});

/** Retell answers the trunk inside a member of its own. */
export function flatNumber(remote: Configuration): Configuration {
  const { sip_outbound_trunk_config: trunk, ...rest } = remote;
  return isObject(trunk) ? { ...rest, ...trunk } : rest;
}

/** Whether what was sent stands there: members that Retell adds of itself say nothing, absent and null are the same. */
export function stands(sent: unknown, remote: unknown): boolean {
  if (sent === null || sent === undefined) return remote === null || remote === undefined;
  if (Array.isArray(sent))
    return (
      Array.isArray(remote) && sent.length === remote.length && sent.every((one, index) => stands(one, remote[index]))
    );
  if (isObject(sent)) return isObject(remote) && Object.entries(sent).every(([key, one]) => stands(one, remote[key]));
  // One language may come back as a list of one.
  if (Array.isArray(remote) && remote.length === 1) return stands(sent, remote[0]);
  return sent === remote;
}

/** Longest text of a difference that is kept: people compare, they do not read prompts here. */
const MAX_SHOWN = 200;

const shown = (value: unknown): string =>
  (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)).slice(
    0,
    MAX_SHOWN,
  );

/** From the first place on at which two long texts differ, so that the difference can be seen. */
function apart(ours: unknown, theirs: unknown): { ours: string; theirs: string } {
  if (typeof ours !== 'string' || typeof theirs !== 'string' || ours.length + theirs.length < 2 * MAX_SHOWN)
    return { ours: shown(ours), theirs: shown(theirs) };
  let at = 0;
  while (at < ours.length && ours[at] === theirs[at]) at++;
  const from = Math.max(0, at - 40);
  const cut = (text: string): string => `${from > 0 ? '…' : ''}${text.slice(from, from + MAX_SHOWN - 1)}`;
  return { ours: cut(ours), theirs: cut(theirs) };
}

/** Fields that stand otherwise at Retell than wanted. @param by who changed them, as far as is known */
export function differencesOf(
  part: RemotePart,
  wanted: Configuration,
  remote: Configuration,
  by: Difference['by'],
): Difference[] {
  return Object.entries(wanted)
    .filter(([field, value]) => !stands(value, remote[field]))
    .map(([field, value]) => ({ part, field, ...apart(value, remote[field]), by }));
}

/** What is not there at all any more. */
export const missing = (part: RemotePart, id: string): Difference => ({
  part,
  field: '*',
  ours: id,
  theirs: '',
  by: 'retell',
});

/** A thing found at Retell that bears our marker. */
export interface FoundAgent {
  id: string;
  modelId: string | null;
  isPublished: boolean;
  modifiedAt: number;
}

/**
 * Of agents with one marker the one that stays: which the row names, else which a number of ours leads to, else which was published, else the
 * oldest. The others are twins. Answers null where there is none.
 */
export function inUse(
  found: readonly FoundAgent[],
  known: { agentId: string | null; bound: ReadonlySet<string> },
): FoundAgent | null {
  const weight = (one: FoundAgent): number =>
    (one.id === known.agentId ? 4 : 0) + (known.bound.has(one.id) ? 2 : 0) + (one.isPublished ? 1 : 0);
  const [first] = [...found].sort(
    (a, b) => weight(b) - weight(a) || a.modifiedAt - b.modifiedAt || (a.id < b.id ? -1 : 1),
  );
  return first ?? null;
}
