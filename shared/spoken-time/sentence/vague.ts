/**
 * Sentences that name no day and no hour and yet speak of a time that only the caller knows: „irgendwann demnächst", "right before my sister",
 * "a bit later than last time". Where nothing was read in them, the day is asked. Called by read-text.ts.
 */
import type { Token } from '../words/token.ts';
import { spoken } from './said.ts';

/** In a shorter answer there is nothing beside them that would be lost. */
const FEWEST_WORDS = 8;

const VAGUE = new RegExp(
  [
    // days that were never named
    'irgendw(?:ann|enn)|demnaechst|(?:auf |fuer )?wann genau|auf wann|monatswechsel|zwischen den feiertagen|(?:the|that) day (?:we|you|they) (?:said|agreed|fixed|arranged|picked)',
    // before or after something that only the caller can date
    '(?:right|just|straight|shortly) (?:before|after) (?:my|our|the|his|her) [a-z]+',
    '(?:fit|squeeze|slot|get|book|come|want|need)(?: [a-z]+){0,4} (?:before|after) (?:my|our|the|his|her) (?:wedding|holidays?|exams?|operation|surgery|party|funeral|christening|interview|trip|move|flight|sister|brother|mother|father|mum|dad|husband|wife|friend|colleague|daughter|son)s?',
    '(?:kurz|direkt|gleich|unmittelbar) (?:vor|nach) (?:mein|unser|sein|ihr)[a-z]* [a-z]+',
    // later or earlier than what nobody named
    '(?:later|earlier|sooner) than (?:last|usual|my|our|the)|(?:spaeter|frueher) als (?:sonst|letztes|beim|mein|unser)[a-z]*',
    '(?:shift|move|push|bump) (?:us|me|it) (?:along|back|forward|on|up) a (?:bit|little|touch)',
    '(?:dont|do not) ask me (?:when|what day|what time)|(?:weiss|sag) (?:[a-z]+ )?(?:nur |noch |selbst )?nicht wann',
    // an hour that was no good
    '(?:was|were) no good (?:[a-z]+ )*(?:not that|that one) again',
    // whether an appointment stands
    'termin (?:[a-z]+ ){0,6}(?:noch|no) (?:gilt|steht|gilta)',
  ]
    .map((turn) => `(?:${turn})`)
    .join('|'),
);
const WHOLE = new RegExp(`(?:^| )(?:${VAGUE.source})(?: |$)`);

/** Whether a time is spoken of that was not named. */
export const isVague = (all: readonly Token[]): boolean => all.length >= FEWEST_WORDS && WHOLE.test(spoken(all));
