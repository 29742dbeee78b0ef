/**
 * The steps of provisioning an agent at Retell. Each looks before it makes, so that a step that was cut off anywhere can be repeated: what it
 * made is found by the marker, by the id that the row has, or by the number itself. Called by jobs.ts.
 */
import { asInstant } from '../../shared/clock.ts';
import { auditWrites } from '../identity/audit.ts';
import type { Platform } from '../env.ts';
import { PLATFORM_TENANT } from '../jobs/world.ts';
import * as retell from '../integrations/retell-agents.ts';
import type { RetellConfig } from '../integrations/retell.ts';
import { agentLearnt, agentOf, type AgentRow, routeAgent, type Twin, unrouteAgent } from '../storage/queries/agents.ts';
import {
  numberLearnt,
  type NumberRow,
  numbersOfAgent,
  numbersTaken,
  poolNumberOf,
  routeNumber,
} from '../storage/queries/numbers.ts';
import { openSealed } from '../tenancy/seal.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { checkAgent } from './check-agent.ts';
import { ourBase, wantedNow } from './facts.ts';
import { hashOf, must, retellOf, Stopped, trouble } from './remote.ts';
import {
  differencesOf,
  flatNumber,
  type FoundAgent,
  inUse,
  keepsRecordings,
  markedBy,
  modelMarkedBy,
  type Wanted,
  wantedNumber,
} from './rules/wanted.ts';
import { AGENT_VOICES } from './rules/voices.ts';

/** What every step works with. */
interface StepWorld {
  platform: Platform;
  scope: TenantScope;
  config: RetellConfig;
  row: AgentRow;
  wanted: Wanted;
}

export type Step = (world: StepWorld) => Promise<void>;

const audited = (scope: TenantScope, id: string, what: string, after: Record<string, unknown>) =>
  auditWrites(scope, {
    log: 'provisioning',
    description: `retell_agent.${what}`,
    subjectType: 'retell_agent',
    subjectId: id,
    after,
  });

/** Null where there is nothing (more) to do: the row is gone, or was taken back to a draft. Throws `Stopped`. */
export async function stepWorld(platform: Platform, scope: TenantScope, id: string): Promise<StepWorld | null> {
  const row = await agentOf(scope.db, id);
  if (row === null || row.state === 'draft' || row.state === 'removing') return null;
  const config = await retellOf(scope);
  if (!config.ok) throw new Stopped(config.error);
  const wanted = await wantedNow(scope, row);
  if (wanted === null) throw new Stopped(trouble('facts_missing'));
  return { platform, scope, config: config.value, row, wanted };
}

// ---- looking

/** Agents at Retell that bear the row's marker, and the one that the row names. */
export async function foundAgents({ config, row }: Pick<StepWorld, 'config' | 'row'>): Promise<FoundAgent[]> {
  const listed = (await must(retell.findAgents(config, row.id))).filter((one) => markedBy(one.agent_name) === row.id);
  const ids = new Set([...listed.map((one) => one.agent_id), ...(row.agentId === null ? [] : [row.agentId])]);
  const found: FoundAgent[] = [];
  for (const id of ids) {
    // A list says nothing of the model; and the named one may bear another name by now.
    const one = await must(retell.getAgent(config, id));
    if (one === null) continue;
    found.push({
      id,
      modelId: one.response_engine?.llm_id ?? null,
      isPublished: one.is_published,
      modifiedAt: one.last_modification_timestamp,
    });
  }
  return found;
}

/** Agents that numbers of ours lead to now, at Retell. */
async function boundAgents(config: RetellConfig, numbers: readonly NumberRow[]): Promise<ReadonlySet<string>> {
  const bound = new Set<string>();
  for (const { e164 } of numbers) {
    const remote = e164 === null ? null : await must(retell.getNumber(config, e164));
    const agents = retell.plain(remote)['inbound_agents'];
    for (const one of Array.isArray(agents) ? (agents as Record<string, unknown>[]) : [])
      if (typeof one['agent_id'] === 'string') bound.add(one['agent_id']);
  }
  return bound;
}

/** The agent at Retell that is the row's. @param fits which come into question at all: an agent's model is never swapped */
async function lookForAgent(world: StepWorld, fits: (one: FoundAgent) => boolean): Promise<FoundAgent | null> {
  const found = (await foundAgents(world)).filter(fits);
  if (found.length < 2) return found[0] ?? null;
  const bound = await boundAgents(world.config, await numbersOfAgent(world.scope.db, world.row.id));
  return inUse(found, { agentId: world.row.agentId, bound });
}

/** Models that bear the row's marker, in Retell's order. */
export const foundModels = async ({ config, row }: Pick<StepWorld, 'config' | 'row'>): Promise<string[]> =>
  (await must(retell.listModels(config)))
    .filter((one) => modelMarkedBy(one['default_dynamic_variables']) === row.id)
    .map((one) => one.llm_id);

// ---- steps

