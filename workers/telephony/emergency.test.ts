/** Emergencies are heard; words that only look like one are not. */
import { describe, expect, it } from 'vitest';
import { emergencySentence, readEmergency } from './emergency.ts';

describe('emergencies', () => {
  it.each([
    ['Das ist ein Notfall', 'general'],
    ['Notruf!', 'general'],
    ['Hilfe, mein Mann ist bewusstlos', 'medical'],
    ['Ich kriege keine Luft', 'medical'],
    ['meine mutter hat einen herzinfarkt', 'medical'],
    ['Schicken Sie einen Krankenwagen', 'medical'],
    ['er atmet nicht mehr', 'medical'],
    ['Es brennt bei uns in der Küche', 'fire'],
    ['Feuer im Haus', 'fire'],
    ['Ich will mich umbringen', 'suicide'],
    ['ich möchte nicht mehr leben', 'suicide'],
    ['ein Einbrecher ist im Haus', 'police'],
    ['this is an emergency', 'general'],
    ["I can't breathe", 'medical'],
    ['please call an ambulance', 'medical'],
    ['my house is on fire', 'fire'],
    ['I want to kill myself', 'suicide'],
  ])('%s', (text, kind) => {
    expect(readEmergency(text)).toEqual({ kind });
    expect(emergencySentence(readEmergency(text)!.kind, 'de')).toContain('112');
    expect(emergencySentence(readEmergency(text)!.kind, 'en')).toContain('112');
  });
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
