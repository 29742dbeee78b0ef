/** What a part without day and hour says of the one before it. Called by choice.ts. */
import type { Token } from '../words/token.ts';
import type { Part } from './parts.ts';
import { LEAD_IN } from './roles.ts';

/** Words of comparison: what was said is to be earlier, later or another one. */
const COMPARING =
  /^(?:spaeter|spaet|frueher|eher|danach|davor|later|earlier|sooner|another|andere[nrs]?|instead|stattdessen|sonst|else)$/;
const SLIGHT =
  /^(?:etwas|bisschen|lieber|gern|gerne|bitte|oder|und|auch|ein|eine|noch|die|der|den|the|one|a|bit|little|or|and|please|maybe|vielleicht|eher|viel|much)$/;
/** „das geht leider nicht", „da kann ich doch nicht", „klappt nicht": nothing but a denial. */
const DENYING =
  /^(?:des|waere|waers|nicht|kein|keine|keinen|not|cant|dont|never|nie|das|da|es|dann|der|die|den|doch|leider|auch|aber|ja|geht|ginge|gehts|passt|klappt|kann|koennen|koennte|schaffe|schaff|will|moechte|mag|ich|wir|mir|uns|bei|heute|gar|mehr|so|gut|schlecht|that|it|i|we|can|does|doesnt|do|work|works|suit|wont|no|for|me|us|moeglich|stimmt|richtig|sein|ist|wird|bin|zeit|habe|hab|sehr|wirklich|nur|eigentlich|eher|echt|ganz|ueberhaupt|sowieso|eh|really|at|all)$/;
const NEGATION =
  /^(?:nicht|nich|nichts|nix|kein|keine|keinen|nie|niemals|not|never|nothing|cant|cannot|dont|doesnt|wont|isnt)$/;
/** „passt mir leider nicht", „kann ich nicht": the verb of what was said before. */
const OF_BEFORE = /^(?:passt|passts|geht|gehts|klappt|kann|koennen|schaff|schaffe|works|suits)$/;
/** „da bin ich gar nicht da", „das wird nichts": about the day before. */
const ABOUT_BEFORE = /^(?:das|da|der|that|thats|it)$/;
const STATING = /^(?:wird|wirds|bin|ist|geht|kann|hab|habe|haben|passt|muss|ginge|is|was|cant|wont|doesnt|isnt)$/;
/** „vergessen Sie's", "forget I said that": what was said does not count. */
const WITHDRAWN =
  /(?:^| )(?:vergessen sies?|vergiss|streichen sies?|forget (?:it|that|i said)|scratch|doch nicht)(?: |$)/;
/** „muss ich absagen", „den streichen wir" */
const CANCELLING =
  /(?:^| )(?:(?:muss|muessen|moechte|will|wollen|wuerde|sollte|have to|need to|want to|must) (?:[a-z]+ ){0,4}(?:absagen|stornieren|streichen|canceln|loeschen|cancel)|(?:den|das|die) (?:streichen|stornieren|loeschen) (?:wir|sie)|sage? (?:ich|wir) (?:[a-z]+ ){0,2}ab)(?: |$)/;
/** „da haben Sie zu", „das ist ja ein Montag", "that's Thanksgiving": says something of the day before. */
const POINTING = /^(?:da|das|that|thats|ach|achso|moment|halt|warten|wait|hang|mist|quatsch|oh)$/;
/** "isn't that the carol concert", „ist da nicht Feiertag" */
const WONDERING = /^(?:isnt (?:that|it|there)|(?:ist|war) (?:das|da|es) nicht|hab ich da nicht) /;
/** „jetzt bring ich's durcheinander", "I'm getting mixed up" */
const MISTAKEN =
  /^(?:durcheinander|vertan|verwechs[a-z]*|versprochen|verguckt|verrutscht|verlesen|verhoert|vertippt|vertauscht|verdreht|geirrt|irre|falsch|verkehrt|mistaken|mixed|muddled|confused|misread)$/;
/** „äh", „nee, halt": the caller begins anew. */
const HESITATING =
  /^(?:ne|nee|warte|mal|oops|ups|hoppla|well|naja|tja|na|hmm|aehm?|eh|ehm|oeh|oehm|hmm*|em|ahm|uhm?|umm?|erm?|ach|ah|oh|moment|halt|stopp|wait|sorry|pardon|warten|sie|hold|hang|on)$/;

const isOfBefore = ([first = '', second = '']: readonly string[], others: number): boolean =>
  OF_BEFORE.test(first) ||
  (ABOUT_BEFORE.test(first) && STATING.test(second)) ||
  (others <= 2 && /^(?:das|da|es|that|it|thats|dann)$/.test(first));

/** What a part without day and hour says of the one before: it denies it, compares with it, takes it back, or nothing. */
export function comments(all: readonly Token[], part: Part): 'denies' | 'compares' | 'takes-back' | 'nothing' {
  const words = all.slice(part.from, part.to).map(({ text }) => text);
  const rest = words.filter((word) => !LEAD_IN.test(word));
  if (rest.some((word) => COMPARING.test(word)) && rest.every((word) => COMPARING.test(word) || SLIGHT.test(word)))
    return 'compares';
  const negated = words.some((word) => NEGATION.test(word));
  const about = rest.filter((word) => !DENYING.test(word) && !NEGATION.test(word));
  if (WITHDRAWN.test(words.join(' ')) || CANCELLING.test(words.join(' '))) return 'denies';
  if (negated && (about.length === 0 || isOfBefore(rest, about.length))) return 'denies';
  if (WONDERING.test(words.join(' ')) || words.some((word) => MISTAKEN.test(word))) return 'takes-back';
  if (POINTING.test(words[0] ?? '') || POINTING.test(rest[0] ?? '')) return 'takes-back';
  return words.every((word) => HESITATING.test(word)) ? 'takes-back' : 'nothing';
}
