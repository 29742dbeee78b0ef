/**
 * What every function of the phone agent is given and answers: the verified call, the branch's context (master data, hours, voice), and
 * answers that can be spoken. Called by dispatch.ts; one file a function beside it.
 */
import type { Instant } from '../../../shared/clock.ts';
import type { Alternative, DomainError } from '../../../shared/errors.ts';
import type { FunctionResponse, RefusalDetails, RefusedResponse } from '../../../shared/contract/telephony.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import type { SpeechKey } from '../../../shared/i18n/speech.de.ts';
import { dateOf, fromIso, timeOf, type WallDate } from '../../../shared/time.ts';
import { type CompanySettings, companySettings } from '../../calendar/rules/company.ts';
import type { CalendarAnswer } from '../../calendar/port.ts';
import type { CallerLevel, CallSeen, OpenHours, RateAsk } from '../../calendar/types.ts';
import type { RateStatus } from '../../object-runtime/rate.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import type { TranscriptTurn } from '../call-lifecycle.ts';
import type { Fallback } from '../route-token.ts';
import { partyIn, partyNumber } from '../party-words.ts';
import { listed, say, sayDay, sayTime, serviceLabel, type Voice } from '../speech.ts';
import {
  LEARNED,
  type Search,
  type SpokenContext,
  type SpokenInput,
  searchOf,
  type Understood,
  understand,
} from '../../../shared/spoken-time/index.ts';
import {
  type Branch,
  branchOf,
  offeredServices,
  ofCompany,
  personName,
  type Service,
  namedService,
  namedStaff,
  namesOfService,
  textOf,
} from '../named-choices.ts';
import type { FunctionName } from './names.ts';

/** Counted in the calendar object with the answer: what one call and one tenant may ask a minute. */
const PER_CALL_A_MINUTE = 100;
const BOOKINGS_OF_TENANT_A_MINUTE = 60;

/** A verified function call; everything but `args` comes from the signed call. */
export interface FunctionCall {
  name: FunctionName;
  scope: TenantScope;
  now: Instant;
  callId: string;
  /** the person's number as the call object or call row has it, never an argument; null when withheld */
  caller: string | null;
  /** our number */
  ours: string | null;
  /** who said what so far, as the signed call object has it; empty where it has none */
  turns(): readonly TranscriptTurn[];
  /** a number of the tenant's own identifies no caller */
  isOwnNumber(e164: string): Promise<boolean>;
  /** work behind the answer: what must not show in how long it takes */
  behind(work: Promise<unknown>): void;
  /** the called number's branch */
  branchId: string | null;
  language: Language;
  fallback: Fallback | null;
  /** what the model filled in */
  args: Readonly<Record<string, unknown>>;
  /** signed manage/calendar link of an appointment */
  linkTo(appointmentId: string, endsAt: Instant): Promise<string>;
}

/** Master data and clock of the branch the caller speaks to. */
export interface BranchContext {
  hours: OpenHours;
  branch: Branch;
  /** of the branch's company, practice mode applied */
  settings: CompanySettings;
  voice: Voice;
  context: SpokenContext;
}

/** A body as a function makes it: the level is added by the dispatcher. */
type Unlevelled<B> = B extends unknown ? Omit<B, 'level'> : never;
/** The body of a refusal that any function may answer. */
export type Refused = Unlevelled<RefusedResponse>;

/** What a function makes: the body, and what the dispatcher must know of how it was made. */
export interface Made<B> {
  body: B;
  /** absent: the function asked the object nothing that counts; the dispatcher counts the request */
  rate?: RateStatus | undefined;
  /** what the object says of this call; absent as with rate */
  seen?: CallSeen | undefined;
  /** who calls, where the function judged it; absent: as the call's last judgement has it */
  level?: CallerLevel;
  /** version of the master data the object decided by; another one than the branch context's means: ask again with fresh data */
  scheduleVersion?: number;
  /** a question that only the (perhaps outdated) master data raised */
  fromCachedData?: boolean;
}
/** The answer of one function, by its schema in shared/contract/telephony.ts. */
export type FunctionAnswer<N extends FunctionName = FunctionName> = Made<Unlevelled<FunctionResponse<N>>>;
export type FunctionHandler<N extends FunctionName = FunctionName> = (
  call: FunctionCall,
  branchContext: BranchContext,
) => Promise<FunctionAnswer<N>>;

/** Rate limits of one function request; booking is counted for the tenant too. */
export function limitsOf(call: FunctionCall, books = false): RateAsk[] {
  const scale = call.scope.config.RATE_LIMIT_SCALE;
  const limits = [{ name: 'retell.call', key: call.callId, limit: PER_CALL_A_MINUTE * scale }];
  if (books) limits.push({ name: 'retell.book', key: call.scope.tenantId, limit: BOOKINGS_OF_TENANT_A_MINUTE * scale });
  return limits;
}

