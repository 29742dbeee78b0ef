/** Ways to say a day and an hour, generated and judged by an oracle that knows nothing of the grammar; and what must hold for any words at all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromIso, instantsOf, weekdayOf } from '../time.ts';
import fixture from '../../tests/fixtures/german-time-and-phone.json' with { type: 'json' };
import type { SpokenContext, Understood } from './reading.ts';
import { reference } from './reference-branch.fixture.ts';
import { understand } from './understand.ts';

// ── The oracle: plain arithmetic on the reference day, a Friday ─────────────

const TODAY = Date.UTC(2026, 10, 20);
const plus = (days: number): string => new Date(TODAY + days * 86_400_000).toISOString().slice(0, 10);
const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();
const HOLIDAYS = ['2026-12-25', '2026-12-26'];

const ONES =
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(
    ' ',
  );
const TENS = ['', '', 'zwanzig', 'dreißig', 'vierzig', 'fünfzig'];
const german = (n: number): string =>
  n < 20
    ? ONES[n]!
    : n % 10 === 0
      ? TENS[n / 10]!
      : `${n % 10 === 1 ? 'ein' : ONES[n % 10]}und${TENS[Math.floor(n / 10)]}`;
const ordinal = (n: number): string =>
  ({ 1: 'ersten', 3: 'dritten', 7: 'siebten', 8: 'achten' })[n] ?? (n < 20 ? `${german(n)}ten` : `${german(n)}sten`);
const MONTHS = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');
const WEEKDAYS = 'Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag'.split(' ');

interface Said {
  text: string;
  date?: string;
  /** minutes of the day */
  time?: number;
}

/** Half of the day by the hours 9–18, closing time included. */
const byHours = (minute: number): number | null => {
  const hits = [minute % 720, (minute % 720) + 720].filter((m) => m >= 540 && m <= 1080);
  return hits.length === 1 ? hits[0]! : null;
};

