/** Families of sentences: what callers say around a day and an hour, and what is left when it is decided what counts. */
import { describe, expect, it } from 'vitest';
import type { Understood } from '../reading.ts';
import { reference } from '../reference-branch.fixture.ts';
import { understand } from '../understand.ts';

/** Days and hours of a reading in one line; questions and requests without a day by their kind. */
function short({ kind, date, dates, from_date, to_date, time, from, to }: Understood): string {
  const day = date ?? dates?.join(', ') ?? (from_date || to_date ? `${from_date ?? ''}..${to_date ?? ''}` : '');
  const hour = time ?? (from || to ? `${from ?? ''}-${to ?? ''}` : '');
  return kind === 'ask' || (day === '' && hour === '') ? kind : `${day} ${hour}`.trim();
}
const ENGLISH = /\b(?:the|you|at|is|on|it)\b/;
const readAs = (say: string): string =>
  short(understand({ when: say }, reference({ language: ENGLISH.test(say) ? 'en' : 'de' })));

describe('who asks about the place asks for no appointment', () => {
  it.each<[say: string, read: string]>([
    ['haben Sie am Samstag auf', 'ask'],
    ['machen Sie am Samstag um zehn auf', 'ask'],
    ['wie lange haben Sie denn donnerstags auf', 'ask'],
    ['ist am Samstag jemand da', 'ask'],
    ['ich soll nur fragen, ob der Dienstag noch steht', 'ask'],
    ['gilt mein Termin am Dienstag um drei noch', 'ask'],
    ['are you open on Saturday', 'ask'],
    ['is my appointment on Tuesday at three still on', 'ask'],
    ['ist der Termin am Dienstag um drei jetzt fest eingetragen', 'ask'],
    ['um wie viel Uhr ist mein Termin am Dienstag', 'ask'],
    ['what time is my appointment on Tuesday', 'ask'],
    ['do you open at nine on Saturday', 'ask'],
    ["just wondering whether you're open on Saturday", 'ask'],
    ['haben Sie am Samstag auf? Dann würde ich um zehn kommen', '2026-11-21 10:00'],
    ['haben Sie am Samstag noch was offen', '2026-11-21'],
    ['ist der Dienstag um drei noch frei', '2026-11-24 15:00'],
    ['is Saturday at ten still free', '2026-11-21 10:00'],
  ])('%s', (say, read) => expect(readAs(say)).toBe(read));
});

describe('who has not decided, or wants nothing any more, is asked', () => {
  it.each<[say: string, read: string]>([
    ['Dienstag um drei oder doch lieber Mittwoch um vier, ich kann mich nicht entscheiden', 'ask'],
    ['Dienstag um drei oder Mittwoch um drei, was raten Sie mir', 'ask'],
    ["Tuesday at three or Wednesday at ten, I can't make up my mind", 'ask'],
    ['am Dienstag, oder ich lass es ganz bleiben', 'ask'],
    ["could I come on Tuesday, or I'll leave it", 'ask'],
    ['Dienstag um drei vielleicht, das überleg ich mir am Wochenende noch', 'ask'],
    ['Dienstag passt, nur mal so gefragt', 'ask'],
    ['den Termin am Dienstag streichen Sie bitte, ich brauche keinen neuen', 'ask'],
    ['nicht am Dienstag und am Mittwoch nur sehr ungern', 'ask'],
    ['Dienstag um drei, wobei, ich bin mir noch nicht sicher', 'ask'],
    ["Tuesday might work but I'll have to get back to you", 'ask'],
    ['ich verspäte mich am Dienstag', 'ask'],
    ['am Dienstag um drei war bei Ihnen niemand da', 'ask'],
    ['neither Tuesday nor Wednesday works on my side', 'ask'],
    ["Tuesday is no good and Wednesday's out", 'ask'],
    ['scrap the Tuesday at three', 'ask'],
    ['Dienstag oder Mittwoch um elf, ich weiß es einfach nicht mehr', 'ask'],
    ['Mittwoch um drei, das erfahre ich aber erst am Montag', 'ask'],
    ["Wednesday at two, no wait, forget I said that, I'll need to look at my diary first", 'ask'],
    ['mir hat es Mittwoch um vier den Rücken zerlegt, wann könnten Sie denn', 'ask'],
    ['der Mittwoch um drei, den muss ich leider absagen', 'ask'],
    ['suchen Sie mir was aus, ich hab immer Zeit', 'any'],
    ['Dienstag um drei oder Mittwoch, ich nehme den Mittwoch um vier', '2026-11-25 16:00'],
  ])('%s', (say, read) => expect(readAs(say)).toBe(read));
});