/** The context of the branch that was called (or is named in the words), from the isolate's copy where that is young enough. */
export async function branchContextOf(call: FunctionCall, maxAgeMs: number): Promise<BranchContext | null> {
  const { result } = await call.scope.calendar.openHours({ maxAgeMs });
  if (!result.ok) return null;
  const branch = branchOf(result.value.snapshot, call.args, call.branchId);
  if (!branch) return null;
  const hours = { ...result.value, snapshot: ofCompany(result.value.snapshot, branch.body.companyId) };
  const voice: Voice = { language: call.language, zone: branch.body.timeZone, now: call.now };
  const settings = companySettings(result.value.snapshot, branch.body.companyId);
  return { hours, branch, settings, voice, context: contextOf(hours, branch, voice) };
}

/** Most words that are names here, so that "bei Frau März" holds no date. */
const MAX_IGNORED = 400;

function contextOf(hours: OpenHours, branch: Branch, voice: Voice): SpokenContext {
  return {
    now: voice.now,
    zone: voice.zone,
    language: voice.language,
    openOn: (date) => hours.openOn(branch.id, date),
    holidayOn: (date: WallDate) => {
      const names = hours.holidayOn(branch.id, date);
      return names === null ? null : names.de;
    },
    ignore: ignoredWords(hours),
    learned: LEARNED,
  };
}

const ignoredMemo = new WeakMap<object, string[]>();
function ignoredWords(hours: OpenHours): string[] {
  const known = ignoredMemo.get(hours.snapshot);
  if (known) return known;
  const made = [
    ...offeredServices(hours.snapshot).flatMap((service) => [
      service.body.name.de,
      service.body.name.en ?? '',
      ...service.body.aliases,
    ]),
    ...hours.snapshot.staff.flatMap((person) => [person.body.firstName, person.body.lastName, ...person.body.aliases]),
  ]
    .filter((word) => word !== '')
    .slice(0, MAX_IGNORED);
  ignoredMemo.set(hours.snapshot, made);
  return made;
}

// ---------------------------------------------------------------- answers

export const answer = <F extends object>(message: string, fields: F): Made<{ success: true; message: string } & F> => ({
  body: { success: true, ...fields, message },
});

/** A refusal that can be spoken: HTTP 200 with a code; other statuses are for bad signatures (401), too many requests (429) and malformed JSON (400). */
export const refusal = <F extends object = object>(
  code: string,
  message: string,
  details: RefusalDetails = {},
  fields: F = {} as F,
): Made<Refused & F> => ({ body: { success: false, code, message, details, ...fields } });

/** Adds what the object answered to an answer. */
export const counted = <B>(made: Made<B>, from: CalendarAnswer<unknown>): Made<B> => ({
  ...made,
  ...(from.rate === undefined ? {} : { rate: from.rate }),
  ...(from.call === undefined ? {} : { seen: from.call }),
});

/** The answer of a function that judged who calls. */
export const as = <B>(made: Made<B>, level: CallerLevel): Made<B> => ({ ...made, level });

/** The same answer with more members. */
export const withFields = <B extends object, F extends object>(made: Made<B>, fields: F): Made<B & F> => ({
  ...made,
  body: { ...made.body, ...fields },
});

export const sayIn = (call: FunctionCall, key: SpeechKey, values?: Readonly<Record<string, string>>): string =>
  say(call.language, key, values);

/** `understood` of the wire: how the words were read; the question is spoken, not listed. */
export function wireReading(understood: Understood): Omit<Understood, 'question'> {
  const { question: _question, ...reading } = understood;
  return reading;
}

/** `understood` beside the other members of an answer. */
export interface Reading {
  understood: Omit<Understood, 'question'>;
}

/** Alternatives of a conflict as the wire lists them. */
export const wireAlternatives = (
  alternatives: readonly Alternative[],
): Pick<Alternative, 'date' | 'time' | 'starts_at' | 'staff_name'>[] =>
  alternatives.slice(0, 3).map(({ date, time, starts_at, staff_name }) => ({ date, time, starts_at, staff_name }));

// ---------------------------------------------------------------- what was asked for

type ServicesAsked = { ok: true; services: Service[] } | { ok: false; answer: Made<Refused> };

