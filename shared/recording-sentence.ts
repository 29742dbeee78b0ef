/**
 * Whether a wording tells callers that they are recorded and offers them a no, and whether a caller said no: § 201 StGB makes a recording
 * without consent a crime, so that a doubt counts against the recording. Read by the agents' commands, the form and the telephony.
 */
import { LANGUAGES, type Language } from './i18n/language.ts';

/** `ok`, or what is missing: that the call is recorded, or how to say no. */
type RecordingSentence = 'ok' | 'not_said' | 'no_choice';

interface Turn {
  role: string;
  text: string;
}

/** Words for a recording, as stems. */
const RECORDING: Readonly<Record<Language, string>> = {
  de: '(?:aufzeichn\\p{L}*|aufgezeichnet|aufnahme\\p{L}*|aufgenommen|aufnehmen|aufnimm\\p{L}*|mitschnitt\\p{L}*|mitschneid\\p{L}*|mitgeschnitten|zeichne[nt]?(?: \\p{L}+){1,4} auf)',
  en: '(?:record(?:ed|ing|ings|s)?|taped|taping)',
};
/** A part of a sentence that says under which condition: it offers the no and announces nothing. */
const CONDITION: Readonly<Record<Language, RegExp>> = {
  de: /(?<!\p{L})(?:wenn|falls|sollten|möchten|wollen|wünschen|ohne)(?!\p{L})[^.;!?,]*/giu,
  en: /(?<!\p{L})(?:if|unless|should|without|would you)(?!\p{L})[^.;!?,]*/giu,
};
const NOT: Readonly<Record<Language, string>> = {
  de: '(?:nicht|nie|niemals|kein\\p{L}*)',
  en: "(?:not|never|no|isn['’]t|aren['’]t|won['’]t|don['’]t)",
};
const CHOICE: Readonly<Record<Language, RegExp>> = {
  de: /(?<!\p{L})(?:wenn|falls|sollten|möchten|wollen|wünschen)(?!\p{L})[^.;!?]*(?<!\p{L})(?:nicht|kein\p{L}*|lieber)(?!\p{L})|sagen sie (?:bitte |einfach |mir |uns |dann |jetzt |jederzeit )*[„"“‚']?nein|widersprechen|ablehnen|ohne (?:aufnahme|aufzeichnung|mitschnitt)/iu,
  en: /(?<!\p{L})(?:if|unless|should)(?!\p{L})[^.;!?]*(?<!\p{L})(?:not|don['’]t|rather|prefer|object)(?!\p{L})|say (?:please |simply |just )?["“']?no(?!\p{L})|object|opt out|decline|without (?:a |being )?record/iu,
};

/** Judges a wording. @param text as it is spoken, placeholders filled */
export function judgeRecordingSentence(text: string, language: Language): RecordingSentence {
  const plain = text.normalize('NFC').replaceAll(/\s+/gu, ' ');
  const announces = plain.replaceAll(CONDITION[language], ' ');
  const said = new RegExp(`(?<!\\p{L})${RECORDING[language]}(?!\\p{L})`, 'iu').test(announces);
  const denied = new RegExp(
    `(?<!\\p{L})${NOT[language]}(?!\\p{L})[^.;!?]{0,30}(?<!\\p{L})${RECORDING[language]}(?!\\p{L})`,
    'iu',
  ).test(announces);
  if (!said || denied) return 'not_said';
  return CHOICE[language].test(plain) ? 'ok' : 'no_choice';
}

/** Utterances of the agent that may hold the announcement: one may have been interrupted and gone on. */
const OPENING_TURNS = 2;

/** Whether the caller has heard it: what was said of the announcement, up to where somebody interrupted it, says both. */
export function wasAnnounced(turns: readonly Turn[]): boolean {
  const opening: string[] = [];
  for (const { role, text } of turns) {
    if (role !== 'agent') continue;
    opening.push(text);
    if (opening.length === OPENING_TURNS) break;
  }
  const [first = ''] = opening;
  return [first, opening.join(' ')].some((text) =>
    LANGUAGES.some((language) => judgeRecordingSentence(text, language) === 'ok'),
  );
}

const anyRecording = new RegExp(`(?<!\\p{L})(?:${RECORDING.de}|${RECORDING.en})(?!\\p{L})`, 'iu');
const NO_FIRST =
  /^[\s„"“'.,…-]*(?:(?:äh+|ähm|hm+|also|oh|ach|um|uh|well|ja|yes|hallo|hello|hi|guten tag|moment)[\s,.…-]+){0,3}(?:nein|nee|nö|ne|no|nope|nay|lieber nicht|bitte nicht|auf keinen fall|rather not|please don['’]t|i(?: would|['’]d) rather not)(?!\p{L})/iu;
const NEAR = '[^.!?]{0,60}';
const REFUSALS: readonly RegExp[] = [
  new RegExp(
    `(?<!\\p{L})(?:nicht|nichts|nie|kein\\p{L}*|ohne|gegen|keinesfalls)(?!\\p{L})${NEAR}(?<!\\p{L})${RECORDING.de}`,
    'iu',
  ),
  new RegExp(
    `(?<!\\p{L})${RECORDING.de}(?!\\p{L})${NEAR}(?<!\\p{L})(?:nicht|nein|kein\\p{L}*|aus|ausschalten|ausmachen|abschalten|stopp\\p{L}*|lösch\\p{L}*|gelöscht|beenden|unterlassen|lassen|ablehn\\p{L}*|widersprech\\p{L}*)(?!\\p{L})`,
    'iu',
  ),
  /(?<!\p{L})(?:zeichne\p{L}*|nehm\p{L}*|nimm|schneid\p{L}*)(?!\p{L})[^.!?]{0,40}(?<!\p{L})nichts?(?!\p{L})[^.!?]{0,20}(?<!\p{L})(?:auf|mit)(?!\p{L})/iu,
  /(?<!\p{L})(?:widerspreche|lehne (?:das |die |es )?(?:\p{L}+ )?ab|(?:damit |ich )?(?:bin |)(?:ich )?(?:damit )?nicht einverstanden|will (?:ich )?das nicht|möchte (?:ich )?das nicht)(?!\p{L})/iu,
  new RegExp(
    `(?<!\\p{L})(?:not|no|never|without|stop|against|don['’]t|doesn['’]t|can['’]t)(?!\\p{L})${NEAR}(?<!\\p{L})${RECORDING.en}`,
    'iu',
  ),
  new RegExp(
    `(?<!\\p{L})${RECORDING.en}(?!\\p{L})${NEAR}(?<!\\p{L})(?:not|no|off|stop|stopped|delete|deleted|don['’]t)(?!\\p{L})`,
    'iu',
  ),
  /(?<!\p{L})(?:i object|i decline|i refuse|i disagree|i do(?: not|n['’]t) (?:consent|agree|want that)|not (?:ok|okay|fine|comfortable) with)(?!\p{L})/iu,
];

/** Whether the caller said no to being recorded, at any time of the call. A plain no counts as the first word, or after the recording was named. */
export function refusedRecording(turns: readonly Turn[]): boolean {
  let isFirst = true;
  let before = '';
  for (const { role, text } of turns) {
    if (role !== 'caller') {
      before = text;
      continue;
    }
    if (REFUSALS.some((refusal) => refusal.test(text))) return true;
    if ((isFirst || anyRecording.test(before)) && NO_FIRST.test(text)) return true;
    isFirst = false;
  }
  return false;
}
