/** Emergencies are heard by what happened; the same words in a story, a past, a trade, a joke or a cat's misfortune are none. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  introductions,
  JUDGING,
  lessons,
  plain,
  type Sentence,
  sentences,
  TAUGHT,
  train,
  written,
} from '../../dev/emergencies/train.ts';
import { judge } from './emergencies/reading.ts';
import { type EmergencyKind, emergencySentence, readEmergency } from './emergency.ts';

/** Shares of one set, and the sentences that were read wrongly. */
function count(set: readonly Sentence[]) {
  const wrong = set.filter(({ text, expected }) => (readEmergency(text) !== null) !== (expected === 'emergency'));
  const of = (expected: string) => set.filter((sentence) => sentence.expected === expected).length;
  const missed = wrong.filter(({ expected }) => expected === 'emergency').length;
  return {
    recognised: 1 - missed / Math.max(1, of('emergency')),
    falseAlarms: (wrong.length - missed) / of('harmless'),
    wrong: wrong.map(({ text, class: name }) => `${name}: ${text}`),
  };
}

const KINDS: EmergencyKind[] = ['medical', 'fire', 'gas', 'police', 'suicide', 'general'];

describe('what the agent says', () => {
  it.each(KINDS)('%s names 112 in both languages', (kind) => {
    expect(emergencySentence(kind, 'de')).toContain('112');
    expect(emergencySentence(kind, 'en')).toContain('112');
  });
  it.each(['fire', 'gas'] as const)('%s sends people outside before they phone', (kind) => {
    expect(emergencySentence(kind, 'de')).toMatch(/verlassen Sie sofort das Gebäude.*drau.*112/);
    expect(emergencySentence(kind, 'en')).toMatch(/leave the building.*112.*outside/);
  });
  it('names the helpline after 112', () => {
    expect(emergencySentence('suicide', 'de')).toMatch(/112.*0800 1110111/);
    expect(emergencySentence('suicide', 'en')).toMatch(/112.*0800 1110111/);
  });
});

describe('the half of the sentences that the work may look at', () => {
  it.each(sentences('seen').map(({ text, expected, class: name }) => [expected, name, text] as const))(
    '%s, %s: %s',
    (expected, _, text) => {
      const reading = readEmergency(text);
      const why = [...judge(text)].map((sign) => `${sign.class} (${sign.cancel ?? 'counts'})`).join(', ');
      expect(reading === null ? 'harmless' : 'emergency', why).toBe(expected);
    },
  );
});

describe('sentences that were taught', () => {
  it.each(TAUGHT)('%s: 97 in 100 recognised, 3 in 100 false at most', (name) => {
    const { recognised, falseAlarms, wrong } = count(sentences(name));
    expect(recognised, wrong.join('\n')).toBeGreaterThanOrEqual(0.97);
    expect(falseAlarms, wrong.join('\n')).toBeLessThanOrEqual(0.03);
  });
});

describe('sentences that were not taught', () => {
  it('exam: at least 95 % recognised, at most 5 % false', () => {
    const { recognised, falseAlarms } = count(sentences('exam'));
    expect(recognised).toBeGreaterThanOrEqual(0.95);
    expect(falseAlarms).toBeLessThanOrEqual(0.05);
  });
  it.each(JUDGING)('%s: none of them is among the lessons', (name) => {
    const taught = new Set(lessons().map(({ text }) => plain(text)));
    // no names in the message: nobody reads these sentences
    expect(sentences(name).filter(({ text }) => taught.has(plain(text))).length).toBe(0);
  });
  it('people who say who they are: one in two hundred false at most, with names that were not taught', () => {
    const wrong = introductions('judging', 4_000).filter((text) => readEmergency(text) !== null);
    expect(wrong.length, [...new Set(wrong)].join('\n')).toBeLessThanOrEqual(20);
  });
  it('the weights are the ones that the lessons give', () => {
    const file = readFileSync(path.join(import.meta.dirname, 'emergencies/weights.ts'), 'utf8');
    expect(written(train(lessons())) === file, 'run `node dev/emergencies/train.ts`').toBe(true);
  });
});

