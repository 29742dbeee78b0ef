/**
 * Turns that count from another day or hour („zwei Tage drauf", „am Vortag", „am selben Tag", „nach hinten") in the few marked words
 * that grammar/steps.ts and grammar/counted.ts read. They are rewritten only beside a length or a word of a day: „später" alone stays a
 * doubt. Called by idioms.ts, behind the turns for the earliest day and „wie letztes Mal".
 */
import { type Rewrite, rule } from './rewrite.ts';

/** Rules before these may leave two spaces where one word was rewritten. */
const turn = (pattern: string, to: string): Rewrite => rule(pattern.replace(/ (?![?*+])/g, ' +'), to);

const WEEKDAY =
  'montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|monday|tuesday|wednesday|thursday|friday|saturday|sunday';
const DAY_UNIT = 'tag|woche|wochenende|monat|day|week|weekend|month';
const UNIT = `minuten?|min|stunden?|std|tage?n?|wochen?|wochenende|monate?n?|jahre?n?|minutes?|mins?|hours?|hrs?|days?|weeks?|weekend|months?|years?|fortnight|§half-hour|§quarter-hour|§three-quarter-hour|§hour-and-half|§and-half-hours|§workday`;
const LENGTH_EN = '(?:an?|one|two|three|four|five|six|seven|ten|\\d{1,2}) (?:hours?|days?|weeks?|months?)';
const MONTH = 'januar|jaenner|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember';
const ORDINAL =
  '(?:erste|zweite|zwote|dritte|vierte|fuenfte|sechste|siebte|achte|neunte|zehnte|vorletzte|letzte|naechste|uebernaechste)[nrsm]?';
/** What may stand before one counted working day, and before several. */
const NTH = `${ORDINAL}|first|second|third|fourth|fifth|last|next|\\d{1,2}\\.|eine[nm]?|one|a`;
const SEVERAL = 'zwei|drei|vier|fuenf|sechs|sieben|acht|zehn|two|three|four|five|six|seven|ten|\\d{1,2}';
const WORKDAY = '(?:werk|arbeits|geschaefts)tag(?:es|s)?|(?:working|business|work) ?day';
const WORKDAYS = '(?:werk|arbeits|geschaefts)tagen?|(?:working|business|work) ?days';
const SAME = '(?:der|die|das|den|dem)?selbe[nrsm]?|gleiche[nrsm]?|(?:very |exact )?same';
/** „… wie meine Schwester", "same day as my sister": compared with what nobody knows here. */
const NOT_COMPARED = '(?!,? (?:wie|as)(?![a-z]))';

/** „die Uhrzeit lassen wir", „die Zeit ist ja gut", „die Zeit kann bleiben". */
const KEPT_DE =
  '(?:lassen wir|lass ma|behalten wir|belassen wir|halten wir|(?:kann|soll|darf|wuerde|koennte|muss) (?:(?:so|gern|gerne|ruhig|auch) )*bleiben|passt ja|passt so|ist (?:ja |schon |mir |so )*(?:gut|super|perfekt|prima|ideal|okay|ok|in ordnung|recht))(?: (?:so|gleich|bei|dabei|bestehen))?(?! (?:offen|frei|noch|mir offen|egal|nicht))';

/** Behind a length; behind a weekday some of them say something else („am Dienstag nachher"). */
const LATER_THAN_DAY = 'danach|darauf|drauf|after that';
const SOONER_THAN_DAY = 'davor|vorher|zuvor|before that|prior';
const LATER = `${LATER_THAN_DAY}|nachher|hinterher|afterwards|after this`;
const SOONER = `${SOONER_THAN_DAY}|beforehand|before this`;

const AFTER_WHOM = '(?:ihm|ihr|ihnen|denen|eam|ihre(?= (?:am|um|dra|dran|bitte|und|so) )|ihna)';
/** „her work" is no person. */
const AFTER_WHOM_EN =
  '(?:him|them|hers|theirs|mine|(?:her|his)(?= ?(?:$|,|(?:and|so|please|we|were|i|im|id|they|theyre|because|cause|if|as|on|at|or|but|then|is|would|in|for|with|to|that|this|one) )))';

