/**
 * Days and hours counted from another one, and what is counted inside a month: short sentences with their readings, and a property over
 * many anchors and steps against plain arithmetic of dates. The moment is the one of the facts, Friday 2026-11-20 10:00 in Berlin.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../clock.ts';
import { holidayOn } from '../holidays.ts';
import { addDays, dateOf, fromIso, weekdayOf } from '../time.ts';
import type { Language, SpokenContext, Understood } from './reading.ts';
import { reference } from './reference-branch.fixture.ts';
import { understand } from './understand.ts';

/** Days and hours of a reading in one line; questions by their kind alone. */
function short(read: Understood): string {
  if (read.kind === 'ask' || read.kind === 'invalid' || read.kind === 'none') return read.kind;
  const stretch =
    read.from_date === undefined && read.to_date === undefined ? '' : `${read.from_date ?? ''}..${read.to_date ?? ''}`;
  const window = read.from === undefined && read.to === undefined ? '' : `${read.from ?? ''}-${read.to ?? ''}`;
  return [read.date ?? read.dates?.join(', ') ?? stretch, read.time ?? window].filter((part) => part !== '').join(' ');
}
const readAs = (say: string, language: Language, change: Partial<SpokenContext> = {}): string =>
  short(understand({ when: say }, reference({ language, ...change })));