// counted only: nobody who works on the tables reads these sentences, not even in a failure message
describe.skipIf(process.env['SKIP_UNSEEN'])('the half nobody has looked at', () => {
  it('at least 95 % recognised, at most 5 % false', () => {
    const { recognised, falseAlarms } = count(sentences('unseen'));
    expect({ recognised: recognised >= 0.95, falseAlarms: falseAlarms <= 0.05 }).toEqual({
      recognised: true,
      falseAlarms: true,
    });
  });
});

describe('the kind decides what is said', () => {
  it.each([
    ['Das ist ein Notfall', 'general'],
    ['Notruf!', 'general'],
    ['Hilfe, mein Mann ist bewusstlos', 'medical'],
    ['Ich kriege keine Luft', 'medical'],
    ['meine mutter hat einen herzinfarkt', 'medical'],
    ['sofort, mein Mann hat einen Herzinfarkt', 'medical'],
    ['Schicken Sie einen Krankenwagen', 'general'],
    ['er atmet nicht mehr', 'medical'],
    ['Es brennt bei uns in der Küche', 'fire'],
    ['Feuer im Haus', 'fire'],
    ['Hier stinkt es nach Gas', 'gas'],
    ['Ich will mich umbringen', 'suicide'],
    ['ich möchte nicht mehr leben', 'suicide'],
    ['ein Einbrecher ist im Haus', 'police'],
    ['this is an emergency', 'general'],
    ["I can't breathe", 'medical'],
    ['please call an ambulance', 'general'],
    ['my house is on fire', 'fire'],
    ['there is a strong smell of gas in here', 'gas'],
    ['I want to kill myself', 'suicide'],
  ])('%s → %s', (text, kind) => expect(readEmergency(text)?.kind).toBe(kind));
});

describe('pairs: the left one counts, the right one does not', () => {
  it.each([
    // negation
    ['Meine Kollegin ist gerade umgekippt', 'Meine Kollegin ist nicht umgekippt'],
    ['Bei uns brennt die Küche', 'Bei uns brennt nichts'],
    ['Er blutet ganz stark am Arm', 'Er blutet nicht mehr am Arm'],
    ['Ich habe Schmerzen in der Brust', 'Ich habe keine Schmerzen in der Brust'],
    ['It smells of gas in here', "It doesn't smell of gas in here"],
    ['Es ist so, dass es nach Gas riecht', 'Es ist nicht so, dass es nach Gas riecht'],
    // who it happened to
    ['Mein Sohn atmet nicht mehr', 'Mein Hamster atmet nicht mehr'],
    ['Unsere Oma liegt da und bewegt sich nicht', 'Unsere Katze liegt da und bewegt sich nicht'],
    ["My son's having a seizure", "My dog's having a seizure"],
    ['Der Opa reagiert nicht', 'Die Webseite reagiert nicht'],
    ['Der Hund ist da und meine Tochter blutet ganz stark', 'Meine Tochter ist da und der Hund blutet ganz stark'],
    // when
    ['Mein Vater hat gerade einen Schlaganfall', 'Mein Vater hatte letztes Jahr einen Schlaganfall'],
    ['Bei uns wird gerade eingebrochen', 'Bei uns wurde vor zwei Jahren eingebrochen'],
    ['Ich ersticke, helfen Sie mir', 'Als Kind bin ich mal fast erstickt'],
    ['My wife has just collapsed', 'My wife collapsed three years ago'],
    ['Er ist vom Dach gefallen und bewegt sich nicht', 'Er ist im Winter vom Dach gefallen'],
    // how it ended
    ['Mein Mann ist umgekippt', 'Mein Mann ist umgekippt, aber es geht ihm wieder gut'],
    ['My mum has fainted', "My mum fainted but she's absolutely fine now"],
    // trade, course, screen
    ['Hier brennt ein Auto', 'Bei der Feuerwehrübung brennt ein Auto'],
    ['Mein Mann hat einen Herzinfarkt', 'Im Film hat mein Mann einen Herzinfarkt'],
    ['Die Kleine hat Putzmittel getrunken', 'Ich arbeite bei der Giftzentrale, da haben alle Putzmittel getrunken'],
    // what could be
    ['Mir läuft das Blut nur so runter', 'Was mache ich, wenn mir das Blut nur so runterläuft?'],
    ['Er kriegt keine Luft', 'Falls er keine Luft kriegt, rufe ich dann Sie an?'],
    // things, names, sayings
    ['Die Kundin ist umgefallen', 'Das Regal ist umgefallen'],
    ['Feuer im Haus', 'Guten Tag, Feuer mein Name, ich rufe wegen dem Haus an'],
    ['Ich sterbe', 'Ich sterbe vor Hunger'],
    ['Mein Kind ist blau im Gesicht', 'Ich möchte die Haare blau gefärbt'],
    ['Mir bleibt plötzlich die Luft weg, hilfe', 'Bei den Preisen bleibt mir die Luft weg'],
  ])('%s | %s', (emergency, harmless) => {
    expect(readEmergency(emergency)).not.toBeNull();
    expect(readEmergency(harmless)).toBeNull();
  });
});

