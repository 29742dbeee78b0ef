/**
 * Who is calling: gathers line, name and what was said, judges the level (identity/proof.ts) and keeps it with the call. Nothing here
 * discloses anything; the functions fill their answers by the level. Called by the functions and inbound.
 */
import { isOpen } from '../../shared/appointment-status.ts';
import { asInstant } from '../../shared/clock.ts';
import type { CustomerSource } from '../../shared/contract/customers.ts';
import { isTestCall } from '../../shared/ids.ts';
import { fullName } from '../../shared/full-name.ts';
import { isWholeName, nameWords, sameName } from '../../shared/person-names.ts';
import { type PhoneReading, readPhone } from '../../shared/phone.ts';
import { callerName } from '../../shared/visible-text.ts';
import type { CompanySettings } from '../calendar/rules/company.ts';
import type { CalendarAnswer } from '../calendar/port.ts';
import type { AppointmentDetail, CallerLevel, CallerRef, Conversation, IdentityChange } from '../calendar/types.ts';
import { createCustomer, type Line, nameCustomer } from '../crm/customers.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { confirmLine, customerRow, type CustomerRow, type OnLine, peopleOnLine } from '../storage/queries/customers.ts';
import { numberKey } from '../tenancy/caller-keys.ts';
import { type BranchContext, branchContextOf, type FunctionCall } from './functions/function-call.ts';
import {
  appointmentsAt,
  joinedProof,
  knownProof,
  levelOf,
  MAX_WRONG_PROOFS,
  MOMENT_TRIES_A_CALL,
  MOMENT_TRIES_A_DAY,
  nameCounts,
  nameWasSaid,
  type Proof,
  proofOf,
  type Said,
} from './identity/proof.ts';
import { type Moment, type ReadMoment, saidMoments, saidNumber, utterances } from './identity/transcript.ts';
import { momentOf } from './speech.ts';
import { understand } from '../../shared/spoken-time/index.ts';
import { DAY } from '../../shared/time.ts';
import { textOf } from './named-choices.ts';

// ---------------------------------------------------------------- numbers and names of the request

/** The network's number as one that shows somebody: not withheld, no switchboard, no line of the shop's own. */
export function networkLine(
  theirs: string | null,
  ours: string | null,
  branchContext: Pick<BranchContext, 'branch' | 'hours' | 'settings'>,
): Line | null {
  if (theirs === null) return null;
  const reading = readPhone(theirs, placeOf(branchContext));
  if (reading.e164 === null || reading.action !== 'match') return null;
  const own = [
    ours,
    ...branchContext.settings.forwardingNumbers,
    ...branchContext.hours.snapshot.branches.map((branch) => branch.body.phone),
  ];
  const isOwn = own.some(
    (number) => number !== null && readPhone(number, placeOf(branchContext)).e164 === reading.e164,
  );
  return isOwn ? null : { e164: reading.e164, extension: reading.extension ?? '' };
}

const placeOf = ({ branch }: Pick<BranchContext, 'branch'>) => ({
  country: branch.body.country,
  areaCode: branch.body.areaCode,
});

/** Whose bookings and holds are counted together. */
export function callerRef(call: FunctionCall, branchContext: BranchContext): CallerRef {
  const line = networkLine(call.caller, call.ours, branchContext);
  return { line: line === null ? null : numberKey(call.scope, line.e164), scale: call.scope.config.RATE_LIMIT_SCALE };
}

/** What was said of a number: nothing, one that can be rung, or one that has to be asked for again. */
type SaidLine =
  | { kind: 'none' }
  | { kind: 'line'; line: Line; reading: PhoneReading }
  | { kind: 'unclear'; reading: PhoneReading };

function saidLine(call: FunctionCall, branchContext: BranchContext): SaidLine {
  const said = textOf(call.args, 'phone_number', 'phone', 'customer_phone');
  if (said === undefined || said === call.caller) return { kind: 'none' };
  const reading = readPhone(said, placeOf(branchContext));
  if (reading.e164 === null || reading.action !== 'match')
    return /\d|null|eins|zwei|drei|one|two|three/i.test(said) ? { kind: 'unclear', reading } : { kind: 'none' };
  return { kind: 'line', line: { e164: reading.e164, extension: reading.extension ?? '' }, reading };
}

