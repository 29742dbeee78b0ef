/** Turns of a dialect sentence whose words are standard already: which „am" is „um", which „noch" is „nach". Called by dialect.ts. */

import { needlesOf } from './needles.ts';
import { type Rewrite as Turn, Rewrites } from './rewrite.ts';

const NUMBER =
  '(?:ein|eine[rnm]?|eins|zwei|zwo|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf|(?:drei|vier|fuenf|sech|sieb|acht|neun)zehn|[a-z]{0,12}zwanzig|dreissig|\\d{1,2})';
const CLOCK_NUMBER =
  '(?:eins|zwei|drei|viere?|fuenfe?|sechse?|siebene?|acht|neune?|zehne?|elfe?|zwoelfe?|(?:drei|vier|fuenf|sech|sieb|acht|neun)zehn|(?:[a-z]{0,8}und)?zwanzig|\\d{1,2}(?=:| uhr))';
/** An hour stands here: „halb drei", „viertel ab zehn", „punkt vier"; no day of a month. */
const HOUR = `(?:(?:etwa|circa|ca|ungefaehr|punkt|genau|kurz|so|die) ){0,2}(?:(?:halbe?|viertel|dreiviertel) |${CLOCK_NUMBER}(?![a-z]| ?\\.| (?:jan|feb|maerz|apr|mai|jun|jul|aug|sep|okt|nov|dez|tag|woch|stund|monat|minut|jahr|leut|person|kind)))`;
const UNIT = '(?:tag|taeg|dog|woch|wuch|stund|monat|monet|minut|jahr|joar)[a-z]*';
const DAY = '(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|heute|morgen|uebermorgen)s?';
/** Articles before an hour: „ab de drü", „vor em zäni". */
const THE = '(?:der|die|das|den|dem|de|em|am|im)';

const turn = (pattern: string, to: string): Turn => [
  new RegExp(`(?<![a-z0-9§-])(?:${pattern})(?![a-z0-9§-])`, 'g'),
  to,
  needlesOf(pattern),
];
const open = (pattern: string, to: string): Turn => [
  new RegExp(`(?<![a-z0-9§-])(?:${pattern})`, 'g'),
  to,
  needlesOf(pattern),
];

