/**
 * Clauses with a day or an hour that ask for no appointment, by their build: a question about something else („ist am Dienstag viel los"), a
 * condition („falls es am Dienstag regnet"), what somebody does then („der Klempner kommt am Dienstag"), what is over, news of an appointment
 * that stands. Called by request.ts: where every day that counts stands in one of them, it is asked.
 */
import type { Token } from '../words/token.ts';
import type { Role } from './roles.ts';
import { ASKS, isOthersTime, outline, turnsOf } from './statements.ts';

/** Words with which a question, a condition or a statement is a wish after all. */
const WISHED = turnsOf(
  'bitte|gerne?|haette[n]?|haett|hett|moecht[en]*|wuerd[en]*|koennt[en]*|braeucht[en]*|brauche?|brauchts|braucht|nehme?|passt[es]?|passen[d]?|gehts?|ginget?[s]?|klappts?|klappen|freie[nrs]?|frei|platz|plaetze|luecken?|slots?|machbar|moeglich|kaeme?|komme?|kommen|vorbei[a-z]*|drankommen|einschieben|reservier[en]*|buchen|eintragen|trage?n?|lieber|liebsten|besten|recht|wollen|wollte|will|termine?|terminchen|zeit|drannehmen|einrichten|dazwischenschieben|sollte|muesste|duerfte|darf|dran|reicht|taugt|daugt|langt|schaffe?|neu',
  'please|like|want|need|needs|could|can|book|booked|slots?|available|free|fit|squeeze|come|coming|appointments?|anything|something|suits?|works?|possible|do|chance|room|space|spaces|openings?|prefer|better|best|take|lets|put|pencil|bring|make|hoping|looking|after|would',
);

