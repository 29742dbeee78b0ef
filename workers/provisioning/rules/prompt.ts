/** Pure: the prompt of an agent, filled with the facts of its business. What changes from call to call stays in double braces, which the inbound webhook fills. Read by wanted.ts. */
import type { AgentAbility, AgentTrade } from '../../../shared/agent-sets.ts';
import { type PromptText, promptDe } from '../../../shared/i18n/prompt.de.ts';
import { promptEn } from '../../../shared/i18n/prompt.en.ts';
import type { Language } from '../../../shared/i18n/language.ts';

/** What of the business an agent is told; it asks our functions for everything that changes. */
export interface BusinessFacts {
  business: string;
  branch: string;
  timeZone: string;
  address: { street: string; postalCode: string; city: string } | null;
  phone: string | null;
  /** names in the agent's language: neutral ones in a practice */
  services: readonly string[];
  practiceMode: boolean;
}

export interface PromptAgent {
  name: string;
  language: Language;
  trade: AgentTrade;
  firstSentence: string | null;
  transferNumber: string | null;
  emergencyNumber: string | null;
  abilities: readonly AgentAbility[];
}

/** Names of services in a prompt: tokens make each turn dearer, and the agent can ask for the others. */
const MAX_SERVICES = 30;

const TEXTS: Readonly<Record<Language, Readonly<Record<PromptText, string>>>> = { de: promptDe, en: promptEn };

/** Facts of a business are data: a name that reads like an instruction or a placeholder stays a name. */
const quoted = (text: string): string => JSON.stringify(text.replaceAll(/[{}]/g, ''));

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/(?<!\{)\{(\w+)\}(?!\})/g, (whole, key: string) => values[key] ?? whole);

/** What the agent says first where the inbound webhook could not be reached. */
export function firstSentenceOf(agent: Pick<PromptAgent, 'language' | 'firstSentence'>, facts: BusinessFacts): string {
  return agent.firstSentence ?? filled(TEXTS[agent.language].first_sentence, { business: facts.business });
}

/** The whole prompt, one rule a line. */
export function promptOf(agent: PromptAgent, facts: BusinessFacts): string {
  const t = TEXTS[agent.language];
  const { address } = facts;
  const may = (ability: AgentAbility): boolean => agent.abilities.includes(ability);
  const lines = [
    filled(t.role, { agent: quoted(agent.name), business: quoted(facts.business), branch: quoted(facts.branch) }),
    t.now,
    t.disclosure,
    '{{emergency_rule}}',
    agent.emergencyNumber === null ? null : filled(t.emergency_number, { number: agent.emergencyNumber }),
    filled(t.place, {
      address: address === null ? t.unknown : quoted(`${address.street}, ${address.postalCode} ${address.city}`),
      phone: facts.phone ?? t.unknown,
    }),
    facts.services.length === 0
      ? null
      : filled(t.services, { services: facts.services.slice(0, MAX_SERVICES).map(quoted).join(', ') }),
    t[`trade_${agent.trade}`],
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