/** „di", „mi" and „do" are also days where something says so. */
const NO_DAY_BEFORE = '(?<!(?:am|den|bis|ab|vom|mo|di|mi|naechste[rn]|diese[rn]|kommende[rn]|jede[rn]) )';
const NO_DAY_BEHIND = '(?= (?!um |ab |nach |vor |gegen |bis |oder |frueh|morgen|mittag|abend|vormit|nachmit|halb|\\d))';
/** „so schnäu wi's geit", „so boid's gangat", „s Erschte wo frei isch". */
const AS_SOON: readonly Turn[] = [
  turn(
    'so ([a-z]{3,10}) (?:wie|als|wia|wi|we)(?: (?:es|s|das))? (?:nur |irgend |ihr |sie |euch )?(?:geht|ginge|gehe|moeglich|kann|koennen|koennt|moegli)',
    'so schnell wie moeglich',
  ),
  turn('so ([a-z]{3,10}) (?:wies|wias|wis|wees) (?:nur |irgend )?(?:geht|ginge|moeglich)', 'so schnell wie moeglich'),
  turn(
    '(?:so )?(?:schnell|bald|geschwind|schnells|balds|geschwinds|sobald|sobalds)(?: es)? (?:nur )?(?:geht|ginge|moeglich ist)',
    'so schnell wie moeglich',
  ),
  turn(
    '(?:(?:das|der|des|de|die|den|s|es|d) )?(?:aller)?(?:erste|naechste|schnellste|frueheste)(?:[nrs]|beste)? (?:was|wo|das|der|den|die|wos) (?:(?:ihr|sie|es|noch|no|gerade|was) )*(?:frei )?(?:ist|is|isch|habt|haben|geht|ginge|gibt|wird)(?: frei)?(?: wird)?',
    'so schnell wie moeglich',
  ),
];
const TIME_WORD = '(?:selbe?[rna]?|gleiche?[rna]?|zur|am|um die|und|zeit|tag|stunde|uhrzeit)';
/** „wi ds letschte mau", „wias letzte moi, selbe zeit, selba dog". */
const AS_LAST: readonly Turn[] = [
  turn(
    `(?:(?:genau|so|grad|gerade|das|des|s|es|gleiche?|selbe|wieder) )*(?:wie|wia|wi|wias|wies|wie es)(?: (?:das|des|ds|es|s|beim|bei dem|bein|am|im|mein))? letzt(?:e[nsmr]?|s)? ?mal(?:,? (?:bitte,? )?${TIME_WORD}(?:,? ${TIME_WORD})*)?`,
    'wie letztes mal',
  ),
  turn('wie (?:geng|gaeng|oiwei|oewe|allaweil|allweil|oerlicha|all?)', 'wie immer'),
];
/** Turns of a few words that belong to no other kind. */
const MORE: readonly Turn[] = [
  turn(
    '(um|am|in einer) haben?(?= (?:stunde|eins|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf)(?![a-z]))',
    '$1 halbe',
  ),
  turn(
    '(?:mir|uns) ist (?:(?:das|es|ganz|voellig|eigentlich) ){0,2}gleich(?! (?:nach|vor|um|am|in|morgen|heute|recht))',
    'mir ist egal',
  ),
  turn(
    'aa?f[ao]n[a-z]{0,3}(?= (?:januar|jaenner|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember))',
    'anfang',
  ),
  turn('(um|halb|viertel|dreiviertel|gegen|bis|ab) zehe', '$1 zehne'),
  turn('in (?:da|der|dr|de) fr(?!au|eu|anz|is|ei|age|uehs|ueh[lj]|ist)[a-z]{1,5}', 'in der frueh'),
  turn('irgend ?(?:eine?[nrms]?|en|e|an|a|oan|oa) tag', 'irgendwann'),
  turn('irgend (?:eine?[nrms]?|en|e|an|a|oan|oa)', 'irgendein'),
  // No hurry is no denial of the day.
  turn(
    '(?:(?:es|das|s) )?(?:pressiert|eilt|pressi[a-z]{0,4}n|pressiere)(?: (?:tut|wuerde|tuats))?(?: (?:es|s|mir|uns|ja|auch|aber|gar|ueberhaupt|nur|da|so)){0,3} nicht(?: so| sehr| arg)?',
    '',
  ),
  turn('kein(?= (?:zeit|rolle|ahnung|lust|eile)(?![a-z]))', 'keine'),
  turn('(bin|waere|ist|sind|kann|wird|sein|waer) ((?:(?:ich|i|wir|es|nicht|dann|noch|auch) )*)do(?=$|,)', '$1 $2da'),
  turn('(mein|dein|ihr) mo', '$1 mann'),
  turn('bin(?= (?:ihnen|euch)(?![a-z]))', 'bei'),
  turn('(bald|gleich) nach(?= )(?! (?:dem|der|den|ein|ich|wir|ihr|weihn|neuj|ost|pfing))', 'kurz nach'),
  turn('moan i', 'meine ich'),
  turn('(?:nei|noi)(?=,| (?:am|um|lieber|doch|entschuldigung|nicht|moment|wart)(?![a-z]))', 'nein'),
  turn(
    'spielt?s?(?: (?:mir|uns|es|das|ja|doch|auch)){0,3} keine? rolle(?:,? (?:wenn|wann|was|welch[a-z]*))?',
    'spielt keine rolle',
  ),
  turn('(?:wenn|wann) immers?(?: es)?', 'wann immer es'),
  turn('moeglichst (?:gleich|bald|schnell|geschwind)', 'moeglichst bald'),
  turn(
    '(?:(?:der|den|die|das|de) )?(?:naechste|erste|frueheste|schnellste)[nrs]? (?:frei|freie[nrs]?|moegliche?[nrs]?)(?: (?:termin|platz|zeit|stunde))?',
    'so schnell wie moeglich',
  ),
  turn(
    '(?:(?:der|den|die|das|de) )?(?:frueheste|schnellste)[nrs]? (?:termin|platz|zeit)(?: (?:wo|was|den|der) (?:ihr|sie|noch|es|frei|haben|habt|ist|geht|gibt)(?: (?:haben|habt|ist|geht|frei|gibt)){0,2})?',
    'so schnell wie moeglich',
  ),
  turn('(lieber|besser|eher) ((?:[a-z]+ ){1,4})weder', '$1 $2statt'),
  turn('(ende|anfang|mitte) von (?:der|da|de)', '$1 der'),
  open(`(?:einen|en|i) (?=(?:${NUMBER}|anderthalb) (?:dag|tage?n?|woch|stund))`, 'in '),
  turn('(fuer|wegen|mit|bei|bin|zu|von|und|bring|kommt|weil|dass|bringe|hat) min(?= [a-z])', '$1 mein'),
];
const SHORT: readonly Turn[] = [
  turn(`(nach|vor) (?:${THE} )?(?:schaff?[eau]|arbeiten|buero|geschaeft|werche)`, '$1 der arbeit'),
  turn('wie e?s (letzte[ns]?|vorige[ns]?)', 'wie das $1'),
  turn('(mir|voellig|ganz|total|ist) gleich(?= (?:wenn|wann|was|welche)|,|$)', '$1 egal'),
  turn('egal,? (?:wenn|wan|waenn)(?: es)?', 'egal wann'),
  ...AS_SOON,
  ...AS_LAST,
  ...MORE,
  turn(`${NO_DAY_BEFORE}do${NO_DAY_BEHIND}`, 'da'),
  turn(`${NO_DAY_BEFORE}di${NO_DAY_BEHIND}`, 'die'),
  turn(`${NO_DAY_BEFORE}mi${NO_DAY_BEHIND}`, 'mich'),
  open('gu(?:te?|et[ea]?|at|ad|eete|ata|adn)[enr]{0,2} (?=morgen|tag|abend|nachmittag)', 'guten '),
  open('mein (?=i(?:ch)? )', ''),
  turn('am beste', 'am besten'),
  open('grad (?=so |noch |jetzt |am |um |nicht |frei|gut )', 'gerade '),
];

