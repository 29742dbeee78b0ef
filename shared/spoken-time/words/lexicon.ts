/** Word → what it can mean, in folded spelling; the tokeniser looks every word up here and the grammar reads only categories. */
import { numberWord } from './numbers.ts';

export type Category =
  | 'number'
  | 'one' // ein, eine, a, an: an article or the number one
  | 'decimal'
  | 'clock' // 14:30 written out
  | 'date' // a date written out
  | 'pair' // 14.30 or 3.12
  | 'weekday'
  | 'weekdays' // montags, Mondays
  | 'month'
  | 'relative' // heute, morgen
  | 'daypart'
  | 'unit'
  | 'which'
  | 'stage' // Anfang, Mitte, Ende
  | 'season'
  | 'oclock'
  | 'meridiem'
  | 'half'
  | 'english-half'
  | 'quarter'
  | 'three-quarter'
  | 'before'
  | 'after'
  | 'from'
  | 'until'
  | 'between'
  | 'of-from' // von, from
  | 'latest'
  | 'not-before'
  | 'not-after'
  | 'at'
  | 'in'
  | 'article'
  | 'approx'
  | 'approx-post'
  | 'shortly'
  | 'exact'
  | 'past'
  | 'to'
  | 'or'
  | 'and'
  | 'but'
  | 'neg'
  | 'except'
  | 'instead'
  | 'correct'
  | 'earliest'
  | 'soft-earliest'
  | 'any'
  | 'same'
  | 'after-work'
  | 'between-years'
  | 'rest-of-week'
  | 'work-days'
  | 'week-number'
  | 'feast'
  | 'span-minutes' // halbe Stunde and its kin
  | 'one-and-half'
  | 'and-half'
  | 'fortnight'
  | 'an' // „von Montag an"
  | 'within'
  | 'couple'
  | 'step' // behind a length or a day: later (1), earlier (-1), moved (2, -2); before one: the same (0)
  | 'bridge' // Brückentag
  | 'person' // Personen, Kinder: a number before them counts people
  | 'blocked' // readable by a human only
  | 'significant' // changes the meaning of its neighbours; if it can't be read, there is no guess
  | 'filler'
  | 'unknown';

export interface Meaning {
  category: Category;
  value: number | string;
}

const words = new Map<string, Meaning>();
/** Every word of the tables, for telling a misheard one. */
export const knownWords: ReadonlyMap<string, Meaning> = words;

const withoutUmlaut = (word: string): string => word.replaceAll('ae', 'a').replaceAll('oe', 'o').replaceAll('ue', 'u');

function put(category: Category, value: number | string, list: string): void {
  for (const word of list.split(/\s+/)) {
    if (word !== '' && !words.has(word)) words.set(word, { category, value });
  }
}
const each = (category: Category, entries: Record<string | number, string>): void => {
  for (const [value, list] of Object.entries(entries))
    put(category, /^-?\d+$/.test(value) ? Number(value) : value, list);
};

