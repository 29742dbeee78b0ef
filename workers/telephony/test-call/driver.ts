/**
 * Pure: what an agent does with a caller's words, without a model. It calls the functions that the prompt of docs/agent.md prescribes, with
 * the caller's own words, and speaks their messages; what it does not find in the words it leaves out, and the function asks. Called by
 * test-call.ts, once for what the caller says and once for every answer.
 */
import { AGENT_ABILITIES } from '../../../shared/agent-sets.ts';
import { foldLetters } from '../../../shared/fold-letters.ts';
import type { FunctionName } from '../functions/names.ts';

/** What a caller may be about. */
export const INTENTS = [...AGENT_ABILITIES, 'callback'] as const;
type Intent = (typeof INTENTS)[number];

/** A start as an answer offers it: on the branch's clock. */
interface Offer {
  date: string;
  time: string;
}

/** What is remembered between two turns. */
export interface Memory {
  intent: Intent | null;
  /** what the last answer asked for: `customer_name`, `service`, `time`, `confirm`, `current_when`, `reason` … */
  asking: string | null;
  name: string | null;
  /** everything is known and held: a yes books it */
  held: { starts_at: string; service_id: string } | null;
  /** the first start that was offered */
  offered: Offer | null;
  /** what the present request is about, to be said again with a yes */
  args: Record<string, unknown>;
}
export const EMPTY: Memory = { intent: null, asking: null, name: null, held: null, offered: null, args: {} };

/** What the driver can look up beside the words. */
export interface Knowledge {
  /** each service with the names that callers use */
  services: readonly { id: string; names: readonly string[] }[];
  /** first names of the people */
  staff: readonly string[];
  /** whether there is a day or a time in the words */
  hasTime(text: string): boolean;
}

type Move =
  | { do: 'call'; name: FunctionName; args: Record<string, unknown> }
  | { do: 'say'; text: string }
  /** a sentence of ours: nothing was asked of a function */
  | { do: 'ask'; what: 'when' | 'else' };
export interface Step {
  memory: Memory;
  move: Move;
}

const YES =
  /^(ja|jo|jawohl|gerne?|genau|passt|okay|ok|stimmt|richtig|einverstanden|perfekt|bitte|yes|yeah|sure|right|correct|please)\b/;
const NO = /^(nein|ne|nee|lieber nicht|doch nicht|passt nicht|no|nope|rather not)\b/;
const FIRST = /\b(erste[nrs]?|den nehme ich|nehm ich|first)\b/;
const HOURS =
  /geoeffnet|oeffnungszeit|habt ihr (noch )?(auf|offen)|haben sie (noch )?(auf|offen)|wann (macht|schliesst|oeffnet)|opening|are you open|when do you (open|close)/;
const PRICES =
  /was kostet|wie ?viel|kosten|preis|was bieten|welche (leistung|behandlung|angebot)|how much|price|what do you offer|which services/;
const CALLBACK = /rueckruf|ruf\w* (sie |mich |bitte )*zurueck|mit (einem )?menschen|call (me )?back|speak to (a|some)/;
const CANCEL = /absag|stornier|\bcancel/;
const MOVE = /verschieb|verleg|umbuch|reschedul|\bmove\b/;
const LIST = /meine?n? (naechste\w* )?termin|wann (habe|hab) ich|my (next )?appointment|when is my/;

