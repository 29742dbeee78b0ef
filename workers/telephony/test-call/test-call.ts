/**
 * A call from the browser: our driver (driver.ts) takes the place of the model, everything behind it is what a call of Retell's meets: the
 * inbound answer, a signed call object, the functions. The call says by its id that it is a test (shared/ids.ts), so nothing is charged
 * and nothing sent. Called by onboarding/.
 */
import { isObject } from '../../../shared/is-object.ts';
import { permissionRefusal } from '../../../shared/actor.ts';
import { asInstant } from '../../../shared/clock.ts';
import type { TestCallTurn } from '../../../shared/contract/onboarding.ts';
import { asLanguage, type Language } from '../../../shared/i18n/language.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { understand } from '../../../shared/spoken-time/index.ts';
import { fromIso, toIso } from '../../../shared/time.ts';
import type { Platform } from '../../env.ts';
import { writeAudit } from '../../identity/audit.ts';
import { signRetell } from '../../integrations/signatures.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import type { TranscriptTurn } from '../call-lifecycle.ts';
import { advance } from '../call-store.ts';
import { runFunction } from '../functions/dispatch.ts';
import type { FunctionName } from '../functions/names.ts';
import { answerInbound } from '../inbound.ts';
import { branchOf, offeredServices, ofCompany } from '../named-choices.ts';
import { readRoute } from '../route-token.ts';
import { say } from '../speech.ts';
import { testCallKey } from '../verify.ts';
import { answered, EMPTY, heard, INTENTS, type Knowledge, type Memory, type Step } from './driver.ts';

/** From the numbers that nobody in Germany has, kept for films (Bundesnetzagentur): no caller and no customer is behind it. */
const TEST_LINE = '+491713920099';
/** A call of our own that has no number yet. */
const NO_NUMBER = 'test';
/** Functions that one turn of the caller may lead to. */
const MAX_CALLS_A_TURN = 4;
/** Turns of one call. */
const MAX_TURNS = 120;

interface Around {
  requestId: string;
  waitUntil(work: Promise<unknown>): void;
}

/** What goes to the page and comes back. The route in it is signed and says whose call it is; nothing else of it is believed. */
interface State {
  route: string;
  memory: Memory;
  turns: TranscriptTurn[];
}

const NO_CALL = err({ code: 'NOT_FOUND', entity: 'test_call' } as const);

/** Rings. Refusals: PERMISSION_DENIED, NOT_FOUND (branch), ILLEGAL_TRANSITION (no branch yet). */
export async function startTestCall(
  platform: Platform,
  scope: TenantScope,
  input: { branchId: string | null; language: Language },
  around: Around,
): Promise<Result<TestCallTurn>> {
  const refused = permissionRefusal(scope.actor, 'create_appointments');
  if (refused) return refused;
  const { result } = await scope.calendar.schedule();
  if (!result.ok) return result;
  const branch =
    input.branchId === null
      ? branchOf(result.value, {}, null)
      : (result.value.branches.find((one) => one.id === input.branchId) ?? null);
  if (branch === null) return err({ code: 'NOT_FOUND', entity: 'branch' });
  const callId = newId('test_call', scope.now);
  await audited(scope, callId, 'started');
  const opened: Promise<unknown>[] = [];
  const { call_inbound: inbound } = await answerInbound(platform, {
    now: scope.now,
    requestId: around.requestId,
    // The row is there before the page asks for anything else.
    waitUntil: (work) => opened.push(work),
    inbound: {
      callId,
      agentId: null,
      agentVersion: null,
      fromNumber: TEST_LINE,
      toNumber: NO_NUMBER,
      at: scope.now,
    },
    known: {
      kind: 'call',
      tenantId: scope.tenantId,
      branchId: branch.id,
      language: input.language,
      fallback: null,
      keyOwner: 'test',
      opened: false,
      caller: TEST_LINE,
    },
  });
  await Promise.all(opened);
  if ('reject' in inbound) return err({ code: 'NOT_FOUND', entity: 'branch' });
  const route = inbound.metadata['route'] ?? '';
  const greeting = inbound.dynamic_variables['greeting'] ?? '';
  const turns: TranscriptTurn[] = [{ role: 'agent', text: greeting, at: null }];
  return ok({
    id: callId,
    says: greeting,
    asked: [],
    state: JSON.stringify({ route, memory: EMPTY, turns } satisfies State),
    appointment: null,
  });
}