/** A change of the directory may stay unseen for so long (tenancy/directory.ts). */
const ANNOUNCED_EVERYWHERE_MS = 95_000;

/** Everything that can be refused without a trace at Retell is found out first. */
async function look({ scope, config, row, wanted }: StepWorld): Promise<void> {
  // Whoever calls is told before the first call is recorded, wherever their call is answered.
  if (keepsRecordings(wanted) && row.remoteVersion !== null && row.recordingAcceptedAt !== null)
    if (scope.now < row.recordingAcceptedAt + ANNOUNCED_EVERYWHERE_MS)
      throw new Stopped(trouble('announcing', null, true));
  const voices = await must(retell.voiceIds(config));
  if (!voices.has(AGENT_VOICES[row.voice].voiceId)) throw new Stopped(trouble('voice_unknown'));
}

/** The model: that of the agent in use, else the one that the row names, else one with our marker, else a new one. */
async function model(world: StepWorld): Promise<void> {
  const { scope, config, row, wanted } = world;
  const used = await lookForAgent(world, () => true);
  let llmId: string | null = null;
  for (const id of [used?.modelId, row.llmId])
    if (llmId === null && typeof id === 'string' && (await must(retell.getModel(config, id))) !== null) llmId = id;
  llmId ??= (await foundModels(world))[0] ?? null;
  const isNew = llmId === null;
  llmId ??= (await must(retell.createModel(config, wanted.model))).llm_id;
  if (llmId !== row.llmId)
    await agentLearnt(
      scope.db,
      row.id,
      { llmId },
      audited(scope, row.id, isNew ? 'model_made' : 'model_found', { llmId }),
    );
}

/** The agent itself, made with the model, or adopted. */
async function agent(world: StepWorld): Promise<void> {
  const { scope, config, row, wanted } = world;
  const used = await lookForAgent(world, ({ modelId }) => modelId === row.llmId);
  if (used !== null && used.id === row.agentId) return;
  const agentId =
    used?.id ??
    (
      await must(
        retell.createAgent(config, {
          ...wanted.agent,
          response_engine: { type: 'retell-llm', llm_id: named(row.llmId) },
        }),
      )
    ).agent_id;
  // Whoever still reaches the one that is gone reaches nobody's functions.
  if (row.agentId !== null) await unrouteAgent(scope.db, row.agentId);
  await agentLearnt(
    scope.db,
    row.id,
    { agentId },
    audited(scope, row.id, used === null ? 'agent_made' : 'agent_found', { agentId }),
  );
}

/** Agent and model as they should be: a published version is never written, a draft of it is. */
async function settings({ scope, config, row, wanted }: StepWorld): Promise<void> {
  const agentId = named(row.agentId);
  let remote = present(await must(retell.getAgent(config, agentId)));
  const llmId = remote.response_engine?.llm_id ?? named(row.llmId);
  const remoteModel = await must(retell.getModel(config, llmId, remote.version));
  const changed = {
    model: differencesOf('model', wanted.model, retell.plain(remoteModel), 'us').length > 0,
    agent: differencesOf('agent', wanted.agent, retell.plain(remote), 'us').length > 0,
  };
  if ((changed.model || changed.agent) && remote.is_published)
    remote = await must(retell.forkAgent(config, agentId, remote.version));
  if (changed.model) await must(retell.changeModel(config, llmId, remote.version, wanted.model));
  if (changed.agent) await must(retell.changeAgent(config, agentId, remote.version, wanted.agent));
  await agentLearnt(scope.db, row.id, { llmId, sentHash: hashOf(wanted) });
}

/** What callers reach from now on; the directory knows the agent before any number leads to it. */
async function publish({ scope, config, row, wanted }: StepWorld): Promise<void> {
  const agentId = named(row.agentId);
  const remote = present(await must(retell.getAgent(config, agentId)));
  if (!remote.is_published) await must(retell.publishAgent(config, agentId, remote.version));
  await routeAgent(scope.db, {
    agentId,
    branchId: row.branchId,
    language: row.language,
    firstSentence: row.firstSentence,
    // Off only now: until here Retell recorded, and callers were told.
    recording: keepsRecordings(wanted),
  });
  if (row.remoteVersion !== remote.version)
    await agentLearnt(
      scope.db,
      row.id,
      { remoteVersion: remote.version },
      audited(scope, row.id, 'published', { version: remote.version }),
    );
}

/** Every number of the agent stands at Retell, leads to what is published, and is known to the directory. */
async function numbers({ platform, scope, config, row }: StepWorld): Promise<void> {
  const agentId = named(row.agentId);
  // Numbers of the branch that came before there was an agent.
  await scope.db.batch([numbersTaken(scope.db, row.branchId, row.id)]);
  for (const one of await numbersOfAgent(scope.db, row.id)) {
    try {
      await bindNumber({ platform, scope, config }, { number: one, agentId });
    } catch (fault) {
      if (!(fault instanceof Stopped) || fault.trouble.again) throw fault;
      await numberLearnt(scope.db, one.id, { state: 'failed', reason: fault.trouble.reason });
      throw fault;
    }
  }
}

