/**
 * What happened to somebody leads to 112, never to a booking; every telephony function asks this before anything else. How the
 * words are read: emergencies/README.md.
 */
import { foldLetters } from '../../shared/fold-letters.ts';
import type { EmergencyClass } from './emergencies/grammar.ts';
import { soundsLikeEmergency } from './emergencies/learned.ts';
import { readClass } from './emergencies/reading.ts';

export type { EmergencyClass } from './emergencies/grammar.ts';
export type EmergencyKind = 'medical' | 'fire' | 'gas' | 'police' | 'suicide' | 'general';

/** The sentence to the caller depends on less than what was recognised. */
const KIND: Readonly<Record<EmergencyClass, EmergencyKind>> = {
  collapsed: 'medical',
  not_reacting: 'medical',
  not_breathing: 'medical',
  blue: 'medical',
  bleeding: 'medical',
  swallowed: 'medical',
  chest_pain: 'medical',
  stroke: 'medical',
  seizure: 'medical',
  choking: 'medical',
  fall: 'medical',
  fire: 'fire',
  gas: 'gas',
  intruder: 'police',
  suicidal: 'suicide',
  called: 'general',
  several: 'general',
};

/** From here on a text is an emergency whatever the grammar finds in it … */
const CERTAIN = 1.2;
/** … and below this none; most of what callers say lies far below, and the grammar is not asked. */
const HARMLESS = -2;

/**
 * The emergency the words describe, or null: a trade, a film, last year, a cat or "I'm dying of hunger" are none. Two readers judge: what was
 * learned from sentences says how much it sounds like one, the grammar says what happened and what speaks against it.
 */
export function readEmergency(text: string): { kind: EmergencyKind; class: EmergencyClass } | null {
  const sound = soundsLikeEmergency(text);
  if (sound <= HARMLESS) return null;
  const read = readClass(text) ?? (sound > CERTAIN ? likeliestClass(text) : null);
  return read && { kind: KIND[read], class: read };
}

/** Which emergency a text certainly describes, where the grammar has no frame for it: only the sentence hangs on it. */
const TELLING: readonly (readonly [EmergencyClass, RegExp])[] = [
  ['gas', /\bgas|gaas|faule\w* eier/],
  ['fire', /brenn|feuer|flamm|\brauch|qualm|\bfire\b|burn|smoke|brand\b|\bbrunn[td]/],
  ['suicidal', /leben|umbring|sterben|schluss mach|kill myself|end it|to live|to die|suizid|selbstmord/],
  [
    'intruder',
    /einbrech|eingebroch|einbruch|intruder|burglar|broke\w* in|breaking in|in (der|meiner|unserer) wohnung|maskier/,
  ],
];
function likeliestClass(text: string): EmergencyClass {
  const folded = foldLetters(text);
  return TELLING.find(([, words]) => words.test(folded))?.[0] ?? 'several';
}

/** What the agent says. 112 is the emergency number of every country of the EU and of Switzerland. */
export function emergencySentence(kind: EmergencyKind, language: 'de' | 'en'): string {
  const german = language === 'de';
  switch (kind) {
    case 'suicide':
      return german
        ? 'Das klingt sehr ernst. Bitte rufen Sie sofort die 112 an. Die Telefonseelsorge ist in Deutschland jederzeit kostenlos da: 0800 1110111.'
        : 'This sounds very serious. Please call 112 right now. In Germany a helpline is there for you at any time, free of charge: 0800 1110111.';
    case 'fire':
      return german
        ? 'Bitte verlassen Sie sofort das Gebäude und rufen Sie von draußen die 112 an.'
        : 'Please leave the building right now and call 112 from outside.';
    case 'gas':
      return german
        ? 'Bitte schalten Sie nichts ein oder aus, verlassen Sie sofort das Gebäude und rufen Sie erst draußen die 112 an.'
        : 'Please do not touch any switch, leave the building right now and call 112 once you are outside.';
    case 'police':
      return german
        ? 'Bitte bringen Sie sich in Sicherheit und rufen Sie sofort den Notruf 112 oder die Polizei an.'
        : 'Please get to safety and call 112 or the police right now.';
    case 'medical':
    case 'general':
      return german
        ? 'Das klingt nach einem Notfall. Bitte legen Sie auf und rufen Sie sofort die 112 an.'
        : 'This sounds like an emergency. Please hang up and call 112 right now.';
  }
}