const GERMAN: readonly (readonly [say: string, read: string])[] = [
  ['am 3. Dezember nicht, einen Tag später um neun', '2026-12-04 09:00'],
  ['am 3. Dezember, zwei Tage später um elf', '2026-12-05 11:00'],
  ['am 10. Dezember, drei Tage davor', '2026-12-07'],
  ['am 10. Dezember, eine Woche vorher um zehn', '2026-12-03 10:00'],
  ['am 10. Dezember, eine Woche drauf', '2026-12-17'],
  ['am 10. Dezember, zwei Wochen darauf um halb drei', '2026-12-24 14:30'],
  ['am 10. Dezember, acht Wochen später', '2027-02-04'],
  ['am 10. Dezember, vierzehn Tage danach', '2026-12-24'],
  ['am 10. Dezember, einen Monat später um elf', '2027-01-10 11:00'],
  ['am 10. Dezember, ein halbes Jahr später', '2027-06-10'],
  ['am 9. Dezember, anderthalb Wochen später', 'ask'],
  ['am 9. Dezember, ein paar Tage später', 'ask'],
  ['am 9. Dezember, acht Tage später', 'ask'],
  ['am 9. Dezember, ein oder zwei Tage später', 'ask'],
  ['am 9. Dezember oder einen Tag später', '2026-12-09, 2026-12-10'],
  ['am 9. Dezember oder am Tag davor um elf', '2026-12-08, 2026-12-09 11:00'],
  ['am 9. Dezember, einen Tag später oder zwei Tage später', '2026-12-10, 2026-12-11'],
  ['einen Tag später', 'ask'],
  ['zwei Wochen später um neun', 'ask'],
  ['eine Stunde später', 'ask'],
  ['am Tag davor', 'ask'],
  ['die Woche drauf', 'ask'],
  ['am Donnerstag drauf', 'ask'],
  ['Donnerstag nicht, am Tag davor um halb elf', '2026-11-25 10:30'],
  ['Donnerstag nicht, am Tag zuvor um halb elf', '2026-11-25 10:30'],
  ['am Donnerstag ist es schlecht, den Tag vorher um vier', '2026-11-25 16:00'],
  ['am Donnerstag geht es nicht, tags drauf um zehn', '2026-11-27 10:00'],
  ['am Donnerstag nicht, am Folgetag um zehn', '2026-11-27 10:00'],
  ['am Donnerstag nicht, am Vortag um zehn', '2026-11-25 10:00'],
  ['am Donnerstag nicht, am nächsten Tag um zehn', '2026-11-27 10:00'],
  ['am Donnerstag nicht, am übernächsten Tag um zehn', '2026-11-28 10:00'],
  ['am Donnerstag nicht, am darauffolgenden Tag um zehn', '2026-11-27 10:00'],
  ['am Donnerstag nicht, am darauffolgenden Mittwoch um zehn', '2026-12-02 10:00'],
  ['am Donnerstag nicht, am folgenden Samstag um zehn', '2026-11-28 10:00'],
  ['am Donnerstag nicht, den Samstag drauf um zehn', '2026-11-28 10:00'],
  ['am 5. Dezember nicht, am Samstag danach um zehn', '2026-12-12 10:00'],
  ['am 5. Dezember nicht, der Samstag davor wäre gut, um zehn', '2026-11-28 10:00'],
  ['am 5. Dezember nicht, am Donnerstag davor', '2026-12-03'],
  ['kommenden Donnerstag nicht, am Donnerstag drauf um neun', '2026-12-03 09:00'],
  ['nächste Woche Donnerstag nicht, am Tag davor um elf', '2026-11-25 11:00'],
  ['am Samstag, den 5. Dezember nicht, am Tag davor um elf', '2026-12-04 11:00'],
  ['nächste Woche nicht, die Woche drauf am Mittwoch um drei', '2026-12-02 15:00'],
  ['nächste Woche nicht, in der darauffolgenden Woche', '2026-11-30..2026-12-06'],
  ['nächste Woche nicht, eine Woche später', '2026-11-30..2026-12-06'],
  ['nächste Woche nicht, am Dienstag drauf um drei', '2026-12-01 15:00'],
  ['diese Woche nicht, in der folgenden Woche am Freitag', '2026-11-27'],
  ['am Wochenende nicht, am Dienstag danach um drei', '2026-11-24 15:00'],
  ['am Wochenende nicht, am Wochenende danach', '2026-11-28..2026-11-29'],
  ['vom 1. bis 12. Dezember nicht, am Dienstag drauf', '2026-12-15'],
  ['am 15. Dezember hat er um zwölf, am gleichen Tag um eins', '2026-12-15 13:00'],
  ['am 15. Dezember um zwölf ist er da, am selben Tag um eins', '2026-12-15 13:00'],
  ['am 15. Dezember ist sie da, am gleichen Tag', '2026-12-15'],
  ['am 15. Dezember ist sie da, an dem Tag um elf', '2026-12-15 11:00'],
  ['am 15. Dezember ist sie da, in derselben Woche am Freitag', '2026-12-18'],
  ['am Dienstag ist sie da, am selben Dienstag um elf', '2026-11-24 11:00'],
  ['am Mittwoch ist sie da, am selben Dienstag um elf', 'ask'],
  ['am selben Tag um elf', 'ask'],
  ['am selben Tag wie meine Schwester', 'ask'],
  ['Dienstag um drei, am Tag danach', 'ask'],
  ['Dienstag um drei, nein, am Tag danach', '2026-11-25 15:00'],
  ['Dienstag um drei, um elf am Tag danach', '2026-11-25 11:00'],
  ['um drei am Dienstag, am Tag danach um elf', '2026-11-25 11:00'],
  ['Donnerstag um eins, um genau eine Woche nach hinten, gleiche Zeit', '2026-12-03 13:00'],
  ['Donnerstag um eins, bitte eine Woche nach hinten', '2026-12-03 13:00'],
  ['Donnerstag um eins, bitte zwei Tage nach vorne', '2026-11-24 13:00'],
  ['den Termin am Donnerstag um eins um eine Woche verschieben', '2026-12-03 13:00'],
  ['den Termin am Donnerstag um eins zwei Tage vorziehen', '2026-11-24 13:00'],
  ['Donnerstag um eins, eine Woche später zur selben Zeit', '2026-12-03 13:00'],
  ['Donnerstag nachmittags um drei, eine Woche später, Uhrzeit bleibt', '2026-12-03 15:00'],
  ['Donnerstag zwischen zwei und vier, eine Woche später zur gleichen Zeit', '2026-12-03 14:00-16:00'],
  ['am 9. Dezember um zehn oder am 10. gleiche Uhrzeit', '2026-12-09, 2026-12-10 10:00'],
  ['gleiche Uhrzeit', 'ask'],
  ['Mittwoch um neun, eine Stunde später', '2026-11-25 10:00'],
  ['Mittwoch um neun, anderthalb Stunden später', '2026-11-25 10:30'],
  ['Mittwoch um zehn, eine halbe Stunde früher', '2026-11-25 09:30'],
  ['Mittwoch um zehn, eine Viertelstunde vorher', '2026-11-25 09:45'],
  ['Mittwoch um zehn, 90 Minuten danach', '2026-11-25 11:30'],
  ['Mittwoch um zehn, eine Stunde eher', '2026-11-25 09:00'],
  ['Mittwoch um zehn, eine Stunde nach hinten', '2026-11-25 11:00'],
  ['Mittwoch um zehn bitte eine Stunde vorziehen', '2026-11-25 09:00'],
  ['Mittwoch um drei, zwei Stunden später', '2026-11-25 17:00'],
  ['Mittwoch um zehn, neun Stunden später', '2026-11-25 19:00'],
  ['Mittwoch um zehn, zwölf Stunden früher', 'ask'],
  ['Mittwoch zwischen zehn und zwölf, eine Stunde später', 'ask'],
  ['Mittwoch um zehn, eine Stunde später geht auch', 'ask'],
  ['Mittwoch um zehn oder eine Stunde später', 'ask'],
  ['am Mittwoch eine Stunde vor zwölf', '2026-11-25 11:00'],
  ['am Mittwoch eine Stunde nach Mittag', 'ask'],
  ['am Mittwoch eine halbe Stunde nach zehn', '2026-11-25 10:30'],
  ['am Mittwoch zwei Stunden nach zehn', '2026-11-25 12:00'],
  ['am Dienstag um zehn, am Tag danach eine Stunde später', '2026-11-25 11:00'],
  ['genau eine Woche nach dem 9. Dezember', '2026-12-16'],
  ['zehn Tage nach dem fünfundzwanzigsten November um neun Uhr dreißig', '2026-12-05 09:30'],
  ['zwei Wochen vor dem 24. Dezember um elf', '2026-12-10 11:00'],
  ['drei Tage vor dem zehnten Dezember', '2026-12-07'],
  ['vier Wochen nach dem 9. November', '2026-12-07'],
  ['eine Woche nach dem 18. November', '2026-11-25'],
  ['eine Woche vor dem 22. November', 'invalid'],
  ['einen Tag vor Heiligabend um elf', '2026-12-23 11:00'],
  ['am Tag vor Silvester um zehn', '2026-12-30 10:00'],
  ['der Tag nach Nikolaus', '2026-12-07'],
  ['am Tag nach Weihnachten', '2026-12-27'],
  ['zwei Tage nach Neujahr', '2027-01-03'],
  ['zwei Tage vor Weihnachten', 'ask'],
  ['eine Woche nach Ostern', 'ask'],
  ['eine Woche nach Ostermontag', '2027-04-05'],
  ['am Tag nach Pfingstmontag um elf', '2027-05-18 11:00'],
  ['am Vortag von Silvester um zehn', '2026-12-30 10:00'],
  ['die Woche nach Ostern', '2027-03-29..2027-04-04'],
  ['die Woche vor Ostern', 'ask'],
  ['die Woche nach Weihnachten am Dienstag um drei', '2026-12-29 15:00'],
  ['am Wochenende nach Nikolaus', '2026-12-12..2026-12-13'],
  ['am Wochenende vor Weihnachten', '2026-12-19..2026-12-20'],
  ['am Wochenende vom dritten Advent', '2026-12-12..2026-12-13'],
  ['am zweiten Adventswochenende', '2026-12-05..2026-12-06'],
  ['am dritten Adventssamstag um zehn', '2026-12-12 10:00'],
  ['der Dienstag nach dem ersten Advent um zwei', '2026-12-01 14:00'],
  ['der Samstag vor dem dritten Advent um zehn', '2026-12-12 10:00'],
  ['der zweite Samstag nach Ostern', '2027-04-10'],
  ['der letzte Samstag vor Weihnachten', '2026-12-19'],
  ['die Woche nach der nächsten', '2026-11-30..2026-12-06'],
  ['bis einen Tag vor Heiligabend', '..2026-12-23'],
  ['ab zwei Wochen nach Ostermontag', '2027-04-12..'],
  ['am Tag vor oder nach Silvester', 'ask'],
  ['einen Tag nach dem Urlaub', 'ask'],
  ['zwei Tage nach der Hochzeit', 'ask'],
  ['am 3. Dezember, zwei Tage nach dem Termin um neun', '2026-12-05 09:00'],
  ['etwa eine Woche nach dem 9. Dezember', 'ask'],
  ['einen Tag nach dem 31. Februar', 'invalid'],
  ['am Freitag nach Himmelfahrt', '2027-05-07'],
  ['am Brückentag nach Himmelfahrt um zehn', '2027-05-07 10:00'],
  ['am Brückentag nach Fronleichnam', '2027-05-28'],
  ['am Brückentag an Fronleichnam', '2027-05-28'],
  ['am Fenstertag nach Christi Himmelfahrt', '2027-05-07'],
  ['am Brückentag', 'ask'],
  ['am Brückentag vor dem 1. Mai', 'ask'],
  ['Himmelfahrt haben Sie zu, am Brückentag um zehn', '2027-05-07 10:00'],
  ['am ersten Werktag im Dezember um neun', '2026-12-01 09:00'],
  ['am zwoten Werktag im April um elf', '2027-04-02 11:00'],
  ['am zweiten Arbeitstag im neuen Jahr', '2027-01-05'],
  ['der erste Werktag des neuen Jahres', '2027-01-04'],
  ['am letzten Werktag im November', '2026-11-30'],
  ['am vorletzten Werktag des Jahres', '2026-12-30'],
  ['am 3. Werktag im Januar', '2027-01-06'],
  ['am ersten Werktag nächsten Monat', '2026-12-01'],
  ['am ersten Werktag', 'ask'],
  ['am ersten oder zweiten Werktag im Januar', '2027-01-04, 2027-01-05'],
  ['im Januar am zweiten Werktag', '2027-01-05'],
  ['am nächsten Werktag', '2026-11-23'],
  ['der erste Werktag nach Neujahr', '2027-01-04'],
  ['zwei Werktage nach Weihnachten', '2026-12-29'],
  ['drei Arbeitstage vor dem 10. Dezember', '2026-12-07'],
  ['am 23. Dezember, zwei Werktage später', '2026-12-28'],
  ['jeden Werktag außer Montag', 'ask'],
  ['am zehnten Werktag nach dem 1. Dezember', '2026-12-15'],
  ['am letzten Tag des Jahres', '2026-12-31'],
  ['am vorletzten Tag des Jahres um zehn', '2026-12-30 10:00'],
  ['am letzten Tag des Monats', '2026-11-30'],
  ['am letzten Tag im Januar', '2027-01-31'],
  ['am ersten Tag im Februar', '2027-02-01'],
  ['am letzten Tag im Februar 2028', '2028-02-29'],
  ['in der zweiten Dezemberwoche', '2026-12-07..2026-12-13'],
  ['in der ersten Dezemberwoche', '2026-11-30..2026-12-06'],
  ['am Montag in der ersten Dezemberwoche', 'ask'],
  ['in der letzten Januarwoche am Mittwoch um halb drei', '2027-01-27 14:30'],
  ['erste Woche im Februar', '2027-02-01..2027-02-07'],
  ['in der vierten Woche im Januar am Dienstag', '2027-01-26'],
  ['in der letzten Woche des Jahres', '2026-12-28..2027-01-03'],
  ['in der letzten Novemberwoche', '2026-11-23..2026-11-29'],
  ['in der fünften Januarwoche', 'invalid'],
  ['in der sechsten Januarwoche', 'invalid'],
  ['in der ersten Januarhälfte', '2027-01-01..2027-01-15'],
  ['in der zweiten Dezemberhälfte', '2026-12-16..2026-12-31'],
  ['in der zweiten Hälfte der nächsten Woche', '2026-11-26..2026-11-28'],
  ['am ersten Wochenende im Dezember', '2026-12-05..2026-12-06'],
  ['am letzten Januarwochenende', '2027-01-30..2027-01-31'],
  ['Kalenderwoche 51 am Dienstag', '2026-12-15'],
  ['in der 51. Kalenderwoche am Dienstag', '2026-12-15'],
  ['KW 53 am Mittwoch um eins', '2026-12-30 13:00'],
  ['KW 53 2027', 'invalid'],
  ['der erste Samstag im Dezember', '2026-12-05'],
  ['der vorletzte Freitag im Januar', '2027-01-22'],
  ['der erste Dienstag im neuen Jahr', '2027-01-05'],
  ['am ersten oder zweiten Samstag im Dezember', '2026-12-05, 2026-12-12'],
  ['heute nicht, am nächsten Tag um eins', '2026-11-21 13:00'],
  ['gestern war die OP, zehn Tage später', '2026-11-29'],
  ['am 30. Dezember, drei Tage später um zehn', '2027-01-02 10:00'],
  ['am 27. März, einen Tag später um halb drei', '2027-03-28 14:30'],
  ['am 31. Januar, einen Monat später', '2027-02-28'],
  ['kommende Woche bin ich weg, die Woche danach am Samstag um zehn', '2026-12-05 10:00'],
  ['nicht am Donnerstag, sondern am Tag davor', '2026-11-25'],
  ['am 3. Dezember, am Tag davor nicht', '2026-12-03'],
  ['nicht am Samstag, den 5. Dezember, am Tag davor um elf', '2026-12-04 11:00'],
  ['Samstag um elf, an dem Tag hab ich frei', '2026-11-21 11:00'],
  ['am 31.12. um zehn, zwei Tage später um elf', '2027-01-02 11:00'],
  ['am 10. Dezember, eine Woche darauf am Dienstag', 'ask'],
  ['nach der Messe am 3. Dezember, zwei Tage später um neun', '2026-12-05 09:00'],
  ['am Dienstag oder am Tag drauf um zehn', '2026-11-24, 2026-11-25 10:00'],
  ['am Dienstag oder am Mittwoch darauf', '2026-11-24, 2026-11-25'],
  ['Mitte Dezember, eine Woche später', 'ask'],
  ['am 9. Dezember, um zehn am Tag davor', '2026-12-08 10:00'],
  ['am Samstag eine Viertelstunde vor elf', '2026-11-21 10:45'],
  ['heute in einer Woche, am Tag danach um elf', '2026-11-28 11:00'],
  ['Ende der letzten Januarwoche', '2027-01-28..2027-01-30'],
  ['Dienstag in der 50. Woche', '2026-12-08'],
  ['in den letzten Tagen im Dezember', 'ask'],
  ['die letzten Werktage im Dezember', 'ask'],
  ['die ersten zwei Werktage im Januar', 'ask'],
  ['am 9. Dezember, am Abend davor', 'ask'],
  ['bitte eine Woche früher als am 10. Dezember um elf', '2026-12-03 11:00'],
  ['spätestens zwei Tage vor Heiligabend', '..2026-12-22'],
  ['Dienstag und Mittwoch nicht, am Tag danach um elf', '2026-11-26 11:00'],
  ['am letzten Samstag im Jahr um zehn', '2026-12-26 10:00'],
  ['die zweite Woche im neuen Jahr', '2027-01-11..2027-01-17'],
  ['am letzten Arbeitstag vor Weihnachten um zehn', '2026-12-23 10:00'],
  ['vom 3. Dezember um zehn auf den Tag danach um zehn', '2026-12-04 10:00'],
  ['Freitag geht nicht, am Wochenende eher', 'ask'],
  ['am 9. Dezember, eine Woche später, oder zwei', 'ask'],
  ['in einer Woche oder zwei', 'ask'],
  ['am Dienstag in einer Woche um elf oder zwölf', 'ask'],
];

