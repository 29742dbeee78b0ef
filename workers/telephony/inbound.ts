/**
 * Answers Retell's inbound webhook with business and caller as dynamic variables (all strings) and the signed route that the agent's
 * function calls carry. A call is never rejected for money. Called by routes.ts.
 */
import { log } from '../log.ts';
import type { Instant } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import { isTestCall } from '../../shared/ids.ts';
import { greetingName } from '../../shared/full-name.ts';
import { agentDe } from '../../shared/i18n/agent.de.ts';
import { agentEn } from '../../shared/i18n/agent.en.ts';
import { inLanguage, isLanguage, type Language } from '../../shared/i18n/language.ts';
import { readPhone } from '../../shared/phone.ts';
import { judgeRecordingSentence } from '../../shared/recording-sentence.ts';
import { dateOf, timeOf, timeOfMinutes, toIso } from '../../shared/time.ts';
import { type CompanySettings, companySettings } from '../calendar/rules/company.ts';
import type { OpenHours } from '../calendar/types.ts';
import type { Platform } from '../env.ts';
import { parseRetellInbound, type RetellInbound } from '../integrations/retell-events.ts';
import { type CustomerRow, type OnLine, peopleOnLine } from '../storage/queries/customers.ts';
import { numberCalled } from '../storage/queries/numbers.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { advance, HOLD_MINUTES } from './call-store.ts';
import { narrow, networkLine } from './caller.ts';
import { levelOf } from './identity/proof.ts';
import { type Fallback, signRoute } from './route-token.ts';
import { recentCallsSince } from '../storage/queries/calls.ts';
import { listed, say } from './speech.ts';
import { weekdayName } from '../../shared/spoken-time/index.ts';
import { type KnownCall, namedIn, type SignedRequest, verifyCall } from './verify.ts';
import { type Branch, branchOf } from './named-choices.ts';

interface InboundAnswer {
  call_inbound:
    | { reject: true }
    | { override_agent_id?: string; dynamic_variables: Record<string, string>; metadata: Record<string, string> };
}

/** A tenant's own wording may not leave out that a machine speaks (EU AI Act Art. 50). */
const DISCLOSES = /\bKI\b|künstliche|\bAI\b|artificial|digitale[rn]? (Assistent|Assistentin)|virtual assistant/i;
/** Blocked numbers of one tenant. */
const MAX_BLOCKED = 1_000;

type InboundOutcome =
  | { kind: 'answered'; answer: InboundAnswer }
  | { kind: 'bad_signature' }
  /** malformed, or a number that is none of ours: Retell then takes the number's own agent */
  | { kind: 'refused'; error: DomainError };

/** Verifies the webhook and answers it. */
export async function takeInbound(platform: Platform, request: SignedRequest): Promise<InboundOutcome> {
  const parsed = parseRetellInbound(request.rawBody);
  const inbound = parsed.ok ? parsed.value : null;
  const known = await verifyCall(
    platform,
    namedIn(request, {
      route: null,
      number: inbound?.toNumber ?? null,
      agentId: inbound?.agentId ?? null,
      callId: null,
    }),
  );
  if (known.kind === 'invalid') return { kind: 'bad_signature' };
  if (!parsed.ok) return { kind: 'refused', error: parsed.error };
  if (known.kind === 'unknown' || isTestCall(parsed.value.callId))
    return { kind: 'refused', error: { code: 'NOT_FOUND', entity: 'call' } };
  return { kind: 'answered', answer: await answerInbound(platform, { ...request, inbound: parsed.value, known }) };
}

