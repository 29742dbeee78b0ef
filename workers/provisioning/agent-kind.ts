/** What the agents' commands, steps and resource share. */
import type { AgentView } from '../../shared/contract/agents.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import type { AgentRow } from '../storage/queries/agents.ts';
import { agents } from '../storage/tables/provisioning.ts';

export const AGENT_KIND = { noun: 'retell_agent', log: 'provisioning', table: agents } as const;

export const agentShown = (row: AgentRow): AgentView => ({
  id: row.id,
  name: row.name,
  branch_id: row.branchId as AgentView['branch_id'],
  language: row.language,
  trade: row.trade,
  voice: row.voice,
  first_sentence: row.firstSentence,
  transfer_number: row.transferNumber,
  emergency_number: row.emergencyNumber,
  abilities: row.abilities,
  recording: row.recording,
  recording_accepted:
    row.recordingAcceptedBy === null || row.recordingAcceptedAt === null
      ? null
      : {
          by: row.recordingAcceptedBy,
          at: toIso(row.recordingAcceptedAt),
          notice: row.recordingNotice ?? 0,
        },
  state: row.state,
  reason: row.reason,
  retell_agent_id: row.agentId,
  retell_llm_id: row.llmId,
  retell_version: row.remoteVersion,
  differences: row.differences,
  twins: row.twins,
  live_at: isoOrNull(row.liveAt),
  checked_at: isoOrNull(row.checkedAt),
  created_at: toIso(row.createdAt),
  deleted_at: isoOrNull(row.deletedAt),
  version: row.version,
});
