/** Dialect is spelling: what is said in Swiss German, Bavarian or Austrian reads as the same sentence in standard German, and nothing else is touched. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PhraseRow } from '../expected.fixture.ts';
import { reference } from '../reference-branch.fixture.ts';
import { understand } from '../understand.ts';
import { standardDialect } from './dialect.ts';
import { ALEMANNIC } from './dialect-alemannic.fixture.ts';
import { EAST } from './dialect-east.fixture.ts';
import { BAVARIAN, SWISS } from './dialect-pairs.fixture.ts';
import { fold } from './fold.ts';
import { knownWords } from './lexicon.ts';

const FIXTURES = path.join(import.meta.dirname, '../../../tests/fixtures');
const load = (file: string): unknown => JSON.parse(readFileSync(path.join(FIXTURES, file), 'utf8'));
const standard = (text: string): string => standardDialect(fold(text));

/** What is read, without the words of the question: those name what was said. */
function reading(say: string): string {
  const { because: _why, question: _question, ...read } = understand({ when: say }, reference());
  return JSON.stringify(read);
}

/** Words to words: the forms of a sound and the short words whose sense hangs on the sentence. */
const REWRITTEN: Readonly<Record<string, string>> = {
  'Zischtig Ziischtig Zyschtig Zyschdig Zischti': 'dienstag',
  'Mäntig Mendig Mentig Möntig Määntig Mondog Montog Mondooch': 'montag',
  'Mittwuch Mittwuche Mittwuchä Middwoch Mittwocha': 'mittwoch',
  'Donnschtig Dunschtig Dunnschtig Donschtig Dunnerschtig Donnasdog Donnerstog Pfinsta Pfinztag Pfinzta Pfinstig':
    'donnerstag',
  'Friitig Fritig Frytig Freitig Freidog Freitog Freidooch': 'freitag',
  'Samschtig Samstig Samschdig Samsta Samsdog Samstog Saumstog Samsdooch': 'samstag',
  'Sunntig Sunndig Sunda Sunndog Sonndog Sonntog Sunndooch': 'sonntag',
  'Irta Irda Iada Ertag Erchtag Erchtog Diensdog Dienstog Deansdog Dienschdooch': 'dienstag',
  'hüt hüüt hütt heit': 'heute',
  'morn moing moang moagn morng muagn moargn': 'morgen',
  'übermorn iwamoing übamorgn üwamoing iwermorgn uebamoang': 'uebermorgen',
  'geschter gestan': 'gestern',
  'Namittag Nomittag Nammittag Nammidog Nochmittog Namidog': 'nachmittag',
  'Vormittog Vurmittog Voamittog Vormiddog': 'vormittag',
  'Abig Aabig Obnd': 'abend',
  'Wuche Wuchä Woch Wochn Wocha': 'woche',
  'Novämber Novemba Novembr': 'november',
  'Dezämber Dezemba Dezembr Detzember': 'dezember',
  'Septämber Septemba': 'september',
  'Oktoba Oktobr': 'oktober',
  'nächscht nächschti nöchschte nögscht nexte nägste': 'naechste',
  'übernächscht übernächschti': 'uebernaechste',
  'letscht letschti letschte': 'letzte',
  'halbi haubi hoib': 'halb',
  'hoibe hoiba hoiwe holbe': 'halbe',
  'viertl viatl fiertl virtl viertu': 'viertel',
  'dreiviertl dreiviatl drüviertel': 'dreiviertel',
  'oans oas': 'eins',
  'zwöi zwoa zwai zwee zwoi': 'zwei',
  'drü drüü drui': 'drei',
  'füfi foifi föif fimfe fimfi füf': 'fuenf',
  'sächsi säggsi': 'sechs',
  'sibni simme siebni siemme': 'sieben',
  'achti ochte': 'acht',
  'nüni nüüni neine nöini': 'neun',
  'zäni zähni': 'zehn',
  'elfa oife ölfe öufi eufi': 'elf',
  'zwölfi zwöufi zwöife zwoife zwelfi': 'zwoelf',
  'drizäh drüzäh dryzäh': 'dreizehn',
  'vierzäh viazehn': 'vierzehn',
  'füfzäh fuchzehn fuchzehne': 'fuenfzehn',
  'zwänzg zwanzg zwänzgi': 'zwanzig',
  'drissg dryssg dreißg': 'dreissig',
  'füfezwänzg fünfazwanzg füfäzwänzg': 'fuenfundzwanzig',
  'einezwänzg oanazwanzg': 'einundzwanzig',
  drüezwänzgischte: 'dreiundzwanzigste',
  einedriissgischte: 'einunddreissigste',
  'sechsazwanzgstn simmazwanzgstn': 'sechsundzwanzigsten siebenundzwanzigsten',
  'dreißgstn zwoatn achtn oiftn': 'dreissigsten zweiten achten elften',
  'dritti zähte füfte sibte': 'dritte zehnte fuenfte siebte',
  'nöd nüd nid ned net nümm nimma': 'nicht',
  'kei koa': 'kein',
  'gsi gwesn': 'gewesen',
  'chönd chönnt chasch': 'koennen koennte kannst',
  'kannt kunnt': 'koennte',
  'waar waarat': 'waere',
  "waar's": 'waere es',
  'mues muess muass muas': 'muss',
  'gaht goht geit': 'geht',
  'wäge wegn': 'wegen',
  'suscht sunst': 'sonst',
  'öppis öpper': 'etwas jemand',
  'Wiehnacht Wienachte Weihnochtn': 'weihnachten',
  Zischtigabig: 'dienstag abend',
  Samschtignamittag: 'samstag nachmittag',
  Mittwuchmorge: 'mittwoch morgen',
  hütabig: 'heute abend',
};