const SWISS = new Rewrites([
  // „am Dunschtig schaff i bis am vieri": work.
  turn('schaffe?n?(?: (?:ich|i))?(?= (?:bis|von|vo|vom|ab) )', 'arbeite ich'),
  open('(?:noch|no) (?=(?:em|dem|de) )', 'nach '),
  ...SHORT,
  turn(`auf ein(?:en)?(?= ${DAY}(?![a-z]))`, 'auf den'),
  open('(bin|habe|kann|koennte|muss|will|moechte|haette|wuerde|brauche|soll|sollte|mag|komme|war) i ', '$1 ich '),
  open(`(ab|vor|nach|bis|gegen|von|zwischen|und|oder) (?:${THE} ){1,2}(?=${HOUR})`, '$1 '),
  open(`am (?=${HOUR})`, 'um '),
  open(`(fuenf|zehn|zwanzig|fuenfundzwanzig|viertel|kurz|minuten) ab (?=(?:halbe? )?${CLOCK_NUMBER})`, '$1 nach '),
  turn(`(${CLOCK_NUMBER}) um+e`, '$1 rum'),
  open(
    `i (?=(?:(?:mim|mire|uns|der|die|den|dem|das|dieser|einer|einem|paar|naechster)(?![a-z])|${NUMBER} ${UNIT}|\\d))`,
    'in ',
  ),
  turn(`(am|em|gegen|${DAY}) [ao]be`, '$1 abend'),
  turn('(?<=bin (?:ich|i) |ich bin )am (?:schaff?[eau]|werche|arbeite|lehre|koche|choche)', 'arbeiten'),
  turn('i', 'ich'),
  open('(?<!ich )bin (?=(?:der|dem|de|euch|ihnen|uns|mir|frau|herr|dir)(?![a-z]))', 'bei '),
  // „wär ich bi de Schwiegereltere": the verb stands before.
  open(
    '(?<=(?:waere?|waer|kaeme?|bin|komme?|war|koennte?|haette?|sitz|steh|schaff) ich )bin (?=(?:der|dem|de|euch|ihnen|uns|mir|dir)(?![a-z]))',
    'bei ',
  ),
  open('(?<!(?:ich|er|sie|es|si|man) )will ', 'weil '),
]);