/** The name as it was given, without anything that names don't have; null: none, or nothing left of it. */
export const nameSaid = (args: Readonly<Record<string, unknown>>): string | null => {
  const whole = textOf(args, 'customer_name', 'name', 'full_name', 'caller_name');
  if (whole !== undefined) return callerName(whole);
  const parts = [textOf(args, 'first_name'), textOf(args, 'last_name')].filter((part) => part !== undefined);
  return parts.length > 0 ? callerName(parts.join(' ')) : null;
};

const sameLine = (a: Line | null, b: Line | null): boolean =>
  a !== null && b !== null && a.e164 === b.e164 && a.extension === b.extension;

// ---------------------------------------------------------------- the person

export type Question = 'phone_number' | 'phone_number_again' | 'first_name';

export interface Caller {
  level: CallerLevel;
  proof: Proof;
  /** the person meant; null: a new customer, or still ambiguous */
  customer: CustomerRow | null;
  /** what has to be known before a person can be meant */
  ask: Question | null;
  /** where the person can be rung: said, else the network's; null: ask */
  line: Line | null;
  /** the line is the network's own */
  network: boolean;
  reading: PhoneReading | null;
  /** as given now or earlier in the call */
  name: string | null;
  /** this request gave a name */
  nameOffered: boolean;
  /** people on the line besides */
  others: number;
  /** more than one of them can be meant */
  several: boolean;
  conversation: Conversation;
  /** too many wrong proofs: only a callback is left */
  exhausted: boolean;
  settings: CompanySettings;
  /** coming appointments of the customer, where proof had to look at them */
  upcoming: AppointmentDetail[] | null;
  touched: CalendarAnswer<Conversation>;
}

/** `ask`: who is it? `book`: for whom? `proof`: may they query and change their appointments? */
export type Purpose = 'ask' | 'book' | 'proof';