describe('what is said again is what counts', () => {
  it.each<[say: string, read: string]>([
    ['morgen um zehn ach das schaff ich nicht um zwölf dann', '2026-11-21 12:00'],
    ['Dienstag um zwei ist frei, nein, um drei sagte er', '2026-11-24 15:00'],
    ['nicht um zwei, um drei hab ich gesagt, am Mittwoch', '2026-11-25 15:00'],
    ['the eighth of December at ten oh wait I said eighth I meant the ninth at ten', '2026-12-09 10:00'],
    ['Mittwoch halb elf und nicht wie eben gesagt halb zwölf', '2026-11-25 10:30'],
    ['am Samstag um zehn bitte und nicht mehr am Dienstag', '2026-11-21 10:00'],
    ['ich hab gesagt vormittags, stimmt aber nicht nachmittags am Dienstag ginge es', '2026-11-24 12:00-18:00'],
    ['nächste Woche Mittwoch um drei ich mein übernächste Woche', '2026-12-02 15:00'],
    ['nächste Woche Mittwoch um drei ich mein übernächste, nächste Woche bin ich gar nicht da', 'ask'],
    ['am Donnerstag gegen elf, sagen wir Punkt elf', '2026-11-26 11:00'],
    ['Dienstag um vier, mein Mann sagt Mittwoch, um vier am Mittwoch dann', '2026-11-25 16:00'],
    ['Saturday at nine, did I say nine, twelve on Saturday', '2026-11-21 12:00'],
    ['heute um drei, ach, heute ist ja schon Freitag, dann Dienstag um drei', '2026-11-24 15:00'],
    ['der vierte Dezember ist ein Freitag oder ich brauch den Samstag also den fünften um elf', '2026-12-05 11:00'],
    ['Karfreitag fällt flach, der Ostermontag auch, deshalb der 30. März um elf', '2027-03-30 11:00'],
    ['Dienstag um zehn, ach was red ich, nur schneiden, der Rest stimmt', '2026-11-24 10:00'],
    ['ich hab Mittwoch gesagt und das war falsch richtig ist Donnerstag um zehn', '2026-11-26 10:00'],
    ['nächste Woche, da hab ich Urlaub, der Donnerstag um neun', '2026-11-26 09:00'],
    ['übernächste Woche, da hab ich Urlaub, der Donnerstag um neun', '2026-12-03 09:00'],
    ['von morgen an gerechnet in einer Woche um elf', '2026-11-28 11:00'],
    ['am 18. Dezember hab ich Feier der 17. geht aber ab drei', '2026-12-17 15:00-'],
    ['weil am Montag zu ist und ich Dienstag auf Reisen bin geht erst der Mittwoch um zehn', '2026-11-25 10:00'],
    ['der Maler kommt am 4. Dezember und Sonntag bleibt für mich der 5. um elf', '2026-12-05 11:00'],
    ['morgen um elf ach ne da sind wir weg Dienstag um elf', '2026-11-24 11:00'],
    ['den zweiten ersten um zehn das war verdreht den zweiten zwölften um zehn', '2026-12-02 10:00'],
    ["the fifteenth of December, or hang about, isn't that the concert, the sixteenth at ten", '2026-12-16 10:00'],
    ['after four on Tuesday, well, after three really', '2026-11-24 15:00-'],
    ['Dienstag um drei, die Uhrzeit passt mir aber nicht, ginge vormittags', '2026-11-24 08:00-12:00'],
    ['Mittwoch um drei, wobei halb vier wär noch besser', '2026-11-25 15:30'],
    ['um zehn am Dienstag, also eigentlich elf', '2026-11-24 11:00'],
    ['ihr hattet mir den 4. oder den 5. Dezember angeboten ich nehme den 5. um zwölf', '2026-12-05 12:00'],
    ['you said Tuesday at three or Wednesday at four, Wednesday at four then', '2026-11-25 16:00'],
  ])('%s', (say, read) => expect(readAs(say)).toBe(read));
});