const FREE = '(?<!(?:geht|ginge|ist|frei|habe|hat|haette|was|es|waere|ich) )';
const BAVARIAN = new Rewrites([
  ...SHORT,
  open(`um(?:m?[ae]?ra| [ae]?ra| a| die) (?=${HOUR})`, 'gegen '),
  open(`(?:so )?um+a (?=${HOUR})`, 'gegen '),
  turn('(?:alles|ois|als) erste[rs]?', 'als erster'),
  turn('nachm (?:arbatn|arbeitn?|arbat|arbeit|hackln|dienst|schaffe?n?|buero)', 'nach der arbeit'),
  turn('nachm(?= [a-z]{4})', 'nach dem'),
  turn('(um|halbe?|viertel|gegen|ab|bis|vor|nach|§noch) achte', '$1 acht'),
  turn('(um|halbe?|viertel|gegen|ab|bis|vor|nach|§noch) nein', '$1 neun'),
  turn('(um|halbe?|(?:drei)?viertel|gegen|ab|bis|vor|nach|§noch) ans', '$1 eins'),
  open(`(kurz|gleich|erst|viertel|minuten|${CLOCK_NUMBER}) §noch(?= )`, '$1 nach'),
  open(
    `${FREE}§noch (?=${HOUR}|(?:der|dem|da|meiner|meim|mein|arbeit|feierabend|weihnacht|neujahr|ostern|pfingsten|silvester|dreikoenig|${DAY})(?![a-z]))`,
    'nach ',
  ),
  [/§noch/g, 'noch', ['§noch']],
  turn(`(${CLOCK_NUMBER}) (?:um+[ai]|umanand|umadum)`, '$1 rum'),
  open(`ob (?=${HOUR}|${DAY}(?![a-z]))`, 'ab '),
  turn('(in|von|bei|nach|vor|mit|zu|auf|wegen|seit|ab|bis|statt|unter|waehrend|ausser) da', '$1 der'),
  turn('(gehts?|ginge)(?: es)? s[ie]', '$1'),
  open(`da (?=${DAY}(?![a-z]))`, 'der '),
  open('da (?=[a-z]*termin )', 'der '),
  open('da (?=(?:ueber)?naechst|letzt|kommend|[a-z]{2,16}te )', 'der '),
  turn('auf (?:(?:d|de|die|da|der) )?nacht', 'abends'),
  open(
    `an (?=[a-z])(?!(?:dem|den|der|einem|einer|am|das|die|${DAY}|weihnacht|ostern|pfingsten|silvester|neujahr)(?![a-z]))`,
    'einen ',
  ),
  open('wann (?=(?:i|ich|wir|die|der|es|man|da|sie)(?![a-z]))', 'wenn '),
  turn('i', 'ich'),
  open('na (?=(?:habe|muss|kann|komme|koennte|geht|ginge|waere|bin|fahre|gehe|ist)(?![a-z]))', 'dann '),
  open('(?<=, (?:aeh )?)na,? (?=(?:um|am|lieber|doch)(?![a-z]))', 'nein '),
  open('na,? (?=(?:wart|nicht)[a-z]*(?![a-z]))', 'nein '),
  turn('a wegen', 'ein bisschen'),
  open('a (?=(?:nicht|noch|am|um|im|in)(?![a-z]))', 'auch '),
  open('a (?=(?:halbe|viertel|dreiviertel)?(?: ?stunde|woche|minute))', 'eine '),
  open('a (?=[a-z])', 'ein '),
]);

const WHEN = '(?:w[ae]nns?|waenns?|waunn?s?|wonns?|wia|wie|welch[a-z]*|weli|welles|wecha|wos|was|obs?)';
const ALL_ONE =
  '(?:blunzn|bluntzn|blunzen|w(?:ua|oa|u|o|ue)r?s(?:ch)?[td]|egal|powidl|schnuppe|gl(?:ei|i|ii|y|ie)ch|glei)';
