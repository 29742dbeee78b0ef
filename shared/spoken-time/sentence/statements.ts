/**
 * What a clause says of a day or an hour when it asks for nothing: that it does not suit („Dienstag ist heikel", „Dienstag haut nicht hin"), or
 * what the caller does then („Dienstag um drei liege ich im Krankenhaus", "I'm snowed under on Tuesday"). Told by the build of the clause, the
 * place of its verb beside the day, and not by what the unknown words in it mean. Called by roles.ts and parts.ts.
 */
import { TIMELIKE } from '../grammar/time-begins.ts';
import type { Category } from '../words/lexicon.ts';
import type { Token } from '../words/token.ts';

/** Words that go with a day or an hour. */
const BESIDE_TIME: readonly Category[] = [
  'article',
  'at',
  'oclock',
  'approx',
  'approx-post',
  'exact',
  'shortly',
  'from',
  'until',
  'past',
  'to',
  'before',
  'after',
  'meridiem',
  'step',
  'in',
  'an',
  'latest',
  'not-before',
  'not-after',
];

const CLOSING: readonly Category[] = ['oclock', 'approx-post', 'meridiem', 'step', 'past'];

/** The words of a clause with `§t` for each run of words of time, so that patterns see its build. */
export function outline(tokens: readonly Token[], counts: (token: Token) => boolean = () => true): string {
  const out: string[] = [];
  for (let i = 0; i < tokens.length; ) {
    let end = i;
    let time = -1;
    // "is Jenny in on Tuesday"
    const parted =
      (tokens[i]?.text === 'in' && tokens[i + 1]?.text === 'on') ||
      // "the boiler man's coming Monday"
      (tokens[i]?.text === 'coming' &&
        (tokens[i - 1]?.category === 'unknown' || /^(?:is|are|be|im|hes|shes)$/.test(tokens[i - 1]?.text ?? '')));
    while (
      !parted &&
      end < tokens.length &&
      isOfTime(tokens[end]) &&
      (end === i || tokens[end]?.afterComma === false)
    ) {
      const token = tokens[end];
      if (token && TIMELIKE.includes(token.category) && token.text !== 'do' && counts(token)) time = end;
      end++;
    }
    if (time < 0) {
      out.push(tokens[i]?.text ?? '');
      i++;
    } else {
      // What leads to a time begins something else behind the last one.
      while (end - 1 > time && !CLOSING.includes(tokens[end - 1]?.category ?? 'unknown')) end--;
      out.push('§t');
      i = end;
    }
  }
  return out.join(' ');
}

const isOfTime = (token: Token | undefined): boolean =>
  token !== undefined && (TIMELIKE.includes(token.category) || BESIDE_TIME.includes(token.category));

/** Between the day and its verb, and behind the verb. */
const LIGHT =
  '(?:(?:leider|da|ja|halt|eben|dann|auch|eh|sowieso|schon|aber|allerdings|definitiv|wohl|natuerlich|echt|eher|ganz|mir|uns|bei|fuer|mich|doch|noch|total|voll|eigentlich|zeitlich|really|just|rather|quite|a|bit|pretty|completely|totally|absolutely|unfortunately|also|actually|probably|so|ein|bisschen|etwas|sehr|zu|too) )*';

/** What suits: behind „ist" and "is" everything else is told. */
const SUITS =
  /(?:^| )(?:gut|guad|guat|guet|gute[nrsm]?|super|prima|ideal[a-z]*|perfekt|perfect|recht|richtig|frei[a-z]*|[a-z]+frei|lieb|liebsten?|lieber|liaba|besser[a-z]*|best(?:e[nrs]?|ens)?|optimal|passend[a-z]*|genehm|angenehm[a-z]*|okay|ok|oke|moeglich|fein|schoen[a-z]*|spitze|klasse|toll|top|wunderbar|hervorragend|traum[a-z]*|fix|fest|drin|machbar|praktisch|bequem|gelegen|favorit|luft|zeit|platz|stimmt|knorke|jemand|wer|zuhause|daheim|hause|egal|§any|gemeint|gmoant|gmeint|gesagt|dran|where|how|who|awesome|smashing|§t|dort|hier|ihnen|euch|good|fine|great|alright|lovely|grand|brilliant|better|possible|free|available|handy|convenient|suitable|magic|spot|fab|fantastic|wonderful|nice|doable|easier|easiest|preferable|preferred|clear|open|empty|when|what|whenever|it|there|that|right|correct|my (?:only|day|one|first|favourite|preferred|best|free|slot|time)|the first|the earliest|the one|ripper|home|day off|happy|wanted|planned|meant|wide|earliest|soonest)(?: |$)/;