/** Who calls whom, whether it may go on, and the route of the call; the row is opened behind the answer. Also called by test-call/. */
export async function answerInbound(
  platform: Platform,
  request: Pick<SignedRequest, 'now' | 'requestId' | 'waitUntil'> & { inbound: RetellInbound; known: KnownCall },
): Promise<InboundAnswer> {
  const { inbound, known, now } = request;
  const scope = openTenant(
    platform,
    known.tenantId,
    { kind: 'system', cause: 'agent' },
    { now, requestId: request.requestId },
  );
  const [tenant, agent, hours, spend, overMonth] = await Promise.all([
    scope.tenant(),
    // The directory knows it from the look-up that found the tenant.
    inbound.agentId === null ? null : scope.ownAgent(inbound.agentId),
    // Read again: what a greeting may disclose applies from the moment it is saved.
    scope.calendar.openHours(),
    scope.ledger.canSpend({ estimateMinutes: HOLD_MINUTES }),
    isOverMonth(scope),
  ]);
  const settings = tenant?.settings ?? {};
  const branch = hours.result.ok ? branchOf(hours.result.value.snapshot, {}, known.branchId) : null;
  const reading = readPhone(inbound.fromNumber ?? '', {
    country: branch?.body.country ?? tenant?.country ?? 'DE',
    areaCode: branch?.body.areaCode,
  });
  if (isBlocked(settings['blocked_numbers'], reading.e164)) return { call_inbound: { reject: true } };

  const branchContext =
    branch && hours.result.ok
      ? {
          branch,
          hours: hours.result.value,
          settings: companySettings(hours.result.value.snapshot, branch.body.companyId),
        }
      : null;
  const people =
    branchContext === null
      ? null
      : await onLine(scope, networkLine(inbound.fromNumber, inbound.toNumber, branchContext));
  const meant = people === null ? null : narrow(people, null);
  const customer = meant?.kind === 'one' ? meant.person.customer : null;
  const language: Language = isLanguage(customer?.language) ? customer.language : known.language;
  // Trying the agent costs nothing: an empty balance is no reason not to.
  const maySpend = known.keyOwner === 'test' || !spend.result.ok || spend.result.value.allowed;
  // Who has had as many calls as the account allows is spoken to like somebody without credit: a call back is noted.
  const fallback = fallbackOf(tenant?.status ?? 'active', maySpend && (known.keyOwner === 'test' || !overMonth));

  if (inbound.callId !== null)
    request.waitUntil(openRow(scope, { inbound, callId: inbound.callId, branch, customer, people, language }));
  const route = await signRoute(
    platform.config.AUTH_SECRET,
    {
      tenantId: scope.tenantId,
      branchId: branch?.id ?? known.branchId,
      number: inbound.toNumber,
      language,
      keyOwner: known.keyOwner,
      fallback,
      callId: inbound.callId,
    },
    now,
  );
  return {
    call_inbound: {
      ...(inbound.agentId === null ? {} : { override_agent_id: inbound.agentId }),
      dynamic_variables: variablesOf({
        companyName: tenant?.name ?? '',
        settings,
        branch,
        hours: hours.result.ok ? hours.result.value : null,
        company: branchContext?.settings ?? null,
        customer,
        language,
        fallback,
        firstSentence: agent?.language === language ? agent.firstSentence : null,
        // Nobody tries the agent on a recorded line.
        isRecorded: agent?.recording ?? false,
        now,
      }),
      metadata: { route },
    },
  };
}

const isBlocked = (list: unknown, e164: string | null): boolean =>
  e164 !== null && Array.isArray(list) && list.slice(0, MAX_BLOCKED).includes(e164);

/** Whether the month's calls are used up: counted by UTC months, ten seconds old at most. What can't be counted stops nobody. */
async function isOverMonth(scope: TenantScope): Promise<boolean> {
  const max = await scope.limit('calls_per_month').catch(() => null);
  if (max === null) return false;
  const now = new Date(scope.now);
  const since = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  return (await recentCallsSince(scope.db, since).catch(() => 0)) >= max;
}

/** Suspended and closed tenants book nothing; one below its floor starts no new call's work. The agent still speaks and notes call backs. */
function fallbackOf(status: string, canSpend: boolean): Fallback | null {
  if (status === 'suspended' || status === 'closed') return 'suspended';
  return canSpend ? null : 'balance';
}

/** Everybody on the network's line; none on a line of the tenant's own. */
async function onLine(scope: TenantScope, line: ReturnType<typeof networkLine>): Promise<OnLine[]> {
  if (line === null || (await scope.ownNumber(line.e164)) !== null) return [];
  return peopleOnLine(scope.db, line.e164, line.extension);
}

/** Opens the call row and its hold behind the answer; the object stores the caller so that booking needs no look-up. */
async function openRow(
  scope: TenantScope,
  opening: {
    inbound: RetellInbound;
    callId: string;
    branch: Branch | null;
    customer: CustomerRow | null;
    people: readonly OnLine[] | null;
    language: Language;
  },
): Promise<void> {
  const { inbound, callId, branch, customer, people, language } = opening;
  try {
    await scope.calendar.conversation({
      now: scope.now,
      callId,
      merge: {
        language,
        ...(branch ? { branchId: branch.id } : {}),
        ...(customer ? { customerId: customer.id } : {}),
        ...(people
          ? {
              identity: {
                lineCustomerIds: people.map((one) => one.customer.id),
                level: levelOf({ onLine: people.length, named: false, proof: null }),
              },
            }
          : {}),
      },
    });
    if (customer) await scope.calendar.registerCustomers({ customerIds: [customer.id], now: scope.now });
    // That is how a business knows that its forwarding works.
    if (inbound.toNumber !== null) await numberCalled(scope.db, inbound.toNumber, scope.now);
    await advance(scope, callId, 'inbound', {
      direction: 'inbound',
      toNumber: inbound.toNumber,
      language,
      ...(inbound.fromNumber === null ? {} : { fromNumber: inbound.fromNumber }),
      ...(inbound.agentId === null ? {} : { agentId: inbound.agentId }),
      ...(branch ? { branchId: branch.id, companyId: branch.body.companyId } : {}),
      ...(customer ? { customerId: customer.id } : {}),
    });
  } catch (fault) {
    // call_started opens it as well.
    log('warn', 'call_not_opened', { fault });
  }
}