const NAME =
  /(?:ich hei(?:ß|ss)e|mein name ist|hier (?:ist|spricht)|auf den namen|my name is|this is|i am called)\s+((?:[\p{L}'’.-]+\s?){1,4})/iu;
/** Words behind a name that are none of it. */
const NO_NAME = /\s(?:und|ich|aus|and|i|i'd|from|bitte)\b.*$/iu;

/** What a sentence is wrapped in, and a model leaves out of `when`: who wants what, not the day and the hour. */
const FRAME =
  /(?<!\p{L})(?:ich|wir|mir|ihn|sie|hätte|haette|habe|möchte|moechte|würde|wuerde|will|kann|können|gern|gerne|bitte|meinen|meinem|mein|einen|den termin|termin|buchen|vereinbaren|verschieben|verlegen|umbuchen|absagen|stornieren|i|would|like|want|please|my|an|appointment|book|move|reschedule|cancel|it)(?!\p{L})/giu;
const timeWords = (text: string): string => text.replace(FRAME, ' ').replace(/\s+/g, ' ').trim() || text;

function nameIn(text: string, memory: Memory): string | null {
  const said = NAME.exec(text)?.[1]?.replace(NO_NAME, '').trim();
  if (said) return said;
  const isAsked = memory.asking === 'customer_name' || memory.asking === 'first_name';
  if (!isAsked) return null;
  const answer = text
    .replace(/^(ja|äh|ähm|also|gern)[,\s]+/iu, '')
    .replace(/[.!?]+$/, '')
    .trim();
  return answer.split(/\s+/).length <= 5 && /\p{L}/u.test(answer) ? answer : null;
}

/** The longest name of a service in the words; its own words as the caller said them. */
function serviceIn(text: string, known: Knowledge): { phrase: string; rest: string } | null {
  const folded = foldLetters(text);
  let best = '';
  for (const { names } of known.services)
    for (const name of names) {
      const plain = foldLetters(name);
      if (plain.length > best.length && wordAt(folded, plain) !== -1) best = plain;
    }
  if (best === '') return null;
  const at = wordAt(folded, best);
  return { phrase: best, rest: `${folded.slice(0, at)} ${folded.slice(at + best.length)}`.trim() };
}

function wordAt(text: string, phrase: string): number {
  for (let at = text.indexOf(phrase); at !== -1; at = text.indexOf(phrase, at + 1))
    if (!isLetter(text[at - 1]) && !isLetter(text[at + phrase.length])) return at;
  return -1;
}
const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\d]/u.test(sign);

function intentIn(folded: string): Intent | null {
  if (CANCEL.test(folded)) return 'cancel';
  if (MOVE.test(folded)) return 'move';
  if (CALLBACK.test(folded)) return 'callback';
  if (LIST.test(folded)) return 'list';
  return null;
}

const call = (memory: Memory, name: FunctionName, args: Record<string, unknown>): Step => ({
  memory: { ...memory, args },
  move: { do: 'call', name, args },
});
const named = ({ name }: Memory): Record<string, unknown> => (name === null ? {} : { customer_name: name });

/** What to do with what the caller said. */
export function heard(before: Memory, text: string, known: Knowledge): Step {
  const folded = foldLetters(text).trim();
  const name = nameIn(text, before);
  const memory: Memory = { ...before, name: name ?? before.name };
  const isYes = YES.test(folded);
  if (memory.held !== null && isYes) {
    return call(memory, 'book-appointment', { ...memory.held, ...named(memory), confirm: true });
  }
  if (memory.held !== null && NO.test(folded) && !known.hasTime(text))
    return { memory: { ...memory, held: null, asking: 'time' }, move: { do: 'ask', what: 'when' } };

  const wanted = intentIn(folded);
  if (wanted === null && HOURS.test(folded))
    return call(memory, 'opening-hours', known.hasTime(text) ? { when: timeWords(text) } : {});
  if (wanted === null && PRICES.test(folded)) return call(memory, 'list-services', { query: text });

  const intent = wanted ?? memory.intent ?? 'book';
  const isNew = intent !== memory.intent;
  const present: Memory = isNew ? { ...memory, intent, held: null, offered: null, asking: null } : memory;
  switch (intent) {
    case 'book':
      return booking(present, text, known, FIRST.test(folded) || (isYes && !known.hasTime(text)));
    case 'callback':
      return isNew && present.name === null
        ? call(present, 'request-callback', { reason: text })
        : call(present, 'request-callback', { reason: text, ...named(present) });
    case 'list':
      return call(present, 'list-appointments', { ...named(present), ...current(present, text, known) });
    case 'cancel':
    case 'move':
      return change(present, text, known, isYes, isNew);
  }
}

/** Day and hour of an appointment they have, where that was asked for. */
const current = (memory: Memory, text: string, known: Knowledge): Record<string, unknown> =>
  memory.asking === 'current_when' && known.hasTime(text) ? { current_when: timeWords(text) } : {};

function booking(memory: Memory, text: string, known: Knowledge, takesOffer: boolean): Step {
  const service = serviceIn(text, known);
  const rest = service?.rest ?? text;
  const isName = memory.asking === 'customer_name' || memory.asking === 'first_name';
  const staff = known.staff.find((one) => wordAt(foldLetters(text), foldLetters(one)) !== -1);
  const spoken =
    takesOffer && memory.offered !== null
      ? { ...memory.offered }
      : !isName && known.hasTime(rest)
        ? { when: timeWords(rest) }
        : {};
  const wished =
    service !== null ? { service: service.phrase } : memory.asking === 'service' && !isName ? { service: text } : {};
  const args = {
    ...wished,
    ...spoken,
    // "Anna" as a name for the appointment does not ask for the colleague Anna.
    ...(staff === undefined || isName || memory.name?.includes(staff) ? {} : { staff }),
    ...named(memory),
  };
  return call({ ...memory, held: null }, 'collect-appointment', args);
}

function change(memory: Memory, text: string, known: Knowledge, isYes: boolean, isNew: boolean): Step {
  const name = memory.intent === 'cancel' ? 'cancel-appointment' : 'reschedule-appointment';
  const before = isNew ? {} : memory.args;
  if (memory.asking === 'confirm' && isYes) return call(memory, name, { ...before, ...named(memory), confirm: true });
  const hasTime = known.hasTime(text);
  const said: Record<string, unknown> =
    !hasTime || memory.asking === 'customer_name'
      ? {}
      : memory.intent === 'cancel' || memory.asking === 'current_when'
        ? { current_when: timeWords(text) }
        : { when: timeWords(text) };
  // Another time takes the place of the one before, in whatever words it came.
  const { when: _when, date: _date, time: _time, ...rest } = before as Record<string, unknown>;
  const takesOffer = memory.intent === 'move' && memory.offered !== null && (isYes || FIRST.test(foldLetters(text)));
  const kept = takesOffer || 'when' in said ? rest : before;
  return call(memory, name, { ...kept, ...(takesOffer ? memory.offered : said), ...named(memory) });
}

/** What to do with what a function answered: its message is spoken, what it asks for is remembered. */
export function answered(memory: Memory, name: FunctionName, body: Readonly<Record<string, unknown>>): Step {
  const text = typeof body['message'] === 'string' ? body['message'] : '';
  const say = (next: Memory): Step => ({
    memory: next,
    move: text === '' ? { do: 'ask', what: 'else' } : { do: 'say', text },
  });
  if (body['emergency'] === true) return say({ ...EMPTY, name: memory.name });
  const isDone = body['success'] === true;
  switch (name) {
    case 'collect-appointment':
      return say({
        ...memory,
        asking: firstOf(body['missing']),
        offered: offeredIn(body),
        held:
          body['complete'] === true && typeof body['starts_at'] === 'string' && typeof body['service_id'] === 'string'
            ? { starts_at: body['starts_at'], service_id: body['service_id'] }
            : null,
      });
    case 'book-appointment':
      return say(
        isDone
          ? { ...EMPTY, name: memory.name }
          : {
              ...memory,
              held: asksName(body) ? memory.held : null,
              asking: askedBy(body) ?? 'time',
              offered: offeredIn(body),
            },
      );
    case 'cancel-appointment':
    case 'reschedule-appointment':
    case 'list-appointments':
    case 'request-callback':
      return say(
        isDone ? { ...EMPTY, name: memory.name } : { ...memory, asking: askedBy(body), offered: offeredIn(body) },
      );
    default:
      return say(memory);
  }
}

const firstOf = (list: unknown): string | null => (Array.isArray(list) && typeof list[0] === 'string' ? list[0] : null);
const asksName = (body: Readonly<Record<string, unknown>>): boolean => askedBy(body) === 'customer_name';

/** What a refusal wants to hear next. */
function askedBy(body: Readonly<Record<string, unknown>>): string | null {
  switch (body['code']) {
    case 'CONFIRMATION_REQUIRED':
      return 'confirm';
    case 'NAME_REQUIRED':
      return 'customer_name';
    case 'PROOF_REQUIRED':
      return 'current_when';
    default: {
      const details = body['details'];
      const inside = typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {};
      return firstOf(body['missing']) ?? firstOf(inside['missing']);
    }
  }
}

/** The first start that an answer offers. */
function offeredIn(body: Readonly<Record<string, unknown>>): Offer | null {
  const details = body['details'];
  const inside = typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {};
  for (const list of [body['next_available_slots'], inside['alternatives'], inside['choices']]) {
    const first: unknown = Array.isArray(list) ? list[0] : null;
    if (typeof first !== 'object' || first === null) continue;
    const { date, time } = first as Record<string, unknown>;
    if (typeof date === 'string' && typeof time === 'string') return { date, time };
  }
  return null;
}
