/** Phone agents: what a business says of one, what has become of it at Retell, its filled prompt. Read by workers/provisioning/, the admin (types) and tests. */
import { z } from 'zod';
import {
  AGENT_ABILITIES,
  AGENT_STATES,
  AGENT_TRADES,
  AGENT_VOICE_NAMES,
  MAX_FIRST_SENTENCE,
  REMOTE_PARTS,
  TWIN_KINDS,
} from '../agent-sets.ts';
import { LANGUAGES } from '../i18n/language.ts';
import { RECORDING_MODES } from '../recording-sets.ts';
import { externalId, idField, idOut, idParam, instantOut, itemOf, lineText, viewOf } from './parts.ts';
import { resourceQuery } from './resource-list.ts';

const number = () => lineText(40).nullable();

export const agentFields = z.object({
  name: lineText(60).min(1).meta({ example: 'Clara' }),
  branch_id: idField('branch'),
  language: z.enum(LANGUAGES),
  trade: z.enum(AGENT_TRADES),
  voice: z.enum(AGENT_VOICE_NAMES),
  first_sentence: lineText(MAX_FIRST_SENTENCE).nullable().meta({ example: null }),
  transfer_number: number().meta({ example: null }),
  emergency_number: number().meta({ example: null }),
  abilities: z.array(z.enum(AGENT_ABILITIES)).max(AGENT_ABILITIES.length),
});
export type AgentFields = z.output<typeof agentFields>;
export const agentChange = agentFields.partial();
export type AgentChange = z.output<typeof agentChange>;

export const agentView = z.object({
  id: idOut('retell_agent'),
  ...viewOf(agentFields).shape,
  recording: z.enum(RECORDING_MODES),
  /** who turned recording on last, when, and which wording of the notice they had read */
  recording_accepted: z.object({ by: idOut('user'), at: instantOut(), notice: z.int() }).nullable(),
  state: z.enum(AGENT_STATES),
  reason: z.string().nullable(),
  retell_agent_id: externalId().nullable(),
  retell_llm_id: externalId().nullable(),
  retell_version: z.int().nullable(),
  differences: z.array(
    z.object({
      part: z.enum(REMOTE_PARTS),
      field: z.string(),
      ours: z.string(),
      theirs: z.string(),
      by: z.enum(['retell', 'us']),
    }),
  ),
  twins: z.array(z.object({ kind: z.enum(TWIN_KINDS), id: externalId() })),
  live_at: instantOut().nullable(),
  checked_at: instantOut().nullable(),
  created_at: instantOut(),
  /** stands in the list of the deleted until its days are over, and can't be opened or restored */
  deleted_at: instantOut().nullable(),
  version: z.int(),
});
export type AgentView = z.infer<typeof agentView>;

export const agentQuery = resourceQuery(['created_at']).extend({
  branch_id: idParam('branch').optional(),
  state: z.enum(AGENT_STATES).optional(),
});

export const agentParams = z.object({ id: idParam('retell_agent') });
export const agentResponse = itemOf(agentView);
/** `notice`: the wording that was shown and accepted; an older one is refused */
export const recordingRequest = z.object({
  mode: z.enum(RECORDING_MODES),
  notice: z.int().min(0).max(1_000).optional(),
});
/** `confirm`: also where nobody would answer its numbers any more */
export const removeAgentRequest = z.object({ confirm: z.boolean().default(false) });
export const twinRequest = z.object({ kind: z.enum(TWIN_KINDS), id: externalId().min(1).max(128) });

export const agentPreview = z.object({
  first_sentence: z.string(),
  prompt: z.string(),
  tools: z.array(z.object({ name: z.string(), url: z.string().nullable() })),
});
export type AgentPreview = z.infer<typeof agentPreview>;
export const agentPreviewResponse = itemOf(agentPreview);