/** Throws `Stopped`. Also called by removal.ts. */
export async function bindNumber(
  { platform, scope, config }: Pick<StepWorld, 'platform' | 'scope' | 'config'>,
  { number, agentId }: { number: NumberRow; agentId: string },
): Promise<void> {
  const pool = await poolNumberOf(scope.db, number.id);
  if (pool === null || number.e164 === null) return;
  const wanted = wantedNumber({ ...pool, numberId: number.id }, agentId, ourBase(scope));
  // A call may come as soon as Retell knows the number.
  if (!(await routeNumber(scope.db, { e164: pool.e164, branchId: number.branchId, agentId })))
    throw new Stopped(trouble('number_taken_elsewhere'));
  const password =
    pool.sealedSipPassword === null ? null : await openSealed(platform, PLATFORM_TENANT, pool.sealedSipPassword);
  if (pool.sealedSipPassword !== null && password === null) throw new Stopped(trouble('number_password_unreadable'));
  const sentHash = hashOf(pool.sealedSipPassword);
  const remote = await must(retell.getNumber(config, pool.e164));
  const { auth_username: username, ...rest } = wanted;
  if (remote === null) {
    const made = await retell.importNumber(config, {
      ...rest,
      phone_number: pool.e164,
      ignore_e164_validation: false,
      ...(username === undefined ? {} : { sip_trunk_auth_username: username }),
      ...(password === null ? {} : { sip_trunk_auth_password: password }),
    });
    if (!made.ok) {
      // It exists, and not with us: another workspace has it.
      if (made.error.status === 400 && (await must(retell.getNumber(config, pool.e164))) === null)
        throw new Stopped(trouble('number_taken_elsewhere'));
      await must(Promise.resolve(made));
    }
  } else if (
    number.sentHash !== sentHash ||
    differencesOf('number', wanted, flatNumber(retell.plain(remote)), 'us').length > 0
  ) {
    await must(
      retell.changeNumber(config, pool.e164, { ...wanted, ...(password === null ? {} : { auth_password: password }) }),
    );
  }
  if (number.state !== 'live' || number.sentHash !== sentHash)
    await numberLearnt(
      scope.db,
      number.id,
      { state: 'live', reason: null, sentHash },
      audited(scope, number.agentId ?? number.id, 'number_bound', { number: number.id, agentId }),
    );
}

/** A second agent or model with our marker is no longer led to by anything; a person says that it may go. */
async function twins(world: StepWorld): Promise<void> {
  const { scope, row } = world;
  const found = await twinsOf(world);
  await agentLearnt(scope.db, row.id, { twins: found });
  const subject = `${scope.tenantId}/${row.id}`;
  if (found.length === 0) await scope.clearAlarm({ kind: 'agent_found_twice', subject });
  else
    await scope.raise({
      kind: 'agent_found_twice',
      subject,
      detail: { agent: row.id, count: found.length, first: found[0]?.id ?? null },
    });
}

/** What Retell has with the row's marker besides what the row uses. */
export async function twinsOf(world: Pick<StepWorld, 'config' | 'row'>): Promise<Twin[]> {
  const { row } = world;
  const [agents, models] = [await foundAgents(world), await foundModels(world)];
  return [
    ...agents.filter(({ id }) => id !== row.agentId).map(({ id }): Twin => ({ kind: 'agent', id })),
    ...models.filter((id) => id !== row.llmId).map((id): Twin => ({ kind: 'model', id })),
  ];
}

/** Live, if it stands at Retell as it should now; what was changed meanwhile is told. */
async function finish({ scope, row }: StepWorld): Promise<void> {
  const checked = await checkAgent(scope, row);
  if (checked?.state !== 'live') return;
  await agentLearnt(
    scope.db,
    row.id,
    { reason: null, liveAt: asInstant(scope.now) },
    audited(scope, row.id, 'live', { agentId: row.agentId, version: row.remoteVersion }),
  );
  await scope.clearAlarm({ kind: 'agent_not_live', subject: `${scope.tenantId}/${row.id}` });
}

/** In the order in which they must be done. */
export const STEPS: readonly { name: string; run: Step }[] = [
  { name: 'look', run: look },
  { name: 'model', run: model },
  { name: 'agent', run: agent },
  { name: 'settings', run: settings },
  { name: 'publish', run: publish },
  { name: 'numbers', run: numbers },
  { name: 'twins', run: twins },
  { name: 'finish', run: finish },
];

/** An id that an earlier step has stored; without it that step has to be done again. */
function named(id: string | null): string {
  if (id === null) throw new Stopped(trouble('vendor_down', 'lost', true));
  return id;
}
/** What an earlier step has found; gone meanwhile, the whole is tried again. */
function present<T>(found: T | null): T {
  if (found === null) throw new Stopped(trouble('vendor_down', 'gone', true));
  return found;
}