/** Judges who is calling and remembers it with the call. Null: the object can't be asked, or the call asks too often (`touched` says). */
export async function identify(
  call: FunctionCall,
  known: BranchContext,
  purpose: Purpose,
  touched: CalendarAnswer<Conversation>,
): Promise<Caller | null> {
  if (!touched.result.ok) return null;
  const conversation = touched.result.value;
  const { identity } = conversation;
  // Names and hours may be half a minute old; who may learn what applies from the moment it is saved.
  const branchContext =
    conversation.scheduleVersion === known.hours.version ? known : ((await branchContextOf(call, 0)) ?? known);
  const { settings } = branchContext;
  const said = utterances(call.turns());
  const strict = settings.identity === 'strict';

  const offered = nameSaid(call.args);
  const name = offered ?? identity.said?.name ?? null;
  const shown = await foreignLine(call, networkLine(call.caller, call.ours, branchContext));
  const given = saidLine(call, branchContext);
  const earlier: Line | null =
    identity.said?.e164 == null ? null : { e164: identity.said.e164, extension: identity.said.extension };
  const saidOther = given.kind === 'line' ? given.line : given.kind === 'none' && shown === null ? earlier : null;
  const line = sameLine(saidOther, shown) ? shown : (saidOther ?? shown);
  const network = line !== null && sameLine(line, shown);
  const reading = given.kind === 'none' ? null : given.reading;

  const people = line === null ? [] : await peopleOnLine(call.scope.db, line.e164, line.extension);
  const proven = await provenPerson(call, conversation, people, offered);
  const meant = proven ?? narrow(people, name);
  const customer = meant.kind === 'one' ? meant.person.customer : null;

  let proof: Proof = customer === null ? null : knownProof(identity, customer.id);
  let upcoming: AppointmentDetail[] | null = null;
  const changes: IdentityChange = {};
  if (customer !== null && proof !== 'all' && network) {
    const nameIs = nameCounts({
      card: customer,
      offered: name,
      said,
      // Somebody made in this call has nothing yet that could be theirs.
      untried: identity.renamedIds.includes(customer.id) || isNewHere(conversation, customer.id),
      strict,
    });
    let opened: string[] = [];
    if (!nameIs || strict) {
      const tried = await triedMoments(call, branchContext, { purpose, said, customer, conversation });
      opened = tried.opened;
      upcoming = tried.upcoming;
    }
    const earned = joinedProof(proof, proofOf(nameIs, opened, strict));
    if (earned !== null && earned !== proof)
      changes.proven = { customerId: customer.id, appointmentIds: earned === 'all' ? null : [...earned] };
    proof = earned;
  }

  const numberIs =
    line !== null && !network && (said.length === 0 || saidNumber(said, line.e164, placeOf(branchContext)));
  const named =
    numberIs &&
    name !== null &&
    customer !== null &&
    meant.kind === 'one' &&
    isWholeName(customer, name) &&
    nameWasSaid(said, name);
  const onLine = network ? people.length : 0;
  const level = levelOf({ onLine, named, proof });
  // A number that was only said identifies only the customer whose full name was said with it.
  const isOpen = network || named || proof !== null;

  if (proof === null) {
    const wrong = wrongOffer(call, {
      purpose,
      line,
      network,
      name: offered,
      people,
      matched: isOpen && customer !== null,
    });
    if (wrong !== null) changes.wrong = wrong;
  }
  if (network) changes.lineCustomerIds = people.map((one) => one.customer.id);
  else if (identity.lineCustomerIds === null)
    changes.lineCustomerIds =
      shown === null
        ? []
        : (await peopleOnLine(call.scope.db, shown.e164, shown.extension)).map((one) => one.customer.id);
  if (level !== identity.level) changes.level = level;
  const saying = { name, e164: saidOther?.e164 ?? null, extension: saidOther?.extension ?? '' };
  if (JSON.stringify(saying) !== JSON.stringify(identity.said ?? { name: null, e164: null, extension: '' }))
    changes.said = saying;

  const meantId = isOpen ? (customer?.id ?? null) : null;
  const merged = await keep(
    call,
    branchContext,
    conversation,
    changes,
    meantId,
    offered !== null || given.kind === 'line',
  );
  const wrongCount = merged.identity.wrong.length;
  if (network && customer !== null && meant.kind === 'one' && meant.person.confirmedAt === null && line !== null)
    await confirmLine(call.scope.db, customer.id, line, call.now);
  return {
    level,
    proof,
    customer: isOpen ? customer : null,
    ask:
      given.kind === 'unclear'
        ? 'phone_number_again'
        : line === null && proven === null
          ? 'phone_number'
          : meant.kind === 'several' && isAskedApart(network, strict)
            ? 'first_name'
            : null,
    line,
    network,
    reading,
    name,
    nameOffered: offered !== null,
    others: people.length - (customer === null ? 0 : 1),
    several: meant.kind === 'several',
    conversation: merged,
    exhausted: proof === null && wrongCount >= MAX_WRONG_PROOFS,
    settings,
    upcoming,
    touched,
  };
}

/** Made in this call and without an appointment: there is nothing to prove. */
export const isNewHere = ({ identity, appointmentIds }: Conversation, customerId: string): boolean =>
  appointmentIds.length === 0 && (identity.leadId === customerId || identity.madeIds.includes(customerId));

/** Only a caller on the line itself is informed that several people share it; in strict mode none is. */
const isAskedApart = (network: boolean, strict: boolean): boolean => network && !strict;

/** A number of the tenant's own identifies no caller. */
const foreignLine = async (call: FunctionCall, line: Line | null): Promise<Line | null> =>
  line === null || (await call.isOwnNumber(line.e164)) ? null : line;

type Meant = { kind: 'one'; person: OnLine } | { kind: 'several' } | { kind: 'none' };