describe('an appointment that moves', () => {
  it.each<[say: string, read: string]>([
    ['von Mittwoch 14 Uhr 30 auf Dienstag, den 1. Dezember, die Uhrzeit lassen wir', '2026-12-01 14:30'],
    ['von Mittwoch um drei auf Donnerstag, die Zeit kann so bleiben', '2026-11-26 15:00'],
    ['von Mittwoch um drei auf Donnerstag, die Uhrzeit lassen wir offen', 'ask'],
    ['instead of Thursday at one make it three, the day stays as it is', '2026-11-26 15:00'],
    ['den Kontrolltermin am 2. Dezember um neun brauch ich eine Woche später', '2026-12-09 09:00'],
    ['am 2. Dezember um neun, eine Woche später', 'ask'],
    ['morgen um elf hatte ich, aber können Sie mich zwei Stunden früher nehmen', '2026-11-21 09:00'],
    ['eine Woche später bitte, ich steh für den 2. Dezember um 15 Uhr drin', '2026-12-09 15:00'],
    ['zehn Minuten später bitte, ich steh für morgen zehn Uhr im Buch', '2026-11-21 10:10'],
    ['eine Woche später bitte', 'ask'],
    ['mein Termin am Dienstag um zehn, geht der auch eine Stunde später', '2026-11-24 11:00'],
    ['kann ich am selben Tag zwei Stunden später kommen, ich bin Dienstag um zehn dran', '2026-11-24 12:00'],
    ["could you swap my Tuesday for Thursday, keep the three o'clock", '2026-11-26 15:00'],
    ['könnte man aus dem Mittwoch um neun vielleicht Mittwoch um drei machen', '2026-11-25 15:00'],
    ['nehmen Sie mich am Donnerstag raus und am Samstag wieder rein um zehn', '2026-11-21 10:00'],
    ['ist am Samstag um neun noch was, dann würde ich den Dienstag um fünf dafür freigeben', '2026-11-21 09:00'],
    ['am Dienstag um zehn kann ich nicht verlegen Sie mich bitte nur nicht auf den Mittwoch', 'ask'],
    ['das Gespräch das wir für den 15. Dezember hatten bitte auf Anfang Januar', '2027-01-01..2027-01-10'],
    ['heute die zwei Uhr schaff ich nicht machen Sie halb vier draus', '2026-11-20 15:30'],
    ['von der elf auf die zwölf setzen am Donnerstag bitte', '2026-11-26 12:00'],
    ['vom sechzehnten Dezember in den Januar, am liebsten wär mir der zwölfte um drei', '2027-01-12 15:00'],
    ["we're down for the third of December at ten, could you bring it forward by one day", '2026-12-02 10:00'],
  ])('%s', (say, read) => expect(readAs(say)).toBe(read));
});

describe('a step from a day that does not suit', () => {
  it.each<[say: string, read: string]>([
    ['am 30. November ist Montag da haben Sie Ruhetag einen Tag später wäre ich um elf da', '2026-12-01 11:00'],
    ['am Mittwoch hat meine Tochter Prüfung den Tag drauf könnte ich um elf', '2026-11-26 11:00'],
    ['on the first of December I am away, the day after would be perfect at four', '2026-12-02 16:00'],
    ['drei Tage vor Silvester geht nicht, zwei Tage vorher dann um zehn', '2026-12-29 10:00'],
    ['drei Tage nach Heiligabend, ach das ist Sonntag, dann zwei Tage später um zehn', '2026-12-29 10:00'],
    ['drei Tage vor Silvester geht nicht, das ist ein Montag, zwei Tage vorher dann um zehn', '2026-12-29 10:00'],
    ['drei Tage vor Silvester geht nicht, fünf Tage vorher um zehn', 'ask'],
    ['drei Tage vor Silvester geht nicht, am Tag danach um zehn', '2026-12-29 10:00'],
    ['am 9. Dezember kann ich nicht und dienstags auch nicht, dann den Samstag davor um zehn', '2026-12-05 10:00'],
  ])('%s', (say, read) => expect(readAs(say)).toBe(read));
});