const ENGLISH: readonly (readonly [say: string, read: string])[] = [
  ['December 3rd is bad, a day later at nine', '2026-12-04 09:00'],
  ['on December 10th, two days before at eleven', '2026-12-08 11:00'],
  ['December 10th, a week later', '2026-12-17'],
  ['December 10th, three weeks after that', '2026-12-31'],
  ['December 10th, a fortnight later at ten', '2026-12-24 10:00'],
  ['December 10th, a week earlier at ten', '2026-12-03 10:00'],
  ['Thursday is no good, the day before at ten', '2026-11-25 10:00'],
  ['Thursday is no good, the day after', '2026-11-27'],
  ['Thursday is no good, the next day at ten', '2026-11-27 10:00'],
  ['Thursday is no good, the following day at ten', '2026-11-27 10:00'],
  ['December 9th is bad, the Wednesday before at three', '2026-12-02 15:00'],
  ['December 9th is bad, the Saturday after', '2026-12-12'],
  ['not next week, the week after on Wednesday at three', '2026-12-02 15:00'],
  ['this week is bad, the following week', '2026-11-23..2026-11-29'],
  ['not this weekend, the weekend after', '2026-11-28..2026-11-29'],
  ['my sister is in on December 3rd at ten, same day at eleven', '2026-12-03 11:00'],
  ['my sister is in on December 3rd, that day at eleven', '2026-12-03 11:00'],
  ['same day as my sister', 'ask'],
  ['a week later', 'ask'],
  ['an hour later', 'ask'],
  ['the day before', 'ask'],
  ['Wednesday at nine, an hour later', '2026-11-25 10:00'],
  ['tomorrow at three, half an hour earlier', '2026-11-21 14:30'],
  ['tomorrow at three, an hour and a half later', '2026-11-21 16:30'],
  ['my appointment on Wednesday at ten, push it back an hour', '2026-11-25 11:00'],
  ['Wednesday at ten, postpone it by two days', '2026-11-27 10:00'],
  ['Thursday at one, a week later, same time', '2026-12-03 13:00'],
  ['Wednesday at two, half an hour before', '2026-11-25 13:30'],
  ['half an hour before nine thirty on Tuesday', '2026-11-24 09:00'],
  ['an hour after ten on Wednesday', '2026-11-25 11:00'],
  ['two days before Christmas', '2026-12-23'],
  ['the day after Christmas', '2026-12-26'],
  ["the day before New Year's Eve at ten", '2026-12-30 10:00'],
  ['three weeks after the ninth of December', '2026-12-30'],
  ['one week before December 24th at eleven', '2026-12-17 11:00'],
  ['the week after Easter', '2027-03-29..2027-04-04'],
  ['the weekend before Christmas', '2026-12-19..2026-12-20'],
  ['the Wednesday before Christmas', '2026-12-23'],
  ['the first Tuesday after New Year', '2027-01-05'],
  ['the second Saturday after Easter', '2027-04-10'],
  ['a week after the holidays', 'ask'],
  ['one or two days after December 9th', 'ask'],
  ['the first working day of December', '2026-12-01'],
  ['the second business day of January', '2027-01-05'],
  ['the last working day of the year', '2026-12-31'],
  ['two working days after December 23rd', '2026-12-28'],
  ['the last day of the year', '2026-12-31'],
  ['the last day of January', '2027-01-31'],
  ['the second to last day of the year', '2026-12-30'],
  ['second week of January', '2027-01-11..2027-01-17'],
  ['last week of the month', '2026-11-23..2026-11-29'],
  ['the first half of January', '2027-01-01..2027-01-15'],
  ['the first weekend in December', '2026-12-05..2026-12-06'],
  ['the last Friday of January', '2027-01-29'],
  ['the first or second Saturday of December at ten', '2026-12-05, 2026-12-12 10:00'],
  ['the bridge day after Ascension', '2027-05-07'],
  ['calendar week 51 on Tuesday', '2026-12-15'],
  ['not on Thursday, the following Wednesday at ten', '2026-12-02 10:00'],
  ['Friday the 4th of December is bad, the day before at two', '2026-12-03 14:00'],
  ['I am away on December 8th, the day after at eleven', '2026-12-09 11:00'],
  ['December 8th or the day after', '2026-12-08, 2026-12-09'],
  ['December 8th or a week later at ten', '2026-12-08, 2026-12-15 10:00'],
  ['December 8th, a day later or two days later', '2026-12-09, 2026-12-10'],
  ['December 8th, two weeks earlier', '2026-11-24'],
  ['December 8th, eight weeks later', '2027-02-02'],
  ['December 8th, a few days later', 'ask'],
  ['December 8th, half a year later', '2027-06-08'],
  ['December 8th, one month later at ten', '2027-01-08 10:00'],
  ['Tuesday at three, the day after', 'ask'],
  ['Tuesday at three, no, the day after', '2026-11-25 15:00'],
  ['Tuesday at three, the day after at eleven', '2026-11-25 11:00'],
  ['Wednesday at ten, a quarter of an hour later', '2026-11-25 10:15'],
  ['Wednesday at ten, ninety minutes later', '2026-11-25 11:30'],
  ['Wednesday at ten, an hour later also works', 'ask'],
  ['Wednesday between ten and twelve, an hour later', 'ask'],
  ['Wednesday at ten or an hour later', 'ask'],
  ['on Wednesday two hours after ten', '2026-11-25 12:00'],
  ['on Wednesday half an hour before noon', '2026-11-25 11:30'],
  ['a week after the 3rd of December', '2026-12-10'],
  ['two weeks after Christmas Eve at ten', '2027-01-07 10:00'],
  ['the day after Boxing Day', '2026-12-27'],
  ['the day after Easter', '2027-03-29'],
  ['two days before Easter', '2027-03-26'],
  ['the week before Easter', 'ask'],
  ['the week after Christmas on Tuesday at ten', '2026-12-29 10:00'],
  ['the Tuesday after the first of December', '2026-12-08'],
  ['the Saturday after next', 'ask'],
  ['the last Saturday before Christmas', '2026-12-19'],
  ['four weeks after November 9th', '2026-12-07'],
  ['a week before November 22nd', 'invalid'],
  ['about a week after December 9th', 'ask'],
  ['a day after February 31st', 'invalid'],
  ['the first working day of next month', '2026-12-01'],
  ['the first working day after New Year', '2027-01-04'],
  ['the third working day in January', '2027-01-06'],
  ['the first or second working day of January', '2027-01-04, 2027-01-05'],
  ['three working days before December 10th', '2026-12-07'],
  ['the next working day', '2026-11-23'],
  ['first week of February', '2027-02-01..2027-02-07'],
  ['the second week of December', '2026-12-07..2026-12-13'],
  ['the last week of January on Wednesday', '2027-01-27'],
  ['the second half of December', '2026-12-16..2026-12-31'],
  ['the last weekend of January', '2027-01-30..2027-01-31'],
  ['in the third week of January on Tuesday at ten', '2027-01-19 10:00'],
  ['the last day of next month', '2026-12-31'],
  ['yesterday was the surgery, ten days later', '2026-11-29'],
  ['until one day before Christmas Eve', '..2026-12-23'],
  ['from the first working day of January', '2027-01-04..'],
  ['beginning of the second week of January', '2027-01-11..2027-01-13'],
  ['in the last days of December', 'ask'],
  ['the last working days of the year', 'ask'],
  ['the Thursday following Christmas', '2026-12-31'],
  ['December 9th is bad, the Thursday following', '2026-12-10'],
  ['three days prior to December 10th', '2026-12-07'],
  ['the day following December 9th at ten', '2026-12-10 10:00'],
  ['the week following Easter', '2027-03-29..2027-04-04'],
  ['two weeks from the 3rd of December', '2026-12-17'],
  ['one week on from December 3rd at ten', '2026-12-10 10:00'],
  ['a week from Christmas Eve', '2026-12-31'],
  ['two days ahead of Christmas Eve', '2026-12-22'],
  ['a day earlier than December 10th', '2026-12-09'],
  ['two days later than December 10th at ten', '2026-12-12 10:00'],
  ['the last business day before Christmas', '2026-12-23'],
  ['the first Saturday of the new year', '2027-01-02'],
  ['December 3rd is my sister, same week on Friday at ten', '2026-12-04 10:00'],
];