/** The customer that a code or an earlier turn has proven, unless another name is given now. */
async function provenPerson(
  call: FunctionCall,
  conversation: Conversation,
  people: readonly OnLine[],
  offered: string | null,
): Promise<(Meant & { kind: 'one' }) | null> {
  for (const { customerId } of conversation.identity.proven) {
    const here = people.find((one) => one.customer.id === customerId);
    const customer = here?.customer ?? (await customerRow(call.scope.db, customerId));
    if (customer === null) continue;
    const card = fullName(customer);
    if (offered !== null && (card === null || !sameName(card, offered))) continue;
    if (offered === null && conversation.customerId !== null && conversation.customerId !== customerId) continue;
    return { kind: 'one', person: here ?? { customer, confirmedAt: 0 } };
  }
  return null;
}

/** Who of a line is meant. Unconfirmed claims come after confirmed ones; never the first match. */
export function narrow(people: readonly OnLine[], name: string | null): Meant {
  const one = (list: readonly OnLine[]): Meant => {
    const [person, ...more] = list;
    if (!person) return { kind: 'none' };
    return more.length === 0 ? { kind: 'one', person } : { kind: 'several' };
  };
  if (name === null) {
    const confirmed = people.filter((person) => person.confirmedAt !== null);
    return one(confirmed.length > 0 ? confirmed : people);
  }
  const whole = people.filter(({ customer }) => isWholeName(customer, name));
  if (whole.length > 0) return one(whole);
  const matching = people.filter(({ customer }) => {
    const card = fullName(customer);
    return card !== null && sameName(card, name);
  });
  if (matching.length > 0) return one(matching);
  // Somebody of whom only the number is known may be this very person.
  return one(people.filter(({ customer }) => fullName(customer) === null));
}

/** Hash of a name or number that was offered as proof and is wrong. Names for a booking are no proof: a mother names her children. */
function wrongOffer(
  call: FunctionCall,
  offer: {
    purpose: Purpose;
    line: Line | null;
    network: boolean;
    name: string | null;
    people: readonly OnLine[];
    matched: boolean;
  },
): string | null {
  const { purpose, line, network, name, matched } = offer;
  if (matched || name === null) return null;
  const hash = (what: string): string =>
    sha256Hex(`wrong\u0000${call.scope.config.AUTH_SECRET}\u0000${call.callId}\u0000${what}`).slice(0, 16);
  const folded = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');
  if (purpose === 'proof') return hash(network ? `name:${folded}` : `pair:${line?.e164 ?? ''}:${folded}`);
  // Who asks for one number after the other, each with a name, is looking for somebody.
  if (purpose === 'ask' && !network && line !== null) return hash(`number:${line.e164}`);
  return null;
}

// ---------------------------------------------------------------- day and hour

interface Tried {
  opened: string[];
  upcoming: AppointmentDetail[] | null;
}

const NOTHING_TRIED: Tried = { opened: [], upcoming: null };