const DAYS: Said[] = [
  ['morgen', 1],
  ['übermorgen', 2],
  ['am Dienstag', 4],
  ['Mittwoch', 5],
  ['diesen Samstag', 1],
  ['kommenden Donnerstag', 6],
  ['nächsten Mittwoch', 5],
  ['nächste Woche Donnerstag', 6],
  ['am Donnerstag nächster Woche', 6],
  ['Samstag in einer Woche', 8],
  ['heute in zwei Wochen', 14],
  ['in fünf Tagen', 5],
  ['übernächsten Dienstag', 11],
  ['in der übernächsten Woche am Mittwoch', 12],
].map(([text, days]) => ({ text: String(text), date: plus(Number(days)) }));
for (let offset = 4; offset < 40; offset += 3) {
  const date = plus(offset);
  const [month, day] = [Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  for (const text of [
    `am ${day}.${month}.`,
    `am ${day}. ${MONTHS[month - 1]}`,
    `am ${ordinal(day)} ${MONTHS[month - 1]}`,
    `den ${ordinal(day)} ${ordinal(month)}`,
    `${WEEKDAYS[weekday(date)]}, den ${day}. ${MONTHS[month - 1]}`,
  ])
    DAYS.push({ text, date });
}

const TIMES: Said[] = [];
for (let hour = 1; hour <= 12; hour++) {
  const word = german(hour);
  const next = german((hour % 12) + 1);
  const bare = hour === 1 ? 'ein' : word;
  for (const [text, minute] of [
    [`um ${word}`, 0],
    [`um ${bare} Uhr`, 0],
    [`um ${hour}`, 0],
    [`${hour} Uhr`, 0],
    [`um halb ${next}`, 30],
    [`Viertel nach ${word}`, 15],
    [`um Viertel vor ${next}`, 45],
    [`um dreiviertel ${next}`, 45],
    [`viertel ${next}`, 15],
    [`zehn nach ${word}`, 10],
    [`zwanzig vor ${next}`, 40],
    [`fünf vor halb ${next}`, 25],
    [`fünf nach halb ${next}`, 35],
    [`um ${bare} Uhr ${german(20)}`, 20],
  ] as const) {
    const time = byHours(hour * 60 + minute);
    if (time !== null) TIMES.push({ text, time });
  }
}
for (let hour = 13; hour <= 17; hour++)
  for (const [text, minute] of [
    [`um ${german(hour)} Uhr`, 0],
    [`${hour}:20`, 20],
    [`um ${hour}.45 Uhr`, 45],
    [`um ${german(hour)} Uhr ${german(35)}`, 35],
    [`${hour}h`, 0],
    [`um ${german(hour)} ${german(30)}`, 30],
  ] as const)
    TIMES.push({ text, time: hour * 60 + minute });

/** What a recogniser or a caller does to words without changing their meaning. */
const COATS: readonly ((text: string) => string)[] = [
  (t) => t,
  (t) => t.toLowerCase(),
  (t) => t.toUpperCase(),
  (t) => t.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss'),
  (t) => t.normalize('NFD'),
  (t) => `ähm, ${t} bitte`,
  (t) => `also ${t}`,
  (t) => `ja, ich hätte gern einen Termin ${t}`,
  (t) => `${t}, wenn es geht`,
  (t) => `am liebsten ${t}`,
  (t) => `haben Sie ${t} noch was frei?`,
  (t) => `könnte ich vielleicht ${t} vorbeikommen`,
  (t) => `  ${t.replaceAll(' ', '  ')}. `,
  (t) => `Guten Morgen, ${t} zum Schneiden`,
];

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const sorted = (o: object): string => JSON.stringify(Object.entries(o).sort(([a], [b]) => (a < b ? -1 : 1)));

function wrongOf(said: Said, context: SpokenContext = reference()): string[] {
  const { because: _b, question: _q, ...read } = understand({ when: said.text }, context);
  const shut =
    (said.date !== undefined && ([0, 1].includes(weekday(said.date)) || HOLIDAYS.includes(said.date))) ||
    said.time === 1080;
  const want: Partial<Understood> = {
    kind: said.date === undefined ? 'time' : said.time === undefined ? 'date' : 'instant',
    ...(said.date === undefined ? {} : { date: said.date }),
    ...(said.time === undefined ? {} : { time: clock(said.time) }),
    ...(shut ? { closed: true as const } : {}),
  };
  return sorted(read) === sorted(want) ? [] : [`${said.text} → ${JSON.stringify(read)}`];
}

describe('generated phrases', () => {
  it('are more than 300 days and as many hours, coats counted', () => {
    expect(DAYS.length * COATS.length).toBeGreaterThan(300);
    expect(TIMES.length * COATS.length).toBeGreaterThan(300);
  });
  it.each(DAYS)('$text: a day, in every coat', (day) => {
    expect(COATS.flatMap((coat) => wrongOf({ ...day, text: coat(day.text) }))).toEqual([]);
  });
  it.each(TIMES)('$text: an hour, in every coat', (time) => {
    expect(COATS.flatMap((coat) => wrongOf({ ...time, text: coat(time.text) }))).toEqual([]);
  });
  it.each(DAYS.map((day, i) => ({ day, i, text: day.text })))('$text: with hours, in both orders', ({ day, i }) => {
    const said = Array.from({ length: 12 }, (_, k) => {
      const time = TIMES[(i * 7 + k * 13) % TIMES.length]!;
      const coat = COATS[(i + k) % COATS.length]!;
      const both = { date: day.date!, time: time.time! };
      return [
        { text: coat(`${day.text} ${time.text}`), ...both },
        ...(/^um /.test(time.text) ? [{ text: coat(`${time.text} ${day.text}`), ...both }] : []),
      ];
    });
    expect(said.flat().flatMap((one) => wrongOf(one))).toEqual([]);
  });
  it.each([
    ['tomorrow', 1],
    ['on Tuesday', 4],
    ['next Wednesday', 5],
    ['on the 24th', 4],
    ['November 24th', 4],
    ['a week from tomorrow', 8],
    ['Thursday next week', 6],
  ] as const)('%s: with every English hour', (day, offset) => {
    const words = 'twelve one two three four five six seven eight nine ten eleven'.split(' ');
    const said = Array.from({ length: 12 }, (_, i) => i + 1).flatMap((hour) => {
      const word = words[hour % 12];
      return (
        [
          [`at ${word}`, 0],
          [`at half past ${word}`, 30],
          [`at quarter past ${word}`, 15],
          [`at ten past ${word}`, 10],
          [`at ${word} thirty`, 30],
          [`at ${word} o'clock`, 0],
        ] as const
      ).flatMap(([text, minute]) => {
        const time = byHours(hour * 60 + minute);
        if (time === null) return [];
        return [`${day} ${text}`, `uh could I come ${day} ${text} please`, `${text} ${day}`].map((phrase) => ({
          text: phrase,
          date: plus(offset),
          time,
        }));
      });
    });
    expect(said.length).toBeGreaterThan(100);
    expect(said.flatMap((one) => wrongOf(one, reference({ language: 'en' })))).toEqual([]);
  });
});

// ── Properties ─────────────────────────────────────────────────────────────

const PHRASES = fixture.time.map((row) => ('spoken' in row && row.spoken ? row.spoken : row.say));
const PIECES = [
  ...PHRASES,
  ...'nicht außer oder und nein sondern statt um am im in ab bis vor nach zwischen halb viertel drei 3 24. 31.12. 14:30 heute morgen Montag Dienstag Freitag nächsten Woche Ende Mai Ostern egal sofort jeden früher half past to noon next week Friday the 24th not but'.split(
    ' ',
  ),
];
const salad = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(' '));
const contexts = fc
  .record({
    now: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }),
    zone: fc.constantFrom('Europe/Berlin', 'Europe/Vienna', 'Europe/Zurich', 'America/New_York'),
    language: fc.constantFrom('de' as const, 'en' as const),
    opening: fc.constantFrom([540, 1080], [480, 1140], [0, 1440]),
  })
  .map(
    ({ now, zone, language, opening }): SpokenContext => ({
      ...reference(),
      now: now as SpokenContext['now'],
      zone,
      language,
      openOn: (date) => (weekdayOf(date) === 0 ? [] : [{ from: opening[0]!, to: opening[1]! }]),
    }),
  );