/** The caller says something. Refusals: PERMISSION_DENIED, NOT_FOUND (no call of this tenant), LIMIT_REACHED (turns). */
export async function sayInTestCall(
  platform: Platform,
  scope: TenantScope,
  input: { id: string; text: string; state: string },
  around: Around,
): Promise<Result<TestCallTurn>> {
  const refused = permissionRefusal(scope.actor, 'create_appointments');
  if (refused) return refused;
  const found = await stateOf(platform, scope, input);
  if (found === null) return NO_CALL;
  const { state, language, branchId } = found;
  if (state.turns.length >= MAX_TURNS) return err({ code: 'LIMIT_REACHED', limit: 'test_call_turns', max: MAX_TURNS });

  const known = await knowledge(scope, language, branchId);
  const turns: TranscriptTurn[] = [...state.turns, { role: 'caller', text: input.text, at: null }];
  const asked: TestCallTurn['asked'] = [];
  let appointment: TestCallTurn['appointment'] = null;
  let step: Step = heard(state.memory, input.text, known);
  while (step.move.do === 'call' && asked.length < MAX_CALLS_A_TURN) {
    const { name, args } = step.move;
    const answer = await callFunction(platform, scope, { id: input.id, route: state.route, turns }, name, args, around);
    asked.push({ function: name, arguments: args, answer });
    if (name === 'book-appointment' && typeof answer['appointment_id'] === 'string')
      appointment = { id: answer['appointment_id'], starts_at: instantOf(answer['starts_at']) };
    step = answered(step.memory, name, answer);
  }
  const { move, memory } = step;
  const says =
    move.do === 'say'
      ? move.text
      : move.do === 'ask' && move.what === 'when'
        ? say(language, 'when_missing')
        : say(language, 'welcome_line');
  turns.push({ role: 'agent', text: says, at: null });
  await audited(scope, input.id, 'said');
  await advance(scope, input.id, 'call_started', {}, { turns });
  return ok({
    id: input.id,
    says,
    asked,
    state: JSON.stringify({ route: state.route, memory, turns } satisfies State),
    appointment,
  });
}

/** The caller hangs up: the row ends, what is still held for the call is free again. Refusals: as above. */
export async function endTestCall(
  platform: Platform,
  scope: TenantScope,
  input: { id: string; state: string },
): Promise<Result<{ ended: true }>> {
  const refused = permissionRefusal(scope.actor, 'create_appointments');
  if (refused) return refused;
  const found = await stateOf(platform, scope, input);
  if (found === null) return NO_CALL;
  await audited(scope, input.id, 'ended');
  await advance(
    scope,
    input.id,
    'call_ended',
    { over: true, endedAt: scope.now, disconnectionReason: 'user_hangup' },
    { turns: found.state.turns },
  );
  const { result } = await scope.calendar.conversation({ now: scope.now, callId: input.id });
  const hold = result.ok ? result.value.hold : null;
  if (hold !== null)
    await scope.calendar.releaseHold({
      key: `test:${input.id}:release:${hold.lockToken}`,
      now: scope.now,
      actor: { kind: 'phone', id: input.id },
      lockToken: hold.lockToken,
    });
  return ok({ ended: true });
}

/** What was said is the call's transcript; the log tells who tried the agent, and when. */
const audited = (scope: TenantScope, id: string, what: 'started' | 'said' | 'ended'): Promise<void> =>
  writeAudit(scope, { log: 'onboarding', description: `test_call.${what}`, subjectType: 'test_call', subjectId: id });

