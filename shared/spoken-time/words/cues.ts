/**
 * Words that tell what a part of a sentence is for: a request, a reason, something past, somebody else's time. Folded spelling, German and
 * English. Called by sentence/ and the grammar; words of day and hour are in words/lexicon.ts.
 */
const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''));

/** Open a clause wherever they stand; those of `BECAUSE` give a reason, those of `CONCLUDING` lead back to the request. */
export const BECAUSE = set(
  'weil denn nachdem obwohl obgleich damit bevor ehe seitdem because cause cos coz though although',
);
export const CONCLUDING = set(
  'deshalb deswegen drum darum daher also dann jetzt nun jedenfalls somit demnach folglich logischerweise therefore hence anyway anyways now',
);
export const OPENING =
  set(`${[...BECAUSE].join(' ')} deshalb deswegen drum darum daher jedenfalls sondern aber allerdings jedoch
  wenn falls sobald sodass sonst ansonsten but otherwise anyway anyways therefore`);

/** Pronouns that a clause begins with, or that stand behind its verb. */
export const SUBJECT = set('ich wir er sie es das i we he she it they thats its shes hes theyre ive');
export const PRONOUN = set('ich wir mir uns er sie es ihr man i we he she it they you');

/** With these somebody has time: „hab ich Zeit", „bin ich zu Hause". */
export const FREE = set(
  'frei zeit luft sturmfrei ueberstundenfrei dienstfrei arbeitsfrei schulfrei urlaubsfrei nachmittagsfrei vormittagsfrei daheim zuhause hause erreichbar verfuegbar jemand fix free',
);

/** Verbs that lead to a request when they stand before a pronoun. */
export const AUXILIARY = set(
  'waer waere waeren waerst muesste haett moecht wuerd muesst braeucht brauch nehm komm kaem kann koennen koennt koennte koennten moechte moechten wuerde wuerden haette haetten hett passt passen brauche brauchen braeuchte nehme nehmen komme kommen kaeme kaemen ginge geht gehts muss muessen muesste muessten will wollen soll sollten sollte mag',
);
export const FINITE = set(`${[...AUXILIARY].join(' ')}
  habe hab haben hat hast hatte hatten bin ist sind sein war waren wird werden wurde wurden gibt gab darf duerfen steht stehe steh sitze sitz
  liegt liege lieg laeuft faehrt fahre fahr fliegt fliege kommt geh gehe macht mache mach machen ruft rufe holt hole hol bringt bringe bring
  spielt spiele arbeitet arbeite wohnt wohne heirate heiratet weiss glaube glaub denke dachte meine meinte mein sage sag sagt sagte sagten
  sehe seh hoere hoer bleibt bleibe bleib schaffe schaff schafft nehm nimmt tragen trag schreiben schreib verlegen verschieben streichen
  ends takes lands leaves starts opens closes finishes finish runs picks gets needs wants says keeps arrives departs laesst faengt legt gehen fahren fliegen arbeiten rebook tut tuts klingt heisst hiess heisse bekommt bekomme kriege krieg brauch ruf wollte wollten sollen musste muessen lasse lass lassen frage frag hoffe
  am is are was were have has had can could would will must should may might need want get got go goes come comes take takes make makes
  do hats wars isses gabs does dont cant book put cancel reschedule ill id ive im wont works work suits suit know think guess said told put hope`);

/** Behind these stands the appointment that is given up, and the new one behind `MOVED`. */
export const REPLACED = /^(?:§instead|anstelle|weg|raus)$/;
export const MOVED = set('auf to onto gegen into');

/** Verbs and nouns of moving an appointment. */
export const MOVING =
  /^(?:(?:ver|um|vor|nach|hin|rueber|auf|weiter)?(?:schieb|geschob)[a-z]*|(?:ver|um)(?:leg|gelegt|buch|gebucht)[a-z]*|(?:ver|um|ein|aus)?tausch[a-z]*|vorzieh[a-z]*|vorgezogen|verschob[a-z]*|rutschen|rutscht|(?:ab)?aender[a-z]*|draus|rausnehmen|mov(?:e|ed|ing)|reschedul(?:e|ed|ing)|chang(?:e|ed|ing)|shift(?:ed|ing)?|swap(?:ped|ping)?|prepon(?:e|ed|ing)|postpon(?:e|ed|ing)|bump(?:ed)?|rebook(?:ed)?|push(?:ed)?|bring)$/;