/** Questions about the place, its people, what it costs. */
const ABOUT_PLACE = turnsOf(
  '^(?:(?:und|ja|also|hallo|sagen sie|sag mal|aehm?) )*(?:wer (?!kann|koennte|haette|hat)|wo |warum |wieso |weshalb |womit |was kostet (?=§t)|was kostet (?:es|denn) |wie voll |wie ist |wie laeuft |wie lange )(?:[a-z]+ )*?§t',
  '(?:ist|sind|arbeitet|arbeiten|faehrt|fahren|kommt|gibts|gibt es|habts|hat) (?:(?:denn|bei ihnen|bei euch|da|eigentlich|auch|noch|schon|es|die|der|das|den|frau|herr|sie|ihr|[a-z]+) ){0,4}?§t(?! (?:[a-z]+ ){0,4}?(?:was|etwas|noch was|frei[a-z]*|offen|moeglich|machbar|platz|plaetze|termine?|luecke|drin|okay|ok|gut|recht|zeit|besser|denkbar|ein[es]? ))(?: [a-z]+)* ?(?:viel los|im haus|da|im dienst|im laden|krank|parkplaetze|parkplatz|wlan|aufpreis|rabatt|streik|streikt|teurer|billiger|feiertag|markt|der bus|zu ihnen|kaffee|voll|im geschaeft|dabei|rabatt|[a-z]+aktion)',
);
const ABOUT_PLACE_ENGLISH = turnsOf(
  '^(?:(?:and|so|hi|hello|er|um) )*(?:who (?!can|could|would)|why |where |how busy |how long |how many |how do i )(?:[a-z]+ )*?§t',
  '(?:is|are|does|do|did|will) (?:(?:jenny|[a-z]+) ){1,4}?(?:in|there|working|cost|charge|extra|busy|park|parking|bring|wear|a bank holiday|a holiday|the buses)(?: [a-z]+){0,3}? §t',
  '(?:is|are) §t (?:a |the )?(?:bank holiday|public holiday|holiday|[a-z]+ day|busy|extra|quiet)',
);
/** „weiß nicht ob", „ob … hängt ab": not decided. */
const UNDECIDED = turnsOf(
  '(?:§undecided|§ask-first) (?:ob|if|whether|between|zwischen|wann|when|which|welche[nrs]?) (?:[a-z§]+ )*?§t|ob (?:[a-z]+ )*?§t (?:[a-z]+ )*?(?:§undecided|§ask-first)',
  '(?:weiss|wissen|ueberleg[a-z]*|unsicher|unschluessig|sicher|klaeren|klaer|abklaeren|schauen|schau|gucken|guck|sehen|seh|fragen (?!ob (?:sie|ihr|man|ich|wir|das|es|noch|am|§t))|pruefen|absprechen|besprechen|nachsehen|nachschauen|abwarten|gespannt|zweifel|bezweifle|frage mich) (?:[a-z]+ ){0,4}?ob (?:[a-z§]+ )*?§t',
  'ob (?:[a-z§]+ )*?§t (?:[a-z]+ )*?(?:haengt|weiss|steht (?:noch )?(?:nicht|in den)|ist (?:noch )?(?:nicht|unklar|offen|fraglich)|kommt drauf|entscheidet|klaert|muss|sag)',
  '§t (?:[a-z]+ ){0,4}?(?:(?:noch )?in den sternen|mit fragezeichen|unter vorbehalt|wackelt|wackelig|fraglich|sicher (?:bin ich|weiss ich|ist das))',
  '(?:dont know|not sure|unsure|wonder|wondering|depends|check|find out|see|ask (?:him|her|my [a-z]+)|unclear|no idea) (?:[a-z]+ ){0,3}?(?:if|whether) (?:i|we|he|she|my|the) (?:[a-z§]+ )*?§t',
  '(?:ill|i will|well|we will) (?:know|see|hear|find out|decide) (?:[a-z]+ ){0,3}?§t',
  'might (?:[a-z]+ ){0,5}?§t (?:[a-z]+ ){0,3}?(?:but|though|if|depending)',
  '(?:cant|cannot|couldnt|hard to|trouble) (?:decide|deciding|choose|choosing|pick|make (?:up )?my mind)',
  '(?:should|shall) (?:i|we) (?:[a-z]+ ){0,3}?§t or §t',
);
/** What becomes of an appointment that stands. */
const NEWS = turnsOf(
  '(?:komme?n?|bin|sind|werde|verspaete) (?:ich |wir |mich |uns )?§t (?:[a-z]+ ){0,3}?(?:spaeter|zu spaet|frueher|verspaetet|unpuenktlich|nicht)',
  'sage?n? (?:[a-z]+ ){0,4}?§t (?:[a-z]+ ){0,2}?ab$|sage?n? (?:[a-z]+ ){0,4}?ab §t',
  '(?:hat sich |ist )(?:[a-z]+ ){0,2}?(?:erledigt|hinfaellig|ueberfluessig|geplatzt|gestorben)',
  '(?:jemand|wem|jemanden) (?:anderem|anderen|anders|andern) (?:geben|vergeben|ueberlassen|nehmen)|anderweitig vergeben',
  'bestaetig[a-z]* (?:[a-z]+ ){0,6}?§t|§t (?:[a-z]+ ){0,4}?bestaetig[a-z]*|confirm(?:ing|ed|ation)? (?:[a-z]+ ){0,5}?§t',
  '(?:hab|habe|haben) (?:ich|wir) (?:denn |da |eigentlich |jetzt |nicht )*§t (?:einen|meinen|unseren|nen|den)? ?(?:[a-z]*termin)(?: [a-z]+){0,3}$',
  '(?:have|do|did) (?:i|we) (?:got |have )?(?:an|my|our|any) appointment §t|am i (?:down|booked|due) (?:[a-z]+ )*?§t',
);
/** A condition names a day on which something else happens. */
const CONDITION = turnsOf(
  '(?:wenn|falls|sofern|^sollte|vorausgesetzt|angenommen) (?:[a-z]+ ){1,5}?§t [a-z]+',
  '(?:if|unless|in case|provided|assuming|supposing) (?:[a-z]+ ){1,5}?§t',
);
const CONDITION_WISHED = turnsOf(
  '(?:wenn|falls|sofern|sollte) (?:(?:da|noch|vielleicht|das|es|des|s|bei ihnen|bei euch|auch|so|irgendwie|sie|ihr|man|ich|wir|was|etwas|mir|uns|euch|ihnen|mich|einen|termin|ein|platz) )*§t (?:[a-z]+ ){0,7}?(?:frei|gehts?|ginge|passt|passen|moeglich|haetten|haben|habt|habts|hast|hat|recht|kommen|koennt[en]*|kann|koennen|drankomme?n?|platz|termin|offen|da|gaebe|gibt|klappt|klappen|aufhaben|wollen|moechten|dran|vorbei[a-z]*|waere?|einrichten|schaff[a-z]*|sein)',
  'if (?:[a-z]+ ){0,6}?(?:available|free|have|got|can|could|possible|fit|squeeze|works?|suits?|open|anything|something|do|come|had|theres|there is|poss) (?:[a-z]+ ){0,5}?§t|if §t (?:is|s|was|would|works|suits|ok|okay|could|can|fits|isnt|doesnt|at|if)',
);
/** Own plans and what was: „ich fliege am Dienstag nach Rom", „am Dienstag hat alles geklappt". */
const COMES =
  '(?:komme?n?|kumm|kimm|chum|nehme?n?|nimm|bringe?n?|hole?n?|schaue?n?|guck[en]*|brauche?n?|braeuchten?|moechten?|mecht|mag|moegen|wuerden?|wuerd|haetten?|haett|koennten?|koennt|koennen|kann|waeren?|waer|kaemen?|kaem|kemma|will|wollen|wollten?|wollt|soll|sollen|sollten?|muessten?|duerften?|darf|duerfen|schlage?|suche?n?|such|hoffe?n?|denke?n?|denk|dachten?|dacht|sagten?|sage?n?|sag|sach|meine?n?|mein|meinten?|rufe?|ruf|frage?n?|frag|glaube?n?|glaub|wuensche?n?|nimm|buche?n?|buch|reserviere?n?|melde?n?|schicke?n?|gebe?n?|gib|stelle?n?|lasse?n?|schaffe?n?|schaff|bleibe?n?|bleib|verschiebe?n?|verlege?n?|tausche?n?|bitte?n?|bitt|hatten?|hatt|plane?n?|interessiere|bevorzuge?n?|freue?n?|vereinbare?n?|bekommen?|kriege?n?|krieg|schwanke|treffe?n?|sehe?n?|machen?|mach|starten?|fangen?|fange|trage|probiere?n?|versuche?n?|moechat|waxe|hoer[en]*|bestelle?n?|benoetige?n?|habe?n?|hab|hob|han|bin|sind|muss|muessen|war|waren|stehe?n?|steh|tendiere?n?|sage|zahle?|bezahle?|steige?|telefoniere?|schrei|schreie|heisse?n?|finde?n?|wechs?le|aendere|moechte)';