each('weekday', {
  1: 'montag monday mo mon',
  2: 'dienstag tuesday di tue tues dienstach',
  3: 'mittwoch wednesday mi wed weds',
  4: 'donnerstag thursday do thu thur thurs donnerstach',
  5: 'freitag friday fr fri freitach',
  6: 'samstag sonnabend saturday sa sat samstach',
  0: 'sonntag sunday sun sonntach',
});
each('weekdays', {
  1: 'montags mondays',
  2: 'dienstags dienstage dienstagen tuesdays',
  3: 'mittwochs mittwoche mittwochen wednesdays',
  4: 'donnerstags donnerstage donnerstagen thursdays',
  5: 'freitags freitage freitagen fridays',
  6: 'samstags samstage samstagen sonnabends saturdays',
  0: 'sonntags sonntage sonntagen sundays',
});
each('month', {
  1: 'januar jaenner jan january januars',
  2: 'februar feber feb february februars',
  3: 'maerz march mrz maer mar',
  4: 'april apr aprils',
  5: 'mai may',
  6: 'juni jun june juno',
  7: 'juli jul july julei',
  8: 'august aug augusts',
  9: 'september sep sept septembers',
  10: 'oktober okt october oct oktobers',
  11: 'november nov novembers',
  12: 'dezember dez december dec dezembers',
});
each('relative', {
  0: 'heute heut today heutigen heutige',
  1: 'morgen tomorrow tmrw tomorow morgigen morgige',
  2: 'uebermorgen overmorrow',
  3: 'ueberuebermorgen',
  '-1': 'gestern yesterday',
  '-2': 'vorgestern',
});
each('daypart', {
  frueh: '§part-frueh frueh',
  'early-morning': '§part-early-morning',
  morning: '§part-morning morgens',
  'english-morning': 'morning mornings',
  forenoon: 'vormittag vormittags vormittage',
  'early-forenoon': '§part-early-forenoon',
  'late-forenoon': '§part-late-forenoon',
  noon: '§part-noon mittag mittags',
  midday: 'noon midday',
  afternoon: 'nachmittag nachmittags nachmittage afternoon afternoons nachmittach',
  'early-afternoon': '§part-early-afternoon',
  'late-afternoon': '§part-late-afternoon',
  evening: '§part-evening abend abends abende evening evenings',
  'early-evening': '§part-early-evening',
  'late-evening': '§part-late-evening',
  night: 'nacht nachts night nights',
  midnight: 'mitternacht mitternachts midnight',
});
each('unit', {
  minute: 'minute minuten min minutes mins',
  hour: 'stunde stunden std hour hours hr hrs',
  day: 'tag tage tagen day days tages',
  week: 'woche wochen week weeks',
  weekend: 'wochenende weekend wochenend wochenenden weekends',
  month: 'monat monate monaten monats months month',
  year: 'jahr jahre jahren jahres year years',
});
each('season', {
  spring: 'fruehling fruehjahr spring',
  summer: 'sommer summer',
  autumn: 'herbst autumn fall',
  winter: 'winter',
});

const inflected = (stems: string): string =>
  stems
    .split(' ')
    .flatMap((stem) => ['', 'e', 'en', 'er', 'es', 'em', 's'].map((end) => stem + end))
    .join(' ');