export const STEP_TURNS: readonly Rewrite[] = [
  // Working days, where they are counted; „werktags" is another thing.
  turn(`(${NTH}) (?:${WORKDAY})`, '$1 §workday'),
  turn(`(${SEVERAL}) (?:${WORKDAYS})`, '$1 §workday'),
  turn(`(?:werk|arbeits)tag(?= (?:${LATER}|${SOONER}|nach|vor) )`, '§workday'),
  turn(`(?:second to last|second last|next to last|last but one|penultimate)`, 'vorletzte'),
  // Days that carry the step in their name.
  turn('vortage?s? (?:von|vom|des|der|zu[mr]?)', 'tag vor'),
  turn('(?:vortage?s?|tags zuvor)', 'tag §davor'),
  turn('(?:folgetage?s?|tags (?:drauf|darauf|danach))', 'tag §danach'),
  turn(`(${UNIT}|${WEEKDAY}) (?:prior to|ahead of|in advance of)`, '$1 before'),
  turn(`(${DAY_UNIT}|${WEEKDAY}) following(?= ?(?:$|,))`, '$1 §danach'),
  turn(`(${DAY_UNIT}|${WEEKDAY}) following(?! (?:${DAY_UNIT}|${WEEKDAY}))`, '$1 after'),
  turn(`(?:(?:darauf ?|nach)?folgende[nrsm]?|following) (${DAY_UNIT}|§workday|${WEEKDAY})`, '$1 §danach'),
  turn('(?:naechste[nrsm]? tag|next day)', 'tag §danach'),
  turn('uebernaechste[nrsm]? tag', '2 tage §danach'),
  turn('(?:vorherige[nrsm]?|vorige[nrsm]?) tag|previous day|day prior', 'tag §davor'),
  turn(`vorherige[nrsm]? (woche|wochenende|${WEEKDAY})`, '$1 §davor'),
  // Behind a length („eine Woche nach hinten") or a day („am Donnerstag drauf").
  turn(`(${UNIT}) (?:spaeter|later|on from (?:that|there))`, '$1 §spaeter'),
  turn(`(${UNIT}) (?:frueher|earlier|sooner)`, '$1 §frueher'),
  // „nächste Woche eher am Freitag" compares nothing.
  turn(`((?:eine[nr]?|ein|${SEVERAL}|neun|zwanzig|dreissig|vierzehn) (?:${UNIT})|§[a-z]+-hour) eher`, '$1 §frueher'),
  turn(`(${UNIT}) (?:${LATER})`, '$1 §danach'),
  turn(
    '(?:die )?woche (?:drauf|danach|darauf|§danach)(?= (?:zur|um die|zu der) (?:selben|gleichen) (?:zeit|uhrzeit|stunde))',
    'eine woche §spaeter',
  ),
  turn(
    '(?:die )?woche (?:drauf|danach|darauf|§danach)((?:,? [a-z]+){0,4}?),? (?:(?:am|zum|den) )?(?:selben|gleichen|selber|gleicher) (?:wochentag|tag)',
    'eine woche §danach$1',
  ),
  turn(`(${UNIT}) (?:${SOONER})`, '$1 §davor'),
  // „am Mittwoch ist um drei die Feier, am Mittwoch vorher um elf": earlier on that day.
  turn(
    `(?<=(?<![a-z])(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)(?![a-z]).{4,120})\\1 (?:vorher|davor)(?= (?:um|gegen|so|noch|ab|schon|halb|viertel)(?![a-z]))`,
    '$1',
  ),
  // „am Samstag danach muss ich auf den Markt" begins anew.
  turn(
    `(${WEEKDAY}) (?:danach|nachher|hinterher|after that)(?= (?:muss|hab|habe|bin|geh|gehe|fahr|fahre|kommt|ist|hol|hole|treff|treffe|essen|i|im|ive|we) (?:ich|wir|i|der|die|das|mein|meine|have|need|got|must|a|the|we|off|meeting)(?![a-z])(?! (?:frei|zeit|luft)))`,
    '$1 , danach',
  ),
  turn(`(${WEEKDAY}) (?:${LATER_THAN_DAY})`, '$1 §danach'),
  // „am Mittwoch vorher komme ich nicht raus" begins anew.
  turn(
    `(${WEEKDAY}) (?:${SOONER_THAN_DAY})(?! (?:komm|kann|bin|hab|muss|geht|liegt|brauch|will|darf|schaff|ist))`,
    '$1 §davor',
  ),
  // „nicht diesen sondern nächsten Mittwoch"
  turn(
    `nicht (?:am )?(?:diese[nr]?|kommende[nr]?)(?: (?:${WEEKDAY}))?,? (?:(?:sondern|aber|lieber|erst|den|am) )*naechste[nr]? (${WEEKDAY})`,
    'eine woche nach $1',
  ),
  // „nicht diesen Mittwoch, den drauf", "an hour after him"
  turn(
    `(?<=(?:${WEEKDAY}|woche)(?:,? [a-z]+){0,4},?(?: sondern| aber| lieber)? )(?:den|der|die) (?:drauf|darauf|danach|darauffolgenden?)(?= ?(?:$|,|um|ab|bis|so|gegen|bitte|waere|ginge|passt))`,
    'eine woche §danach',
  ),
  // Whose appointment that is was said before: „eine Stunde nach ihr", "half an hour before his".
  turn(`(${UNIT}) (?:nach|noch) ${AFTER_WHOM}`, '$1 §danach'),
  turn(`(${UNIT}) vor ${AFTER_WHOM}`, '$1 §davor'),
  turn(`(${UNIT}) after ${AFTER_WHOM_EN}`, '$1 §danach'),
  turn(`(${UNIT}) before ${AFTER_WHOM_EN}`, '$1 §davor'),
  // An appointment that moves and keeps its hour: „um eine Woche verschieben" is later, „vorziehen" earlier.
  turn(`(${UNIT}) (?:weiter )?nach hinten`, '$1 §hinaus'),
  turn(`(${UNIT}) (?:weiter )?nach vorne?`, '$1 §vorgezogen'),
  turn(`(um (?:genau )?[a-z0-9§-]+ (?:${UNIT})) (?:ver|auf|hinaus)schieben`, '$1 §hinaus'),
  turn(`(${UNIT}) (?:vorziehen|vorverlegen|vorverschieben)`, '$1 §vorgezogen'),
  turn(`(${UNIT}) vor(?= ?(?:$|,))`, '$1 §vorgezogen'),
  turn(`push(?:ed)? (?:it |that |this |my appointment |the appointment )?back (?:by )?(${LENGTH_EN})`, '$1 §hinaus'),
  turn(`back by (?:exactly |just )?(${LENGTH_EN}|§[a-z]+-hour)`, '$1 §hinaus'),
  turn(`forward by (?:exactly |just )?(${LENGTH_EN}|§[a-z]+-hour)`, '$1 §vorgezogen'),
  turn(`(?:postpone|delay) (?:it |that |this |my appointment |the appointment )?by (${LENGTH_EN})`, '$1 §hinaus'),
  // The same again.
  turn(`(?:${SAME}) (${DAY_UNIT}|${WEEKDAY})${NOT_COMPARED}`, '§selb $1'),
  turn('(?:an (?:diesem|dem|jenem) tag|(?:on )?that day)(?!,? (?:an|wo|wenn|als|wie|when|as)(?![a-z]))', '§jener tag'),
  turn(
    `(?:zu |zur |zu der |um |um die |at )?(?:the |genau )?(?:${SAME}) (?:uhrzeit|zeit|stunde|time|hour)${NOT_COMPARED}`,
    '§same-hour',
  ),
  turn(
    `(?:to )?(?:(?:bring|move|pull) (?:it |that |this |my appointment |the appointment )?forward|(?:bring|move|pull) (?:it|that|this) up) (?:by )?(${LENGTH_EN})`,
    '$1 §vorgezogen',
  ),
  turn(
    `(?:to )?(?:move|put|set) (?:it |that |this |me |my appointment |the appointment )?back (?:by )?(${LENGTH_EN})`,
    '$1 §hinaus',
  ),
  // "same time as my sister who's coming on Thursday at eleven, but a week later"
  turn(
    `(?:${SAME}) (?:time|hour|zeit|uhrzeit|stunde) (?:wie|as)(?= (?:[a-z]+ ){1,5}?(?:whos|who|which|thats|die|der),? )`,
    '§same-hour',
  ),
  turn(
    '(?:uhrzeit|zeit|time) (?:bleibt|bleiben|stays|remains|unveraendert)(?: (?:gleich|dieselbe|die gleiche|bestehen|unveraendert|the same|unchanged))?',
    '§same-hour',
  ),
  turn(
    `(?:uhrzeit|zeit|stunde) ${KEPT_DE}|(?:an|bei|mit) der (?:uhrzeit|zeit) aendert sich nichts|keep(?:ing)? (?:the|my) (?:same )?time|(?:the )?time (?:is|was) (?:fine|ok|okay|good|perfect|great)`,
    '§same-hour',
  ),
  turn(
    `(?:der |am )?(?:tag|datum) (?:${KEPT_DE}|bleibt|soll bleiben)(?: (?:gleich|derselbe|der gleiche|bestehen|dabei))?|(?:the )?(?:day|date) (?:stays|remains|is (?:fine|ok|okay|good))(?: (?:as (?:it )?is|the same|unchanged))?|keep(?:ing)? (?:the|my) (?:same )?(?:day|date)`,
    '§selb tag',
  ),
  // Compounds with a month: „Dezemberwoche", „Januarhälfte".
  turn(`(${MONTH})(woche|wochenende|haelfte)`, '$2 im $1'),
  turn('monatshaelfte', 'haelfte des monats'),
  turn('jahreshaelfte', 'haelfte des jahres'),
  turn('wochenhaelfte', 'haelfte der woche'),
  turn(`(${ORDINAL}|[1-4]\\.) advents?samstag`, 'samstag vor dem $1 advent'),
  turn(`(${ORDINAL}|[1-4]\\.) adventswochenende`, 'wochenende vom $1 advent'),
  turn('(?:des|of the) (?:neuen|new) (?:jahres|year)', 'naechstes jahr'),
  turn('calendar week', '§kw'),
  turn('(\\d{1,2})\\.? ?(?:te[nr]? )?(?:kalender ?woche|kw)', '§kw $1'),
  turn(
    '(?!(?:naechste|letzte|diese|kommende|uebernaechste|vorletzte)[nr]? )([a-z]+te)[nr]? (?:kalender ?woche|kw)',
    '§kw $1',
  ),
  turn('(?:bruecken|zwickel|fenster)tag(?:es|s)?|bridge day', '§brueckentag'),
];