const OWN = turnsOf(
  `(?:ich|wir) (?!${COMES} |[a-z]*(?:ae|oe|ue)[a-z]*(?:t|m|b|nd|ss)en? )(?:[a-z]{2,}e|[a-z]{3,}en) (?:(?!ob |dass |wenn )[a-z]+ ){0,4}?§t`,
);
const OVER = turnsOf(
  '§t (?:[a-z]+ ){0,2}?(?:hat|habe|haben|hab|ist|bin|sind|wurde|war|waren) (?:[a-z]+ )*?(?!gesagt|gemeint|gedacht|gewollt|gewuenscht|gebeten)(?:ge[a-z]{3,}t|(?:ab|an|auf|aus|ein|vor|weg|mit|zu|hin|her)?ge[a-z]{3,}en|be[a-z]{3,}(?:t|en)|ver[a-z]{3,}t) ?(?:danke|uebrigens)?$',
  '(?:hat|haben) §t (?:[a-z]+ )*?(?:ge[a-z]{3,}t|(?:ab|an|auf|aus|ein|mit)?ge[a-z]{3,}en|bekommen|verloren|vergessen)$',
  '(?:went|turned out|came out) (?:[a-z]+ )*?(?:well|fine|great|badly|wrong)|(?:i|we) (?:was|were) (?:there|in|at|with)',
);
/** Whether a part asks for none of the days and hours in it. `counts`: the tokens of those that count. */
export function isUnasked(
  tokens: readonly Token[],
  role: Role,
  english: boolean,
  counts: (token: Token) => boolean,
): 'condition' | 'told' | null {
  const text = outline(tokens, counts);
  if (!text.includes('§t')) return null;
  if (NEWS.test(text) || UNDECIDED.test(text) || (english ? ABOUT_PLACE_ENGLISH : ABOUT_PLACE).test(text))
    return 'told';
  if (CONDITION.test(text) && !CONDITION_WISHED.test(text)) return 'condition';
  if (role === 'request' && WISHED.test(text)) return null;
  const over = OVER.exec(text);
  return (over && !ASKS.test(over[0])) || isOthersTime(text) || (!english && OWN.test(text)) ? 'told' : null;
}
