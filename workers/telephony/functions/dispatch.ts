/**
 * One function request from raw body to spoken answer: parse, verify, find the call, run, count, open the call row behind the answer.
 * Nothing that fails in here becomes a 500 in a conversation. Called by routes.ts.
 */
import { blankNumbers } from '../../../shared/blank-numbers.ts';
import { log } from '../../log.ts';
import type { FunctionResponse } from '../../../shared/contract/telephony.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { inLanguage, isLanguage, type Language } from '../../../shared/i18n/language.ts';
import { isTestCall } from '../../../shared/ids.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import type { RateStatus } from '../../object-runtime/rate.ts';
import type { Platform } from '../../env.ts';
import { vendorBases } from '../../integrations/base-urls.ts';
import { getCall } from '../../integrations/retell.ts';
import type { RetellCall } from '../../integrations/retell-events.ts';
import { parseRetellFunction, type RetellFunctionCall } from '../../integrations/retell-function.ts';
import { verifyRetell } from '../../integrations/signatures.ts';
import { keepStep as storeStep } from '../../storage/queries/calls.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { numbersOf, type TranscriptTurn } from '../call-lifecycle.ts';
import { identify, nameSaid } from '../caller.ts';
import { advance, isErasedCall } from '../call-store.ts';
import { requestCallback as noteCallback } from '../callbacks.ts';
import { emergencySentence, readEmergency } from '../emergency.ts';
import { placeFacts } from '../jobs.ts';
import { say } from '../speech.ts';
import {
  type KnownCall,
  type Named,
  namedIn,
  ownerOfCall,
  type SignedRequest,
  type Verified,
  platformRetellKey,
  verifyCall,
} from '../verify.ts';
import { factsOf, turnsOf } from '../wire-facts.ts';
import { textOf } from '../named-choices.ts';
import { bookAppointment } from './book-appointment.ts';
import { cancelAppointment } from './cancel-appointment.ts';
import { checkAvailability } from './check-availability.ts';
import { checkCode } from './check-code.ts';
import { checkCustomer } from './check-customer.ts';
import { collectAppointment } from './collect-appointment.ts';
import {
  type BranchContext,
  branchContextOf,
  type FunctionAnswer,
  type FunctionCall,
  type FunctionHandler,
  limitsOf,
  refusal,
  sayIn,
} from './function-call.ts';
import { listAppointments } from './list-appointments.ts';
import { listServices } from './list-services.ts';
import { noRecording } from './no-recording.ts';
import { openingHours } from './opening-hours.ts';
import { requestCallback } from './request-callback.ts';
import { sendCode } from './send-code.ts';
import type { FunctionName } from './names.ts';
import { rescheduleAppointment } from './reschedule-appointment.ts';

/** Path segment → function. */
const FUNCTIONS = {
  'check-customer': checkCustomer,
  'send-code': sendCode,
  'check-code': checkCode,
  'check-availability': checkAvailability,
  'collect-appointment': collectAppointment,
  'book-appointment': bookAppointment,
  'reschedule-appointment': rescheduleAppointment,
  'cancel-appointment': cancelAppointment,
  'list-appointments': listAppointments,
  'list-services': listServices,
  'opening-hours': openingHours,
  'request-callback': requestCallback,
  'no-recording': noRecording,
} as const satisfies { readonly [N in FunctionName]: FunctionHandler<N> };

/** How old the isolate's copy of names and hours may be; decisions never use it, and an answer by newer data is made again. */
const BRANCH_CONTEXT_MAX_AGE_MS = 30_000;

type FunctionOutcome =
  | { kind: 'answered'; body: FunctionResponse<FunctionName>; rate: RateStatus | null; limited: boolean }
  | { kind: 'bad_signature' }
  /** malformed JSON, or a body beyond every bound */
  | { kind: 'refused'; error: DomainError };

