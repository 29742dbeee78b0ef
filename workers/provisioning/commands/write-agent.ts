/** A new agent, and changes of one: what a business wants of it, checked. Nothing of it reaches Retell before it is provisioned. Called by the resource. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { AgentChange, AgentFields } from '../../../shared/contract/agents.ts';
import { toInside } from '../../../shared/contract/mapper.ts';
import { agentFields } from '../../../shared/contract/agents.ts';
import { judgeFirstSentence } from '../../../shared/first-sentence.ts';
import { newId } from '../../../shared/ids.ts';
import { judgeRecordingSentence } from '../../../shared/recording-sentence.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type ChangeInput, changeItem, insertItem, valuesBefore } from '../../resources/items.ts';
import { agentOf, type AgentRow, countAgents } from '../../storage/queries/agents.ts';
import { agents } from '../../storage/tables/provisioning.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { AGENT_KIND } from '../agent-kind.ts';
import { snapshotOf } from '../facts.ts';
import { branchIn, e164Of } from '../read-fields.ts';
import { AGENT_VOICES } from '../rules/voices.ts';

/** Agents of one business; each costs at Retell and is looked at every hour. */
const MAX_AGENTS = 20;

type Written = Pick<
  AgentRow,
  | 'name'
  | 'branchId'
  | 'language'
  | 'trade'
  | 'voice'
  | 'firstSentence'
  | 'transferNumber'
  | 'emergencyNumber'
  | 'abilities'
>;

/** Refusals: NOT_FOUND (branch), VALIDATION_ERROR (`voice`, `first_sentence`, `transfer_number`, `emergency_number`), UPSTREAM_UNAVAILABLE. */
async function checked(
  scope: TenantScope,
  fields: AgentFields,
  recording: AgentRow['recording'] = 'off',
): Promise<Result<Written>> {
  const snapshot = await snapshotOf(scope);
  if (snapshot === null) return err({ code: 'UPSTREAM_UNAVAILABLE', service: 'calendar' });
  const branch = branchIn(snapshot, fields.branch_id);
  if (branch === null) return err({ code: 'NOT_FOUND', entity: 'branch' });
  const errors: Record<string, string[]> = {};
  const written: Written = { ...toInside(agentFields, fields), abilities: [...new Set(fields.abilities)] };
  if (!AGENT_VOICES[fields.voice].languages.includes(fields.language))
    errors['voice'] = ['does not speak the language'];
  if (fields.first_sentence !== null) {
    const judged = judgeFirstSentence(fields.first_sentence, fields.language);
    if (judged !== 'ok') errors['first_sentence'] = [`must say first of all that a machine speaks (${judged})`];
    // Nobody is recorded who was not told and could not say no.
    const announced = recording === 'off' ? 'ok' : judgeRecordingSentence(fields.first_sentence, fields.language);
    if (announced !== 'ok')
      errors['first_sentence'] = [`must say that calls are recorded and offer a no (${announced})`];
    // Braces would be filled by Retell: a sentence that was checked must be the one that is spoken.
    if (/[{}]/.test(fields.first_sentence)) errors['first_sentence'] = ['must not hold braces'];
  }
  const own = new Set(snapshot.companies.flatMap(({ body }) => body.forwardingNumbers));
  for (const [member, text] of [
    ['transfer_number', fields.transfer_number],
    ['emergency_number', fields.emergency_number],
  ] as const) {
    const e164 = text === null ? null : e164Of(text, branch);
    if (text !== null && e164 === null) errors[member] = ['cannot be read'];
    // Whoever is put through to a line that is forwarded to the agent comes back to the agent.
    else if (e164 !== null && (own.has(e164) || (await scope.ownNumber(e164)) !== null))
      errors[member] = ['is forwarded to the agent'];
    if (member === 'transfer_number') written.transferNumber = e164;
    else written.emergencyNumber = e164;
  }
  return Object.keys(errors).length > 0 ? err({ code: 'VALIDATION_ERROR', errors }) : ok(written);
}

/** A draft. Refusals: PERMISSION_DENIED, LIMIT_REACHED, those of `checked`. */
export async function createAgent(scope: TenantScope, fields: AgentFields): Promise<Result<AgentRow>> {
  const refused = permissionRefusal(scope.actor, 'create_retell_agents');
  if (refused) return refused;
  if ((await countAgents(scope.db)) >= MAX_AGENTS)
    return err({ code: 'LIMIT_REACHED', limit: 'retell_agents', max: MAX_AGENTS });
  const written = await checked(scope, fields);
  if (!written.ok) return written;
  const id = newId('retell_agent', scope.now);
  const { row } = await insertItem(scope, AGENT_KIND, {
    id,
    writes: [
      scope.db.insertOf(agents, {
        ...written.value,
        id,
        state: 'draft',
        differences: [],
        twins: [],
        createdAt: scope.now,
        updatedAt: scope.now,
      }),
    ],
    after: { ...written.value },
  });
  return row === null ? err({ code: 'NOT_FOUND', entity: 'retell_agent' }) : ok(row);
}

/** What a row has of the fields, as a client would write them. */
const fieldsOf = (row: AgentRow): AgentFields => ({
  name: row.name,
  branch_id: row.branchId as AgentFields['branch_id'],
  language: row.language,
  trade: row.trade,
  voice: row.voice,
  first_sentence: row.firstSentence,
  transfer_number: row.transferNumber,
  emergency_number: row.emergencyNumber,
  abilities: row.abilities,
});

/**
 * What is left out stays. An agent that is live becomes `drifted`: callers hear the old one until it is provisioned again.
 * Refusals: PERMISSION_DENIED, NOT_FOUND, VERSION_CONFLICT, those of `checked`.
 */
export async function updateAgent(
  scope: TenantScope,
  { change, ...which }: ChangeInput & { change: AgentChange },
): Promise<Result<AgentRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_retell_agents');
  if (refused) return refused;
  const before = await agentOf(scope.db, which.id);
  // What is being deleted is nobody's to change any more.
  if (before === null || before.state === 'removing') return err({ code: 'NOT_FOUND', entity: 'retell_agent' });
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const written = await checked(scope, { ...fieldsOf(before), ...given }, before.recording);
  if (!written.ok) return written;
  return changeItem(scope, AGENT_KIND, {
    ...which,
    from: 'live',
    verb: 'updated',
    plan: (row) => {
      const changed = Object.fromEntries(
        Object.entries(written.value).filter(
          ([key, value]) => JSON.stringify(value) !== JSON.stringify(row[key as keyof AgentRow]),
        ),
      );
      if (Object.keys(changed).length === 0) return null;
      const state = row.state === 'live' ? { state: 'drifted' as const } : {};
      return { set: { ...changed, ...state }, before: valuesBefore(row, changed), after: changed };
    },
  });
}