const wordPairs = Object.entries(REWRITTEN).flatMap(([forms, to]) => {
  const words = forms.split(' ');
  const expected = to.split(' ');
  const single = words.length !== expected.length;
  return words.map((form, i) => [form, single ? to : (expected[i] ?? to)] as const);
});

/** The same short words mean different things in a dialect, in the other one and in standard German. */
const TURNS: readonly (readonly [say: string, to: string])[] = [
  ['am Zischtig am drü', 'am dienstag um drei'],
  ['am Zischtig am zwöi und am Mittwuch', 'am dienstag um zwei und am mittwoch'],
  ['am achte Dezämber', 'am achte dezember'],
  ['füf ab halbi vieri', 'fuenf nach halb vier'],
  ['am Zischtig ab de drü', 'am dienstag ab drei'],
  ['viertel ab zäni', 'viertel nach zehn'],
  ['i vierzäh Täg bruuch i en Termin', 'in vierzehn tage brauche ich einen termin'],
  ['nöd am Zischtig will i da schaffe mues', 'nicht am dienstag weil ich da schaffe muss'],
  ['am Zischtig will ich nöd', 'am dienstag weil ich nicht'],
  ['bi de Sandra am Zischtig', 'bei der sandra am dienstag'],
  ['heit dir am Zyschtig öppis', 'habt dir am dienstag etwas'],
  ['heit am Irta', 'heute am dienstag'],
  ['do hob i am Irta frei', 'da habe ich am dienstag frei'],
  ['moing oda am Do um drei', 'morgen oder am do um drei'],
  ['kurz noch zwöife', 'kurz nach zwoelf'],
  ['hob i am Irta noch Zeit', 'habe ich am dienstag noch zeit'],
  ['am Irta um viertl noch drei', 'am dienstag um viertel nach drei'],
  ['in da Fria', 'in der frueh'],
  ['am Irta ned weng da Schicht', 'am dienstag nicht wegen der schicht'],
  ['heit a weng spada', 'heute ein bisschen spaeter'],
  ["moing auf d'Nocht", 'morgen abends'],
  ['am Irta um a drei', 'am dienstag gegen drei'],
  ['i hätt gern an Termin am Irta', 'ich haett gern einen termin am dienstag'],
  ['na wart moing', 'nein wart morgen'],
  ['am Irta wann i frei hob', 'am dienstag wenn ich frei habe'],
  ['den Samsta drauf', 'den samstag drauf'],
  ['den Samsta drüber', 'den samstag drauf'],
  ['dä Samschtig druf', 'den samstag drauf'],
  ['in vierzehn Dog', 'in vierzehn tagen'],
  ['um halber drei', 'um halb drei'],
];

/** A word that must be a day or an hour and that no table knows is asked, never left out. */
const ASKED = [
  'nächscht Wuche am Fitig',
  'am Zischtig am vierel vor drü',
  'am Samschtig zwüsched nni und elfi',
  'am Zischtig bis am viori',
  'am Zischtig am zwüüri',
  'am Irta um vejl',
];