/** Verifies the request, finds its call and answers with a sentence. */
export async function runFunction(
  platform: Platform,
  name: FunctionName,
  request: SignedRequest,
): Promise<FunctionOutcome> {
  const parsed = parseRetellFunction(request.rawBody);
  const body = parsed.ok ? parsed.value : null;
  const numbers = body?.call ? numbersOf(body.call) : null;
  const named = namedIn(request, {
    route: body?.call?.route ?? null,
    number: numbers?.ours ?? null,
    agentId: body?.call?.agentId ?? null,
    callId: body?.callId ?? null,
  });
  let verified: Verified;
  try {
    verified = await verifyCall(platform, named);
  } catch (fault) {
    logged('verify', request.requestId, fault);
    return unverifiable(platform, named, body);
  }
  if (verified.kind === 'invalid') return { kind: 'bad_signature' };
  if (!parsed.ok && parsed.error.code !== 'VALIDATION_ERROR') return { kind: 'refused', error: parsed.error };
  if (body === null || body.callId === null) return unknownCall(body);
  const call = await callOf(platform, verified, body);
  if (call === null) return unknownCall(body);

  const scope = openTenant(
    platform,
    call.known.tenantId,
    { kind: 'system', cause: 'agent' },
    { now: request.now, requestId: request.requestId },
  );
  const context: FunctionCall = {
    name,
    scope,
    now: request.now,
    callId: body.callId,
    caller: call.wire ? numbersOf(call.wire).theirs : call.known.caller,
    ours: call.wire ? numbersOf(call.wire).ours : null,
    turns: remembered(() => (call.wire ? turnsOf(call.wire) : [])),
    isOwnNumber: async (e164) => (await scope.ownNumber(e164)) !== null,
    behind: (work) => request.waitUntil(work),
    branchId: call.known.branchId,
    language: languageOf(body, call),
    fallback: call.known.fallback,
    args: body.args,
    linkTo: (appointmentId, endsAt) => scope.signedManageLink(appointmentId, endsAt),
  };
  const made = await spoken(name, context);
  const open = opening(scope, body.callId, call, made);
  if (open) request.waitUntil(open);
  request.waitUntil(keepTurns(context));
  request.waitUntil(keepStep(context, request.rawBody, made));
  const { rate } = made;
  if (rate && !rate.allowed) {
    return {
      kind: 'answered',
      limited: true,
      rate,
      body: {
        success: false,
        code: 'RATE_LIMITED',
        level: made.level ?? 'unknown',
        message: sayIn(context, 'rate_limited'),
        retry_after: rate.retryAfter,
        details: { limit: rate.limit },
      },
    };
  }
  const answered = { ...made.body, level: made.level ?? 'unknown' };
  return { kind: 'answered', body: answered, rate: rate ?? null, limited: false };
}

