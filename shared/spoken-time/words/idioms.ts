/**
 * Fixed turns of phrase, German and English, found in the folded text before it is cut into words; each becomes one marked
 * word (`§…`) or plain words that the grammar knows. Order matters: longer and more special turns stand first.
 */

import { type Rewrite, Rewrites, rule } from './rewrite.ts';
import { STEP_TURNS } from './step-turns.ts';

/** Adjective endings. */
const E = '(?:e|en|er|es|em|s)?';
const POSS = '(?:der|die|das|dem|den|meine|meinem|meinen|meiner|my|the)';

const EARLIEST = [
  `ab (?:sofort|jetzt|gleich)`,
  `sobald (?:es |wie )?(?:geht|moeglich|irgend geht)(?: ist)?`,
  `(?:so|moeglichst|ganz) (?:schnell|bald|frueh|zeitig|zeitnah|rasch)(?: wie| als)?(?: es)?(?: nur| irgend| irgendwie)?(?: moeglich| moeglichst| geht| machbar)`,
  `so (?:schnell|bald|frueh|zeitig|rasch) (?:wie |als )?(?:sie|ihr|du) (?:koennen|koennt|kannst|was haben|haben|habt)`,
  `moeglichst (?:bald|schnell|zeitnah|rasch|zeitig|frueh)`,
  `(?:das |der |den )?(?:aller)?(?:erste|naechste|frueheste|schnellste)[nrs]? (?:was|den|das|der) (?:sie|ihr|du) (?:frei )?(?:haben|habt|hast)`,
  `(?:schnellst|fruehest|ehest|bald|naechst|fruehst)(?: |)moeglich(?:st)?${E}(?: (?:freie[nrsm]? )?(?:termin|zeitpunkt|zeit|slot|tag|moeglichkeit))?`,
  `(?:baldmoeglichst|schnellstens|ehestens|ehebaldigst|baldigst|schleunigst|umgehend|sofort|asap|a s a p)`,
  `(?:die |den |der |das |dem |zum )?(?:aller)?(?:naechste|erste|frueheste|schnellste|eheste)[nrsm]? (?:freie|moegliche|verfuegbare|offene|beste)[nrsm]? (?:termin|zeit|slot|luecke|tag|moeglichkeit|platz|zeitpunkt)`,
  `(?:die |den |der |das |dem |zum )?(?:aller)?(?:naechste|erste|frueheste|schnellste|eheste)[nrsm]? (?:freie|moegliche|verfuegbare|offene|termin|slot|luecke|moeglichkeit|zeitpunkt)[nrsm]?`,
  `am (?:schnellsten|fruehesten|ehesten)(?: (?:geht|ginge|moeglich))?`,
  `as (?:soon|early|quickly|fast) as (?:(?:humanly|ever) )?(?:possible|(?:you |i )(?:possibly )?can|you have)`,
  `(?:das |den |der |dem )?(?:aller)(?:erste|naechste|frueheste|schnellste)[nrs]? (?:termin|was)(?: frei ist| geht| moeglich ist| frei wird| da ist)?`,
  `(?:das |den |der )?(?:erste|naechste|frueheste|schnellste)[nrs]? (?:termin |slot )?(?:was|den|das|der) (?:(?:mir|uns|bei ihnen|bei euch|wieder|gerade|so) )*(?:frei (?:ist|wird)|(?:sie|ihr|du) (?:mir |uns |noch |gerade |da )*(?:anbieten|geben|anbietet))(?: (?:koennen|koennt|kannst))?`,
  `(?:the |your )?(?:soonest|earliest|first|next)(?: possible| available| free| open)(?: (?:slot|appointment|time|one|opening|date|day))?`,
  `(?:the |your )?(?:soonest|earliest|first|next) (?:slot|appointment|opening)`,
  `(?:the )?(?:soonest|earliest|first|next)(?: (?:time|slot|day|moment|date|hour))? (?:(?:what|that|which) )?you (?:have|got|can)(?: (?:free|open|available|it))?`,
  `(?:the )?soonest|right away|straight away|immediately|at once`,
];

const ANY = [
  `(?:(?:der |die )?(?:tag|uhrzeit|zeit|stunde) (?:und|oder) (?:die |der )?(?:tag|uhrzeit|zeit|stunde) (?:sind|ist|waeren|waere) )(?:mir|uns) (?:(?:ganz|voellig|total|komplett|da|eigentlich|wirklich) )*(?:egal|gleich|wurscht|wurst|schnuppe|schnurz|piepegal|schnurzpiepegal)`,
  `(?:es |das )?(?:mir|uns) (?:ist |is |waere |waer )?(?:das |es |da |ganz |eigentlich |voellig |total |wirklich )*(?:gleich|einerlei)(?: ist)?(?:,? wann)?|(?:ist|is|waere|waer) (?:mir|uns) (?:das |es |da |ganz |voellig )*(?:gleich|einerlei)(?:,? wann)?|(?:egal|gleich) wann`,
  `(?:mir |ist |is |es )*(?:ganz |voellig |total |komplett |eigentlich )*(?:egal|wurscht|wurst|schnuppe|schnurz|piepegal|schnurzpiepegal|schnurzegal|scheissegal|powidl|blunzn)(?: ist)?,?(?: an)?(?: welche[rsnm]? (?:wochentag|tag|uhrzeit|zeit|termin|stunde)| um wie ?viel uhr| zu welcher (?:zeit|uhrzeit)| wann)?`,
  `(?:es )?spielt (?:mir )?keine rolle|zu jeder (?:zeit|uhrzeit|tageszeit)|jede uhrzeit|(?:mir )?(?:passt|geht|ist) (?:mir |bei mir )?alles(?: recht)?(?! (?:voll|dicht|zu|belegt|ausgebucht|besetzt|weg|verplant))|alles (?:geht|passt|recht)|keine praeferenz`,
  `wann (?:auch )?immer(?: (?:es|sie|ihr|du))?(?: (?:passt|geht|wollen|moechten|koennen|zeit haben))?`,
  `wann (?:es )?(?:bei )?(?:ihnen|euch|dir) (?:am besten )?(?:passt|geht|recht ist)|wann (?:sie|ihr|du) (?:wollen|moechten|wollt|willst|koennen|zeit haben|zeit habt|zeit hast)`,
  `(?:bin |ich bin |da |zeitlich |voellig |total |ganz |sehr |komplett )*flexibel|(?:i am |im )?(?:totally |completely |very |quite )*flexible`,
  `(?:ich |wir )?(?:kann|koennen|koennte|koennten) (?:ich |wir )?(?:eigentlich |fast )?immer|(?:geht|passt|ginge) (?:bei )?(?:mir |uns )?(?:eigentlich |fast )?immer|immer (?:geht|moeglich|passt)`,
  `(?:ich )?(?:nehmen|nehme|nehm|geben) (?:sie |ich |mir |sie mir )*(?:einfach )?(?:alles|irgendwas|was) (?:gerade |noch |sie )?(?:frei|da|passt|geht|haben)(?: ist)?`,
  `(?:ich |wir )?(?:hab|habe|haben) (?:ich |wir )?(?:eigentlich |doch |ja |fast |da )*(?:immer|jederzeit|den ganzen tag|alle zeit der welt) (?:zeit|frei)|(?:suchen|such|sucht) (?:sie |ihr )?(?:mir |uns |sich )?(?:halt |einfach |doch |mal )*(?:was|etwas|irgendwas|einen|einen tag|einen termin|eins) (?:schoenes |passendes )?aus|(?:i have|ive got|got|have) all the time in the world|(?:im |i am )?always (?:free|available)|(?:you|just) (?:pick|choose) (?:one|a day|a time|any|whatever)`,
  `jederzeit|irgendwann(?: mal)?(?! (?:wenn|sobald|nachdem) )|any ?time|whenever(?! (?:my|the|she|he|they|[a-z]+ (?:is|gets|comes|has|back)) )(?: (?:you )?(?:like|want|can|have|works|suits|suits you|is good))?|no preference|some ?time`,
  `(?:it |that )?(?:doesnt|does not|dont|do not) (?:really )?(?:matter|mind|care)(?: when| what time| what day)?`,
  `any day(?: and| or)? any (?:hour|time)`,
  `any (?:day|slot|appointment|date)(?: at all)?(?: is fine| works| will do| is good)?(?! (?:but|except|other|apart))`,
];

