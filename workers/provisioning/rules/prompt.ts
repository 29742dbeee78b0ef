/** Pure: the prompt of an agent, filled with the facts of its business. What changes from call to call stays in double braces, which the inbound webhook fills. Read by wanted.ts. */
import type { AgentAbility, AgentTrade } from '../../../shared/agent-sets.ts';
import { type PromptText, promptDe } from '../../../shared/i18n/prompt.de.ts';
import { promptEn } from '../../../shared/i18n/prompt.en.ts';
import type { Language } from '../../../shared/i18n/language.ts';

/** What the template of a trade says of its calls (onboarding/trades/), in the agent's language. */
export interface TradeFacts {
  questions: readonly { ask: string; isHealth: boolean }[];
  /** `say` may hold numbers to call in braces */
  redFlags: readonly { signs: readonly string[]; route: string; say: string }[];
}

/** What of the business an agent is told; it asks our functions for everything that changes. */
export interface BusinessFacts {
  business: string;
  branch: string;
  timeZone: string;
  address: { street: string; postalCode: string; city: string } | null;
  phone: string | null;
  /** how to get there, in the business's own words; null: nothing is known */
  directions: string | null;
  /** how far it drives to its customers; null: it does not */
  radiusKm: number | null;
  /** spoken on site, in the agent's language */
  languages: readonly string[];
  /** names in the agent's language: neutral ones in a practice */
  services: readonly string[];
  practiceMode: boolean;
  /** ISO 3166 alpha-2 of the branch */
  country: string;
  /** null: a trade without a template */
  trade: TradeFacts | null;
}

interface PromptAgent {
  name: string;
  language: Language;
  trade: AgentTrade;
  firstSentence: string | null;
  transferNumber: string | null;
  emergencyNumber: string | null;
  abilities: readonly AgentAbility[];
  /** calls are recorded: the first sentence says so, and a no is passed on */
  records: boolean;
}

/** Names of services in a prompt: tokens make each turn dearer, and the agent can ask for the others. */
const MAX_SERVICES = 30;

const TEXTS: Readonly<Record<Language, Readonly<Record<PromptText, string>>>> = { de: promptDe, en: promptEn };

/** Facts of a business are data: a name that reads like an instruction or a placeholder stays a name. */
const quoted = (text: string): string => JSON.stringify(text.replaceAll(/[{}]/g, ''));

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/(?<!\{)\{(\w+)\}(?!\})/g, (whole, key: string) => values[key] ?? whole);

/** What the agent says first where the inbound webhook could not be reached. */
export function firstSentenceOf(
  agent: Pick<PromptAgent, 'language' | 'firstSentence' | 'records'>,
  facts: BusinessFacts,
): string {
  const t = TEXTS[agent.language];
  const own = agent.records ? t.first_sentence_recorded : t.first_sentence;
  return agent.firstSentence ?? filled(own, { business: facts.business });
}

/** Public numbers that a template names, by country. 112 holds in all of them; a country that is not listed has only that. */
const PUBLIC_NUMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DE: { medical_on_call_number: '116117', helpline_number: '116123' },
  AT: { medical_on_call_number: '1450', helpline_number: '142' },
  CH: { helpline_number: '143' },
};
/** Numbers that are the business's own, if it gave one. */
const OWN_NUMBERS = ['vet_emergency_number', 'on_call_number', 'gas_emergency_number'];

/** What has to be done at once, whatever else was asked for: signs, what to do, what to say. */
function redFlagLines(agent: PromptAgent, { country, trade }: BusinessFacts): string[] {
  const t = TEXTS[agent.language];
  if (trade === null || trade.redFlags.length === 0) return [];
  const own = agent.emergencyNumber;
  const numbers: Record<string, string> = {
    emergency_number: '112',
    ...PUBLIC_NUMBERS[country],
    ...(own === null ? {} : Object.fromEntries(OWN_NUMBERS.map((name) => [name, own]))),
  };
  const routes: Readonly<Record<string, string>> = {
    emergency_number: t.flag_emergency,
    transfer_now: agent.transferNumber === null ? t.flag_callback : t.flag_transfer,
    callback_today: t.flag_callback,
    refer_external: t.flag_refer,
    offer_next_urgent_slot: agent.abilities.includes('book') ? t.flag_next : t.flag_callback,
    refuse_politely: t.flag_refuse,
  };
  return [
    t.red_flags,
    ...trade.redFlags.map(({ signs, route, say }) =>
      filled(t.red_flag, {
        signs: signs.map(quoted).join(', '),
        todo: routes[route] ?? t.flag_refer,
        say: quoted(say.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => numbers[name] ?? t.number_unknown)),
      }),
    ),
  ];
}

/** What is asked of health stays unasked in a practice. */
const questionsOf = ({ trade, practiceMode }: BusinessFacts): string[] =>
  (trade?.questions ?? []).filter(({ isHealth }) => !isHealth || !practiceMode).map(({ ask }) => ask);

/** The whole prompt, one rule a line. */
export function promptOf(agent: PromptAgent, facts: BusinessFacts): string {
  const t = TEXTS[agent.language];
  const { address } = facts;
  const questions = questionsOf(facts);
  const may = (ability: AgentAbility): boolean => agent.abilities.includes(ability);
  const lines = [
    filled(t.role, { agent: quoted(agent.name), business: quoted(facts.business), branch: quoted(facts.branch) }),
    t.now,
    t.disclosure,
    agent.records ? t.recording : null,
    '{{emergency_rule}}',
    agent.emergencyNumber === null ? null : filled(t.emergency_number, { number: agent.emergencyNumber }),
    filled(t.place, {
      address: address === null ? t.unknown : quoted(`${address.street}, ${address.postalCode} ${address.city}`),
      phone: facts.phone ?? t.unknown,
    }),
    facts.directions === null ? null : filled(t.directions, { directions: quoted(facts.directions) }),
    facts.radiusKm === null ? null : filled(t.radius, { km: String(facts.radiusKm) }),
    facts.languages.length === 0 ? null : filled(t.languages, { languages: facts.languages.map(quoted).join(', ') }),
    facts.services.length === 0
      ? null
      : filled(t.services, { services: facts.services.slice(0, MAX_SERVICES).map(quoted).join(', ') }),
    ...redFlagLines(agent, facts),
    t[`trade_${agent.trade}`],
    questions.length === 0 ? null : filled(t.questions, { questions: questions.map(quoted).join(', ') }),
    facts.practiceMode ? t.practice : null,
    t.caller,
    t.manner,
    t.dates,
    t.names,
    t.messages,
    may('book') ? t.may_book : t.may_not_book,
    may('book') ? t.party : null,
    may('move') ? t.may_move : t.may_not_move,
    may('cancel') ? t.may_cancel : t.may_not_cancel,
    may('list') ? t.may_list : t.may_not_list,
    may('move') || may('cancel') || may('list') ? t.proof : null,
    agent.transferNumber === null ? t.no_transfer : t.transfer,
    t.fallback,
    t.end,
  ];
  return lines.filter((line) => line !== null).join('\n');
}
