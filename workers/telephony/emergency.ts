/** Words of an emergency lead to 112, never to a booking; every telephony function asks this before anything else. */

export type EmergencyKind = 'medical' | 'fire' | 'police' | 'suicide' | 'general';

/** Longer text is cut: the words stand at its beginning. */
const MAX_LENGTH = 2000;

const fold = (text: string): string =>
  text
    .slice(0, MAX_LENGTH)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replace(/[’'`´]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Words that only look like one: an urgent appointment, a trade, a place, a product, an idiom. */
const HARMLESS =
  /notfall ?termine?n?|notfall ?sprechstunden?|notfall ?(?:haarschnitt|kontakt|nummer|slot|dienst ?plan)\w*|(?:haar|frisur|friseur|beauty|nagel|faerbe|farb|styling)(?: ?notfall|notfaelle)|(?:kein|keinen|nicht ein|not an?|no) (?:echter |echten |wirklicher |real )?(?:notfall|notruf|emergency)|notfalls|im notfall|fuer (?:den|alle) notfaelle?|emergency (?:appointment|slot|haircut|contact)s?|(?:hair|beauty|fashion|nail) emergency|feuerwehr(?:mann|frau|leute|haus|fest|ball|strasse|platz|auto|verein|friseur|kamerad)\w*|(?:bei|von) der (?:freiwilligen )?feuerwehr|freiwillige[nr]? feuerwehr|feuer und flamme|feuerwerk\w*|feuer ?(?:rot|roter|rote|roten|zeug|abend|stein)\w*|feierabend|polizist\w*|bei der polizei|polizeischule|im krankenhaus (?:arbeite|gearbeitet)|krankenhaus ?(?:strasse|platz)|(?:nach|seit) (?:meinem|dem|einem) (?:herzinfarkt|schlaganfall)|(?:hatte|gehabt)(?: letztes jahr| frueher| vor \w+ \w+)? (?:einen )?(?:herzinfarkt|schlaganfall)|(?:herzinfarkt|schlaganfall) (?:gehabt|hatte ich|vor \w+ (?:jahren|monaten|wochen))|(?:had|after) (?:a|my|the) (?:heart attack|stroke)(?: last| \w+ years? ago| before)|fire ?(?:fighter|place|work)s?|fire alarm test|(?:zum|ich) sterben schoen|todmuede|to die for|selbstmordkommando/g;

const PATTERNS: readonly (readonly [EmergencyKind, RegExp])[] = [
  [
    'suicide',
    /\b(?:suizid\w*|selbstmord\w*|selbstmoerd\w*|selbsttoet\w*|umbringen will|will mich umbringen|bring(?:e)? mich (?:jetzt )?um|mir das leben nehmen|(?:mein|dem) leben (?:ein ende|nehmen)|will nicht mehr leben|moechte nicht mehr leben|will sterben|moechte sterben|nicht mehr leben wollen|suicid\w*|kill myself|killing myself|end my life|want to die|take my (?:own )?life|overdose\w*|ueberdosis)\b/,
  ],
  [
    'fire',
    /\b(?:es brennt|brennt (?:hier|bei uns|das|die|der|mein|unsere?)|feuer|hausbrand|wohnungsbrand|zimmerbrand|brandgeruch|gasgeruch|riecht nach gas|gasleck|feuerwehr|(?:house|building|kitchen|salon|place) is on fire|on fire|theres a fire|there is a fire|fire brigade|fire department|gas leak|smell (?:of )?gas)\b/,
  ],
  [
    'medical',
    /\b(?:herzinfarkt|herzstillstand|herzattacke|schlaganfall|bewusstlos\w*|ohnmaechtig\w*|bewusstsein verloren|nicht (?:mehr )?ansprechbar|keine luft|kaum luft|luftnot|atemnot|nicht (?:mehr )?atmen|atmet nicht(?: mehr)?|erstick\w*|krankenwagen|rettungswagen|rettungsdienst|notarzt|notaerzt\w*|starke blutung|blutet (?:stark|sehr|heftig)|verblut\w*|allergischer schock|anaphyla\w*|schwer verletzt|vergift\w*|krampfanfall|epileptischer anfall|brustschmerz\w*|schmerzen in der brust|wehen haben eingesetzt|fruchtblase|ambulance|heart attack|cardiac arrest|having a stroke|unconscious|passed out|not breathing|cant breathe|cannot breathe|can not breathe|choking|bleeding (?:badly|heavily|out)|severe bleeding|chest pain\w*|seizure|anaphyla\w*|paramedics?)\b/,
  ],
  [
    'police',
    /\b(?:ueberfall|ueberfallen|einbrecher|einbruch|bedroht mich|werde bedroht|wird bedroht|messer angegriffen|schiesst|schuesse|amok\w*|vergewaltig\w*|entfuehr\w*|schlaegt mich|polizei (?:rufen|holen|kommen)|ruf(?:en|t)? (?:sie )?(?:bitte |schnell )*(?:die )?polizei|being attacked|robbery|robbed|burglar|intruder|shooting|call the police|rape[d]?|kidnapp\w*)\b/,
  ],
  [
    'general',
    /\b(?:notfall|notfaelle|notruf|lebensgefahr|in not|emergency|hilfe hilfe|zu hilfe|help me(?: please)?|sos|(?:ruf(?:en|t)?|waehlen?|call) (?:sie )?(?:bitte |schnell )*(?:die )?(?:112|110|911|999|144))\b/,
  ],
];

/** The kind of emergency the words speak of, or null. „Notfalltermin", „Feuerwehrfest", „nach meinem Schlaganfall" are none. */
export function readEmergency(text: string): { kind: EmergencyKind } | null {
  const plain = fold(text).replace(HARMLESS, ' ');
  for (const [kind, pattern] of PATTERNS) if (pattern.test(plain)) return { kind };
  return null;
}

/** What the agent says. 112 is the emergency number of every country of the EU and of Switzerland; the police has its own as well. */
export function emergencySentence(kind: EmergencyKind, language: 'de' | 'en'): string {
  const german = language === 'de';
  switch (kind) {
    case 'suicide':
      return german
        ? 'Das klingt sehr ernst. Bitte rufen Sie sofort die 112 an. Die Telefonseelsorge erreichen Sie jederzeit kostenlos unter 116 123.'
        : 'This sounds very serious. Please call 112 right now. In a crisis you can also reach a helpline at any time on 116 123.';
    case 'fire':
      return german
        ? 'Bitte bringen Sie sich in Sicherheit und rufen Sie sofort die 112 an.'
        : 'Please get to safety and call 112 right now.';
    case 'police':
      return german
        ? 'Bitte bringen Sie sich in Sicherheit und rufen Sie sofort den Notruf 112 oder die Polizei an.'
        : 'Please get to safety and call 112 or the police right now.';
    case 'medical':
    case 'general':
      return german
        ? 'Das klingt nach einem Notfall. Bitte legen Sie auf und rufen Sie sofort die 112 an.'
        : 'This sounds like an emergency. Please hang up and call 112 right now.';
  }
}