/** Day and hour of an own appointment, as the caller said them before they were read out: two tries a call, three a day a customer. */
async function triedMoments(
  call: FunctionCall,
  branchContext: BranchContext,
  facts: { purpose: Purpose; said: Said; customer: CustomerRow; conversation: Conversation },
): Promise<Tried> {
  const { purpose, said, customer, conversation } = facts;
  const read = reader(branchContext);
  const argument = momentArgument(call, purpose, read);
  if (argument === null && (purpose !== 'proof' || said.length === 0)) return NOTHING_TRIED;
  const momentsSaid = said.length === 0 ? null : saidMoments(said, read);
  const offers =
    argument !== null
      ? momentsSaid === null || momentsSaid.some((one) => one.date === argument.date && one.time === argument.time)
        ? [argument]
        : []
      : (momentsSaid ?? []).slice(0, MOMENT_TRIES_A_CALL);
  if (offers.length === 0) return NOTHING_TRIED;

  const { result } = await call.scope.calendar.appointmentsOf({ customerId: customer.id, now: call.now });
  if (!result.ok) return NOTHING_TRIED;
  const upcoming = result.value.upcoming;
  const candidates = upcoming
    .filter(
      ({ appointment }) =>
        isOpen(appointment.status) &&
        // Without a transcript the answer of this call's own booking has given the model day and hour.
        (momentsSaid !== null || !conversation.appointmentIds.includes(appointment.id)),
    )
    .map(({ appointment, timeZone }) => ({ id: appointment.id, at: momentOf(appointment.startsAt, timeZone) }));
  const opened: string[] = [];
  const tries = [...conversation.identity.moments];
  for (const offer of offers) {
    const key = `${customer.id}:${offer.date}T${offer.time}`;
    if (!tries.includes(key)) {
      if (tries.length >= MOMENT_TRIES_A_CALL) break;
      const counted = await call.scope.calendar.countCaller({
        now: call.now,
        id: `${call.callId}:${key}`,
        counts: [{ name: `moment:${customer.id}`, limit: MOMENT_TRIES_A_DAY, windowMs: DAY }],
      });
      if (!counted.result.ok || !counted.result.value.allowed) break;
      tries.push(key);
      await call.scope.calendar.conversation({
        now: call.now,
        callId: call.callId,
        merge: { identity: { moment: key } },
      });
    }
    opened.push(...appointmentsAt(candidates, offer));
  }
  return { opened, upcoming };
}

/** Members that hold the present day and hour of an appointment; where nothing new is requested, the common ones do, too. */
const PRESENT = ['current_when', 'current_date', 'appointment_date', 'old_date', 'current_starts_at'] as const;

function momentArgument(call: FunctionCall, purpose: Purpose, read: ReadMoment): Moment | null {
  const { args } = call;
  const present = PRESENT.map((name) => textOf(args, name)).find((text) => text !== undefined);
  const common =
    purpose === 'proof' && call.name !== 'reschedule-appointment'
      ? textOf(args, 'when', 'starts_at', 'date')
      : undefined;
  const words = present ?? common;
  if (words === undefined) return null;
  const hour = textOf(args, 'current_time', 'appointment_time', 'old_time', ...(common === undefined ? [] : ['time']));
  const whole = read(words);
  const time = whole.time ?? (hour === undefined ? undefined : read(hour).time);
  return whole.date === undefined || time === undefined ? null : { date: whole.date, time };
}

/** The reader of spoken time as identity needs it: day and hour of a phrase, on the branch's clock. */
function reader(branchContext: BranchContext): ReadMoment {
  const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
  return (words) => {
    const iso = ISO.exec(words.trim());
    if (iso?.[3] !== undefined) return momentOf(asInstant(Date.parse(words.trim())), branchContext.voice.zone);
    if (iso) return { date: iso[1], time: iso[2] };
    const { date, time } = understand({ when: words }, branchContext.context);
    return { date, time };
  };
}

// ---------------------------------------------------------------- keeping

/** Keeps what changed with the call; answers the conversation as it is then. */
async function keep(
  call: FunctionCall,
  branchContext: BranchContext,
  before: Conversation,
  identity: IdentityChange,
  customerId: string | null,
  given: boolean,
): Promise<Conversation> {
  const sameLineCustomers =
    JSON.stringify(identity.lineCustomerIds) === JSON.stringify(before.identity.lineCustomerIds);
  const { lineCustomerIds, ...rest } = identity;
  const changed = { ...rest, ...(sameLineCustomers || lineCustomerIds === undefined ? {} : { lineCustomerIds }) };
  // Without a new word the person of the turns before stays the one who is meant.
  const person = customerId ?? (given ? null : before.customerId);
  if (Object.keys(changed).length === 0 && person === before.customerId) return before;
  const { result } = await call.scope.calendar.conversation({
    now: call.now,
    callId: call.callId,
    merge: {
      branchId: branchContext.branch.id,
      language: call.language,
      ...(person === before.customerId ? {} : { customerId: person }),
      identity: changed,
    },
  });
  return result.ok ? result.value : before;
}

// ---------------------------------------------------------------- making people

/** Whoever tries the agent becomes nobody whom a list of customers shows. */
const sourceOf = ({ callId }: FunctionCall): CustomerSource => (isTestCall(callId) ? 'test' : 'phone_ai');