describe('steps and counted days', () => {
  it('are at least 150 sentences, a third of them English', () => {
    expect(GERMAN.length).toBeGreaterThanOrEqual(100);
    expect(ENGLISH.length).toBeGreaterThanOrEqual(50);
  });
  it.each(GERMAN)('%s', (say, read) => expect(readAs(say, 'de')).toBe(read));
  it.each(ENGLISH)('%s (en)', (say, read) => expect(readAs(say, 'en')).toBe(read));
  it('every question is a sentence', () => {
    for (const [say, read] of GERMAN)
      if (read === 'ask' || read === 'invalid')
        expect(understand({ when: say }, reference()).question).toMatch(/[?.]$/);
  });
  it('alone, the words stay the doubts that they were', () => {
    for (const say of [
      'später',
      'danach',
      'davor',
      'vorher',
      'früher',
      'am Dienstag später',
      'am Dienstag vorher',
      'danach um drei',
    ])
      expect([say, readAs(say, 'de')]).toEqual([say, 'ask']);
  });
});

/** The same words on other days: the nights of both clock changes, the end of a year, a leap day. */
const MOMENTS: readonly (readonly [now: string, say: string, read: string])[] = [
  ['2027-03-26T10:00:00+01:00', 'am 27. März, einen Tag später um zehn', '2027-03-28 10:00'],
  ['2027-03-26T10:00:00+01:00', 'am 27. März, einen Tag später um zwei Uhr dreißig nachts', 'invalid'],
  ['2027-10-29T10:00:00+02:00', 'am 30. Oktober, einen Tag später um zehn', '2027-10-31 10:00'],
  ['2027-10-29T10:00:00+02:00', 'am 3. November, eine Woche davor', 'invalid'],
  ['2027-10-29T10:00:00+02:00', 'am 7. November, eine Woche davor', '2027-10-31'],
  ['2026-12-31T09:00:00+01:00', 'heute nicht, zwei Tage später um zehn', '2027-01-02 10:00'],
  ['2026-12-31T09:00:00+01:00', 'am letzten Tag des Jahres um elf', '2026-12-31 11:00'],
  ['2026-12-31T09:00:00+01:00', 'am ersten Werktag im Januar', '2027-01-04'],
  ['2026-12-31T09:00:00+01:00', 'zwei Wochen nach Weihnachten', 'ask'],
  ['2026-12-31T09:00:00+01:00', 'zwei Wochen nach Heiligabend', '2027-01-07'],
  ['2027-01-05T09:00:00+01:00', 'drei Wochen nach Silvester', '2027-01-21'],
  ['2028-02-28T09:00:00+01:00', 'am 28. Februar nicht, am Tag danach um zehn', '2028-02-29 10:00'],
  ['2028-02-28T09:00:00+01:00', 'am letzten Tag des Monats um zehn', '2028-02-29 10:00'],
  ['2026-11-24T09:00:00+01:00', 'Dienstag nicht, zwei Tage später um zehn', 'ask'],
  ['2026-11-15T09:00:00+01:00', 'am neunten war die OP, zwei Wochen später', 'ask'],
];