const DENIALS: readonly ((day: string, other: string) => string)[] = [
  (d) => `nicht am ${d}`,
  (d) => `${d} nicht`,
  (d) => `am ${d} kann ich nicht`,
  (d) => `${d} geht leider nicht`,
  (d) => `außer ${d}`,
  (d) => `alles außer ${d}`,
  (d) => `nur nicht ${d}`,
  (d) => `kein ${d}`,
  (d) => `auf keinen Fall ${d}`,
  (d, o) => `nicht ${d}, sondern ${o}`,
  (d, o) => `nicht ${d} sondern ${o}`,
  (d, o) => `${o} statt ${d}`,
  (d, o) => `statt ${d} ${o}`,
  (d, o) => `${d}, nein, ${o}`,
  (d, o) => `${d} kann ich nicht, ${o} schon`,
  (d, o) => `${d} kann ich nicht ${o}`,
  (d, o) => `${o} aber nicht ${d}`,
  (d) => `nächste Woche, aber nicht ${d}`,
  (d) => `nächste Woche außer ${d}`,
  (d) => `irgendwann, nur nicht am ${d}`,
  (d) => `${d} um drei geht nicht`,
  (d, o) => `lieber ${o} als ${d}`,
];

describe('for any words', () => {
  it('nothing throws, the shape holds, and every question is a sentence', () => {
    const anything = fc.oneof(fc.string({ maxLength: 350 }), fc.string({ unit: 'grapheme', maxLength: 60 }), salad);
    fc.assert(
      fc.property(anything, fc.option(salad), contexts, (when, date, context) => {
        const read = understand({ when, ...(date === null ? {} : { date }) }, context);
        for (const key of ['date', 'from_date', 'to_date'] as const)
          if (read[key] !== undefined) expect(read[key]).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        for (const key of ['time', 'from', 'to'] as const)
          if (read[key] !== undefined) expect(read[key]).toMatch(/^([01]\d|2[0-4]):[0-5]\d$/);
        if (read.kind === 'ask' || read.kind === 'invalid' || read.closed) expect(read.question).toBeTruthy();
      }),
      { numRuns: 500 },
    );
  });
  it('an instant is never past, a day never before today', () => {
    fc.assert(
      fc.property(salad, contexts, (when, context) => {
        const read = understand({ when }, context);
        const today = new Intl.DateTimeFormat('sv-SE', { timeZone: context.zone }).format(context.now);
        if (read.kind === 'instant')
          expect(instantsOf(read.date!, read.time!, context.zone)[0]!).toBeGreaterThan(context.now - 60_000);
        if (read.kind === 'date') expect(read.date! >= today).toBe(true);
        if (read.kind === 'window' && read.from_date !== undefined) expect(read.from_date >= today).toBe(true);
        for (const date of read.kind === 'dates' ? read.dates! : []) expect(date >= today).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
  it.each(DENIALS.map((shape) => [shape('…', '…'), shape] as const))(
    'a denied day is never taken: %s',
    (_words, shape) => {
      const days = [2, 3, 4, 6];
      for (const day of days)
        for (const other of days.filter((o) => o !== day)) {
          const when = shape(WEEKDAYS[day]!, WEEKDAYS[other]!);
          const read = understand({ when }, reference());
          const taken = [...(read.kind === 'ask' || read.date === undefined ? [] : [read.date]), ...(read.dates ?? [])];
          expect([when, taken.some((d) => weekday(d) === day), read.kind === 'window']).toEqual([when, false, false]);
        }
    },
  );
  it('the time zone of the process does not matter', () => {
    const before = process.env['TZ'];
    const readings = ['UTC', 'Europe/Berlin', 'Pacific/Auckland', 'America/Los_Angeles'].map((zone) => {
      process.env['TZ'] = zone;
      return PIECES.map((when) => understand({ when }, reference()));
    });
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
    for (const reading of readings) expect(reading).toEqual(readings[0]);
  });
  it('a monologue is asked again, not read', () => {
    expect(understand({ when: `morgen um drei ${'und so weiter '.repeat(40)}` }, reference()).kind).toBe('ask');
  });
});

describe('inputs of 300 characters that are made to be slow', () => {
  /** Of each kind of word some: operators, days, hours, months, numbers, reasons, denials, corrections, names, what is no time. */
  const KINDS = [
    'um gegen halb Dienstag oder nicht statt morgen Dezember zwei 14 Uhr Viertel nächste Woche Vormittag weil nein egal Weihnachten in Tagen vor nach zwischen und bis ab Frau verschieben quatsch am ersten drei. 24.11. 15:30 jeden wenn lieber Termin',
    "at around half Tuesday or not instead tomorrow December two o'clock quarter next week morning because no whatever Christmas in days before after between and until from Mrs move sorry on first 3pm every if rather appointment",
  ].map((kinds) => kinds.split(' '));
  const FURTHER = [
    'Dienstag oder Mittwoch oder',
    'Dienstag um drei oder',
    'nicht am Dienstag oder',
    'am Dienstag um drei nein am Mittwoch um vier',
    'weil ich am Dienstag um drei',
    'statt Dienstag lieber Mittwoch',
    'not on Tuesday but on',
    'donaudampfschifffahrtsgesellschaftskapitän',
    '12',
    '1.2.3.',
    '.',
    ',',
  ];
  /** twice of what the longest takes today: a day of each of four weeks */
  const MOST_LOOKS = 60;
  const filled = (unit: string): string => `${unit} `.repeat(300).slice(0, 300).trim();
  const unbroken = ['9', 'a', 'ä', 'um', '1.', '-', "'", '14:', 'halb'].map((unit) => unit.repeat(300).slice(0, 300));
  const alternating = KINDS.flatMap((kinds) => kinds.flatMap((a) => kinds.map((b) => (a === b ? a : `${a} ${b}`))));

  it('are read or asked about, with a bounded number of looks into the calendar', () => {
    const bad = [...[...alternating, ...FURTHER].map(filled), ...unbroken].flatMap((when) => {
      const { openOn, holidayOn = () => null, ...rest } = reference();
      let looks = 0;
      const counted: SpokenContext = {
        ...rest,
        openOn: (date) => {
          looks++;
          return openOn(date);
        },
        holidayOn: (date) => {
          looks++;
          return holidayOn(date);
        },
      };
      const { kind, question } = understand({ when }, counted);
      const isAsked = kind === 'ask' || kind === 'invalid';
      return (isAsked && !question) || looks > MOST_LOOKS ? [`${when.slice(0, 60)} → ${kind}, ${looks} looks`] : [];
    });
    expect(bad).toEqual([]);
  });
});

describe('DST days of a branch that is open around the clock', () => {
  const night = (now: string): SpokenContext =>
    reference({ now: fromIso(now)!, openOn: () => [{ from: 0, to: 1440 }], holidayOn: undefined });
  it.each([
    [
      'am 28. März um halb drei nachts',
      '2027-03-20T10:00:00+01:00',
      { kind: 'invalid', date: '2027-03-28', time: '02:30' },
    ],
    ['am 28. März um 02:59', '2027-03-20T10:00:00+01:00', { kind: 'invalid', date: '2027-03-28', time: '02:59' }],
    [
      'am 28. März um drei Uhr nachts',
      '2027-03-20T10:00:00+01:00',
      { kind: 'instant', date: '2027-03-28', time: '03:00' },
    ],
    ['am 31. Oktober um 02:00', '2027-10-20T10:00:00+02:00', { kind: 'ask' }],
    [
      'am 31. Oktober um drei Uhr nachts',
      '2027-10-20T10:00:00+02:00',
      { kind: 'instant', date: '2027-10-31', time: '03:00' },
    ],
    ['morgen um 15 Uhr', '2027-03-27T23:30:00+01:00', { kind: 'instant', date: '2027-03-28', time: '15:00' }],
    ['in zwei Stunden', '2027-03-28T01:30:00+01:00', { kind: 'instant', date: '2027-03-28', time: '04:30' }],
  ])('%s', (when, now, want) => {
    expect(understand({ when }, night(now))).toMatchObject(want);
  });
});

describe('words and ISO values', () => {
  it.each([
    [{ date: '2026-11-21' }, { kind: 'date', date: '2026-11-21' }],
    [
      { date: '2026-11-21', time: '14:30' },
      { kind: 'instant', date: '2026-11-21', time: '14:30' },
    ],
    [{ time: '14:30' }, { kind: 'time', time: '14:30' }],
    [{ date: '2026-11-21T14:30:00+01:00' }, { kind: 'instant', date: '2026-11-21', time: '14:30' }],
    [{ when: '2026-11-21T13:30:00Z' }, { kind: 'instant', date: '2026-11-21', time: '14:30' }],
    [
      { date: 'morgen', time: 'halb drei' },
      { kind: 'instant', date: '2026-11-21', time: '14:30' },
    ],
    [
      { date: 'morgen', time: '3' },
      { kind: 'instant', date: '2026-11-21', time: '15:00' },
    ],
    [
      { date: '24', time: 'um zehn' },
      { kind: 'instant', date: '2026-11-24', time: '10:00' },
    ],
    [
      { date: 'morgen um drei', time: '15:00' },
      { kind: 'instant', date: '2026-11-21', time: '15:00' },
    ],
    [
      { when: 'morgen um halb drei', date: '2026-11-21', time: '14:30' },
      { kind: 'instant', date: '2026-11-21', time: '14:30' },
    ],
    [
      { when: 'um halb drei', date: '2026-11-21' },
      { kind: 'instant', date: '2026-11-21', time: '14:30' },
    ],
    [
      { when: 'morgen', time: '14:30' },
      { kind: 'instant', date: '2026-11-21', time: '14:30' },
    ],
    [
      { when: 'Mittwoch gegen elf', date: '2026-11-25', time: '11:00' },
      { kind: 'window', date: '2026-11-25', from: '10:30' },
    ],
    [
      { when: 'nächste Woche', date: '2026-11-24' },
      { kind: 'window', from_date: '2026-11-23' },
    ],
    [{ when: 'so schnell wie möglich', date: '2026-11-24' }, { kind: 'earliest' }],
    [{ when: '', date: '', time: '' }, { kind: 'none' }],
    [{}, { kind: 'none' }],
    [{ time: 'T15:00' }, { kind: 'time', time: '15:00' }],
    [{ time: '1500' }, { kind: 'time', time: '15:00' }],
    [
      { when: 'morgen', date: '2026-11-21T00:00:00+01:00' },
      { kind: 'date', date: '2026-11-21' },
    ],
    [
      { when: 'morgen', time: '00:00' },
      { kind: 'date', date: '2026-11-21' },
    ],
    [
      { date: '2026-11-21T00:00:00+01:00', time: '15:00' },
      { kind: 'instant', date: '2026-11-21', time: '15:00' },
    ],
    [
      { date: '2026-11-21', time: '2026-11-21T15:00:00+01:00' },
      { kind: 'instant', date: '2026-11-21', time: '15:00' },
    ],
    [{ date: '2026-11-24', time: '2026-11-21T15:00:00+01:00' }, { kind: 'ask' }],
    [
      { when: 'am Morgen', date: '2026-11-24' },
      { kind: 'window', date: '2026-11-24', from: '06:00' },
    ],
    [{ when: 'um acht', date: '2026-11-24' }, { kind: 'ask' }],
    [{ when: 'morgen um halb drei', time: '15:30' }, { kind: 'ask' }],
    [{ when: 'morgen', date: '2026-11-22' }, { kind: 'ask' }],
    [{ when: 'um drei', time: '03:00' }, { kind: 'ask' }],
    [{ when: 'nächste Woche', date: '2026-12-24' }, { kind: 'ask' }],
    [{ when: 'nächsten Samstag', date: '2026-11-28' }, { kind: 'ask' }],
    [{ when: 'morgen um drei', date: '2025-11-21' }, { kind: 'ask' }],
    [{ date: '2025-11-21' }, { kind: 'invalid' }],
    [{ date: '2026-02-31' }, { kind: 'invalid' }],
    [{ date: '2026-11-21', time: '25:00' }, { kind: 'ask' }],
  ])('%j', (input, want) => {
    expect(understand(input, reference())).toMatchObject(want);
  });
  it('reads the words back when it asks', () => {
    expect(understand({ when: 'morgen um halb drei', time: '15:30' }, reference())).toMatchObject({
      because: expect.stringContaining('14:30'),
      question: expect.stringContaining('halb drei'),
    });
  });
});

describe('other branches', () => {
  it('Vienna opens at eight, so eight is eight there', () => {
    const vienna = reference({
      zone: 'Europe/Vienna',
      openOn: (date) => (weekdayOf(date) % 6 === 0 ? [] : [{ from: 480, to: 1140 }]),
    });
    expect(understand({ when: 'um acht' }, vienna)).toMatchObject({ kind: 'time', time: '08:00' });
    expect(understand({ when: 'Montag um sechs' }, vienna)).toMatchObject({
      kind: 'instant',
      date: '2026-11-23',
      time: '18:00',
    });
    expect(understand({ when: 'im Feber' }, vienna)).toMatchObject({
      kind: 'window',
      from_date: '2027-02-01',
      to_date: '2027-02-28',
    });
    expect(understand({ when: 'viertel ab drei' }, vienna)).toMatchObject({ kind: 'time', time: '15:15' });
  });
  it('each weekday has its own hours', () => {
    const late = reference({
      openOn: (date) =>
        weekdayOf(date) === 4 ? [{ from: 720, to: 1260 }] : weekdayOf(date) === 0 ? [] : [{ from: 540, to: 1020 }],
    });
    expect(understand({ when: 'Donnerstag um acht' }, late)).toMatchObject({ kind: 'instant', time: '20:00' });
    expect(understand({ when: 'Mittwoch um acht' }, late)).toMatchObject({ kind: 'ask' });
    expect(understand({ when: 'Donnerstag um neun' }, late)).toMatchObject({
      kind: 'instant',
      time: '21:00',
      closed: true,
    });
    expect(understand({ when: 'Mittwoch um neun' }, late)).toMatchObject({ kind: 'instant', time: '09:00' });
  });
  it('a branch open day and night must ask which three', () => {
    expect(understand({ when: 'morgen um drei' }, reference({ openOn: () => [{ from: 0, to: 1440 }] }))).toMatchObject({
      kind: 'ask',
    });
  });
  it('a lunch break is closed, and does not send one o’clock into the night', () => {
    const lunch = reference({
      openOn: () => [
        { from: 540, to: 750 },
        { from: 840, to: 1080 },
      ],
    });
    expect(understand({ when: 'morgen um eins' }, lunch)).toMatchObject({
      kind: 'instant',
      time: '13:00',
      closed: true,
    });
  });
});