const LAST_TIME = '(?:letzte|vorige|vergangene)[snmr]? (?:mal|termin|besuch)';
const SAME = [
  `(?:wieder |genau )?(?:zur |um die |am |die |der |das |den )?(?:gleiche|selbe|dieselbe|derselbe|dasselbe)[nrsm]? ?(?:zeit|uhrzeit|tag|termin)? (?:und (?:zeit|uhrzeit) )?wie (?:das |beim |am )?(?:${LAST_TIME}|immer|sonst|ueblich)`,
  `(?:genau )?(?:so )?wie (?:das |beim |am |bei meinem |mein )?${LAST_TIME}`,
  `wie (?:immer|ueblich|gewohnt|gehabt|sonst(?: auch)?(?: immer)?)`,
  `(?:the )?same (?:(?:time|day|slot|thing|appointment|and|as) )*(?:last time|before|usual|always)|like last time|(?:the |my )usual(?: time| slot| appointment)?`,
];

const NUMBER_AFTER_OH = 'one|two|three|four|five|six|seven|eight|nine|[1-9]';

/** Feasts: words to the id that `feasts.ts` knows. */
const FEASTS: readonly Rewrite[] = [
  rule(
    `(?:(?:der|den|dem) )?(?:erste[rnm]?|1\\.?) weihnachts(?:feier)?tag|christtag|christmas day`,
    '§feast-christmas-1',
  ),
  rule(
    `(?:(?:der|den|dem) )?(?:zweite[rnm]?|2\\.?) weihnachts(?:feier)?tag|stefanitag|ste(?:ph|f)anstag|boxing day|st stephens day`,
    '§feast-christmas-2',
  ),
  rule(
    `heilige?[nrm]? ?a(?:bend|big|obnd|omd|bad)s?|heiligabig|heiligobnd|heiligomd|christmas eve|xmas eve`,
    '§feast-christmas-eve',
  ),
  rule(`weihnachten|weihnacht|weihnachtstage[n]?|weihnachtsfeiertage[n]?|christmas|xmas`, '§feast-christmas'),
  rule(`s[iy]lvester(?: ?abend)?|new ?years? eve|altjahr(?:s)?abend`, '§feast-new-year-eve'),
  rule(`neujahr(?:stag)?|new ?years?(?: day)?(?! eve)`, '§feast-new-year'),
  rule(`heilige[nr]? drei koenigen?|heilige[nr]? 3 koenigen?|dreikoenig(?:en|e|s|stag)?|epiphany`, '§feast-epiphany'),
  rule(`maria?e? himmelfahrt`, '§feast-assumption'),
  rule(`maria?e? empfaengnis`, '§feast-immaculate'),
  rule(`christi himmelfahrt|himmelfahrt(?:stag)?|auffahrt(?:stag)?|vatertag|ascension(?: day)?`, '§feast-ascension'),
  rule(`fronleichnam|corpus christi`, '§feast-corpus-christi'),
  rule(`allerheiligen|all saints(?: day)?`, '§feast-all-saints'),
  rule(`reformationstag|halloween`, '§feast-reformation'),
  rule(`buss(?: und | )bettag|busstag`, '§feast-repentance'),
  rule(`tag der deutschen einheit|german unity day`, '§feast-unity'),
  rule(`tag der arbeit|maifeiertag|labou?r day`, '§feast-labour'),
  rule(`nikolaus(?:tag)?|nikolo|(?:st|saint) nicholas(?: day)?`, '§feast-nicholas'),
  rule(`thanksgiving(?: day)?`, '§feast-thanksgiving'),
  rule(`valentinstag|valentines day`, '§feast-valentine'),
  rule(`muttertag|mothers day`, '§feast-mothers-day'),
  rule(`weiberfastnacht|altweiber(?:fastnacht)?`, '§feast-carnival-thursday'),
  rule(`rosenmontag`, '§feast-carnival-monday'),
  rule(`faschingsdienstag|fastnachtsdienstag|veilchendienstag`, '§feast-carnival-tuesday'),
  rule(`aschermittwoch|ash wednesday`, '§feast-ash-wednesday'),
  rule(`gruendonnerstag|maundy thursday`, '§feast-maundy-thursday'),
  rule(`karfreitag|good friday`, '§feast-good-friday'),
  rule(`karsamstag|ostersamstag|easter saturday|holy saturday`, '§feast-holy-saturday'),
  rule(`ostersonntag|easter sunday`, '§feast-easter-sunday'),
  rule(`ostermontag|easter monday`, '§feast-easter-monday'),
  rule(`ostern|osterfeiertage[n]?|easter`, '§feast-easter'),
  rule(`pfingstsonntag|whit sunday|pentecost sunday`, '§feast-whit-sunday'),
  rule(`pfingstmontag|whit monday|pentecost monday`, '§feast-whit-monday'),
  rule(`pfingsten|pentecost|whitsun`, '§feast-pentecost'),
  rule(`toten ?sonntag|ewigkeits ?sonntag`, '§feast-dead-sunday'),
  rule(`volkstrauertag`, '§feast-mourning'),
  rule(`allerseelen`, '§feast-all-souls'),
  rule(`(?:erste[rnm]?|1\\.?) advent(?:ssonntag)?`, '§feast-advent-1'),
  rule(`(?:zweite[rnm]?|2\\.?) advent(?:ssonntag)?`, '§feast-advent-2'),
  rule(`(?:dritte[rnm]?|3\\.?) advent(?:ssonntag)?`, '§feast-advent-3'),
  rule(`(?:vierte[rnm]?|4\\.?) advent(?:ssonntag)?`, '§feast-advent-4'),
  rule(`nationalfeiertag|national day`, '§feast-national'),
  rule(`bundesfeier(?:tag)?`, '§feast-national-ch'),
  rule(`martinstag|sankt martin|st martin`, '§feast-martin'),
  rule(`josefstag|josefi`, '§feast-joseph'),
];

/** A turn that holds one of these tells of a day. */
const WORDS_OF_DAYS =
  '(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|heute|morgen|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|um|am|at|on';
const EN_MONTH = '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
const EN_NUMBER =
  '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty(?: ?(?:one|two|three|four|five|six|seven|eight|nine))?|thirty(?: ?one)?|\\d{1,2})';
/** A day behind its month. */
const EN_NTH = '(?:the |\\d|first|second|third|[a-z]+(?:th|ty ?first|ty ?second|ty ?third)(?![a-z]))';
const EN_WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';

/** An hour as it is said in one breath. */
const SAID_HOUR = '(?:um )?((?:halb |viertel (?:vor |nach )?|dreiviertel )?(?:[a-z]+|\\d{1,2}(?::\\d\\d)?)(?: uhr)?)';