describe('other moments', () => {
  it.each(MOMENTS)('%s: %s', (moment, say, read) => {
    const now = fromIso(moment);
    expect(now).not.toBeNull();
    if (now !== null) expect(readAs(say, 'de', { now })).toBe(read);
  });
  it.each(['Pacific/Kiritimati', 'America/Los_Angeles'])('whatever the zone of the process (%s)', (zone) => {
    const before = process.env['TZ'];
    try {
      process.env['TZ'] = zone;
      for (const [say, read] of GERMAN) expect([say, readAs(say, 'de')]).toEqual([say, read]);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
});

const MONTHS = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');
const MONTHS_EN = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag'.split(' ');
const WEEKDAYS_EN = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const plural = (count: number, one: string, many: string, of: string): string =>
  count === 1 ? `${one} ${of}` : `${count} ${of}${many}`;
const sayDay = (date: string, language: Language): string => {
  const [year, month, day] = date.split('-').map(Number);
  const at = (month ?? 1) - 1;
  return language === 'de' ? `${day}. ${MONTHS[at]} ${year}` : `${MONTHS_EN[at]} ${day} ${year}`;
};
/** What may be said of a day of arithmetic: itself, or that it is past or too far ahead. */
const expected = (date: string, today: string): string =>
  date < today ? 'invalid' : date > addDays(today, 550) ? 'ask' : date;
const nthWeekday = (from: string, weekday: number, sign: number): string => {
  let date = addDays(from, sign);
  while (weekdayOf(date) !== weekday) date = addDays(date, sign);
  return date;
};

describe('a step from a day', () => {
  const moments = fc.integer({ min: Date.UTC(2026, 0, 2), max: Date.UTC(2028, 11, 30) }).map(asInstant);
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Pacific/Auckland');
  const ahead = fc.integer({ min: -20, max: 500 });

  it('is so many days or weeks from it', () =>
    fc.assert(
      fc.property(
        moments,
        zones,
        ahead,
        fc.integer({ min: 1, max: 40 }).filter((n) => n !== 8),
        fc.boolean(),
        fc.boolean(),
        (now, zone, days, count, weeks, back) => {
          const today = dateOf(now, zone);
          const anchor = addDays(today, days);
          const to = expected(addDays(anchor, (weeks ? 7 : 1) * count * (back ? -1 : 1)), today);
          const length = weeks ? plural(count, 'eine', 'n', 'Woche') : plural(count, 'einen', 'e', 'Tag');
          const lengthEn = plural(count, 'a', 's', weeks ? 'week' : 'day');
          const change = { now, zone };
          const [de, en] = [sayDay(anchor, 'de'), sayDay(anchor, 'en')];
          expect(readAs(`${length} ${back ? 'vor' : 'nach'} dem ${de}`, 'de', change)).toBe(to);
          expect(readAs(`am ${de}, ${length} ${back ? 'vorher' : 'später'}`, 'de', change)).toBe(to);
          expect(readAs(`${lengthEn} ${back ? 'before' : 'after'} ${en}`, 'en', change)).toBe(to);
          expect(readAs(`${en}, ${lengthEn} ${back ? 'earlier' : 'later'}`, 'en', change)).toBe(to);
        },
      ),
      { numRuns: 300 },
    ));

  it('is the next weekday behind it, or the last before', () =>
    fc.assert(
      fc.property(
        moments,
        zones,
        ahead,
        fc.integer({ min: 0, max: 6 }),
        fc.boolean(),
        (now, zone, days, weekday, back) => {
          const today = dateOf(now, zone);
          const anchor = addDays(today, days);
          const to = expected(nthWeekday(anchor, weekday, back ? -1 : 1), today);
          const change = { now, zone };
          const words = `am ${sayDay(anchor, 'de')} nicht, am ${WEEKDAYS[weekday]} ${back ? 'davor' : 'drauf'}`;
          expect(readAs(words, 'de', change)).toBe(to);
          const english = `not on ${sayDay(anchor, 'en')}, the ${WEEKDAYS_EN[weekday]} ${back ? 'before' : 'after'}`;
          expect(readAs(english, 'en', change)).toBe(to);
        },
      ),
      { numRuns: 300 },
    ));

  it('counts working days without weekends and holidays', () =>
    fc.assert(
      fc.property(moments, ahead, fc.integer({ min: 1, max: 12 }), fc.boolean(), (now, days, count, back) => {
        const today = dateOf(now, 'Europe/Berlin');
        const anchor = addDays(today, days);
        let date = anchor;
        for (let left = count; left > 0; ) {
          date = addDays(date, back ? -1 : 1);
          if (weekdayOf(date) >= 1 && weekdayOf(date) <= 5 && holidayOn('DE-NW', date) === null) left--;
        }
        const length = count === 1 ? 'einen Werktag' : `${count} Werktage`;
        const words = `${length} ${back ? 'vor' : 'nach'} dem ${sayDay(anchor, 'de')}`;
        expect(readAs(words, 'de', { now })).toBe(expected(date, today));
      }),
      { numRuns: 200 },
    ));

  it('leads as many minutes from the hour, or is asked where that is another day', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 13, max: 23 }),
        fc.integer({ min: 1, max: 23 }),
        fc.boolean(),
        (hour, count, back) => {
          const to = hour + (back ? -count : count);
          const length = plural(count, 'eine', 'n', 'Stunde');
          const words = `am 3. Dezember um ${hour} Uhr, ${length} ${back ? 'früher' : 'später'}`;
          const read = to < 0 || to > 23 ? 'ask' : `2026-12-03 ${String(to).padStart(2, '0')}:00`;
          expect(readAs(words, 'de')).toBe(read);
        },
      ),
      { numRuns: 100 },
    ));

  it('ends, however many steps follow each other', () => {
    const words = `am 3.12.${', Tag danach'.repeat(24)}`;
    expect(words.length).toBeLessThanOrEqual(300);
    expect(readAs(words, 'de')).toBe('2026-12-27');
  });
});