/** „is ma blunzn wann", „isch mer gliich wenn": nothing else is meant, whatever the rest of the sentence is written in. */
const UNMISTAKABLE = new Rewrites([
  turn(
    `(?:(?:des|sell|s|es|ds|das) )?(?:i(?:s|st(?! mir)|sch|scht|schs)|s) (?:(?:des|es|s|sell|aa|au) )?(?:m(?:a|ia|ir|er|r|ier|iar)|ins|uns|ues) (?:(?:ganz|gaunz|voll|vo|eh|total|voellig|voeiig|doch|scho|gonz|huara|huere) ){0,2}${ALL_ONE},?(?= ${WHEN}(?![a-z]))`,
    'mir ist egal',
  ),
  turn(
    `(?:mir (?!ists?)|m(?:er|a|ia|r|iar) )(?:is|isch|ischs|iss|ist|ists)(?: (?:des|es|s|das|ds|sell|eh|doch|ganz|gaunz)){0,3} ${ALL_ONE},?(?= ${WHEN}(?![a-z]))`,
    'mir ist egal',
  ),
  turn(`(?:wuaschd|wurschd|wurscht|worschd|wuascht|wuarscht|worscht|woascht|blunzn)(?=,? ${WHEN}(?![a-z]))`, 'egal'),
  turn('(?<=(?:is|isch|ist|ma|mir|mia|mer|mr) )(?:wuaschd|wurschd|worschd|wuascht|worscht|blunzn)', 'egal'),
  turn('(?<=(?:am|ig|ag|og|och|uch|morn|huet|heit|moing|ta|da) )n[ao]m+i', 'namittag'),
  turn('(?<=(?:am|ig|ag|og|och|uch|morn|huet|heit|moing|ta|da) )vor?mi', 'voamittag'),
  turn('(?<=am )(?:micka|mittig|mittich)(?= (?:um|aum|in|vor|nach|nam|ab|fria|nommi)|$)', 'migga'),
  turn('(?<=am )pfings[td]a', 'pfinsta'),
  turn(
    'mor(?:jen?|sche|che)(?= (?:um|fr(?:ie|ue|i)h?|mi[td]+ag|noochmi[td]+ag|nachmi[td]+ag|vormi[td]+ag|o[bw]end|ab)(?![a-z]))',
    'morgen',
  ),
  turn('irgend (?:en|an|oan|e) (?:tag|dog|tog)', 'irgendwann'),
  turn(
    'so (?:bal|boi|bol|schnell|gschwind|schnoi|schnoe)ds?(?: g(?:eht|ehd|eats|oht|angat|ehts))',
    'so schnell wia moegli',
  ),
  turn('so (?:schnell|schnoi|schnoe|schnej|gschwind)s (?:geht|gehd|goht)', 'so schnell wia moegli'),
  turn(
    '(?:(?:des|s) aller(?:erste|easchte|erschte|easte) (?:was|wos|wo)|(?:des|s|es|das) (?:aller)?(?:erste|naechste|erscht|naechscht|nexte|naegste|easchte|erschte|naechschte|schnellste) wos)(?: (?:s|es|ihr|sie))? (?:frei|habt?s?|gibt|geht)(?: (?:is|ist|isch|wird))?',
    'so schnell wia moegli',
  ),
  turn('(?<=^|, |servus |servas |griass eich )hei(?:d|te)(?= (?:um|in|auf|aum|ab|nach|vor|no|am) )', 'heit'),
  turn(
    '(?:om|aum)(?= (?:halb|(?:drei)?viertel|viertl|[1-9]|ein|zw|dr|vier|fuenf|sech|sieb|acht|neun|zehn|elf|fenf|nein|oin|oelf))',
    'um',
  ),
  turn('(?<=(?:anfang|ende|mitte|im|im naechsten|den|[a-z]te|[a-z]te[n]) )(?:jenner|jenna)', 'jaenner'),
  turn(
    '(?:aendi|endi)(?= (?:jaen|jan|feb|horn|maer|abr|apr|mai|mei|jun|jul|aug|sep|okt|nov|dez|woch|wuch|naechst|monet|monat|der|de ))',
    'ende',
  ),
  turn(
    'mitti(?= (?:jaen|jan|feb|horn|maer|abr|apr|mai|mei|jun|jul|aug|sep|okt|nov|dez|woch|wuch|naechst|monet|monat|der|de ))',
    'mitte',
  ),
  turn(
    '(?:m(?:ir|ia|a|er|r) )?(?:is|isch|ist|waar|waer) (?:m(?:ir|ia|a|er|r) )?(?:ois|alls|aues|aus|ollas|olls|oes|oeis) (?:recht|raecht|rechd|oans|gleich)',
    'mir ist alles recht',
  ),
  turn(
    'um a(?= (?:hal[bw]|hoi[bw]|viert|drei|zwoa|zwa|zwei|ans|oans|vier|fuenf|fimf|sechs|sieb|sim|acht|neun|nein|zehn|elf|oif|oelf|zwoelf|zwoif)[a-z]{0,4}(?![a-z]))',
    'gegen',
  ),
  turn('in a boor(?= (?:dog|tog|dag|woch|stund|minut))', 'in ein paar'),
  turn(
    '(?:a?so )?(?:wia|wi)s?(?: (?:s|ds|des|es|das|beim|bein|am))? letzt[a-z]{0,3} (?:mal|moi|mol|mau)',
    'wie letztes mal',
  ),
  turn('wi (?:geng|gaeng|immer|gwohnt|gwoenlech)', 'wie immer'),
  turn(
    'so [a-z]{3,10} (?:wias|wis|wi s|wia s|we s|wies) (?:nu[ra] |irgend )?g(?:ehts?|ehd|aehd|aht|ohts?|eits?|eahts?|eads|angat|ing)',
    'so schnell wia moegli',
  ),
  turn(
    '(?:nei|naa|na|noi),? (?:(?:ae|a|e)xg(?:ue|u|i|y)se?i|tschul?d?igung|tschuldigung|entschuldigung)',
    'nein entschuldigung',
  ),
]);

/** @param text as folded; turns that by themselves tell that somebody speaks dialect */
export const unmistakableTurns = (text: string): string => UNMISTAKABLE.apply(text);

/** @param text with the words of the dialect rewritten */
export const rewriteTurns = (text: string, dialect: 'swiss' | 'bavarian'): string =>
  (dialect === 'swiss' ? SWISS : BAVARIAN).apply(text);