/** Turns are looked at by what needs them, once. */
function remembered(make: () => TranscriptTurn[]): () => TranscriptTurn[] {
  let made: TranscriptTurn[] | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** The directory can't be asked (D1 is down) and the call carries no route: who signs with the platform's key gets a polite sentence. */
async function unverifiable(
  platform: Platform,
  named: Named,
  body: RetellFunctionCall | null,
): Promise<FunctionOutcome> {
  const apiKey = (await platformRetellKey(platform)) ?? '';
  const { rawBody, header, signedNow: now } = named;
  if (!(await verifyRetell({ rawBody, header, apiKey, now }))) return { kind: 'bad_signature' };
  const message = say((body && spokenLanguage(body.args)) ?? 'de', 'temporary_no_callback');
  return {
    kind: 'answered',
    limited: false,
    rate: null,
    body: { success: false, code: 'TEMPORARILY_UNAVAILABLE', level: 'unknown', message, details: {} },
  };
}

// ---------------------------------------------------------------- which call

interface CallFound {
  known: KnownCall;
  /** signed call object, or what Retell answered about the call id */
  wire: RetellCall | null;
  /** the row must be opened from `wire`, even if the object has seen the call */
  fetched: boolean;
}

async function callOf(
  platform: Platform,
  verified: Exclude<Verified, { kind: 'invalid' }>,
  body: RetellFunctionCall,
): Promise<CallFound | null> {
  if (verified.kind === 'call') return { known: verified, wire: body.call, fetched: false };
  if (body.shape !== 'flat' || body.callId === null) return null;
  // The body names an unknown call: one request to Retell, with a time-out that a caller can wait for.
  const config = platform.config;
  const call = await getCall(
    { baseUrl: vendorBases(config).retell, apiKey: verified.apiKey, timeoutMs: config.VENDOR_TIMEOUT_MS },
    body.callId,
  );
  if (!call.ok) return null;
  const known = await ownerOfCall(
    platform,
    { number: numbersOf(call.value).ours, agentId: call.value.agentId },
    verified.keyTenantId,
  );
  return known === null ? null : { known, wire: call.value, fetched: true };
}

function unknownCall(body: RetellFunctionCall | null): FunctionOutcome {
  const language = body ? spokenLanguage(body.args) : null;
  return {
    kind: 'answered',
    limited: false,
    rate: null,
    body: {
      success: false,
      code: 'UNKNOWN_CALL',
      level: 'unknown',
      message: say(language ?? 'de', 'unknown_call'),
      details: {},
    },
  };
}

const spokenLanguage = (args: FunctionCall['args']): Language | null => {
  const text = textOf(args, 'language')?.slice(0, 2).toLowerCase();
  return isLanguage(text) ? text : null;
};

/** The model may say that the caller has changed to English; else the call was opened in a language. */
function languageOf(body: RetellFunctionCall, call: CallFound): Language {
  const variable = call.wire?.dynamicVariables['language']?.slice(0, 2);
  return spokenLanguage(body.args) ?? (isLanguage(variable) ? variable : call.known.language);
}

/** Opens the call row after the answer, unless it exists: inbound does for its routes, and the object remembers calls it has seen. */
function opening(scope: TenantScope, callId: string, call: CallFound, made: FunctionAnswer): Promise<unknown> | null {
  const { wire } = call;
  if (call.known.opened || wire === null || !(call.fetched || made.seen?.firstSeen)) return null;
  return placeFacts(scope, wire)
    .then((place) =>
      advance(scope, callId, call.fetched ? 'get_call' : 'function', {
        ...place,
        ...factsOf(wire, call.fetched ? 'asked' : 'started'),
      }),
    )
    .catch((fault: unknown) =>
      // The webhooks of the call open the row as well.
      log('warn', 'call_not_opened', { fault }),
    );
}

/** What was said so far stays with the call: where Retell stores nothing, its webhooks may bring no transcript. */
async function keepTurns({ scope, callId, turns }: FunctionCall): Promise<void> {
  const said = turns();
  // The page of a test call writes down what was said in it.
  if (said.length === 0 || isTestCall(callId)) return;
  try {
    await advance(scope, callId, 'function', {}, { turns: said });
  } catch (fault) {
    log('warn', 'turns_not_kept', { fault });
  }
}

const bodyText = (body: Readonly<Record<string, unknown>>, name: string): string | null => {
  const value = body[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/**
 * What the agent did stands beside what was said. The same request with the same answer is one row, however often it is sent. Of an erased
 * caller the row says that something was done, and nothing of them.
 */
async function keepStep(call: FunctionCall, rawBody: string, made: FunctionAnswer): Promise<void> {
  const { scope, callId, name, now } = call;
  const body = made.body as Readonly<Record<string, unknown>>;
  try {
    const isErased = await isErasedCall(scope, callId);
    const turns = call.turns().length;
    const message = bodyText(body, 'message');
    const answered = {
      succeeded: body['success'] !== false,
      code: bodyText(body, 'code'),
      appointmentId: bodyText(body, 'appointment_id'),
    };
    const isNew = await storeStep(scope.db, {
      callId,
      id: sha256Hex(JSON.stringify([name, rawBody, message, answered])).slice(0, 32),
      at: now,
      afterTurns: turns === 0 ? null : turns,
      function: name,
      ...answered,
      said: isErased || message === null ? null : blankNumbers(message),
    });
    if (isNew) await scope.calendar.announce({ event: 'call', id: callId });
  } catch (fault) {
    log('warn', 'step_not_kept', { fault });
  }
}

// ---------------------------------------------------------------- running

/** Arguments that hold no words of a caller: ids, numbers, and names, which can't report an emergency. */
const NO_WORDS =
  /(^|_)(id|ids|phone|number|code|name|language|confirm|token|email)$|^(starts_at|call_id|staff|staff_id|branch)$/;
/** What was said last, beside the arguments; words in all. */
const LAST_TURNS = 3;
const MAX_WORDS = 2_000;

/** The caller's own words in a request: arguments as the model passed them on, and what the caller said last. */
function wordsOfCaller(call: FunctionCall): string[] {
  const passed = Object.entries(call.args)
    .filter(([key]) => !NO_WORDS.test(key) || key === 'service_name' || key === 'service_id')
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter((value): value is string => typeof value === 'string');
  const turns = call.turns();
  let end = turns.length;
  // The agent may have said "einen Moment" before it called the function.
  while (end > 0 && turns[end - 1]?.role !== 'caller') end--;
  const last: string[] = [];
  for (let i = end - 1; i >= 0 && turns[i]?.role === 'caller' && last.length < LAST_TURNS; i--)
    last.unshift(turns[i]?.text ?? '');
  return [passed.join('. ').slice(0, MAX_WORDS), last.join(' ').slice(-MAX_WORDS)].filter((text) => text.trim() !== '');
}

async function spoken(name: FunctionName, call: FunctionCall): Promise<FunctionAnswer> {
  try {
    return await run(name, call);
  } catch (fault) {
    logged(name, call.scope.requestId, fault);
    return failed(name, call);
  }
}

const logged = (name: string, requestId: string, fault: unknown): void =>
  log('error', 'function_failed', { function: name, requestId, fault });

async function run(name: FunctionName, call: FunctionCall): Promise<FunctionAnswer> {
  for (const words of wordsOfCaller(call)) {
    const emergency = readEmergency(words);
    if (emergency === null) continue;
    const made = refusal(
      'EMERGENCY',
      emergencySentence(emergency.kind, call.language),
      { transfer: true },
      { emergency: true },
    );
    return judged(call, null, made).catch(() => made);
  }

  const branchContext = await branchContextOf(call, BRANCH_CONTEXT_MAX_AGE_MS);
  if (branchContext === null) return refusal('NOT_CONFIGURED', sayIn(call, 'unknown_call'));
  const status = branchContext.hours.snapshot.account?.body.status;
  const closed = call.fallback !== null || status === 'suspended' || status === 'closed';
  if (closed && name !== 'request-callback' && name !== 'no-recording') {
    const text = branchContext.hours.snapshot.account?.body.fallbackText;
    const made = refusal(
      call.fallback === 'balance' ? 'INSUFFICIENT_BALANCE' : 'TENANT_SUSPENDED',
      text ? inLanguage(text, call.language) : sayIn(call, 'fallback'),
    );
    return judged(call, branchContext, made);
  }
  const handler: FunctionHandler = FUNCTIONS[name];
  let made = await handler(call, branchContext);
  const outdated = made.scheduleVersion !== undefined && made.scheduleVersion !== branchContext.hours.version;
  if (outdated || made.fromCachedData) {
    // What was asked or answered hangs on names and hours that may have changed since the copy was taken.
    const fresh = await branchContextOf(call, 0);
    if (fresh && fresh.hours.version !== branchContext.hours.version) made = await handler(call, fresh);
  }
  return judged(call, branchContext, made);
}

/** The answer with who calls, and counted: as its function judged and counted it, else as the call's last judgement has it. */
async function judged(
  call: FunctionCall,
  branchContext: BranchContext | null,
  made: FunctionAnswer,
): Promise<FunctionAnswer> {
  let { rate, seen, level } = made;
  const unheard = level === undefined && (seen === undefined || seen.level === null || nameSaid(call.args) !== null);
  if (rate === undefined || unheard) {
    const asked = rate === undefined ? { rate: limitsOf(call) } : {};
    const touched = await call.scope.calendar.conversation({ now: call.now, callId: call.callId, ...asked });
    rate ??= touched.rate;
    seen ??= touched.call;
    // The line has not been looked up yet, or a name was given: the one answer of a call that asks the database for it.
    if (unheard && branchContext !== null && (touched.call?.level === null || nameSaid(call.args) !== null))
      level = await identify(call, branchContext, 'book', touched).then(
        (caller) => caller?.level,
        // D1 is down: what needs no customer is answered all the same.
        () => undefined,
      );
    level ??= touched.call?.level ?? undefined;
  }
  return { ...made, ...(rate ? { rate } : {}), ...(seen ? { seen } : {}), level: level ?? seen?.level ?? 'unknown' };
}

/** Something of ours is down: the caller is informed, and a callback request is stored if possible. */
async function failed(name: FunctionName, call: FunctionCall): Promise<FunctionAnswer> {
  try {
    const id = await noteCallback(call.scope, {
      kind: 'callback',
      callId: call.callId,
      phone: call.caller,
      name: nameSaid(call.args),
      branchId: call.branchId,
      wish: {
        function: name,
        when: textOf(call.args, 'when', 'date') ?? null,
        service: textOf(call.args, 'service', 'service_id') ?? null,
      },
    });
    return refusal('TEMPORARILY_UNAVAILABLE', sayIn(call, 'temporary'), { callback_request_id: id });
  } catch {
    return refusal('TEMPORARILY_UNAVAILABLE', sayIn(call, 'temporary_no_callback'));
  }
}