async function callFunction(
  platform: Platform,
  scope: TenantScope,
  call: { id: string; route: string; turns: readonly TranscriptTurn[] },
  name: FunctionName,
  args: Record<string, unknown>,
  around: Around,
): Promise<Record<string, unknown>> {
  const rawBody = JSON.stringify({
    name: name.replaceAll('-', '_'),
    call: {
      call_id: call.id,
      call_type: 'phone_call',
      call_status: 'ongoing',
      direction: 'inbound',
      from_number: TEST_LINE,
      to_number: NO_NUMBER,
      test: true,
      metadata: { route: call.route, test: 'true' },
      transcript_object: call.turns.map(({ role, text }) => ({
        role: role === 'caller' ? 'user' : 'agent',
        content: text,
      })),
    },
    args,
  });
  const outcome = await runFunction(platform, name, {
    rawBody,
    header: await signRetell(rawBody, await testCallKey(platform), scope.now),
    company: null,
    now: scope.now,
    processNow: scope.now,
    requestId: around.requestId,
    waitUntil: around.waitUntil,
  });
  if (outcome.kind !== 'answered') throw new Error(`defect: a test call was refused: ${outcome.kind}`);
  return outcome.body as unknown as Record<string, unknown>;
}

async function stateOf(
  platform: Platform,
  scope: TenantScope,
  { id, state: text }: { id: string; state: string },
): Promise<{ state: State; language: Language; branchId: string | null } | null> {
  const state = parsed(text);
  if (state === null) return null;
  const route = await readRoute(platform.config.AUTH_SECRET, state.route, scope.now);
  const isOurs = route?.keyOwner === 'test' && route.tenantId === scope.tenantId && route.callId === id;
  return isOurs ? { state, language: asLanguage(route.language), branchId: route.branchId } : null;
}

/** The page's own text again; anything else is no call. */
function parsed(text: string): State | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || typeof value['route'] !== 'string' || !Array.isArray(value['turns'])) return null;
  const turns = value['turns'].filter(
    (turn): turn is TranscriptTurn =>
      isObject(turn) && (turn['role'] === 'agent' || turn['role'] === 'caller') && typeof turn['text'] === 'string',
  );
  const memory = isObject(value['memory']) ? value['memory'] : {};
  const textOrNull = (one: unknown): string | null => (typeof one === 'string' ? one : null);
  const held = isObject(memory['held']) ? memory['held'] : {};
  const { starts_at: startsAt, service_id: serviceId } = held;
  const { date, time } = isObject(memory['offered']) ? memory['offered'] : {};
  return {
    route: value['route'],
    turns,
    memory: {
      intent: INTENTS.find((one) => one === memory['intent']) ?? null,
      asking: textOrNull(memory['asking']),
      name: textOrNull(memory['name']),
      held:
        typeof startsAt === 'string' && typeof serviceId === 'string'
          ? { starts_at: startsAt, service_id: serviceId }
          : null,
      offered: typeof date === 'string' && typeof time === 'string' ? { date, time } : null,
      args: isObject(memory['args']) ? memory['args'] : {},
    },
  };
}

const instantOf = (text: unknown): string => toIso(fromIso(typeof text === 'string' ? text : '') ?? asInstant(0));

/** What the driver looks up: names of services and people, and whether words say a time on this branch's clock. */
async function knowledge(scope: TenantScope, language: Language, branchId: string | null): Promise<Knowledge> {
  const { result } = await scope.calendar.openHours({ maxAgeMs: 0 });
  if (!result.ok) return { services: [], staff: [], hasTime: () => false };
  const hours = result.value;
  const branch = branchOf(hours.snapshot, {}, branchId);
  const said = branch === null ? hours.snapshot : ofCompany(hours.snapshot, branch.body.companyId);
  const services = offeredServices(said).map(({ id, body }) => ({
    id,
    names: [body.name.de, ...(body.name.en === undefined ? [] : [body.name.en]), ...body.aliases],
  }));
  const staff = said.staff.map((person) => person.body.firstName);
  const context = {
    now: scope.now,
    zone: branch?.body.timeZone ?? 'Europe/Berlin',
    language,
    openOn: (date: string) => (branch === null ? [] : hours.openOn(branch.id, date)),
    holidayOn: (date: string) => (branch === null ? null : (hours.holidayOn(branch.id, date)?.de ?? null)),
    ignore: [...staff, ...services.flatMap((one) => one.names)].slice(0, 400),
  };
  return { services, staff, hasTime: (text) => understand({ when: text }, context).kind !== 'none' };
}
