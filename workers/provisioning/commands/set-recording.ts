/** An owner turns the recording of an agent's calls on, after having read why it is delicate, or off. Called through answers.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { judgeRecordingSentence } from '../../../shared/recording-sentence.ts';
import { RECORDING_NOTICE_VERSION, type RecordingMode } from '../../../shared/recording-sets.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { JobWorld } from '../../jobs/world.ts';
import { changeItem, valuesBefore } from '../../resources/items.ts';
import { agentOf, type AgentRow, routeAgent } from '../../storage/queries/agents.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { AGENT_KIND } from '../agent-kind.ts';
import { beginProvisioning } from '../begin-provisioning.ts';
import { factsOf } from '../facts.ts';

/**
 * On: callers are told from the next call on, and Retell records once they all are (steps.ts). Off: Retell stops with the next publication, and
 * nothing is copied from now on. Refusals: PERMISSION_DENIED (`manage_recordings`; who accepts is a person), NOT_FOUND, VALIDATION_ERROR
 * (`mode`: a practice; `notice`: not the present wording; `first_sentence`: its own does not say it), UPSTREAM_UNAVAILABLE.
 */
export async function setRecording(
  scope: TenantScope,
  world: JobWorld,
  { id, mode, notice }: { id: string; mode: RecordingMode; notice?: number | undefined },
): Promise<Result<AgentRow>> {
  const refused = permissionRefusal(scope.actor, 'manage_recordings');
  if (refused) return refused;
  const before = await agentOf(scope.db, id);
  if (before === null || before.state === 'removing') return err({ code: 'NOT_FOUND', entity: 'retell_agent' });
  const acceptance = mode === 'announced' ? await accepted(scope, before, notice) : ok({});
  if (!acceptance.ok) return acceptance;
  const changed = await changeItem(scope, AGENT_KIND, {
    id,
    expectedVersion: null,
    from: 'live',
    verb: mode === 'announced' ? 'recording_accepted' : 'recording_ended',
    plan: (row) => {
      if (row.recording === mode) return null;
      const set = { recording: mode, ...acceptance.value };
      const state = row.state === 'live' ? { state: 'drifted' as const } : {};
      return { set: { ...set, ...state }, before: valuesBefore(row, set), after: set };
    },
  });
  if (!changed.ok) return changed;
  const row = changed.value;
  // Said before it is so: an announcement without a recording harms nobody, the other way round is a crime.
  if (mode === 'announced' && row.agentId !== null)
    await routeAgent(scope.db, {
      agentId: row.agentId,
      branchId: row.branchId,
      language: row.language,
      firstSentence: row.firstSentence,
      recording: true,
    });
  const begun = row.state === 'draft' ? row : await beginProvisioning(scope, world, row);
  return begun === null ? err({ code: 'NOT_FOUND', entity: 'retell_agent' }) : ok(begun);
}

/** Who accepts which wording, and when. */
async function accepted(
  scope: TenantScope,
  row: AgentRow,
  notice: number | undefined,
): Promise<Result<Partial<AgentRow>>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'manage_recordings' });
  const facts = await factsOf(scope, row);
  if (facts === null) return err({ code: 'UPSTREAM_UNAVAILABLE', service: 'calendar' });
  const errors: Record<string, string[]> = {};
  if (facts.practiceMode) errors['mode'] = ['a practice records nothing'];
  if (notice !== RECORDING_NOTICE_VERSION)
    errors['notice'] = [`must be ${RECORDING_NOTICE_VERSION}, read and accepted`];
  const judged = row.firstSentence === null ? 'ok' : judgeRecordingSentence(row.firstSentence, row.language);
  if (judged !== 'ok') errors['first_sentence'] = [`must say that calls are recorded and offer a no (${judged})`];
  if (Object.keys(errors).length > 0) return err({ code: 'VALIDATION_ERROR', errors });
  return ok({ recordingAcceptedBy: actor.userId, recordingAcceptedAt: scope.now, recordingNotice: notice ?? null });
}