put('which', 'this', `${inflected('dies')} dieser diesen dieses diese diesem this heuer heurigen`);
put('which', 'coming', `${inflected('kommend')} coming upcoming`);
put('which', 'next', `${inflected('naechst')} next nachste naext naexte naexten`);
put('which', 'afternext', inflected('uebernaechst'));
put('which', 'last', `${inflected('letzt vergangen vorig')} last previous`);
put('stage', 'begin', 'anfang beginn early');
put('stage', 'mid', 'mitte mid');
put('stage', 'end', 'ende late ausgang');
put('oclock', 0, 'uhr oclock urh ur uhrs');
put('meridiem', 'am', '§am');
put('meridiem', 'pm', '§pm pm');
put('half', 0, 'halb halbe halben halbes');
put('english-half', 0, 'half');
put('quarter', 0, 'viertel quarter virtel');
put('three-quarter', 0, 'dreiviertel');
// Value 1: people of two languages mean it before the hour, or after it (spoken-english.ts).
put('half', 1, '§half-to');
put('quarter', 1, '§quarter-in');
put('three-quarter', 1, '§three-to');
put('before', 0, 'vor vorm before');
put('after', 0, 'nach nachm after');
put('past', 0, 'past ueber');
put('to', 0, 'to');
put('from', 0, 'ab');
put('of-from', 0, 'von from');
put('until', 0, 'bis until till til through biss');
put('latest', 0, '§latest');
put('latest', 1, 'by');
put('not-before', 0, '§not-before');
put('not-after', 0, '§not-after');
put('between', 0, 'zwischen between');
put('at', 0, 'um at umme');
put('in', 0, 'in');
put('within', 0, 'innerhalb binnen within');
put('an', 0, 'an onwards onward');
put('article', 0, 'am der die das den dem des im vom zum zur on the of §of ums');
put('approx', 0, '§approx gegen circa ca zirka ungefaehr etwa rund about roughly approximately ungefahr');
put('approx-post', 0, '§approx-post ish');
put('shortly', 0, 'kurz knapp shortly just');
put('exact', 0, 'punkt genau exakt schlag sharp exactly puenktlich prompt');
put('or', 0, 'oder or');
put('and', 0, 'und and');
put('but', 0, 'aber sondern but jedoch allerdings');
put(
  'neg',
  0,
  '§work schlecht schlechter ungelegen ausgeschlossen besetzt beschaeftigt unterrichten blockiert schicht dienst dienstreise arbeitet absagen abgesagt stornieren streichen ausfallen verpasst vergessen unavailable inconvenient sick travelling traveling cancel cancelled missed forgot bloed doof unguenstig unpassend belegt verplant verreist weg unterwegs krank spaetschicht fruehschicht nachtschicht verhindert ausgebucht schwierig unmoeglich busy away booked bad impossible arbeiten working nicht nich net ned not never nie niemals kein keine keinen keiner keinem cant cannot dont doesnt wont isnt arent nor neither weder ',
);
put('except', 0, '§except ausser ohne without except');
put('instead', 0, '§instead');
put('correct', 'hard', 'nein nee noe no nope unsinn bloedsinn quark falsch verkehrt §correct');
put(
  'correct',
  'soft',
  '§correct-soft entschuldigung sorry pardon verzeihung wait moment oops whoops ups hoppla actually stopp stop rather',
);
put('earliest', 0, '§earliest');
put('soft-earliest', 0, 'gleich jetzt bald demnaechst zeitnah now soon dringend eilig');
put('any', 0, '§any');
put('same', 0, '§same');
put('same', 'hour', '§same-hour');
put('same', 'hour-again', '§same-hour-again');
put('step', 1, '§danach §spaeter');
put('step', -1, '§davor §frueher');
put('step', 2, '§hinaus');
put('step', -2, '§vorgezogen');
put('step', 0, '§selb §jener');
put('unit', 'workday', '§workday');
put('bridge', 0, '§brueckentag');
put('after-work', 0, '§after-work');
put('between-years', 0, '§between-years');
put('rest-of-week', 0, '§rest-of-week');
put('work-days', 0, '§weekdays');
put('week-number', 0, '§kw');
put('span-minutes', 30, '§half-hour');
put('span-minutes', 15, '§quarter-hour');
put('span-minutes', 45, '§three-quarter-hour');
put('span-minutes', 90, '§hour-and-half');
put('one-and-half', 0, '§one-and-half');
put('and-half', 0, '§and-half');
put('and-half', 1, '§and-half-hours');
put('fortnight', 0, 'fortnight');
put('couple', 0, 'paar couple few mehreren mehrere einigen einige several');
put(
  'person',
  0,
  'personen person leute kinder kindern kind gaeste gaesten erwachsene erwachsenen people persons kids children guests mal times termine terminen appointments haarschnitte haircuts',
);
put('one', 0, 'ein eine einen einem einer eines nem nen ne ner a');
put(
  'blocked',
  'occasion',
  'geburtstag birthday hochzeitstag jahrestag hochzeit ferien urlaub vacation holiday holidays feiertag feiertage feiertagen schule school schulschluss mittagessen essen fruehstueck breakfast dinner herbstferien sommerferien osterferien weihnachtsferien winterferien pfingstferien',
);
put(
  'blocked',
  'recurring',
  'jeden jede jeder jedes jedem every each alle woechentlich monatlich taeglich weekly monthly daily regelmaessig regularly zweiwoechentlich vierzehntaegig biweekly abwechselnd',
);
put(
  'significant',
  0,
  'darauffolgenden folgende folgenden folgender folgendes following spaeter spaet frueher later earlier danach davor vorher nachher hinterher anschliessend afterwards selben selbe gleichen gleiche gleicher gleichem same anderen anderer andere anderes anders other another frueheren spaeteren spaetere fruehere hundert eher frueheres spaeteres sooner tagsueber stuendlich ago her seit since waehrend during sonst else haelfte mehr weniger quartal damals nirgends niemand nichts nothing vorziehen naechstens neulich kuerzlich recently ',
);
// A turn of two meanings (spoken-english.ts).
put('significant', 0, '§doubt');
put('filler', 0, 'fertig gerade immer stattdessen instead §undecided §ask-first');
put(
  'filler',
  0,
  `ich wir sie ihr er es mir uns mich euch ihnen dir dich du man haette haetten hett hab habe haben hat hast will wollen wollte wollten wuerde wuerden wuerd moechte moechten moecht mag koennte koennten koennen kann kannst koennt
  geht ginge gehen gings gehts gang passt passen passend passts passte waere waeren waer ist sind sein bin gibt gibts gaebe gaeb gibs brauche brauchen braeuchte brauch suche suchen gern gerne bitte vielleicht eventuell evtl also dann denn da dort mal einmal halt eben ja jo jawohl
  okay ok gut gute super prima toll perfekt klasse schoen schoener doch noch auch nur schon so aehm aeh eh hm hmm hmmm oeh oehm ehm em ahm mh mhm na nun naja tja ach oh ah eigentlich irgendwie sozusagen quasi einfach kurzfristig
  mein meine meinen meinem meiner meines dein deine ihre ihren ihrem ihrer unser unsere fuer fuers mit bei beim zu wegen daran dafuer darin
  termin termine terminchen terminwunsch uhrzeit zeit platz slot moeglichkeit haarschnitt haare haarschneiden schnitt schneiden faerben waschen foehnen friseur massage behandlung beratung bart bartpflege straehnen dauerwelle manikuere pedikuere physiotherapie kontrolle untersuchung besuch
  buchen reservieren vereinbaren ausmachen machen mache nehmen nehme nehmens komme kommen vorbei vorbeikommen vorbeischauen bekommen bekomme kriegen kriege eintragen einbuchen anmelden planen lassen schauen gucken sehen
  frei freie freien freier freies verfuegbar moeglich moegliche liebsten liebst lieber besser besten beste bevorzugt idealerweise optimal ideal recht wunsch wuensche wunschtermin schreiben sagen sage sagten wenn falls ob dass was wie wann wo wer welcher welche welchen welches hallo hi servus moin tschuess danke dankeschoen vielen dank gruezi gruess gott tach
  mach machts klar sicher natuerlich vorschlagen vorschlag anbieten haettet haett habt wieder zeitlich datum erst bereits gegebenenfalls ggf voraussichtlich moeglichst wahrscheinlich glaube glaub denke denk finde hoffe frage fragen wissen wollt ebenfalls weil meinetwegen gell 
  i id ill im we you he she it its would like want wants need could can might should do does did have has had get got book booking make schedule arrange appointment appointments haircut cut please maybe perhaps well uh uhm umm er erm hmm mm really then there is are be was for with my me our us that works work suits suit fine good great prefer preferred preferably ideally possible free available any some something see come
  because although though thanks thank hello hey lets let say how what when whats think guess too also all right sure yes yeah yep if ive been looking take give find anything open time kind sort theres thing your say-at hopefully looking which here go going want-to an
  `,
);
put(
  'filler',
  0,
  'hier neukunde neukundin kunde kundin stammkunde stammkundin customer new move moving reschedule change shift umbuchen either color colour balayage kostet kosten costs cost braucht needs angerufen rabatt hauptsache jeweils auf verschieben verlegen umlegen legen setzen umbuchen verschoben aendern tochter sohn mann frau mutter vater mama papa oma opa freundin freund schwester bruder kollegin kollege chefin chef familie hund daughter son husband wife mother father friend sister brother  dr bisschen kleines kleinen kleine neuen neue neuer neues wenns obs ichs',
);

// A recogniser may drop umlauts altogether: fur, nachste, fruh.
for (const [word, meaning] of [...words]) {
  const bare = withoutUmlaut(word);
  if (bare !== word && !words.has(bare) && numberWord(bare) === null) words.set(bare, meaning);
}

/** What a folded word means; `unknown` when nothing is known. */
export function meaningOf(word: string): Meaning {
  const known = words.get(word);
  if (known) return known;
  if (word.startsWith('§feast-')) return { category: 'feast', value: word.slice(7) };
  return { category: 'unknown', value: 0 };
}