/** The service(s) named, or the question that finds out. */
export function servicesAsked(call: FunctionCall, branchContext: BranchContext, args = call.args): ServicesAsked {
  const request = namedService(branchContext.hours.snapshot, args);
  const names = (services: readonly Service[]) =>
    services.slice(0, 3).map((service) => serviceLabel(service, call.language));
  switch (request.kind) {
    case 'known':
      return { ok: true, services: request.services };
    case 'missing':
      return { ok: false, answer: refusal('SERVICE_MISSING', sayIn(call, 'service_missing')) };
    case 'several':
      return {
        ok: false,
        answer: refusal(
          'SERVICE_AMBIGUOUS',
          sayIn(call, 'service_several', { choices: listed(names(request.choices), call.language, 'or') }),
          {
            choices: request.choices
              .slice(0, 3)
              .map((service) => ({ service_id: service.id, name: serviceLabel(service, call.language) })),
          },
        ),
      };
    case 'unknown':
      return {
        ok: false,
        answer: {
          ...refusal(
            'SERVICE_UNKNOWN',
            sayIn(call, 'service_unknown', {
              wish: request.wish.slice(0, 60),
              examples: listed(names(offeredServices(branchContext.hours.snapshot)), call.language, 'and'),
            }),
          ),
          fromCachedData: true,
        },
      };
  }
}

type PartyAsked =
  /** `size` null: nothing was said of it; `args` without the words that say it */
  { ok: true; size: number | null; args: FunctionCall['args'] } | { ok: false; answer: Made<Refused> };

const SERVICE_WORDS = ['service_id', 'service', 'service_name'] as const;
/** Read as words that say no time: a text that is missing would mean the earliest, and nobody said that. */
const NO_TIME = 'Personen';
const TIME_WORDS = ['when', 'date', 'time', 'new_when'] as const;
const PARTY_FIELDS = ['party_size', 'people', 'persons', 'number_of_people', 'guests'] as const;

/** For how many people: a field, or words beside service and time. Who asks for several is never silently given one place. */
export function partyAsked(call: FunctionCall, branchContext: BranchContext): PartyAsked {
  const args: Record<string, unknown> = { ...call.args };
  let size: number | null = null;
  const known = new Set(
    offeredServices(branchContext.hours.snapshot).flatMap((one) =>
      namesOfService(one).map((name) => name.toLowerCase()),
    ),
  );
  const list = [args['services'], args['service_ids']].find(Array.isArray) as unknown[] | undefined;
  if (list !== undefined && list.length > 1) {
    const different = new Set(list.map((one) => String(one).trim().toLowerCase()));
    if (different.size === 1) {
      size = list.length;
      args['services'] = [list[0]];
    } else if (different.size < list.length) return { ok: false, answer: mixedParty(call) };
  }
  for (const name of SERVICE_WORDS) {
    const words = args[name];
    // A service may be called "Zwei-Farben-Technik".
    if (typeof words !== 'string' || known.has(words.trim().toLowerCase())) continue;
    const read = partyIn(words, true);
    if (read.size === null) continue;
    if (read.isCounted && /[,+&]|\b(?:und|and)\b/i.test(read.rest)) return { ok: false, answer: mixedParty(call) };
    size ??= read.size;
    args[name] = read.rest;
  }
  for (const name of TIME_WORDS) {
    const words = args[name];
    if (typeof words !== 'string') continue;
    const read = partyIn(words, false);
    if (read.size === null) continue;
    size ??= read.size;
    args[name] = read.rest === '' ? NO_TIME : read.rest;
  }
  const field = PARTY_FIELDS.map((name) => partyNumber(args[name])).find((one) => one !== null);
  return { ok: true, size: field !== undefined && (size === null || field > 1) ? field : size, args };
}

const mixedParty = (call: FunctionCall): Made<Refused> =>
  refusal('PARTY_MIXED', sayIn(call, 'party_mixed'), { callback: true });

/** The calendar could not be asked: too many people, or a service that nobody can book here. */
export function notLookedFor(call: FunctionCall, error: DomainError): Made<Refused> {
  if (error.code === 'VALIDATION_ERROR' && 'party_size' in error.errors)
    return refusal('PARTY_TOO_LARGE', sayIn(call, 'party_limit'), { callback: true });
  const code = error.code === 'NOT_FOUND' || error.code === 'VALIDATION_ERROR' ? 'NOT_CONFIGURED' : error.code;
  return refusal(code, sayIn(call, 'not_configured'));
}

type StaffAsked = { ok: true; staffId: string | null } | { ok: false; answer: Made<Refused> };