/** One lead a call, for a number that the network shows: a number that was only said creates none. */
export async function makeLead(
  call: FunctionCall,
  branchContext: BranchContext,
  caller: Caller,
): Promise<CustomerRow | null> {
  if (!caller.network || caller.line === null || caller.customer !== null || caller.others > 0) return null;
  if (caller.conversation.identity.leadId !== null || caller.conversation.erased) return null;
  const lead = await createCustomer(
    call.scope,
    {
      source: sourceOf(call),
      companyId: branchContext.branch.body.companyId,
      name: caller.name,
      language: call.language,
    },
    caller.line,
    null,
    true,
  );
  await call.scope.calendar.conversation({
    now: call.now,
    callId: call.callId,
    merge: { customerId: lead.id, identity: { leadId: lead.id } },
  });
  return lead;
}

/** The lead of this very call gets the name that is given later in it: no one else can be meant. */
export async function nameLead(call: FunctionCall, caller: Caller): Promise<Caller> {
  const { customer, name, conversation } = caller;
  if (customer === null || name === null || customer.id !== conversation.identity.leadId) return caller;
  return { ...caller, customer: await nameCustomer(call.scope, customer, name) };
}

type ForBooking =
  | { kind: 'customer'; id: string }
  | { kind: 'ask'; question: Question | 'customer_name' }
  /** whoever called was erased meanwhile */
  | { kind: 'erased' };

/**
 * For whom this call books: the one its level opens, else a new person from name and number. For nobody once who called was erased: what the
 * model knows it heard before. They may call again, as somebody new.
 */
export async function customerToBook(
  call: FunctionCall,
  branchContext: BranchContext,
  caller: Caller,
): Promise<ForBooking> {
  if (caller.conversation.erased) return { kind: 'erased' };
  if (caller.customer !== null) {
    const named = await nameIfSafe(call, caller, caller.customer);
    if (named !== null) return { kind: 'customer', id: named };
  } else if (caller.ask !== null) return { kind: 'ask', question: caller.ask };
  if (caller.line === null) return { kind: 'ask', question: 'phone_number' };
  // Somebody whose number was only said, or one of several who must not be disclosed aloud: the full name identifies the customer.
  const whole = caller.name !== null && nameWords(caller.name).length > 1;
  if (!whole && (!caller.network || caller.several)) return { kind: 'ask', question: 'customer_name' };
  const made = await createCustomer(
    call.scope,
    {
      source: sourceOf(call),
      companyId: branchContext.branch.body.companyId,
      name: caller.name,
      language: call.language,
    },
    caller.line,
    caller.others > 0 || caller.customer !== null || !caller.network ? caller.name : null,
    caller.network,
  );
  await call.scope.calendar.conversation({
    now: call.now,
    callId: call.callId,
    merge: { customerId: made.id, identity: { madeId: made.id } },
  });
  return { kind: 'customer', id: made.id };
}

/**
 * A name first given at a booking is stored. Not onto somebody who has appointments already: the name would disclose them in the
 * next call to anyone who gives it. Null: create another customer.
 */
async function nameIfSafe(call: FunctionCall, caller: Caller, customer: CustomerRow): Promise<string | null> {
  if (fullName(customer) !== null || caller.name === null) return customer.id;
  const { identity, appointmentIds } = caller.conversation;
  if (identity.leadId !== customer.id && !identity.madeIds.includes(customer.id)) {
    const { result } = await call.scope.calendar.appointmentsOf({ customerId: customer.id, now: call.now });
    const had = result.ok
      ? [...result.value.upcoming, ...result.value.past].some(
          ({ appointment }) => !appointmentIds.includes(appointment.id),
        )
      : true;
    if (had) return null;
    await call.scope.calendar.conversation({
      now: call.now,
      callId: call.callId,
      merge: { identity: { renamedId: customer.id } },
    });
  }
  await nameCustomer(call.scope, customer, caller.name);
  return customer.id;
}