interface VariableFacts {
  companyName: string;
  settings: Readonly<Record<string, unknown>>;
  branch: Branch | null;
  hours: OpenHours | null;
  company: CompanySettings | null;
  customer: CustomerRow | null;
  language: Language;
  fallback: Fallback | null;
  /** of the agent that was called, in the call's language; it was checked when it was saved */
  firstSentence: string | null;
  /** its calls are recorded */
  isRecorded: boolean;
  now: Instant;
}

/** What the prompt may use; every value is a string (Retell refuses the whole answer otherwise). */
function variablesOf(facts: VariableFacts): Record<string, string> {
  const { language, now, branch, customer } = facts;
  const zone = branch?.body.timeZone ?? 'Europe/Berlin';
  const today = dateOf(now, zone);
  const spans = branch && facts.hours ? facts.hours.openOn(branch.id, today) : [];
  const strict = facts.company?.identity === 'strict';
  const name = customer && facts.company ? greetingName(customer, facts.company.greeting) : null;
  const fallbackText = facts.hours?.snapshot.account?.body.fallbackText;
  const spokenFallback = fallbackText ? inLanguage(fallbackText, language) : say(language, 'fallback_opening');
  return {
    company_name: facts.companyName,
    branch_name: branch?.body.name ?? '',
    opening_hours_today:
      spans.length === 0
        ? say(language, 'closed_today')
        : listed(
            spans.map(({ from, to }) => say(language, 'range', { from: timeOfMinutes(from), to: timeOfMinutes(to) })),
            language,
            'and',
          ),
    // Where being a customer is a secret of its own, the prompt does not hold it.
    customer_known: String(customer !== null && !strict),
    // Quoted: a name is untrusted input and no instruction.
    caller_name: name === null ? '' : JSON.stringify(name),
    language,
    current_date: today,
    current_weekday: weekdayName(today, language),
    current_time: timeOf(now, zone),
    time_zone: zone,
    now: toIso(now),
    greeting: greetingOf(facts, name, spokenFallback),
    emergency_rule: (language === 'de' ? agentDe : agentEn).emergency_rule,
    fallback: facts.fallback ?? 'none',
    fallback_text: facts.fallback === null ? '' : spokenFallback,
  };
}

/** What is said first. Of a call that is recorded it says so and offers a no, whoever worded it. */
function greetingOf(facts: VariableFacts, name: string | null, fallbackText: string): string {
  const greeting = wordedGreeting(facts, name, fallbackText);
  if (!facts.isRecorded || judgeRecordingSentence(greeting, facts.language) === 'ok') return greeting;
  return `${greeting} ${say(facts.language, 'recording_notice')}`;
}

function wordedGreeting(facts: VariableFacts, name: string | null, fallbackText: string): string {
  const { language, companyName: company, isRecorded } = facts;
  if (facts.fallback !== null) return say(language, 'greeting_fallback', { company, fallback: fallbackText });
  if (facts.firstSentence !== null) return facts.firstSentence;
  const own = facts.settings['greeting'];
  const worded =
    typeof own === 'string' ? own : own && typeof own === 'object' ? (own as Record<string, unknown>)[language] : null;
  if (typeof worded === 'string' && worded.trim() !== '') {
    return DISCLOSES.test(worded) ? worded : `${worded} ${say(language, 'disclosure')}`;
  }
  if (isRecorded) {
    const opening =
      name === null ? say(language, 'opening', { company }) : say(language, 'opening_known', { company, name });
    // The question last: whoever is asked something answers that, and not whether they agree.
    return `${opening} ${say(language, 'recording_notice')} ${say(language, 'how_can_i_help')}`;
  }
  return name === null ? say(language, 'greeting', { company }) : say(language, 'greeting_known', { company, name });
}