/** „wäre ein Albtraum", "would be tricky": what would not suit. „wäre knorke" is a wish. */
const BAD =
  '(?:[a-z]*(?:albtraum|alptraum|horror|katastrophe|stress|murks|quatsch|unsinn|krampf)|un(?:guenstig|passend|praktisch|gut|gluecklich|geschickt|angenehm|moeglich|bequem|sinnig|realistisch|pass|gelegen)[a-z]*|schlecht[a-z]*|bloed|doof|heikel|schwierig|schwer|kompliziert|stressig|knapp|eng|hektisch|problematisch|mist|bled|schlimm|verkehrt|falsch|ungern|kaum|tricky|awkward|awful|rubbish|terrible|horrible|nightmare|difficult|hard|tough|tight|hectic|stressful|impossible|bad|inconvenient|pushing|stretch|disaster|hell|pants|dreadful|challenging|problem|problematic|chaos|chaotic|mad|madness)';

/** „Dienstag ist …", "Tuesday is …" with a predicate that does not suit, „Dienstag wird …" */
const OF_THE_DAY = new RegExp(
  [
    `§t ${LIGHT}(?:ist|is|isch|sind|wird|wirds|war|waren|are|looks|seems|feels|sieht|schaut) (?!(?:ich|wir|er|man|i|we|he|she) )(.+)$`,
    `§t ${LIGHT}(?:waere?|waer|would be|wuerde|wuerd|ll be|will be|might be|could be) ${LIGHT}(?:[a-z]+ ){0,2}?${BAD}(?: |$)`,
  ]
    .map((turn) => `(?:^| )(?:${turn})`)
    .join('|'),
);
const A_QUESTION =
  /§t (?:[a-z]+ ){0,2}?(?:ist|is|isch|sind|are|was|wird|war) (?:das|es|des|sie|ihr|noch|auch|er|it|that|there|this|you|da|denn|bei (?:ihnen|euch|dir|eich|eahna)|die frau|der herr|jemand|wer)(?: |$)/;

/** Something is said of the day: „ist mir …" alone says nothing. */
const NAMED =
  /(?:^| )(?!(?:mir|uns|mich|das|des|dann|der|die|ja|doch|noch|auch|bei|fuer|nur|for|me)(?: |$))[a-z§][a-z]+/;

/** „Dienstag fällt flach", „scheidet aus", „haut nicht hin", "clashes with": a verb behind the day that says it does not suit. */
const RULED_OUT = new RegExp(
  `(?:^| )§t ${LIGHT}(?:entfaellt|(?:faellt|fallt|scheidet|haut|fliegt|geht|kommt|goht|gaht|kummt|bringt|klappt|passt|wird|wirds|hat|hod|het|gibt|gibts|lohnt|nuetzt|sieht|ausschaut|schaut|schaugt|kriege? ich|krieg ich|bekomme? ich|schaffe? ich|(?:kann|koennen|sollten|muessen|wuerde) (?:ich|wir)|ist|is) (?:[a-z]+ ){0,4}?(?:aus|flach|weg|raus|nichts|nix|nimmer|nie|kaum|bloed|schlecht|schwer|schwerlich|keine?n?|mau|duester|eng|knapp|unmoeglich|vergessen|streichen|abhaken|knicken)$|(?:nix|nichts|nimmer|nie|niemals)$|(?:clashes|collides|conflicts|interferes|overlaps)(?: |$))`,
);
/** „Dienstag steht schon meine Schwiegermutter vor der Tür": somebody else does something then. */
const OTHERS_BEHIND = new RegExp(
  `(?:^| )§t ${LIGHT}(?!(?:das|was|passt|passts|geht|gehts|ginge|klappt|reicht|waere|waer|ist|haett|haette|koennte|braucht|braeuchte|muesste|sollte|moechte|will|wuerde|kann|soll|darf|macht|taet|hilft|tut|freut) )(?:[a-z]{3,}t|hat|hab|habe|haben|sind|kommen|kriegen|bekommen) ${LIGHT}(?:der|die|das|mein|meine|mei|unser|unsere|ein|eine) ${LIGHT}[a-z]+`,
);
const TO_YOU =
  /(?:^| )(?:zum|zur|zu (?:ihnen|euch|dir|eich)|bei (?:ihnen|euch)|vorbei|mit|fuer|ihrer|eurer|frei|zeit)(?: |$)/;