/** Sentences and words of the standard languages and of names that look like dialect. */
const UNTOUCHED = [
  'I am free on Tuesday, no earlier than three',
  'do I have to be there at noon',
  'hi, an appointment with Ned at 3 please',
  'die Kinder hüten ist zäh',
  'zu zweit am Dienstag um drei',
  'mein Fiat am Dienstag',
  'der Passat braucht Öl',
  'Frau Mandy Elfi Kim am Dienstag',
  'Zähne am Dienstag um drei',
  'die Zehe tut weh',
  'bei der Elfi am Dienstag um drei',
  'ich will am Dienstag um drei',
  'am Do um drei, am Di oder Mi auch',
  'noch zehn Minuten',
  'es geht noch nach vier',
  'heut am Nachmittag in der Früh',
  'next Monday',
  'Easter Monday',
  'the dog needs a cut today',
  'Mail an max@gmx.net bitte',
  'my dad wants a hot shave Tuesday',
  'Mia Heid, San Remo, am Dienstag',
  'D E I M I, so schreibt man das',
  'vierzehn Zähne',
  'Termin bei Mia Ko am Dienstag',
  'die Hornhaut, am Dienstag',
  'der VW Passat und der Fiat',
  'hab am Freitag frei, da geht es',
  'mit Herrn Freytag am Dienstag um drei',
  'öfter am Dienstag um drei',
  'the worst day is east of Monti',
  'Dienstag nach der Mittagspause',
  'bei der Heid um drei',
  'mittiger Scheitel am Dienstag um drei',
  'mein Kind spült, am Dienstag um drei',
  'Yoga mit Om am Dienstag um drei',
  'in der Gegend am Dienstag um drei',
  'Nani und Oana kommen am Dienstag um drei',
  'Nan kommt am Dienstag um drei',
  'Kenny Hoyer am Dienstag um drei',
];

describe('dialect words', () => {
  it('are tested in their hundreds', () => {
    expect(wordPairs.length + TURNS.length).toBeGreaterThanOrEqual(200);
    expect(SWISS.length + BAVARIAN.length).toBeGreaterThanOrEqual(200);
  });
  it.each(wordPairs)('%s is %s', (form, to) => {
    expect(standard(form)).toBe(to);
  });
  it.each(TURNS)('%s', (say, to) => {
    expect(standard(say).replace(/\s+/g, ' ').trim()).toBe(to);
  });
  it.each([...SWISS, ...BAVARIAN, ...ALEMANNIC, ...EAST])('%s reads as %s', (say, same) => {
    expect(reading(say)).toBe(reading(same));
  });
});

describe('a word of time that no table knows', () => {
  it.each(ASKED)('%s is asked', (say) => {
    expect(understand({ when: say }, reference()).kind).toBe('ask');
  });
});

describe('what is no dialect', () => {
  it.each(UNTOUCHED)('%s', (say) => {
    expect(standard(say)).toBe(fold(say));
  });
  it('no word that the grammar knows', () => {
    const changed = [...knownWords.keys()].filter(
      (word) => !/^(?:ned|net)$/.test(word) && standardDialect(word) !== word,
    );
    expect(changed).toEqual([]);
  });
  it('no sentence in standard German or English of the fixtures', () => {
    const dialect = /^(?:heit um drei|am Zischtig um drei|um halber drei)$/;
    const rows = [
      ...(load('spoken-time/plain-seen.json') as PhraseRow[]),
      ...(load('spoken-time/measures-seen.json') as PhraseRow[]),
      ...(load('spoken-time/hard-seen.json') as PhraseRow[]).filter((row) => !/swiss|bavarian/.test(row.class ?? '')),
      ...(load('spoken-time-variants.json') as { phrases: PhraseRow[] }).phrases,
    ];
    expect(rows.map(({ say }) => say).filter((say) => !dialect.test(say) && standard(say) !== fold(say))).toEqual([]);
  });
});

describe('any text', () => {
  it('stays as it is once it is standard', () => {
    for (const [say] of [...SWISS, ...BAVARIAN, ...ALEMANNIC, ...EAST]) {
      const once = standard(say).replace(/\s+/g, ' ').trim();
      expect(standardDialect(once).replace(/\s+/g, ' ').trim()).toBe(once);
    }
  });
  it('takes no long time', () => {
    for (const part of [
      'zischtig ',
      'am ',
      'um a ',
      'drue',
      'ab de ',
      'noch ',
      'zwoa',
      'n',
      'i ',
      'ig',
      'auf d ',
      'so ',
      'irgend ',
      'is ma ',
      'letzt mal ',
      'spielt ',
      'pressiert ',
    ]) {
      const long = part.repeat(Math.ceil(300 / part.length));
      const from = performance.now();
      for (let i = 0; i < 10; i++) standardDialect(`moing zischtig ${long}`);
      expect((performance.now() - from) / 10).toBeLessThan(20);
    }
  });
});