describe('harmless words around it do not hide an emergency', () => {
  it.each([
    'Ich wollte eigentlich einen Termin, aber meine Kollegin ist gerade zusammengebrochen',
    'Ich bin Krankenschwester und mein Mann atmet nicht mehr',
    'Der Hund bellt die ganze Zeit und mein Vater reagiert nicht',
    'Sorry, I was calling about the booking, but my dad has just collapsed',
  ])('%s', (text) => expect(readEmergency(text)).not.toBeNull());
});

describe('words that only look like one', () => {
  it.each([
    'Ich brauche einen Notfalltermin',
    'Notfall-Termin bitte',
    'ein Haarnotfall',
    'Friseur an der Feuerwehrstraße',
    'Ich bin bei der Feuerwehr',
    'nach Feierabend',
    'notfalls auch Samstag',
    'Das ist kein Notfall',
    'feuerrote Strähnen',
    'Ich bin Polizist und möchte einen Termin',
    'emergency appointment please',
    'Krankengymnastik nach meinem Schlaganfall',
    'ich hatte vor drei Jahren einen Herzinfarkt gehabt, jetzt Physiotherapie',
    'morgen um halb drei',
    'Haarschnitt',
    '',
  ])('%s is none', (text) => expect(readEmergency(text)).toBeNull());
});

describe('any text', () => {
  const read = (text: string) => readEmergency(text) !== null;
  const all = ['seen', 'pairs', 'practice-1', 'practice-2'].flatMap(sentences);

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        readEmergency(text);
      }),
    );
  });
  it('never throws on its own words in any order', () => {
    const words = fc.constantFrom(...new Set(all.flatMap(({ text }) => text.split(' '))));
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (picked) => {
        readEmergency(picked.join(' '));
      }),
    );
  });
  it('is read alike in capitals and with "ue" for "ü"', () => {
    const umlauts: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
    for (const { text } of all) {
      const asIs = read(text);
      expect(read(text.toUpperCase()), text).toBe(asIs);
      expect(read(text.toLowerCase().replace(/[äöüß]/g, (letter) => umlauts[letter] ?? letter)), text).toBe(asIs);
    }
  });
  it('is nearly always read alike without punctuation', () => {
    const differ = all.filter(({ text }) => read(text.replace(/[.,!?;:–—…]/g, '')) !== read(text));
    expect(differ.length / all.length, differ.map(({ text }) => text).join('\n')).toBeLessThan(0.04);
  });
  it.each([
    'a',
    'nicht ',
    'er atmet ',
    'mein Mann ',
    'Blut, ',
    'brennt nicht wenn ',
    'umgefallen vor ',
    'x,.',
    'bei der Feuerwehr ',
    'ge',
    'he is not ',
    'in the ',
    'kein mehr und ',
    '((((',
    '\u0301',
  ])('a hostile text of %j comes back', (fragment) => {
    expect(() => readEmergency(fragment.repeat(2000))).not.toThrow();
  });
});
