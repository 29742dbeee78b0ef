/** The filled prompt of an agent as it would be sent now. Called through answers.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { AgentPreview } from '../../../shared/contract/agents.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { agentOf } from '../../storage/queries/agents.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { factsOf, ourBase } from '../facts.ts';
import { firstSentenceOf } from '../rules/prompt.ts';
import { isRecording, wantedOf } from '../rules/wanted.ts';

/** Refusals: PERMISSION_DENIED (`view_retell_agents`), NOT_FOUND (also: its branch is gone). */
export async function previewOfAgent(scope: TenantScope, id: string): Promise<Result<AgentPreview>> {
  const refused = permissionRefusal(scope.actor, 'view_retell_agents');
  if (refused) return refused;
  const row = await agentOf(scope.db, id);
  const facts = row === null ? null : await factsOf(scope, row);
  if (row === null || facts === null) return err({ code: 'NOT_FOUND', entity: 'retell_agent' });
  const { model } = wantedOf(row, facts, ourBase(scope));
  const tools = model['general_tools'] as { name: string; url?: string }[];
  return ok({
    first_sentence: firstSentenceOf({ ...row, records: isRecording(row, facts) }, facts),
    prompt: String(model['general_prompt']),
    tools: tools.map(({ name, url }) => ({ name, url: url ?? null })),
  });
}