/** The member of staff requested (null: anybody), or the question that finds out. */
export function staffAsked(call: FunctionCall, branchContext: BranchContext, args = call.args): StaffAsked {
  const request = namedStaff(branchContext.hours.snapshot, args, branchContext.branch.id);
  switch (request.kind) {
    case 'any':
      return { ok: true, staffId: null };
    case 'known':
      return { ok: true, staffId: request.person.id };
    case 'several':
      return {
        ok: false,
        answer: refusal(
          'STAFF_AMBIGUOUS',
          sayIn(call, 'staff_several', {
            choices: listed(request.choices.slice(0, 3).map(personName), call.language, 'or'),
          }),
        ),
      };
    case 'unknown':
      return {
        ok: false,
        answer: {
          ...refusal('STAFF_UNKNOWN', sayIn(call, 'staff_unknown', { wish: request.wish.slice(0, 60) })),
          fromCachedData: true,
        },
      };
  }
}

/** Minutes the caller asked for instead of the service's own; absent and nonsense count as none. */
export function durationAsked(args: Readonly<Record<string, unknown>>): number | undefined {
  const value = Number(args['duration_minutes']);
  return Number.isInteger(value) && value >= 1 && value <= 1_440 ? value : undefined;
}

// ---------------------------------------------------------------- when

export interface TimeAsked {
  /** there were words about time at all */
  given: boolean;
  understood: Understood;
  search: Search;
}

/**
 * The one start that may be taken: day and hour were both said and are open. An hour whose day was only assumed, or one of several days,
 * is read back first.
 */
export const certainStart = (time: TimeAsked): Instant | null =>
  time.given &&
  time.search.state === 'search' &&
  time.understood.kind === 'instant' &&
  !time.understood.closed &&
  !time.search.dayAssumed
    ? time.search.exact
    : null;

/** What to ask when the words name no single start: the reading's own question, else what is missing of day and hour. */
export function questionAbout(call: FunctionCall, branchContext: BranchContext, time: TimeAsked): string {
  const { date, time: clock, question } = time.understood;
  const asked = time.search.question ?? question;
  if (asked) return asked;
  if (!time.given) return sayIn(call, 'when_missing');
  if (date !== undefined && clock === undefined)
    return sayIn(call, 'time_missing', { day: sayDay(branchContext.voice, date) });
  if (date === undefined && clock !== undefined)
    return sayIn(call, 'day_missing', { time: sayTime(branchContext.voice, clock) });
  return sayIn(call, 'when_not_understood');
}

const LOCAL_ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?$/;

/** The words and values about time among the arguments; `starts_at` may hold an instant, a wall clock or words. */
export function wordsOf(
  args: Readonly<Record<string, unknown>>,
  zone: string,
): { words: SpokenInput; exact: Instant | null } {
  const words: SpokenInput = {};
  const when = textOf(args, 'when', 'new_when', 'datetime');
  let date = textOf(args, 'date', 'new_date');
  let time = textOf(args, 'time', 'new_time');
  const startsAt = textOf(args, 'starts_at', 'new_starts_at', 'start');
  let exact: Instant | null = null;
  if (startsAt !== undefined) {
    const instant = fromIso(startsAt);
    const local = LOCAL_ISO.exec(startsAt);
    if (instant !== null) {
      if (when === undefined && date === undefined && time === undefined) exact = instant;
      date ??= dateOf(instant, zone);
      time ??= timeOf(instant, zone);
    } else if (local) {
      date ??= local[1];
      time ??= local[2];
    } else if (when === undefined) {
      return { words: { ...words, when: startsAt, ...(date ? { date } : {}), ...(time ? { time } : {}) }, exact: null };
    }
  }
  if (when !== undefined) words.when = when;
  if (date !== undefined) words.date = date;
  if (time !== undefined) words.time = time;
  return { words, exact };
}

/** How the words are read and what the calendar is asked for. An instant with its zone is exact; nothing is guessed about it. */
export function timeAsked(
  args: Readonly<Record<string, unknown>>,
  branchContext: BranchContext,
  context = branchContext.context,
): TimeAsked {
  const { words, exact } = wordsOf(args, branchContext.voice.zone);
  const given = Object.keys(words).length > 0;
  if (exact !== null && exact > branchContext.voice.now) {
    const zone = branchContext.voice.zone;
    return {
      given: true,
      understood: { kind: 'instant', date: dateOf(exact, zone), time: timeOf(exact, zone) },
      search: {
        state: 'search',
        question: null,
        from: exact,
        to: exact,
        windows: [{ from: exact, to: exact }],
        exact,
        spread: false,
        dayAssumed: false,
        sameAsLast: false,
      },
    };
  }
  const understood = given ? understand(words, context) : ({ kind: 'earliest' } satisfies Understood);
  return { given, understood, search: searchOf(understood, context) };
}