/** „Dienstag liege ich im Krankenhaus": own time, except where a caller says that he comes. */
const OWN_BEHIND = new RegExp(
  `(?:^| )§t ${LIGHT}(?:(?:bin|bi|habe?|haben|hob|han|sind|muss|muessen|sitze?|stehe?|liege?|lieg|fahre?|fliege?|gehe?|mache?|arbeite[n]?|spiele?|feiere?|[a-z]{3,}e) (?:ich|wir|i|mir))(?: (.*))?$`,
);
const COMES =
  /§t (?:[a-z]+ ){0,3}?(?:komme?|nehme?|nimm|bringe?|hole?|schaue?|guck|schaffe?|brauche?|braeuchte?|moechte|wuerde|haette|koennte|waere|kaeme|kaem|kann|schick[e]?|lasse?|gebe|stelle?|melde|sage?|meine|meinte|dachte|denke|suche|wuensche|wollte|sollte|muesste|duerfte|ginge|kriege?|bekomme?|finde|faende|haelt|reserviere|buche|hoffe|wusste|hatte|freue|liebe|starte|treffe) (?:ich|wir|i|mir)(?: |$)/;
const IS_THERE =
  /(?:^| )(?:da|dann|hier|dort|dran|zurueck|wieder|frei|fit|zeit|luft|bereit|daheim|zuhause|hause|erreichbar|verfuegbar|ihnen|eich|euch|eana|eahna|ihrer|eurer|ihre|eure|gegend|naehe|stadt|tor|tuer|matte|sicher|nichts|nix|flexibel|allein|§any|fertig|los|raus|weg|meiner pause|mittagspause|gesagt|gemeint|gmoant|gmeint|gedacht|stehen|ausgemacht|bestellt|gebucht|notiert)(?: |$)/;

/** What "I'm …" and "I've …" go on with when the caller is free or asks. */
const OPEN_STATE =
  '(?!(?:(?:only|just|really|also|still|actually|so|very|quite|all|totally|completely|not) )?(?:looking|after|hoping|thinking|free|available|calling|ringing|phoning|wondering|wanting|trying|good|happy|coming|around|about|off|out|done|gone|finished|home|at home|in town|near|back|fine|flexible|ok|okay|there|here|easy|open|aiming|asking|aware|afraid|sure|due|down|booked|able|passing|§t|keen|interested|going|yours|wide open|at your|outside|with you|on my way|in your|in the area|in the neighbourhood|sorry|new|retired|getting|only)(?: |$))';
const OWN_THING =
  '(?:work|school|class|court|surgery|training|practice|rehearsal|(?:a|an|the|my|our|some) (?!(?:free|day|gap|window|slot|opening|few|couple|bit|half|toothache|appointment|spare|problem|question|quiet|clear|afternoon|morning|whole|lot|voucher)(?: |$)))';
const BEING = '(?:im|i am|were|we are|ill be|well be|i will be|we will be)';
const HAVING = '(?:ive|i have|weve|we have|i got|ive got|i have got|we got)(?: got)?';
/** "I'm tied up on Tuesday", "I've got the plumber at three", "Tuesday I'm in surgery" */
const OWN_ENGLISH = new RegExp(
  `(?:^| )(?:(?:(?:i|we) (?:have|ve|had|got|cant|cannot|wont|dont) (?:got )?(?:no|any)? ?(?!time off|school|work|job|lessons|classes)[a-z]+ ?)§t$|§t ${LIGHT}(?:(?:i|we) (?:have|got|ve got) (?:got )?no (?!school|work|job|lessons|classes|problem|plans|appointments?|meetings?|shift)|(?:i|we) (?:cant|cannot|wont))|(?:${BEING} ${OPEN_STATE}|${HAVING} ${OWN_THING})(?:[^§]*? )?§t$|§t ${LIGHT}(?:${BEING} ${OPEN_STATE}|${HAVING} (?!(?:a|an|some) (?!(?:[a-z]+ )?(?:exam|meeting|class|interview|lecture|funeral|wedding|shift|flight|hearing|rehearsal|lesson|training|conference|delivery|scan|party)(?: |$)))${OWN_THING}))`,
);

/** "I'd struggle with Tuesday", „vergessen Sie den Dienstag" */
const AGAINST =
  /(?:^| )(?:struggle with|forget(?: about)?|rule out|avoid|skip|dread|scrap|no way (?:[a-z]+ ){0,4}?(?:do|make|manage|come|get)|hate|clashes with|vergessen sie|vergiss|meiden|hasse|graut (?:mir|es mir) vor|strike|leave out|cross off) (?:[a-z]+ )?§t/;

