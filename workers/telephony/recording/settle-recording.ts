/**
 * What becomes of the recording of a call, decided when the call is over and again with all that is learnt later: a no that is found late
 * takes back what was copied. Called by the webhook job and by healing.
 */
import { isTestCall } from '../../../shared/ids.ts';
import { companySettings } from '../../calendar/rules/company.ts';
import { agentByRemote } from '../../storage/queries/agents.ts';
import type { CallRow } from '../../storage/queries/calls.ts';
import {
  forgetAddress,
  insertRecording,
  recordingDropped,
  type RecordingRow,
  recordingOf,
} from '../../storage/queries/recordings.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { type CallKnowledge, knownOf } from '../call-lifecycle.ts';
import { advance, transcriptOf } from '../call-store.ts';
import { type Plan, planOf } from './plan.ts';

/** The analysis of a call comes seconds to minutes after its end, and a call that was deleted has none. */
const AFTER_THE_ANALYSIS_MS = 10 * 60_000;

/** As it stands now: mode of the agent, settings of the company, everything that was said. */
export async function presentPlan(scope: TenantScope, row: CallRow, address: string | null): Promise<Plan> {
  const agent = row.agentId === null ? null : await agentByRemote(scope.db, row.agentId);
  // An agent that somebody made by hand at Retell is theirs: its recordings are neither copied nor deleted.
  if (agent === null) return { do: 'nothing' };
  const records = agent.recording === 'announced';
  if (!records && address === null) return { do: 'nothing' };
  const { result } = await scope.calendar.schedule({ maxAgeMs: 0 });
  if (!result.ok) throw new Error(`settings of a company: ${result.error.code}`);
  const snapshot = result.value;
  const branch = snapshot.branches.find(({ id }) => id === (row.branchId ?? agent.branchId));
  const company = companySettings(snapshot, branch?.body.companyId ?? row.companyId ?? '');
  return planOf({
    mayRecord: records && !company.practiceMode,
    noRecording: knownOf(row.knowledge as CallKnowledge, 'noRecording') === true,
    turns: records ? await transcriptOf(scope, row) : [],
    days: company.recordingDays,
    hasAddress: address !== null,
  });
}

/** Retell forgets the call with everything of it, once its analysis has come. */
export const deleteAtVendor = (scope: TenantScope, callId: string): Promise<void> =>
  scope.effects([
    {
      id: `recording:${callId}:delete`,
      queue: 'low',
      kind: 'retell.delete_call',
      ref: { callId },
      notBefore: scope.now + AFTER_THE_ANALYSIS_MS,
    },
  ]);

/** @param address where Retell has the recording, as the event said; null: it said nothing of one */
export async function settleRecording(scope: TenantScope, row: CallRow, address: string | null): Promise<void> {
  // Who was erased has an end of its own (crm/erasure/), and a test call knows no Retell.
  if (row.status === 'ongoing' || row.erasedAt !== null || isTestCall(row.id)) return;
  const plan = await presentPlan(scope, row, address);
  if (plan.do === 'nothing') return;
  const known = await recordingOf(scope.db, row.id);
  if (plan.do === 'delete') return refuse(scope, row, plan.reason, known);
  // What was refused once stays so, and a copy is made once.
  if (known !== null && known.state !== 'waiting') return;
  await advance(scope, row.id, 'call_ended', { recordingUrl: address ?? '' });
  if (known === null)
    await insertRecording(scope.db, {
      callId: row.id,
      state: 'waiting',
      audioKey: scope.archive.audioKey(row.id),
      startedAt: row.startedAt,
      createdAt: scope.now,
    });
  await scope.effects([
    { id: `recording:${row.id}:copy`, queue: 'low', kind: 'recording.copy', ref: { callId: row.id } },
  ]);
}

async function refuse(
  scope: TenantScope,
  row: CallRow,
  reason: Extract<Plan, { do: 'delete' }>['reason'],
  known: RecordingRow | null,
): Promise<void> {
  if (known === null)
    await insertRecording(scope.db, {
      callId: row.id,
      state: 'not_kept',
      reason,
      startedAt: row.startedAt,
      createdAt: scope.now,
    });
  else if (known.state !== 'not_kept') {
    // The row first: a copy that is under way finds no place for it at its end.
    await recordingDropped(scope.db, row.id, 'not_kept', reason);
    await scope.archive.removeAudio(scope.archive.audioKey(row.id));
    await forgetAddress(scope.db, row.id);
  }
  await deleteAtVendor(scope, row.id);
  const agent = reason === 'off' && row.agentId !== null ? await agentByRemote(scope.db, row.agentId) : null;
  // One that is being changed may still stand there as it was.
  if (agent?.state === 'live')
    await scope.raise({
      kind: 'recording_unwanted',
      subject: `${scope.tenantId}/${agent.id}`,
      detail: { call: row.id, agent: agent.id },
    });
}