/** What only somebody says who asks for an appointment, or says when it suits. */
export const WISHING =
  set(`bitte muesste muessten duerfte sollte soll gern gerne lieber liebsten liebst haette haetten hett moechte moechten moecht wuerde wuerden wuerd waer waere
  waeren koennte koennten kaeme kaemen brauche brauchen brauch braeuchte braeucht nehme nehmen nehm ginge ginges gings passt passen passend
  passts passte klappt klappts tuts recht platz reservieren reserviert buchen buche vereinbaren eintragen einbuchen einschieben notieren vormerken anmelden
  drankommen drankomme drannehmen vorbeikommen vorbeischauen vorbeikomme vorbeibringen vorbei einrichten moeglich machbar schaffe schaff
  schaffen ideal optimal perfekt prima super guenstig guenstigsten besten gescheitesten liebe freuen wuensche wunsch suche termin komme
  hole bringe bring hol holen bringen dran abholen anfangen starten draus einloesen frage fragen
  please like need want prefer preferred preferably book booking works work suits suit fine great available possible ideal ideally
  perfect lovely grand brilliant handy convenient better best lets appointment chance come coming wanna gonna put pencil squeeze fit schedule make`);
/** Together with these the words before are a request: „kann ich", „haben Sie". */
export const ASKING =
  /^(?:(?:kann|koennen|darf|duerfen|soll|sollen|schaffe|schaff|nehm|nehme|nimm|komm|komme|hol|bring|tragen|trag|schreiben|machen|geben|setzen|legen|sagen|haette|geht|gehts|ginge|gibts|passts|can|could|may|do|have|is|are|shall|how|what) (?:ich|wir|sie|man|mich|uns|es|da|das|der|die|i|we|you|there|about|it)|sagen wir|machen wir|wir sagen|wir machen|wir nehmen|haben sie|haben ihr|ill take|i can|we can|id love|ich kann|wir koennen|i could|we could|ich nehm|ich komm|ich kaeme|wir kommen|kommen wir|kommen sie|vorbei kommen)$/;

/** Past: an appointment that was, a day that is over. */
export const PAST = set(
  'war waren hatte hatten hattest hattet wart gehabt gestern vorgestern neulich letztens damals kam kamen wurde wurden sagte sagten wollte wollten was were had did yesterday ago used said told gave offered suggested spent went visited flew lag vorhin seinerzeit gewesen',
);
/** Spelled alike in both languages: English only in an English sentence. */
export const ENGLISH_ONLY = set('was am had did made said told gave');
const ENGLISH_WORDS = set(
  `the i my on at is it to and for with you we not have can could would that this but of me be please are were till until day
  monday tuesday wednesday thursday friday saturday sunday tomorrow today december january february`,
);
const GERMAN_WORDS = set(
  `der die das ich und um mit bei zu den ist es ein eine einen sie wir nicht bitte auf von dem mein meine hab habe da oder zum zur noch gern ab vom wir mir uns
  montag dienstag mittwoch donnerstag freitag samstag sonntag morgen heute dezember januar februar`,
);
/** Whether more of the small words are English than German; one sentence is asked about several times, and counted once. */
export function isEnglish(tokens: readonly { readonly text: string }[]): boolean {
  const known = languages.get(tokens);
  if (known !== undefined) return known;
  let more = 0;
  for (const { text } of tokens) {
    if (ENGLISH_WORDS.has(text)) more++;
    if (GERMAN_WORDS.has(text)) more--;
  }
  languages.set(tokens, more > 0);
  return more > 0;
}
const languages = new WeakMap<readonly { readonly text: string }[], boolean>();

/** Turns of idioms.ts: „ich weiß es noch nicht", „ich muss erst meinen Mann fragen". */
export const UNDECIDED = /^§(?:undecided|ask-first)$/;

/** Verbs that make an appointment: „den ich ausgemacht habe". */
export const MADE =
  /^(?:ausgemacht|vereinbart|gebucht|eingetragen|bekommen|reserviert|angeboten|notiert|geplant|gehabt|erwischt|vorgesehen|gekriegt|booked|arranged|scheduled|made|given|offered|kalender|gesagt|bestellt)$/;
/** „hatte gedacht" is a request for all that. */
export const THOUGHT =
  /^(?:gedacht|gemeint|gmeint|dachte|ueberlegt|vorgestellt|thinking|thought|hoping|hoped|wondering|wondered|gewuenscht|gebeten|gewollt|asked|wanted|gern|gerne|fragen)$/;

/** Somebody who is no caller: the subject of what is said. */
export const SUBJECT_NOUN =
  /^(?:mein|meine|meinem|meiner|der|die|das|unser|unsere|sein|seine|ihr|ihre|my|our|the|his|her|their)$/;
export const PERSON =
  /^(?:tochter|sohn|kind|kinder|mann|frau|mutter|vater|mama|papa|mutti|oma|opa|freund|freundin|schwester|bruder|kollegin|kollege|chefin|chef|familie|hund|kleine|grosse|daughter|son|kids?|child|husband|wife|mother|father|mum|mom|dad|friend|sister|brother|boss|dog|cat|train|bus)$/;