/** n't makes a denial of every verb; where it opens the clause it asks: "couldn't you do Tuesday". */
const CONTRACTED =
  /^(?:[a-z§]+ ).*?\b(?:could|would|should|did|was|were|have|has|had|might|must|need|do|does|is|are|ca|wo)nt\b(?! (?:you|we|i|it|there|they)\b)/;

/** What is told of the day or the hour in a clause (`text`: its outline); null: nothing, or it may be asked for. */
export function toldOf(
  tokens: readonly Token[],
  english: boolean,
  text = outline(tokens),
): 'unfit' | 'own' | 'others' | null {
  if (!text.includes('§t') || tokens.some(({ category }) => category === 'except')) return null;
  if (AGAINST.test(text) || (english && CONTRACTED.test(text))) return 'unfit';
  const of = OF_THE_DAY.exec(text);
  if (of && !A_QUESTION.test(text) && (of[1] === undefined || (NAMED.test(of[1]) && !SUITS.test(of[1]))))
    return 'unfit';
  if (RULED_OUT.test(text)) return 'unfit';
  if (OTHERS_BEHIND.test(text) && !TO_YOU.test(text) && text.indexOf('§t') === text.lastIndexOf('§t')) return 'others';
  if (english && OWN_ENGLISH.test(text)) return 'own';
  const own = OWN_BEHIND.exec(text);
  if (own && !COMES.test(text) && !IS_THERE.test(own[1] ?? '')) return 'own';
  return null;
}

/** A pattern over an outline: one of these turns, between words. */
export const turnsOf = (...turns: string[]): RegExp =>
  new RegExp(turns.map((turn) => `(?:^| )(?:${turn})(?= |$)`).join('|'));

/** Somebody else's time at the end or in the middle of a clause: „der Klempner kommt am Dienstag", "my train leaves at three". */
const OTHERS = turnsOf(
  '(?:der|die|das|mein|meine|unser|unsere) [a-z]+ (?:kommt|geht|faehrt|fliegt|heiratet|beginnt|endet|startet|wird|werden|bringt|holt|liefert|tagt|feiert|landet|schliesst|oeffnet|macht|hat|ist|arbeitet|operiert|besucht|zieht|kehrt|laeuft|findet|steigt|faengt|hoert|[a-z]{3,}iert) (?:(?!zu |zum |zur |bei |mit |fuer )[a-z]+ ){0,3}?§t(?! (?:zu|zum|zur|bei|mit|vorbei|mit))(?: [a-z]+){0,4}$',
  '(?:my|our|the|his|her) (?:[a-z]+ ){1,3}?(?:is |s )?(?:coming|being (?:[a-z]+)|arriving|leaving|due|starting) (?:(?!please|for |with |to |in |by )[a-z]+ ){0,2}?§t$',
  '^(?:(?:and|but|look|well|so) )?(?!(?:ich|wir|es|das|sie|er|du|i|we|it|that|this|he|she|they|you|there|so|und|die|der|was|wie) )[a-z]{3,} (?:finishes|ends|starts|begins|lets out|endet|beginnt|startet) §t$',
  '(?:my|our|the|his|her) (?:[a-z]+ ){1,2}?(?:works|leaves|is|s|comes|arrives|starts|ends|begins|gets|lands|goes|has|finishes|opens|closes|runs|flies|moves|takes) (?:(?!please|for )[a-z]+ ){0,3}?§t$',
);

/** „mein Mann hat am Dienstag einen Termin bei Ihnen", „meine Frau ist um drei dran" */
const OTHERS_APPOINTMENT = turnsOf(
  '(?:mein|meine|unser|unsere|der|die) [a-z]+ (?:[a-z]+ )?(?:hat|ist|war|steht) (?:ja |doch |auch |schon )?§t (?:[a-z]+ ){0,4}?(?:termin|dran|bestellt|angemeldet|eingetragen|gebucht)',
  '(?:my|our) [a-z]+ (?:has|is|was) (?:already |also |got )?(?:an|his|her|their|down|booked) (?:appointment )?(?:[a-z]+ ){0,3}?§t',
);
/** In what is told, a verb of a wish begins the request. */
export const ASKS = turnsOf(
  'kann|koennen|koennte|will|wollen|soll|sollen|moechte|braucht|needs|wants|can|could|would|hat gesagt|se gesagt|also|deshalb|drum|works|suits|only|best|earliest',
);

/** Whether a part tells somebody else's time. */
export function isOthersTime(text: string): boolean {
  if (text.indexOf('§t') !== text.lastIndexOf('§t')) return false;
  if (OTHERS_APPOINTMENT.test(text)) return true;
  return OTHERS.test(text) && !ASKS.test(text);
}
