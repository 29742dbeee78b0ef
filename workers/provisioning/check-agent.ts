/** What stands at Retell of a live agent, compared with what should: only over what was sent. Called by the cron's job and by the page's button. */
import { asInstant } from '../../shared/clock.ts';
import * as retell from '../integrations/retell-agents.ts';
import { agentLearnt, type AgentRow, type Difference } from '../storage/queries/agents.ts';
import { numbersOfAgent, poolNumberOf } from '../storage/queries/numbers.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { ourBase, wantedNow } from './facts.ts';
import { hashOf, must, retellOf, Stopped, trouble } from './remote.ts';
import { differencesOf, flatNumber, missing, wantedNumber } from './rules/wanted.ts';

/** The differences as they are now. Throws `Stopped`: Retell could not be asked. */
async function compared(scope: TenantScope, row: AgentRow): Promise<Difference[]> {
  const config = await retellOf(scope);
  if (!config.ok) throw new Stopped(config.error);
  const wanted = await wantedNow(scope, row);
  if (wanted === null) throw new Stopped(trouble('facts_missing'));
  // What we sent is what we want: then whatever differs was changed there.
  const by = row.sentHash === hashOf(wanted) ? 'retell' : 'us';
  const agentId = row.agentId ?? '';
  const remote = await must(retell.getAgent(config.value, agentId));
  if (remote === null) return [missing('agent', agentId)];
  const llmId = remote.response_engine?.llm_id ?? row.llmId ?? '';
  const model = await must(retell.getModel(config.value, llmId, remote.version));
  const differences = [
    ...differencesOf('agent', wanted.agent, retell.plain(remote), by),
    ...(model === null ? [missing('model', llmId)] : differencesOf('model', wanted.model, retell.plain(model), by)),
    // Changed and never published: no caller reaches it, and the next publication would take it along.
    ...(remote.is_published
      ? []
      : [{ part: 'agent', field: 'is_published', ours: 'true', theirs: 'false', by: 'retell' } as const]),
  ];
  for (const number of await numbersOfAgent(scope.db, row.id)) {
    const pool = await poolNumberOf(scope.db, number.id);
    if (pool === null) continue;
    const there = await must(retell.getNumber(config.value, pool.e164));
    differences.push(
      ...(there === null
        ? [missing('number', pool.e164)]
        : differencesOf(
            'number',
            wantedNumber({ ...pool, numberId: number.id }, agentId, ourBase(scope)),
            flatNumber(retell.plain(there)),
            'retell',
          )),
    );
  }
  return differences;
}

/** Writes what was found: `live` or `drifted`, with an alarm where somebody changed it there. Throws `Stopped`. */
export async function checkAgent(scope: TenantScope, row: AgentRow): Promise<AgentRow | null> {
  const differences = await compared(scope, row);
  const state = differences.length === 0 ? 'live' : 'drifted';
  const rows = await agentLearnt(scope.db, row.id, { state, differences, checkedAt: asInstant(scope.now) });
  const subject = `${scope.tenantId}/${row.id}`;
  if (differences.some(({ by }) => by === 'retell'))
    await scope.raise({
      kind: 'agent_drifted',
      subject,
      detail: { agent: row.id, fields: [...new Set(differences.map(({ field }) => field))].join(' ') },
    });
  else await scope.clearAlarm({ kind: 'agent_drifted', subject });
  if (!differences.some(({ field }) => field === 'data_storage_setting'))
    await scope.clearAlarm({ kind: 'recording_unwanted', subject });
  return rows?.[0] ?? null;
}