const REWRITES = new Rewrites([
  // Greetings hold words of time.
  rule(
    `(?:einen? )?(?:(?:wunder)?schoenen? )?guten (?:morgen|tag|abend|nachmittag|mittag)|gut(?:e)? nacht|good (?:morning|afternoon|evening|day|night)|schoenen (?:tag|abend|nachmittag)(?: noch)?|schoenes wochenende(?! in)`,
    '',
  ),
  rule(`have a (?:very )?(?:nice|good|great|lovely) (?:day|evening|morning|afternoon|week|weekend|one)`, ''),
  rule(`(?:just )?(?:einen|one|a|nur einen) (?:kleinen )?(?:moment|augenblick|second|sec)(?: bitte| please)?`, ''),
  rule(`(?:ein|zwei|halb|eineinhalb|anderthalb|dreiviertel)stuendige?[nrsm]?|\\d{1,3}[ -]?minuetige?[nrsm]?`, ''),
  rule('(?:oder|or) (?:auch |eben )?(?:spaeter|danach|later|after)(?: noch| auch)?', '§not-before'),
  rule('(?:oder|or) (?:auch |eben )?(?:frueher|davor|earlier|before)(?: noch| auch)?', '§latest'),
  // „ob es regnet oder nicht", "rain or shine": what hangs on nothing.
  rule(
    `(?:ganz )?(?:egal |gleich |gleichgueltig )?ob (?:(?!${WORDS_OF_DAYS})[a-z]+ ){1,7}?oder (?:nicht|auch nicht|ned|net|nid)(?:,? (?:das |is |ist |spielt |macht )*(?:(?:dabei |da |mir )*(?:keine rolle|egal|wurscht|nix|nichts))(?: aus)?)?`,
    ',',
  ),
  rule(
    `whether (?:(?!${WORDS_OF_DAYS})[a-z]+ ){1,7}?or not|whether or not|(?:come )?rain or shine|either way|so oder so|one way or (?:the|an)other|no matter what`,
    '',
  ),
  // „egal bei wem": who it is, and no day.
  rule(
    '(?:ganz |mir |voellig )*(?:egal|gleich|wurscht|wurst|schnuppe),? (?:bei |mit |zu |von )?(?:wem|wer|welche[rmn]? (?:mitarbeiter(?:in)?|kolleg(?:e|in)|friseur(?:in)?|frau|person|der beiden))(?: das)?(?: (?:macht|schneidet|kommt|da ist))?|(?:no matter|doesnt matter|dont mind|dont care) (?:with )?who(?:m|ever)?',
    ',',
  ),
  // "scrap the saturday one": no hour.
  rule(
    `(?<=(?:the|that|this|my) +${EN_WEEKDAY} +)one(?!,? ?(?:pm|am|oclock|o clock|thirty|fifteen|forty|twenty|ten|sharp|at|in the afternoon))`,
    '',
  ),
  // "I need one on the twelfth": no hour.
  rule(
    '((?:need|want|like|have|get|book|take|make)(?: (?:also|another|me|us|please|just))*) one(?= (?:on|for|in) )',
    '$1',
  ),
  // "at ten about my feet": what it is about.
  rule('about(?= (?:my|our|his|her|your|their|getting|having) )', 'regarding'),
  // "… to survive first": no first of a month.
  rule(
    '(to (?!the |be )[a-z]+(?: [a-z]+){0,2}(?<! (?:the|january|february|march|april|may|june|july|august|september|october|november|december))) first(?= ?(?:$|,|and |but ))',
    '$1',
  ),
  // "could I have June please, she always does my feet": who it is.
  rule(
    '((?:have|get|see|book|with|for|is|if|ask for|want|prefer) )(?:june|april|may|august|summer|autumn|winter|spring)(?=,? (?:please,? )?(?:she|he)(?:s|ll|d)? (?:always|does|did|is|was|knows|usually|normally|cut|cuts|has|had|usually))',
    '$1her',
  ),
  rule(
    '((?:its|im|i am|this is|thats|name is|names|hier ist|hier spricht|ich bin|spricht) (?!(?:in|im|the|for|not|all|about|around|still|now|only|just|mid|late|early|next|last|this|nicht|noch|der|die|das|ein|schon|jetzt|hier|da|erst|ja|too|so|at|on)(?![a-z]))[a-z]+ )(?:winter|sommer|summer|herbst|autumn|fruehling|spring|mai|may|april|june|juni|juli|august|maerz|march|januar)(?= ?(?:,|$|(?:i|id|im|ich|von|aus|from|here|speaking|calling|and|und|wir|we|from) ))',
    '$1name',
  ),
  // "at seventeen december", "to eight december": a day.
  rule(
    `(?:at|in)(?: the)?(?= (?:(?:thir|four|fif|six|seven|eigh|nine)teen|twenty(?: ?[a-z]+)?|thirty(?: ?one)?|1[3-9]|2\\d|3[01]) ${EN_MONTH}(?! ${EN_NTH})(?![a-z]))`,
    'on',
  ),
  rule(`(?:at|in)(?: the)?(?= ${EN_NUMBER} ${EN_MONTH}(?! (?:${EN_NTH}|${EN_NUMBER}))(?![a-z]))`, 'on'),
  rule(`to(?: the)?(?= ${EN_NUMBER} ${EN_MONTH}(?! ${EN_NTH})(?![a-z]))`, 'auf'),
  // „keine Schule", „keine Dialyse": then there is time.
  rule(
    'kein(?:e|en)? (?:schule|dialyse|kita|kindergarten|unterricht|vorlesung|therapie|reha|physio|gerichtstermin|schicht|spaetschicht|fruehschicht|berufsschule)',
    'frei',
  ),
  rule('(?:vom|aus dem) (?:letzten|vorigen|vergangenen) (?:jahr|sommer|winter|herbst|fruehjahr)|from last year', ''),
  rule('(?:ne|gell|gelle|gello|wa)(?= ?$)', ''),
  rule('(weeks?|days?|months?) from now on', '$1 from now'),
  rule('bis zu(?= (?:euch|ihnen|dir|eich|eana) )', 'zu'),
  rule('oclock after (?:the )?noon', 'oclock in the afternoon'),
  rule(
    `(first|second|third|fourth|last) (${EN_WEEKDAY}) (?:from|in the month of|of the month of)(?= ${EN_MONTH}(?![a-z]))`,
    '$1 $2 of',
  ),
  rule(
    '(?:for me (?:it )?is all (?:the )?same|all is (?:the )?same (?:for|to) me)(?:,? (?:which|what) (?:day|hour|time))*',
    '§any',
  ),
  rule('without (?:work|a job|job)|(?:have|got) no (?:work|job)(?: now)?', 'unemployed'),
  // „vorletzter Samstag vor Weihnachten": counted back, which the grammar does not do.
  rule(
    '(?:der |am |den )?(?:vorletzte|drittletzte)[nrms]?(?= (?:mon|diens|donners|frei|sams|sonn)tag (?:vor|nach) | mittwoch (?:vor|nach) )',
    '§doubt',
  ),
  rule(`(?:this months? )?final(?= ${EN_WEEKDAY})`, 'last'),
  // „de erscht Dezämber"
  rule(
    'erst(?= (?:januar|jaenner|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember)(?![a-z]))',
    'ersten',
  ),
  // „am Dienstag derselben Woche", "Thursday same week": of the week that was said.
  rule(
    '(?:am )?(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag),? (?:(?:in )?(?:der|die) (?:selben|gleichen)|derselben) woche',
    '§selb woche $1',
  ),
  rule(`(?:on )?(${EN_WEEKDAY}),? (?:of |in )?(?:the )?(?:very )?same week`, '§selb week $1'),
  // „elf Mann": so many people.
  rule(
    '(?:(?:genau|rund|etwa|circa|ungefaehr) )?(?<!(?:um|gegen|ab|bis|am) )(?:zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf|\\d{1,2}) mann(?= ?(?:$|,|und|hoch|stark))',
    'leute',
  ),
  // „auf Viertel vor zwölf nach hinten ziehen"
  rule(
    '(auf (?:[a-z0-9:]+ ){1,4}?)nach (?:hinten|vorne?) (?:ziehen|schieben|verschieben|legen|verlegen|ruecken|setzen)',
    '$1verschieben',
  ),
  // "at five to get my phone done": no five minutes to anything.
  rule(
    '((?:at|around|about) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2})) to(?= (?:get|have|do|pick|be|see|make|take|drop|fix|sort|finish|look|talk|discuss|check|repair|put|give|bring|collect|try|change|clean|cut|show|meet|sign|order)(?![a-z]))',
    '$1 ,',
  ),
  // Who does not work has time.
  rule(
    '(?:muss|brauche?) (?:ich |wir )?(?:da |dann |eh )?nicht (?:in die |zur |ins |auf die |zu )?(?:arbeit|arbeiten|buero|schule|dienst|uni)(?: gehen)?|arbeite (?:ich )(?:da |dann |eh )?nicht|hab(?:e)? ich (?:da |dann |eh )?keine?n? (?:dienst|schicht|arbeit|unterricht|vorlesung|training|uni)',
    'bin ich frei',
  ),
  rule(
    'ich (?:muss (?:da |eh )?nicht (?:in die |zur |ins )?(?:arbeit|arbeiten|buero)|arbeite (?:da |eh )?nicht)',
    'ich bin frei',
  ),
  rule(
    '(?:i|we) (?:have (?:to )?|must |need to |am |are |will be )?work(?:ing)?|ich (?:muss )?arbeite[n]?|arbeite (?:ich|wir)',
    '§work',
  ),
  rule('(?:i|we|he|she) sat', ''),
  rule('(?:von |ab |bis |seit )wann(?: bis wann)?', ''),
  rule(
    '(?:1\\.?|ersten?) und (?:der |den |am )?(?:2\\.?|zweiten?) weihnachts(?:feier)?tag',
    '§feast-christmas-1 und §feast-christmas-2',
  ),
  rule('heuer', 'dieses jahr'),
  // What narrows a stretch down begins no sentence of its own: „Ende der Woche, genauer gesagt am Donnerstag".
  rule(
    '(?:(?:und |oder )?(?:noch )?(?:genauer|praeziser|exakter|konkreter)(?: (?:gesagt|gesprochen|ausgedrueckt))?|um (?:ganz |es )?genau zu sein|to be (?:more )?(?:precise|exact|specific)|(?:or )?more (?:precisely|exactly|specifically)|specifically|namely)(?=,? (?:am |den |der |in |im |um |ab |on |at |the |[a-z]+day |montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag))',
    '',
  ),
  rule(
    '(erste|zweite|dritte|letzte|naechste)([nrsm]?) (?:volle|ganze|komplette|richtige)[nrsm]?(?= (?:[a-z]+woche|woche|monat|arbeitswoche) )',
    '$1$2',
  ),
  rule('(first|second|third|last|next) (?:full|whole|complete)(?= (?:week|month) )', '$1'),
  // „früher komm ich nicht aus der Firma": why it is so late, and no denial of what was said.
  rule(
    '(?<=[a-z0-9] )(?:frueher|eher|vorher|zeitiger) ((?:komme?n?|schaffe?n?|schaff|kann|koennen|gehts?|ginge|bin|sind|krieg|kriege|klappts?|lasst|lassen|wird|macht|hab|habe|faehrt|kommt|is|ist)(?: [a-z]+){0,6}? (?:nicht|kein|keine[rn]?|nix|nichts|kaum|nimmer))',
    ', weil $1',
  ),
  rule(
    '((?:bus|zug|bahn|tram|s bahn|kommt|komme?|faehrt|schaffe?|kann|train|bus)(?: [a-z]+){0,3}?) (?:nicht|ned|not) (?:frueher|eher|earlier|sooner)',
    ', weil $1 spaet',
  ),
  // „zum Glück hab ich am 22. keine Probe"
  rule(
    '(?:zum glueck|gottseidank|gott sei dank|ausnahmsweise|endlich(?: mal)?|erfreulicherweise|luckily|thankfully) (?:hab|habe|haben) (ich|wir)((?: [a-z0-9.:]+){0,9}?) (?:mal )?kein(?:e|en)? (?!zeit|lust|platz|termin|auto|geld|luft|betreuung|babysitter)[a-z]+',
    'bin $1$2 frei',
  ),
  // „… geht das, oder haben Sie da schon zu": asks whether it can be, and offers nothing.
  rule(
    '(?:oder|or) (?:haben|habt|habens|seid|sind|ist|macht|machen|are|is|have|do) (?:(?:sie|ihr|es|s|bei ihnen|bei euch|you|it|da|dann|denn|schon|eigentlich|leider|etwa|auch|then|already|that day|zufaellig|ja|schon laengst|alles|bereits) )*(?:zu|geschlossen|dicht|ruhetag|feiertag|urlaub|betriebsferien|voll|ausgebucht|closed|shut|full|booked up|fully booked|close)(?: (?:then|da|schon|already))?(?= ?(?:$|,))',
    '',
  ),
  // „nur der zweite, der am Donnerstag um neun, muss verlegt werden": an appointment, and no day of the month.
  rule(
    '(?:der|den) (?:erste|zweite|dritte|andere|letzte|frueher|spaetere)[nr]?,? (?:der|den)(?= (?:am|um|von|vom|fuer) )',
    'mein termin',
  ),
  // „zwei Tage nach meiner Schwester, die am achten Dezember bei Ihnen ist": counted from that day.
  rule(
    '(tage?n?|wochen?|days?|weeks?) (nach|vor|after|before) (?:mein|unser|sein|ihr|my|our)[a-z]* [a-z]+,? (?:die|der|das|who|which) (?:is |comes |ja |schon )*(am|den|on)(?= )',
    '$1 $2 dem',
  ),
  // „am Tag nach meinem Geburtstag, der ist am achten Dezember": the day is said.
  rule(
    '(tage?|woche|abend|morgen|vormittag|nachmittag|day|week) (nach|vor|after|before) (?:(?:mein|sein|ihr|unser|d|ein|my|her|his|our|the)[a-z]* )?[a-z]+,? (?:und )?(?:der|die|das|which|that) (?:(?:ist|sind|waere|waer|war|faellt|steigt|is|falls)|(?:feiern?|haben|ham|hab|machen|begehen|hat|feiert) (?:wir|ma|mia|ich|er|sie)|(?:we|i) (?:have|celebrate|are having)) (?:ja |dann |doch |heuer |dieses jahr |immer )*(?:am|auf den|on)(?= )',
    '$1 $2 dem',
  ),
  rule(
    'in (?:genau|exakt|exactly|just)(?= (?:\\d|ein|zwei|drei|vier|fuenf|sechs|sieben|acht|zehn|vierzehn|a |one|two|three|four|five|six|ten))',
    'in',
  ),
  // „bis dahin": the day that was said.
  rule('by (?:then|that (?:day|time|point))', ''),
  rule('bis dahin', 'inzwischen'),
  rule('(?:the )?week after next(?= ?(?:,|$|on |at ))', 'uebernaechste woche'),
  rule(
    '(?:the |die )?(?:hour|time|uhrzeit|stunde) (?:is|would be|ist|waere|waer)(?= (?:\\d{1,2}(?![a-z])|(?:halb|half|quarter|viertel)|(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|one|two|three|four|five|nine|eins|zwei|drei|vier|fuenf|neun|zehn|elf|zwoelf|(?:drei|vier|fuenf|sech|sieb)zehn)(?![a-z])))',
    'um',
  ),
  rule(
    '(im|i am|were|we are|ive been|i was|we were) (?:already |currently )?(?:booked|down|pencilled|scheduled|slotted) in (?:for|at)',
    '$1 down at',
  ),
  // „…, danach am Donnerstag": the first one behind the day that was told of.
  rule(
    '(?<=, )(?:und |and )?(?:danach|darauf|after that|afterwards),? (?:(?:dann|gern|gerne|bitte|also|den|am|der|on|the|erst) )*(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|monday|tuesday|wednesday|thursday|friday|saturday|sunday)',
    'am $1 §danach',
  ),
  rule(
    '(nach|after) ((?:(?:dem|den|der|the) )?[a-z0-9]+) (?:gleich )?(?:am|der|den|the|on the) (?:ersten|erste|first) (montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|monday|tuesday|wednesday|thursday|friday|saturday|sunday)',
    '$1 $2 am $3',
  ),
  rule(
    '(?:[a-z]+|\\d+) minutes?(?: walk| drive| away)? from (?:you|here|your [a-z]+|there)|(?:[a-z]+|\\d+) minuten (?:fussweg |zu fuss |mit dem auto |mit dem rad )?von (?:ihnen|euch|hier|dort)(?: entfernt| weg)?|wie (?:jedes jahr|alle jahre)(?: wieder)?|(?:as|like) every year',
    '',
  ),
  // „zwei Termine, einen Dienstag um neun und einen Donnerstag": one of each.
  rule(
    '(?<=(?:zwei|drei) (?:termine|sitzungen|behandlungen|stunden).{0,80})(?:einen|eine|einmal)(?= (?:am )?(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag))',
    '',
  ),
  // „am ersten Feiertag": of Christmas, Easter or Whitsun, and no first of a month.
  rule('(?:erste|zweite)[rnm]? feiertag', 'feiertag'),
  // „gleich als Erste": before all others, and no first of a month.
  rule(
    'als (?:aller)?(?:erste|letzte)[nrs]?(?: kund(?:e|in)| patient(?:in)?)?(?! (?:[a-z]+tag|mittwoch|woche|mal|januar))',
    '',
  ),
  // „mir geht es um den fünften": no day about which something is.
  rule(
    '(?:es |mir |uns )?(?:geht|ginge|gings|gehts|handelt|dreht)((?: (?:es|mir|uns|sich|hier|da|eigentlich|nur|halt|vor allem|um))*) um(?= (?:den|meinen|unseren|einen) |(?:das|die) (?!(?:eins|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf|\\d|mittag|uhr)))',
    'geht',
  ),
  // „weder am ersten Weihnachtstag noch am zweiten": what is counted is said once.
  rule(
    '((?:erste[rnm]?|1\\.?) weihnachts(?:feier)?tag)((?:,? (?!weihnacht)[a-z]+){0,5}?,? (?:der|den|dem|am|im)) (?:zweite[rnm]?|2\\.)(?! (?:weihnacht|feiertag|advent|[a-z]+tag|mittwoch|januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember|woche|mal|zwoelften|ersten|elften))',
    '$1$2 §feast-christmas-2',
  ),
  rule(
    '((?:erste|zweite|dritte)[rnm]? advent)((?:,? (?!advent)[a-z]+){0,5}?,? (?:der|den|dem|am)) (zweite|dritte|vierte)([rnm]?)(?! (?:weihnacht|feiertag|advent|[a-z]+tag|mittwoch|januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember|woche|mal|zwoelften))',
    '$1$2 $3$4 advent',
  ),
  // What is said of the other days is no day: „an den anderen Tagen muss ich arbeiten".
  rule(
    ',? ?(?:an |a |auf )?(?:den |de |die |d |alle[n]? |all )?(?:anderen?|uebrigen|restlichen|sonstigen) (?:tage[n]?|wochentage[n]?|werktage[n]?)(?=,? (?:ich |wir |i |da |geht|gehts|muss|bin|sind|hab|habe|haben|arbeite|ist|kann|koennen|klappt|passt|bin|sitz|steh))',
    ', sonst',
  ),
  rule(
    ',? ?(?:on )?(?:the |all |all the |my |every )?other days?(?=,? (?:i |im |ive |we |were |are |is |its |my |the ))',
    ', otherwise',
  ),
  // „um 16 Uhr und 15 Minuten"
  rule('um (\\d{1,2}|[a-z]+) (?:uhr )?und (\\d{1,2}|[a-z]+) minuten', 'um $1 uhr $2'),
  rule('at (\\d{1,2}|[a-z]+) (?:hours? |oclock )?and (\\d{1,2}|[a-z]+) minutes?', 'at $1 oclock $2'),
  rule('(?:auf|in) (?:jeden|jedem|alle|allen|diesem|dem) (?:fall|faelle|faellen)|im fall(?:e)?|fuer den fall', ''),
  rule(
    '(?:wenn|falls|wenns|sofern) (?:es |s |das |ich |wir )?(?:ihnen |euch |dir )?(?:nicht|keine?n?) (?:zu )?(?:viele? |grosse? )?(?:umstaende?n?|muehe|stoert|stoere|ausmacht|arbeit macht|stress)(?: macht| bereitet)?',
    '',
  ),
  rule(
    '(?:aber |bitte |nur |bloss )*nicht (?:ganz |gar )?(?:so|zu|allzu) (?:frueh|spaet|zeitig|knapp)(?= ?(?:,|$|am |um |bitte))',
    '',
  ),
  rule('im home ?office', 'zuhause'),
  // What somebody is not able to do says nothing of the day: „ich kann den Kopf nicht mehr drehen".
  rule(
    '(?:kaum|nicht|nimmer)(?: mehr| noch| richtig| gut| lange| so| recht){0,3} (bewegen|drehen|heben|laufen|sitzen|stehen|liegen|schlafen|essen|kauen|beissen|atmen|schlucken|auftreten|buecken|aushalten|ertragen|strecken|abbiegen)',
    '$1',
  ),
  // „die Locken müssen weg": gone with them; „ich muss weg" has no time.
  rule(
    '(?<!(?:ich|wir|termin|tag|woche?|leider) )(?:muss|muessen|soll|sollen|koennen|kann) (?:alle |ganz |endlich )?weg',
    '',
  ),
  rule('fragen sie (?:mich |mal |lieber |besser |bloss )*nicht(?: (?:wieso|warum|wie|weshalb))?', ''),
  // „dann lande ich halt wieder beim Mittwoch", „bleiben wir bei Freitag"
  rule(
    '(?:da |dann |so )?(?:lande|landen|bleibe?|bleiben) (?:ich|wir) (?:(?:halt|eben|also|wieder|dann|wohl|doch|am ende) )*(?:beim|bei(?: dem)?)(?= (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|\\d|[a-z]+ten |halb|eins|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf))',
    ', nehme ich',
  ),
  rule('aus ([a-z]+) ([a-z]+) mach(?:en|t|en wir)?', '§instead $1 $2'),
  rule(
    'aus (?:dem |der )?((?:(?:halb|viertel (?:vor|nach)) )?[a-z]+) (?:wird|muesste|soll|sollte|mach|machen|machen wir|machen sie)',
    '§instead $1',
  ),
  rule('next ([a-z]+) but one', '$1 after next'),
  rule('(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)ish', '$1 ish'),
  rule('(?:starting|beginning) (?:from|on|with)|as (?:of|from)|starting|angefangen mit|beginnend mit', 'ab'),
  rule(
    '(?:in )?(?:week|woche) (?:number|nr|nummer)|in (?:week|woche)(?= \\d{1,2}(?![\\d:.h]| ?(?:uhr|h|am|pm|mal|tage)))',
    '§kw',
  ),
  rule(
    '(ach|oh|aeh|ah|och|aehm) nee?(?= ?(?:$|,|doch|da|den|am|um|der|lieber|machen|mon|die|mitt|don|frei|sam))',
    '$1 nein',
  ),
  rule('ne(?= ?,)|ne(?= (?:warte|halt|moment|doch|quatsch|lieber|stopp))', 'nein'),
  rule('nachm\\.|nachm(?= ?(?:$|,))', 'nachmittags'),
  rule('vorm\\.|vorm(?= ?(?:$|,))', 'vormittags'),
  // „den zweiten von beiden", "the second of the two": of those that were offered.
  rule(
    '(?:the|de[nrm]|die|das) (?:erste|zweite|dritte|letzte|fruehere|spaetere|andere|first|second|third|last|earlier|later|other)[nrsm]? (?:one )?(?:of|von) (?:the |den |diesen |those )?(?:two|three|four|them|those|both|beiden|zwei|dreien|denen)',
    '§doubt',
  ),
  // Compared with what nobody knows here, and days that somebody else's plans name.
  rule(
    '(?:(?:etwas|bisschen|viel|lieber|a bit|little) )*(?:spaeter|frueher|eher|later|earlier|sooner) (?:als|than) (?:(?:beim|bei|am|das|my|the|meine[rnm]?|in der|der|die) )*(?:letzte[ns]? mal|letztes|sonst|ueblich|normal|normalerweise|gewoehnlich|immer|gewohnt|zuletzt|damals|last time|usual|normal|frau|mann|schwester|mutter|tochter|sohn|wife|husband|sister|mother|daughter|son)',
    '§doubt',
  ),
  rule('an dem tag,? (?:an dem|wo|wenn|als|wann)|(?:on )?the day (?:that )?(?:my|our|your) [a-z]+', '§doubt'),
  rule(
    '(?:nehme?|nehmen|will|moechte) (?:(?:ich|wir|dann|doch|gern|gerne|lieber) )*(?:den|die|das),? (?:den|die|das) (?:sie|ihr|du) (?:(?:mir|uns|vorhin|eben|gerade|grad|zuerst|schon) )*(?:angeboten|gesagt|genannt|vorgeschlagen|gegeben) (?:haben|habt|hast|hatten)',
    '§doubt',
  ),
  // A series, which is asked.
  rule('(?:immer|jeweils|stets)(?= (?:montags|dienstags|mittwochs|donnerstags|freitags|samstags|sonntags) )', 'jeden'),
  rule(
    'from now on|going forward|(?:ab jetzt|kuenftig|in zukunft|ab sofort) (?:immer|regelmaessig)|dauerhaft',
    'weekly',
  ),
  // What a recogniser splits or joins.
  rule('halb(eins|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf)', 'halb $1'),
  rule('(dreiviertel|viertel)(vor|nach)', '$1 $2'),
  rule('(dreiviertel|viertel)(eins|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf)', '$1 $2'),
  rule('ueber morgen', 'uebermorgen'),
  rule('ueber ueber morgen|ueber uebermorgen', 'ueberuebermorgen'),
  rule(`ueber ?naechste([nrsm]?)`, 'uebernaechste$1'),
  rule('(?:kurz|knapp) vor (?:dem )?mittag', 'kurz vor 12 uhr'),
  rule('(?:kurz|knapp) nach (?:dem )?mittag', 'kurz nach 12 uhr'),
  rule('vor mittags?', 'vormittags'),
  rule('nach mittags?', 'nachmittags'),
  rule('feier abend', 'feierabend'),
  rule('drei ?viertel ?stunden?|3/4 ?stunden?', '§three-quarter-hour'),
  rule('(?:1/4 ?|viertel ?)stunden?', '§quarter-hour'),
  rule('(?:1/2 ?|halbe[nrs]? )(?:stunden?|std)', '§half-hour'),
  rule('half an hour|half hour|a half hour', '§half-hour'),
  rule('(?:a )?quarter of an hour|(?:a )?quarter hour', '§quarter-hour'),
  rule('three quarters of an hour|three quarter hour', '§three-quarter-hour'),
  rule('an hour and a half|one and a half hours?|hour and a half', '§hour-and-half'),
  rule('(two|three|four|2|3|4) and a half hours?', '$1 §and-half-hours'),
  rule('a week and a half|one and a half weeks', '1,5 weeks'),
  rule(
    '(?:eineinhalb|einundeinhalb|anderthalb|ein einhalb|ein und ein halb|ein und einhalb)(?:e[nr]?)?',
    '§one-and-half',
  ),
  rule('(zwei|drei|vier|2|3|4)(?: ?und ?ein ?| ?ein)halb', '$1 §and-half'),
  rule(
    '(?:von|ab) (heute|morgen|uebermorgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)(?: an| ab| weg| aus)?(?: gerechnet| gezaehlt)?(?=,? in (?:genau )?(?:ein|zwei|drei|vier|fuenf|sechs|acht|zehn|vierzehn|\\d))',
    '$1',
  ),
  // „… keine Schlager laufen lässt, und zwar am Freitag": the denial ends before it.
  rule('((?:kein[a-z]*|nicht|nie)(?: [a-z]+){1,4}) und zwar', '$1 ,'),
  rule('und zwar', ''),
  rule(`oh (${NUMBER_AFTER_OH})`, 'zero $1'),
  rule('das heisst|d h|sprich', '§correct-soft'),
  // Corrections.
  rule(
    '(?:oder|ach|ah|aeh|nein|nee|ne|no)?,? ?(?<!(?:muss|hab|habe|hole|bringe|bring|sehe|besuche|nehme|kann|will|soll|darf|fahre|treffe) )(?:ich|i) (?:meine|meinte|mein|meint|mean|meant)(?: natuerlich)?',
    '§correct',
  ),
  rule(
    '(?:oder )?besser gesagt|vielmehr|(?:oder|bzw|beziehungsweise|dann|nein|ach)?,? ?doch (?:lieber|besser)(?! ?(?:$|,))|(?:bzw|beziehungsweise) doch|lieber doch|oder (?:doch|nein|nee)|ach doch(?= (?:den|dem|am|um|der|das|die) )|ach nein|nein quatsch|quatsch',
    '§correct',
  ),
  rule('faellt (?:jedenfalls |leider |also |da |bei (?:mir|uns) )*(?:flach|aus|weg|raus|ins wasser)', 'nicht'),
  rule(
    'wie (?:waers|waere es|waer es|waere|waer|ists|ist es)(?: (?:denn|dann|es|mit|eigentlich))*(?= (?:am |um |den |dem |der |montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|morgen|halb |\\d))',
    'bitte',
  ),
  rule(
    '(geht|gehts|ginge) (?:si|sich|se|sie)((?: [a-z]+){0,3}?) (?:nichts|nix|nicht|ned|net|nichd) (?:mehr )?aus',
    '$1$2 nicht',
  ),
  rule('(geht|gehts|ginge) (?:si|sich)((?: [a-z]+){0,3}?) aus', '$1$2'),
  rule('(?:oder|or)(?= (?:nein|nee|ne|warten sie|warte|moment|no wait|wait|hang on|hang about|hold on|stopp) )', ''),
  rule(
    '(?:das|da|es) (?:war|hab ich|habe ich) (?:(?:jetzt|wohl|aber|ja|gerade|grad|irgendwie) )*(?:verdreht|vertauscht|durcheinander|verwechselt)(?: gesagt| gebracht)?|(?:that was|i got that) (?:wrong|mixed up|backwards|the wrong way round)',
    '§correct',
  ),
  // "I'll need to look at my diary first" names no first of a month.
  rule(
    '(look|check|ask|talk|speak|see|think|phone|call|sort)((?: [a-z]+){0,6}) first(?= ?(?:$|,|and |but |before ))',
    '$1$2',
  ),
  // „nur die Uhrzeit nicht, ginge vormittags": the hour before it does not count.
  rule(
    '(?:nur |bloss |aber )?die (?:uhrzeit|zeit|stunde)(?: (?:passt|geht|klappt|stimmt|war|ginge))?(?: (?:mir|uns|leider|aber|so|halt|eben|doch|ganz))* nicht(?! (?:so wichtig|wichtig|egal|genau|mehr|so genau|sagen|wissen))',
    '§correct',
  ),
  rule(
    '(?:tragen|trag|trage|planen|plane|buchen|buch)((?: (?:sie|wir|mich|uns|mir|ihn|bitte|das|es|mal))*) ein(?= (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|am|den|fuer|um|auf|morgen|uebermorgen|heute) )',
    'tragen$1',
  ),
  rule('is a no(?: go)?', 'not'),
  rule('(?:theres |there is )?no way (?:that )?(i|we) (?:can|could|will|would|ll)', '$1 cant'),
  rule('(?:s |is |are )?(?:no (?:good|use|can do)|not (?:any )?good|out of the question)', 'not'),
  rule('(?<=day)s? (?:is )?out(?= ?(?:$|,|and|but))', ' not'),
  rule(
    '(?:scrap|scrub|ditch|drop|bin|strike|lose)(?= (?:the |my |that )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)',
    'cancel',
  ),
  rule('after all(?! (?:the|my|our|of))', ''),
  rule('(?:needs? to|should|could|must|has to|would|to) become|becomes', 'changed to'),
  rule(
    '(?:oder )?(?:sonst|ansonsten|andernfalls) (?=(?:am |um |den |der )?(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|morgen|heute))',
    'oder',
  ),
  rule(
    '(?:ach )?was (?:red|sag|rede|sage)e? ich(?: da| denn)?|(?:ich )?(?:verbessere|korrigiere|berichtige)(?: mich)?|(?:da )?(?:hab|habe) ich mich (?:jetzt |wohl |leider )?(?:vertan|geirrt|versprochen|verguckt|verlesen|verzaehlt|verhoert)|(?:ich )?(?:hab|habe) mich (?:vertan|geirrt|versprochen|verguckt|verlesen)|mein fehler|what am i saying|my (?:mistake|bad)|i misspoke|i was mistaken|silly me',
    '§correct',
  ),
  rule('(?:ach |oder |or )?(?:wissen sie|weisst du|wisst ihr|you know|tell you) (?:was|what)', '§correct-soft'),
  rule(
    '(postpone[d]?|postponing|delay(?:ed|ing)?|put off|hold off)((?: [a-z0-9:]+){1,7}?) (?:until|till)(?= (?:the|(?:mon|tues|wednes|thurs|fri|satur|sun)day|next|tomorrow) )',
    '$1$2 to',
  ),
  rule('make (?:that|it)|or rather|no wait|scratch that|correction|korrektur|korrigiere', '§correct'),
  rule('oder (?:lieber|besser|eher|eventuell|vielleicht|aber|auch|sonst)', 'oder'),
  rule('(?:und )?(?:wenn|falls|wann) (?:das )?nicht(?:,? geht)?(?:,? dann)?,?', 'oder'),
  rule('or (?:maybe|perhaps|else|even|possibly)|alternativ(?:ely)?|bzw|beziehungsweise|respektive|entweder', 'oder'),
  rule(
    'wenn(?: es|s|)? (?:geht|ginge|moeglich|moeglich ist|passt|irgendwie geht)|falls (?:es )?(?:moeglich|geht|passt|das geht)|if (?:possible|you can|that works|its possible|thats possible|that is possible)',
    '',
  ),
  rule('(?:how|what) about', ''),
  rule('(?:mir|uns) (?:egal|gleich) ist', '§any'),
  // Limits with a negation inside: read before the negation.
  rule(
    `(?:nicht|keinesfalls|auf keinen fall|not|no|bitte nicht|aber nicht) (?:vor|frueher als|eher als|before|earlier than|sooner than)`,
    '§not-before',
  ),
  rule(
    `(?:nicht|keinesfalls|auf keinen fall|not|no|bitte nicht|aber nicht) (?:nach|spaeter als|after|later than)`,
    '§not-after',
  ),
  rule(`(?:erst|fruehestens|frhestens|not until|not till) ?(?:ab|from)`, '§not-before'),
  rule(`erst nach|fruehestens nach|only after`, 'nach'),
  rule(`fruehestens (?:um|zu[mr]?)|not until|not till|erst wieder ab`, '§not-before'),
  rule(`fruehestens|at the earliest`, '§not-before'),
  rule(
    `(?:bis )?(?:aller)?spaetestens(?: (?:bis|um|vor))?(?: zu[mr]?)?|bis maximal|bis hoechstens|at the (?:very )?latest|latest by`,
    '§latest',
  ),
  rule(
    '(?:viel |etwas |ein bisschen )?(?:zu|too) (?:frueh|spaet|kurzfristig|knapp|stressig|eng|early|late|soon|tight)(?: fuer mich| for me)?',
    'nicht',
  ),
  // „vor halb vier brauchen Sie mit mir nicht zu rechnen"
  rule(
    `(?<!(?:\\d|[a-z]*(?:viertel|fuenf|zehn|zwanzig|eins?|zwei|drei|vier|sechs|sieben|acht|neun|elf|zwoelf)|minuten?|stunden?|tage?|wochen?|kurz) )vor ${SAID_HOUR}((?= (?:brauch|kann|schaff|geht|komm|passt|klappt|wird|bin))(?: [a-z0-9]+){1,7}?) nicht`,
    'ab $1 $2',
  ),
  // „früher als zehn schaffe ich es nicht"
  rule(
    `(?:frueher|eher) als ${SAID_HOUR}((?: [a-z0-9]+){1,8}?) (?:nicht|auf (?:gar )?keinen fall|keinesfalls)`,
    'ab $1 $2',
  ),
  rule(
    `(?:spaeter|laenger) als (?:bis )?${SAID_HOUR}((?: [a-z0-9]+){1,8}?) (?:nicht|auf (?:gar )?keinen fall|keinesfalls)`,
    'bis $1 $2',
  ),
  rule(`(?:frueher|eher) als`, 'vor'),
  rule(`(?:spaeter) als|later than`, 'nach'),
  rule(`earlier than|sooner than`, 'vor'),
  // Negations.
  rule(
    `auf (?:gar )?keinen fall|keinesfalls|keineswegs|(?:nur|bloss|ja|lieber|gar|ueberhaupt|eher|leider|besser|aber|auch|am liebsten) nicht(?: so gern(?:e)?| unbedingt)?|nicht (?:so gern(?:e)?|unbedingt|gern(?:e)?)|ungern(?:e)?`,
    'nicht',
  ),
  rule(
    `bis auf|abgesehen von|mit ausnahme (?:von|des|der)|ausgenommen|except(?: for)?|apart from|other than|excluding|(?:anything|everything|any day|every day|all|any time|anytime) but|but not`,
    '§except',
  ),
  rule(`anstatt|anstelle(?: von| des| der)?|statt|instead of|rather than`, '§instead'),
  rule(
    `(?:ich )?komme? (?:(?:jetzt|grad|gerade|einfach|da|leider) )*nicht (?:mehr )?drauf|(?:das )?(?:faellts?|will) (?:mir )?(?:(?:jetzt|grad|gerade|einfach|partout) )*nicht (?:mehr )?ein(?:fallen)?|ein(?:er|es|s) von (?:den )?beiden (?:war|wars|ist|stimmt|muss)|one of the two|(?:it has |its )?slipped my mind|keine ahnung|je nachdem|kommt (?:ganz )?(?:drauf|darauf) an|haengt (?:ganz |halt )?(?:davon|vom|von)|steht und faellt|mal (?:sehen|schauen|gucken)|schau(?:n|en) wir mal|noch (?:unklar|unsicher)|(?<!(?:behandlungen|termine|sitzungen|stunden|rezept|rechnung|euro|einheiten) )noch offen|nageln sie mich nicht fest|unter vorbehalt|welche[rs]? (?:stimmt|war) (?:denn |es )?|(?:it )?depends|depending on|i(?: wi)?ll (?:have to )?check|have to (?:check|ask)|cant decide|god knows|(?:das )?(?:weiss|was weiss) (?:denn )?(?:(?:der|die|nur|allein|bloss) )+(?:himmel|geier|kuckuck|teufel|gott|katze|fuchs|henker)|(?:das )?weiss ich(?: (?:aber|leider|halt|jetzt))* (?:erst|noch nicht)|(?:warte|warten) (?:(?:ich|wir|da|noch|selbst|immer|gerade|aber) )*auf (?:(?:den|die|das|eine|einen|ein|meinen?|unseren?) )?(?:anruf|rueckruf|bescheid|antwort|rueckmeldung|zusage|nachricht|ergebnis|dienstplan|freigabe|genehmigung)|(?:waiting|wait) (?:to hear|for (?:a|the|my|her|his) (?:call|answer|reply|rota|results?|word))|was weiss (?:denn )?ich|(?:ich )?weiss (?:ich )?(?:es |das )?(?:ja |auch |noch |selbst |selber |gar |einfach |jetzt |wirklich |leider |halt )*nicht(?: so genau| mehr| genau)?|(?:i )?(?:really |just )?(?:dont know|dont remember|cant (?:for the life of me )?(?:remember|recall|say|tell)|(?:have forgotten|forgot)(?= ?(?:,|$|what|which|when)))|(?:i )?(?:am |m )?not (?:quite |really )?sure|(?:bin |ich bin )?(?:mir )?(?:noch )?nicht sicher|sicher (?:bin|weiss) ich (?:mir |es |das |da |noch |aber |ja )*nicht|(?:kann|koennte) (?:ich )?(?:ihnen |es |noch |das )*(?:gar )?nicht(?: genau)? sagen|kann (?:ihnen )?keiner sagen`,
    '§undecided',
  ),
  rule(
    '(?:ich )?muss (?:ich )?(?:erst(?:mal)?|noch) (?:mal )?(?:in (?:den|meinen) kalender |zuhause |daheim |meine[nr]? [a-z]+ )?(?:schauen|gucken|fragen|nachsehen|nachschauen|klaeren)',
    '§ask-first',
  ),
  rule('(am|den|dem) (?:selben|gleichen)(?= [a-z]+ten(?![a-z]))', '$1'),
  rule(
    '(?:haben sie|hast du|habt ihr) (?:schon |das )?(?:gehoert|gelesen|gesehen|mitbekommen)|stellen sie sich (?:mal )?vor|stell dir vor',
    '',
  ),
  rule('ach (?:herrje|herrjemine|du meine guete|gott|jesses|du lieber|du liebe zeit)', 'ach'),
  rule('lassen sie uns', 'sagen wir'),
  // "my tooth's split in half": no hour.
  rule(
    '((?:split|cut|cracked?|broken?|snapped|folded|torn|tore|sawn|chopped|clean)(?: it| them)?) (?:in|into) half',
    '$1',
  ),
  rule(
    '((?:move|push|shift|change|bump|switch|bring) (?:my|our|the) [a-z0-9]+ (?:oclock|pm|am)) to(?= [a-z0-9]+)',
    '$1 auf',
  ),
  rule('alle(?= (?:zeit|miteinander|zusammen|gemeinsam|da|frei|hin|mal|beide)(?![a-z]))', ''),
  rule('(?:mein |meine |der |mir der )?einzige[rn]? (?:freie[rn]? )?tag', ''),
  rule(
    '(?:zu |um |an )?welche[rnm]? (?:stunde|uhrzeit)(?: genau)? (?:ist )?(?:mir )?(?:egal|wurscht|nicht so wichtig)|egal (?:zu|um) welche[rnm]? (?:stunde|uhrzeit|zeit)|wann genau ist (?:mir )?(?:egal|nicht so wichtig)',
    '§any',
  ),
  rule('(?:da |dann )?(?:passt|geht) (?:mir |uns |bei mir |bei uns )?jede[rn] tag(?: gut)?|an jedem tag', '§any'),
  rule(
    `kein(?:e|en)? (?:stress|drama|panik|hektik|thema|ding|druck)|kein problem|keine umstaende|no problem|not a problem|no worries|nicht wahr`,
    '',
  ),
  rule(
    '(?:uhrzeit|zeit) wie gehabt|wieder (?:zur |um die )(?:gleiche|selbe)[nrsm]? (?:zeit|uhrzeit)',
    '§same-hour-again',
  ),
  ...EARLIEST.map((pattern) => rule(pattern, '§earliest')),
  ...SAME.map((pattern) => rule(pattern, '§same')),
  ...ANY.map((pattern) => rule(pattern, '§any')),
  ...STEP_TURNS,
  rule(
    `nach (?:${POSS} )?(?:feierabend|bueroschluss|dienstschluss|arbeitsschluss|arbeitsende|arbeit|dienst|buero|schicht)s?|after (?:${POSS} )?(?:work|office|office hours|business hours)`,
    '§after-work',
  ),
  rule(
    `zwischen (?:den )?(?:jahren|feiertagen)|zwischen weihnachten und (?:neujahr|silvester|sylvester)|between (?:the (?:years|holidays)|christmas and (?:the )?new ?years?(?: day| eve)?)`,
    '§between-years',
  ),
  ...FEASTS,
  // Parts of the day.
  rule(
    `in aller (?:herrgotts)?frueh(?:e)?|(?:am |in der )?(?:fruehe[nrsm]?|zeitige[nrsm]?) morgens?|(?:ganz )?frueh ?(?:am )?morgens?|morgens (?:ganz )?frueh|fruehmorgens|(?:in the )?early (?:in the )?mornings?|first thing(?: in the morning)?`,
    '§part-early-morning',
  ),
  rule(`(?:am |im |den )?fruehe[nrsm]? vormittags?|frueh am vormittag`, '§part-early-forenoon'),
  rule(
    `(?:am |im |den )?spaete[nrsm]? (?:vormittag|morgen)s?|spaetvormittags?|spaet am (?:vormittag|morgen)|(?:in the )?late (?:in the )?mornings?|mid morning`,
    '§part-late-forenoon',
  ),
  rule(
    `(?:am |im |den )?fruehe[nrsm]? nachmittags?|fruehnachmittags?|(?:frueh|zeitig) (?:am )?nachmittags?|(?:in the )?early (?:in the )?afternoons?`,
    '§part-early-afternoon',
  ),
  rule(
    `(?:am |im |den )?spaete[nrsm]? nachmittags?|spaetnachmittags?|spaet (?:am )?nachmittags?|nachmittags spaet|(?:in the )?late (?:in the )?afternoons?`,
    '§part-late-afternoon',
  ),
  rule(
    `(?:am |im |den )?fruehe[nrsm]? abends?|fruehabends?|vorabends?|(?:frueh|zeitig) (?:am )?abends?|(?:in the )?early (?:in the )?evenings?`,
    '§part-early-evening',
  ),
  rule(
    `(?:am |im |den )?spaete[nrsm]? abends?|spaetabends?|spaet (?:am )?abends?|abends spaet|(?:in the )?late (?:in the )?evenings?`,
    '§part-late-evening',
  ),
  rule(`in der frueh(?:e)?|in da frueh`, '§part-frueh'),
  rule(`am morgen|des morgens|in the mornings?`, '§part-morning'),
  rule(
    `(?:ueber ?mittags?|(?:in der |waehrend der |zur )?mittags?(?:pause|zeit|stunde)|(?:over |at |during )?lunch(?: ?time| ?break| ?hour)?)`,
    '§part-noon',
  ),
  rule(`at (?:noon|midday)`, 'at noon'),
  rule(`(?:am |an )?heutige[nrsm]? tage?`, 'heute'),
  rule(`(?:am |an )?morgige[nrsm]? tage?`, 'morgen'),
  rule(`(?:the )?day after tomorrow`, 'uebermorgen'),
  rule(`(?:the )?day before yesterday`, 'vorgestern'),
  rule(`the other day`, 'gestern'),
  rule(`to ?night`, 'today §part-evening'),
  rule(`to ?morrow`, 'tomorrow'),
  rule(`(?:den |an dem )?ganzen tag(?: ueber)?|ganztags|ganztaegig|all day(?: long)?`, ''),
  rule(
    `unter der woche|werktags|wochentags|(?:an )?(?:einem |den )?(?:werktag|wochentag)(?:en)?|(?:on )?(?:a )?weekdays?|during the week`,
    '§weekdays',
  ),
  rule(
    `(?:den |der |im )?rest (?:der|dieser|von dieser) woche|(?:the )?rest of (?:the|this) week|later this week|(?:noch )?im laufe (?:der|dieser) woche`,
    '§rest-of-week',
  ),
  rule(`im laufe (?:der|des)|waehrend (?:der|des)`, 'in der'),
  rule(`(?:im|das|in the|in dem|vom|des|of the|dem) (?:neuen|neue|new) (?:jahr(?:es|s)?|year)`, 'naechstes jahr'),
  rule(`kalender ?woche|kw`, '§kw'),
  rule(`anfangs`, 'anfang'),
  rule(`gegen (anfang|mitte|ende|beginn)`, '$1'),
  rule(`mid ?week`, 'mitte der woche'),
  rule(`(?:in der )?wochenmitte`, 'mitte der woche'),
  rule(`(?:am )?wochenanfang|(?:zu )?wochenbeginn`, 'anfang der woche'),
  rule(`(?:am |zum )?monatsanfang|monatsbeginn`, 'anfang des monats'),
  rule(`(?:am |zum )?monatsende`, 'ende des monats'),
  rule(`(?:zur )?monatsmitte`, 'mitte des monats'),
  rule(`(?:am |zum )?jahresende`, 'ende des jahres'),
  rule(`(?:am |zum )?jahresanfang|jahresbeginn`, 'anfang des jahres'),
  rule(`middle of|in the middle of`, 'mitte'),
  rule(`(?:at |by |towards )?(?:the )?(?:end|back end) of(?: the)?`, 'ende §of'),
  rule(`(?:at |by )?(?:the )?(?:beginning|start) of(?: the)?`, 'anfang §of'),
  // Vagueness after the hour.
  rule(
    `oder so(?: (?:was|in der art|aehnlich|ungefaehr|rum|herum))?|oder (?:so )?aehnlich|or so|or something(?: like that)?|or thereabouts|(?:so )?(?:he)?rum|plus minus|mehr oder weniger|more or less|give or take`,
    '§approx-post',
  ),
  rule('(?:so |etwa |ungefaehr )?um (punkt|genau|exakt|schlag)', 'um $1'),
  rule(
    `(?:irgendwann|irgendwie|etwa|ungefaehr|circa|ca) (?:um|gegen|ab und an)(?: die)?|so gegen(?: die)?|so um(?: die)?(?! (?:the|a|on|maybe|doctor|i|im|my|we|hi|hello|yeah|can|could|would|do|is|are|what|it|its)(?![a-z]))|so (?:etwa|ungefaehr|circa|ca)(?: um| gegen)?|um (?:die|etwa|ungefaehr|circa|ca)|at (?:about|around|roughly|approximately)|(?:sometime |somewhere )?around|round about|irgendwo um`,
    '§approx',
  ),
  rule(`so gegen`, '§approx'),
]);

/** Rewrites the fixed turns of a folded text. */
export function rewriteIdioms(folded: string): string {
  const text = REWRITES.apply(folded);
  // „wie letztes Mal, gleiche Zeit": said once is enough.
  return text.includes('§same ')
    ? text.replaceAll(/§same-hour(?:-again)?(?![a-z-])|§selb (?:tag|zeit|stunde)(?![a-z])/g, '')
    : text;
}
