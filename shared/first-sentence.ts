/**
 * Whether a wording of the first sentence tells the caller that a machine speaks (EU AI Act, Art. 50): the first sentence that is more than a
 * greeting must name one, in the agent's language, as the one who speaks. Read by the agents' commands, the form and the telephony.
 */
import type { Language } from './i18n/language.ts';

/** `ok`, or what is wrong: no machine is named at all, or only after something else was said, or it is denied. */
type FirstSentence = 'ok' | 'empty' | 'no_machine' | 'not_first' | 'denied';

const DE_PERSON = '(?:assistent(?:in)?|assistenz|agent(?:in)?|stimme|rezeption(?:ist|istin)?|empfang|system|hilfe)';
const EN_PERSON = '(?:assistant|agent|receptionist|voice|system|attendant|concierge)';

/** What names a machine. The names of businesses may hold such words too ("KI-Salon", "AI Cuts"): only what can be the speaker counts. */
const MACHINE: Readonly<Record<Language, RegExp>> = {
  de: new RegExp(
    [
      'künstlichen? intelligenz',
      '(?:eine|einer|die|der|als) ki(?![\\p{L}\\d-])',
      `ki-?(?:telefon|sprach)?-?${DE_PERSON}(?!\\p{L})`,
      `(?:digital|virtuell|automatisch|künstlich|computergestützt)e[rnm]?s? (?:\\p{L}+-)?(?:telefon|sprach|empfangs|praxis|termin)?-?${DE_PERSON}(?!\\p{L})`,
      '(?:sprach|telefon)-?(?:computer|roboter|bot|assistent(?:in)?|assistenz)(?!\\p{L})',
      'ein(?:e[mn]?|en)? (?:computer|roboter|maschine|automat|chatbot|sprachbot)(?!\\p{L})',
    ]
      .map((part) => `(?<![\\p{L}\\d])${part}`)
      .join('|'),
    'iu',
  ),
  en: new RegExp(
    [
      'artificial intelligence',
      '(?:an|the|your|our) ai(?![\\p{L}\\d-])',
      `ai[- ](?:powered |phone |voice |telephone )?${EN_PERSON}(?!\\p{L})`,
      `(?:digital|virtual|automated|artificial|computerised|computerized) (?:phone |voice |telephone )?${EN_PERSON}(?!\\p{L})`,
      '(?:a|the|your) (?:computer|robot|machine|bot|voice ?bot|chat ?bot)(?!\\p{L})',
    ]
      .map((part) => `(?<![\\p{L}\\d])${part}`)
      .join('|'),
    'iu',
  ),
};

/** A denial shortly before the machine, or right behind it: "Ich bin keine KI", "not a robot", "eine KI bin ich nicht". */
const DENIED_BEFORE: Readonly<Record<Language, RegExp>> = {
  de: /(?<!\p{L})(?:kein\p{L}*|nicht|niemals|ohne)(?:[\s,]+\p{L}+){0,2}[\s,]*$/iu,
  en: /(?<!\p{L})(?:not|no|never|without|isn['’]t|aren['’]t)(?:[\s,]+\p{L}+){0,2}[\s,]*$/iu,
};
const DENIED_BEHIND: Readonly<Record<Language, RegExp>> = {
  de: /^[^,.;]{0,20}(?<!\p{L})(?:nicht|niemals)(?!\p{L})/iu,
  en: /^[^,.;]{0,20}(?<!\p{L})(?:not|never)(?!\p{L})/iu,
};
/** "eine KI" that starts with the denial itself: "keine KI" does not match `eine KI` (a letter stands before it), so it names none. */
const DENIAL: Readonly<Record<Language, RegExp>> = {
  de: /(?<!\p{L})kein(?:e[rnms]?)? (?:ki|künstliche\p{L}*|computer|roboter|maschine|automat|digital\p{L}*|virtuell\p{L}*)(?!\p{L})/iu,
  en: /(?<!\p{L})(?:not|no|never) (?:an? |the )?(?:ai|artificial|computer|robot|machine|bot|virtual|digital)(?!\p{L})/iu,
};

/** A sentence that only greets may come before: "Guten Tag!", "Hallo und herzlich willkommen." At most so many words. */
const MAX_GREETING_WORDS = 6;
const GREETS: Readonly<Record<Language, RegExp>> = {
  de: /^(?:hallo|hi|hey|moin|servus|grüezi|grüß|grüss|guten|schönen|willkommen|herzlich|ein herzliches)(?!\p{L})/iu,
  en: /^(?:hello|hi|hey|good|welcome|thank|thanks|a warm welcome)(?!\p{L})/iu,
};

/** After these a full stop ends no sentence. */
const SHORTENED = /(?<!\p{L})(?:dr|prof|dipl|ing|st|str|nr|fa|inh|med|dent|vet|bzw|mr|mrs|ms|no|ltd|inc|z|u|b|a)\.$/iu;

function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const { index } of text.matchAll(/[.!?…]+(?=\s|$)/gu)) {
    const end = index + 1;
    const sentence = text.slice(from, end);
    if (SHORTENED.test(sentence)) continue;
    sentences.push(sentence.trim());
    from = end;
  }
  const rest = text.slice(from).trim();
  return [...sentences, rest].filter((sentence) => /[\p{L}\d]/u.test(sentence));
}

const isGreeting = (sentence: string, language: Language): boolean =>
  GREETS[language].test(sentence) &&
  sentence.split(/\s+/).length <= MAX_GREETING_WORDS &&
  // Whoever asks or offers something has begun to talk.
  !/[?:;]/.test(sentence);

/** Judges a wording. @param text as it is spoken, placeholders filled */
export function judgeFirstSentence(text: string, language: Language): FirstSentence {
  const sentences = sentencesOf(text.normalize('NFC').replaceAll(/[‐‑–]/g, '-'));
  const [first] = sentences;
  if (first === undefined) return 'empty';
  if (sentences.some((sentence) => DENIAL[language].test(sentence))) return 'denied';
  const told = sentences.findIndex((sentence) => MACHINE[language].test(sentence));
  const telling = sentences[told];
  if (telling === undefined) return 'no_machine';
  const match = MACHINE[language].exec(telling);
  const before = telling.slice(0, match?.index ?? 0);
  const behind = telling.slice((match?.index ?? 0) + (match?.[0].length ?? 0));
  if (DENIED_BEFORE[language].test(before) || DENIED_BEHIND[language].test(behind)) return 'denied';
  return sentences.slice(0, told).every((sentence) => isGreeting(sentence, language)) ? 'ok' : 'not_first';
}
