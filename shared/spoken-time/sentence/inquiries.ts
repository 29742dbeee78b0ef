/**
 * Questions that ask for no appointment: whether it is open, what it costs, whether an appointment still stands. A day in nothing but such
 * a question is no wish. Called by request.ts.
 */
import { isContent } from '../grammar/items.ts';
import type { Item } from '../grammar/terms.ts';
import type { Token } from '../words/token.ts';
import { type Said, wordsOf } from './said.ts';

/** Between the verb of a question and what it asks for; „haben Sie am Samstag noch was offen" asks for an appointment. */
const REST =
  '(?:(?!was |etwas |termine? |platz |plaetze |luecken? |frei|anything |something |slots? |appointments? )[^ ]+ )*?';

const ANY = '(?:[^ ]+ )*?';

const ASKED = new RegExp(
  [
    // Open or closed.
    `(?:haben|habt|habens|habts|hat|ham|machen|macht) (?:sie|ihr|s|er|der laden|die praxis|das geschaeft)? ?${REST}(?:offen|auf|geoeffnet|aufgesperrt|zu|geschlossen|ruhetag|betriebsferien|urlaub)(?= oder |$)`,
    `(?:^|und |oder |denn |aber )(?:ist|sind|waere?) ${REST}(?:offen|auf|geoeffnet|zu|geschlossen|dicht|jemand da|wer da|jemand im laden|besetzt)(?= oder |$)`,
    `ob ${REST}(?:offen|auf|geoeffnet|zu|geschlossen|jemand|wer) (?:da )?(?:haben|hat|habt|ist|sind|machen|macht)`,
    'wie lange? (?:haben|hat|habt|ist|sind|machen)|(?:oeffnungszeiten|sprechzeiten|opening (?:times|hours))',
    `(?:^|and |or |but |so )(?:are|is|will) (?:you|ye|u|they|the [a-z]+|anyone|anybody|someone|somebody|there) ${REST}(?:open|closed|shut|closing|opening|there|in)(?= |$)`,
    `(?:do|does|will|when|what time do|what time does) (?:you|ye|they|the [a-z]+) ${REST}(?:open|close|shut)(?= |$)|how (?:long|late) (?:are|is|do|will)`,
    // Whether that day costs more; „was kostet ein Haarschnitt am Samstag" names a day all the same.
    `(?:does|do|would|is) ${REST}(?:cost|charge|extra|dearer|more expensive)(?= |$)|(?:ist|kostet|kosten|sind) ${REST}(?:teurer|extra|mehr|zuschlag|aufpreis)$`,
    // Whether an appointment stands.
    `ob ${ANY}(?:noch|schon|so|auch) (?:so )?(?:steht|gilt|bleibt|stimmt|aktuell ist|dabei bleibt)|(?:^|und |ob )(?:steht|gilt|stimmt) (?:denn |da |jetzt )?(?:der|die|das|mein|meine|unser|unsere) ${ANY}(?:noch|so)`,
    `(?:whether|(?:wondering|know|ask|asking|tell me) if) ${ANY}(?:open|closed|shut|closing|opening)(?= |$)`,
    `(?:^|und )(?:ist|sind|bin|steht|stehe|steh) ${ANY}(?:eingetragen|gebucht|notiert|vorgemerkt|bestaetigt|fest|drin|eingeplant)$`,
    `(?:^|and |but )(?:am|are) (?:i|we) ${ANY}(?:down|booked|due|in the book|in the diary|in the system)(?: |$)`,
    `(?:^|and |but )is (?:my|our|the) ${ANY}(?:appointment|slot|booking|one) `,
    `(?:if|whether) ${ANY}still (?:on|stands|standing|ok|okay|good|valid|booked)|(?:^|and )is ${ANY}still (?:on|ok|okay|good|standing|valid|booked)`,
  ]
    .map((turn) => `(?:^| )(?:${turn})`)
    .join('|'),
);
/** Words without which none of these questions is asked: most sentences are done with a look at them. */
const SIGNS: ReadonlySet<string> = new Set(
  `offen auf geoeffnet aufgesperrt zu geschlossen ruhetag betriebsferien urlaub dicht jemand wer besetzt lang lange oeffnungszeiten sprechzeiten
  opening times open close closed shut closing there late long cost charge extra dearer expensive teurer mehr zuschlag aufpreis
  steht gilt stimmt bleibt eingetragen gebucht notiert vorgemerkt bestaetigt fest drin eingeplant down booked due book diary system
  appointment slot booking still`.split(/\s+/),
);

/** „da würde ich gern vorbeischauen": a wish after all; "I'd like to know" is none. */
const WISHED =
  /(?:^| )(?:haette|haetten|moechte|moechten|wuerde|wuerden|braeuchte|brauche|nehme|nehm|kaeme|passt|id|lets|book)(?: |$)/;
const WANTS_TO_KNOW =
  /(?:haette|moechte|wuerde|id|would) (?:(?:ich|gern|gerne|nur|mal|like|love|to|just) )*(?:wissen|gewusst|gefragt|fragen|know|ask|check)/;

/** Whether every day and hour that counts stands in a question about the place. */
export function isInquiry(items: readonly Item[], said: readonly Said[], all: readonly Token[]): boolean {
  const content = items.filter((item) => isContent(item) && item.j > item.i);
  if (content.length === 0 || !all.some(({ text }) => SIGNS.has(text))) return false;
  const asking = said.filter(
    (one, at) =>
      ASKED.test(wordsOf(all, one)) ||
      // "do you open at nine on Saturday": what is told on.
      (one.role === 'plain' && one.part.joined && at > 0 && ASKED.test(wordsOf(all, said[at - 1] ?? one))),
  );
  if (said.some((one) => isWish(wordsOf(all, one)))) return false;
  return asking.length > 0 && content.every((item) => asking.some((one) => one.items.includes(item)));
}

const isWish = (words: string): boolean => WISHED.test(words) && !WANTS_TO_KNOW.test(words);
