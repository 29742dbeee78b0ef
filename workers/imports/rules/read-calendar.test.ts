/** Calendar files as busy times: what programs write, what attackers write, and days on which the clock changes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toIso } from '../../../shared/time.ts';
import { type ReadCalendar, readCalendar } from './read-calendar.ts';
import { expand, parseRule } from './recurrence.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const place = { zone: 'Europe/Berlin', now: NOW, ownHost: 'salon.test' };

const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'X-WR-CALNAME:Privat', ...lines, 'END:VCALENDAR'].join('\r\n');
const event = (...lines: string[]): string => ['BEGIN:VEVENT', 'UID:one@test', ...lines, 'END:VEVENT'].join('\r\n');
const read = (text: string): ReadCalendar => {
  const made = readCalendar(text, place);
  if (typeof made === 'string') throw new Error(made);
  return made;
};
const timesOf = (...lines: string[]): string[] =>
  read(calendar(...lines)).entries.map((entry) =>
    'time' in entry
      ? `${toIso(entry.time.startsAt).slice(0, 16)}/${toIso(entry.time.endsAt).slice(0, 16)}`
      : `${entry.fault} ${entry.property}:${entry.value}`,
  );

describe('an event', () => {
  it.each<[string, string[], string[]]>([
    ['in UTC', ['DTSTART:20260310T090000Z', 'DTEND:20260310T093000Z'], ['2026-03-10T09:00/2026-03-10T09:30']],
    [
      'without a zone: the branch’s clock',
      ['DTSTART:20260310T090000', 'DTEND:20260310T100000'],
      ['2026-03-10T08:00/2026-03-10T09:00'],
    ],
    [
      'in another zone',
      ['DTSTART;TZID=America/New_York:20260310T090000', 'DURATION:PT1H'],
      ['2026-03-10T13:00/2026-03-10T14:00'],
    ],
    [
      'in a zone behind a path',
      ['DTSTART;TZID=/mozilla.org/20050126_1/Europe/London:20260310T090000', 'DURATION:PT1H'],
      ['2026-03-10T09:00/2026-03-10T10:00'],
    ],
    [
      'in a zone as Windows calls it',
      ['DTSTART;TZID="W. Europe Standard Time":20260310T090000', 'DURATION:PT1H'],
      ['2026-03-10T08:00/2026-03-10T09:00'],
    ],
    [
      'from one zone to another',
      ['DTSTART;TZID=Europe/Berlin:20260310T090000', 'DTEND;TZID=Europe/London:20260310T090000'],
      ['2026-03-10T08:00/2026-03-10T09:00'],
    ],
    ['of a whole day', ['DTSTART;VALUE=DATE:20260310'], ['2026-03-09T23:00/2026-03-10T23:00']],
    [
      'of several days, over the change to summer',
      ['DTSTART;VALUE=DATE:20260328', 'DTEND;VALUE=DATE:20260330'],
      ['2026-03-27T23:00/2026-03-29T22:00'],
    ],
    ['across midnight', ['DTSTART:20260310T230000', 'DTEND:20260311T010000'], ['2026-03-10T22:00/2026-03-11T00:00']],
    [
      'that goes on while it is imported',
      ['DTSTART:20260302T080000', 'DTEND:20260302T100000'],
      ['2026-03-02T07:00/2026-03-02T09:00'],
    ],
    [
      'in the hour that is left out',
      ['DTSTART:20260329T023000', 'DURATION:PT30M'],
      ['2026-03-29T01:30/2026-03-29T02:00'],
    ],
    [
      'in the hour that comes twice: the first',
      ['DTSTART:20261025T023000', 'DURATION:PT30M'],
      ['2026-10-25T00:30/2026-10-25T01:00'],
    ],
    [
      'with seconds: to the whole minutes around',
      ['DTSTART:20260310T090030Z', 'DURATION:PT45S'],
      ['2026-03-10T09:00/2026-03-10T09:01'],
    ],
    ['whose date does not exist', ['DTSTART:20260231T090000'], ['no_time DTSTART:20260231T090000']],
    ['without start', ['SUMMARY:x'], ['no_start :']],
    [
      'that ends before it starts',
      ['DTSTART:20260310T090000Z', 'DTEND:20260310T080000Z'],
      ['ends_before DTEND:20260310T080000Z'],
    ],
    [
      'in a zone that nobody knows',
      ['DTSTART;TZID=Mars/Olympus:20260310T090000'],
      ['unknown_zone DTSTART:20260310T090000'],
    ],
    ['that lasts no time', ['DTSTART:20260310T090000Z'], []],
    ['that does not make busy', ['DTSTART:20260310T090000Z', 'DURATION:PT1H', 'TRANSP:TRANSPARENT'], []],
    ['that is cancelled', ['DTSTART:20260310T090000Z', 'DURATION:PT1H', 'STATUS:CANCELLED'], []],
    ['that is over', ['DTSTART:20260301T090000Z', 'DURATION:PT1H'], []],
    [
      'with an alarm inside that has a length of its own',
      ['DTSTART:20260310T090000Z', 'DURATION:PT1H', 'BEGIN:VALARM', 'DURATION:PT9H', 'END:VALARM'],
      ['2026-03-10T09:00/2026-03-10T10:00'],
    ],
  ])('%s', (_what, lines, expected) => {
    expect(timesOf(event(...lines))).toEqual(expected);
  });

  it('longer than a year: to the end of what is taken, in pieces of a month', () => {
    const times = timesOf(event('DTSTART:20260303T000000Z', 'DTEND:20990101T000000Z'));
    expect([times.length, times[0], times.at(-1)]).toEqual([
      12,
      '2026-03-03T00:00/2026-04-03T00:00',
      '2027-02-07T00:00/2027-03-03T08:00',
    ]);
  });

  it('says why nothing of it is taken', () => {
    const { left } = read(
      calendar(
        ...[
          'DTSTART:20260301T090000Z',
          'DTSTART:20990301T090000Z',
          'TRANSP:TRANSPARENT\r\nDTSTART:20260310T090000Z',
        ].map((line, i) => event(line, 'DURATION:PT1H').replace('one@test', `${i}@test`)),
        event('DTSTART:20260310T090000Z', 'DURATION:PT1H').replace('one@test', 'apt_01@salon.test'),
      ),
    );
    expect(left).toEqual({ past: 1, later: 1, free: 1, cancelled: 0, own: 1, older: 0 });
  });

  it('with a title: unescaped, without signs nobody sees', () => {
    const { entries, name } = read(
      calendar(event('DTSTART:20260310T090000Z', 'DURATION:PT1H', 'SUMMARY:Arzt\\, links\\n\u202Eoben')),
    );
    expect([name, entries[0]]).toMatchObject(['Privat', { time: { title: 'Arzt, links oben' } }]);
  });
});

describe('a series', () => {
  const SUMMER = ['2026-03-23', '2026-03-30'];
  it('keeps its time by the clock over the change', () => {
    const times = timesOf(
      event(
        'DTSTART;TZID=Europe/Berlin:20260323T090000',
        'DTEND;TZID=Europe/Berlin:20260323T100000',
        'RRULE:FREQ=WEEKLY;COUNT=2',
      ),
    );
    expect(times).toEqual([`${SUMMER[0]}T08:00/${SUMMER[0]}T09:00`, `${SUMMER[1]}T07:00/${SUMMER[1]}T08:00`]);
  });

  it('without days that were taken out, with single ones moved, cancelled and added', () => {
    const base = ['DTSTART:20260310T090000Z', 'DURATION:PT1H'];
    const times = timesOf(
      event(...base, 'RRULE:FREQ=DAILY;COUNT=5', 'EXDATE:20260311T090000Z', 'RDATE:20260320T090000Z'),
      event('RECURRENCE-ID:20260312T090000Z', 'DTSTART:20260312T150000Z', 'DURATION:PT2H'),
      event('RECURRENCE-ID:20260313T090000Z', 'DTSTART:20260313T090000Z', 'DURATION:PT1H', 'STATUS:CANCELLED'),
    );
    expect(times).toEqual([
      '2026-03-10T09:00/2026-03-10T10:00',
      '2026-03-12T15:00/2026-03-12T17:00',
      '2026-03-14T09:00/2026-03-14T10:00',
      '2026-03-20T09:00/2026-03-20T10:00',
    ]);
  });

  it('ends a year ahead where it never ends', () => {
    expect(timesOf(event('DTSTART;VALUE=DATE:19700101', 'RRULE:FREQ=DAILY'))).toHaveLength(367);
  });

  it('by a zone that the file describes, as Outlook writes it', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Customized Time Zone 1',
      ...['BEGIN:STANDARD', 'DTSTART:16010101T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100'],
      ...['RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10', 'END:STANDARD'],
      ...['BEGIN:DAYLIGHT', 'DTSTART:16010101T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200'],
      ...['RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3', 'END:DAYLIGHT'],
      'END:VTIMEZONE',
    ];
    const lines = ['DTSTART;TZID=Customized Time Zone 1:20260323T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2'];
    expect(timesOf(event(...lines), ...zone)).toEqual([
      `${SUMMER[0]}T08:00/${SUMMER[0]}T09:00`,
      `${SUMMER[1]}T07:00/${SUMMER[1]}T08:00`,
    ]);
  });

  /** As RFC 5545 § 3.8.5.3 gives them. */
  it.each<[string, string, string, string[]]>([
    [
      'every other month on the first and last Sunday',
      '19970907',
      'FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU',
      ['0907', '0928', '1102', '1130', '0104', '0125'],
    ],
    [
      'the third to the last day of the month',
      '19970928',
      'FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=4',
      ['0928', '1029', '1128', '1229'],
    ],
    [
      'every third year on the 1st, 100th and 200th day',
      '19970101',
      'FREQ=YEARLY;INTERVAL=3;COUNT=5;BYYEARDAY=1,100,200',
      ['0101', '0410', '0719', '0101', '0409'],
    ],
    ['the 20th Monday of the year', '19970519', 'FREQ=YEARLY;BYDAY=20MO;COUNT=3', ['0519', '0518', '0517']],
    ['Monday of week 20', '19970512', 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3', ['0512', '0511', '0517']],
    [
      'every Friday the 13th',
      '19980213',
      'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=4',
      ['0213', '0313', '1113', '0813'],
    ],
    [
      'the first Saturday that follows the first Sunday',
      '19970913',
      'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=4',
      ['0913', '1011', '1108', '1213'],
    ],
    [
      'election day',
      '19961105',
      'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3',
      ['1105', '1107', '1102'],
    ],
    [
      'the third Tuesday, Wednesday or Thursday',
      '19970904',
      'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
      ['0904', '1007', '1106'],
    ],
    [
      'the second to last weekday',
      '19970929',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=4',
      ['0929', '1030', '1127', '1230'],
    ],
    [
      'weeks that begin on Monday',
      '19970805',
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
      ['0805', '0810', '0819', '0824'],
    ],
    [
      'weeks that begin on Sunday',
      '19970805',
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
      ['0805', '0817', '0819', '0831'],
    ],
    [
      'a day that not every month has',
      '20070115',
      'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5',
      ['0115', '0130', '0215', '0315', '0330'],
    ],
    ['the leap day', '20240229', 'FREQ=YEARLY;COUNT=2', ['0229', '0229']],
  ])('%s', (_what, start, text, expected) => {
    const parsed = parseRule(text);
    if (!parsed.ok) throw new Error(parsed.fault);
    const day = Date.UTC(+start.slice(0, 4), +start.slice(4, 6) - 1, +start.slice(6)) / 86_400_000;
    const made = expand(parsed.rule, { day, minute: 540 }, { fromDay: day, untilDay: day + 4_000 }, null, {
      left: 1e6,
    });
    if (!made.ok) throw new Error(made.fault);
    const dates = made.walls.map((wall) => new Date(wall.day * 86_400_000).toISOString().slice(5, 10).replace('-', ''));
    expect(dates).toEqual(expected);
  });
});

describe('what is made to hurt', () => {
  const base = ['DTSTART:20260310T090000Z', 'DURATION:PT1H'];
  it.each<[string, string[], string | number]>([
    ['every second', ['RRULE:FREQ=SECONDLY'], 'rule_too_often'],
    [
      'every minute of every day',
      [
        `RRULE:FREQ=DAILY;BYHOUR=${Array.from({ length: 24 }, (_, i) => i)};BYMINUTE=${Array.from({ length: 60 }, (_, i) => i)}`,
      ],
      'rule_too_long',
    ],
    ['a position that never comes', ['RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2;BYSETPOS=3'], 1],
    ['a day that never comes', ['RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5'], 1],
    ['a thousand million times', ['RRULE:FREQ=DAILY;COUNT=1000000000'], 358],
    ['a gap of thousands of years', ['RRULE:FREQ=YEARLY;INTERVAL=9999999999'], 1],
    ['an end before the start', ['RRULE:FREQ=DAILY;UNTIL=20200101'], 0],
    ['an end that is no day', ['RRULE:FREQ=DAILY;UNTIL=20269999'], 'bad_rule'],
    ['two of a part', ['RRULE:FREQ=DAILY;FREQ=WEEKLY'], 'bad_rule'],
    ['nothing', ['RRULE:'], 'bad_rule'],
    [
      'a flood of dates',
      Array.from(
        { length: 2_500 },
        (_, i) => `RDATE:2026${String((i % 9) + 4).padStart(2, '0')}01T0900${String(i % 60).padStart(2, '0')}Z`,
      ),
      'line_too_long',
    ],
    ['one line of a million dates', [`RDATE:${'20260401T090000Z,'.repeat(100_000)}`], 'line_too_long'],
    ['a line folded at every sign', [`RDATE:${[...'20260401T090000Z'].join('\r\n ')}`], 2],
  ])('%s', (_what, lines, expected) => {
    const times = timesOf(event(...base, ...lines));
    if (typeof expected === 'number') expect(times).toHaveLength(expected);
    else expect([times.length, times[0]]).toEqual([1, expect.stringContaining(expected)]);
  });

  it('that was cut off: the rest is taken, and what is open is named', () => {
    const text = calendar(
      event(...base),
      'BEGIN:VEVENT',
      'DTSTART:2026',
      event(...base).replace('one', 'two'),
      'BEGIN:VEVENT',
      'DTSTART:20260311T',
    );
    const { entries } = read(text);
    expect(entries.map((entry) => ('fault' in entry ? [entry.fault, entry.line] : 'time'))).toEqual([
      ['not_closed', 9],
      ['not_closed', 16],
      'time',
      'time',
    ]);
  });

  it('with more times than one import takes: whole events are refused, the others stay', () => {
    const rule = 'RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12,13';
    const { entries } = read(
      calendar(
        event(...base, rule),
        event(...base).replace('one', 'two'),
        event(...base, rule).replace('one', 'three'),
      ),
    );
    const refused = entries.filter((entry) => 'fault' in entry);
    expect([refused.length, entries.length - refused.length <= 5_000, refused[0]]).toMatchObject([
      1,
      true,
      { fault: 'too_many_times' },
    ]);
  });

  it.each([
    ['a table', 'Name;Telefon\r\nAnna;1', 'no_calendar'],
    ['an empty calendar', calendar(), 'no_events'],
    [
      'a flood of events',
      calendar(...Array.from({ length: 20_001 }, () => 'BEGIN:VEVENT\r\nEND:VEVENT')),
      'too_many_events',
    ],
  ])('%s is refused whole', (_what, text, fault) => {
    expect(readCalendar(text, place)).toBe(fault);
  });

  it('of twenty megabytes ends', () => {
    const floods = [`DESCRIPTION:${'x'.repeat(75)}\r\n`, `EXDATE:${'20260401T090000Z,'.repeat(500)}\r\n`, ' \r\n'];
    for (const flood of floods) {
      const text = calendar(event(...base, 'RRULE:FREQ=DAILY', flood.repeat(Math.floor(2e7 / flood.length))));
      expect(typeof readCalendar(text, place)).toBe('object');
    }
  }, 60_000);

  const word = fc.constantFrom(
    ...'BEGIN:VEVENT|END:VEVENT|BEGIN:VTIMEZONE|END:VTIMEZONE|BEGIN:STANDARD|END:STANDARD|BEGIN:VALARM|END:VALARM|END:VCALENDAR|BEGIN:VFREEBUSY'.split(
      '|',
    ),
    ...'UID:a|UID:b|DTSTART:20260310T090000Z|DTSTART;VALUE=DATE:20260311|DTSTART;TZID=X:20260312T090000|DTEND:99991231T235959|DTEND:20260310T093000'.split(
      '|',
    ),
    ...'DURATION:P999999W|DURATION:-PT1H|DURATION:P|RECURRENCE-ID:20260310T090000Z|TZID:X|TZOFFSETFROM:+0100|TZOFFSETTO:+0200|DTSTART:00010101T000000'.split(
      '|',
    ),
    ...'RDATE:20260310T090000Z/PT1H|RDATE:20260310/x|EXDATE:20260310|FREEBUSY:20260310T090000Z/PT1H|FREEBUSY:x/y|STATUS:CANCELLED|SEQUENCE:9|TZID'.split(
      '|',
    ),
  );
  const part = (name: string, values: fc.Arbitrary<unknown>) =>
    fc.option(
      values.map((value) => `;${name}=${String(value)}`),
      { nil: '' },
    );
  const list = fc.array(fc.integer({ min: -60, max: 400 }), { maxLength: 5 });
  const rule = fc
    .tuple(
      fc.constantFrom('YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY'),
      part('INTERVAL', fc.integer({ min: 0, max: 2 ** 40 })),
      part('COUNT', fc.integer({ min: 0, max: 2 ** 40 })),
      part('BYMONTH', list),
      part('BYMONTHDAY', list),
      part('BYYEARDAY', list),
      part('BYWEEKNO', list),
      part('BYSETPOS', list),
      part('BYDAY', fc.constantFrom('MO', '5FR', '-53SU,1MO', 'XX')),
      part('UNTIL', fc.constantFrom('20270101', '00010101', '99991231T235959Z', 'x')),
    )
    .map(([frequency, ...parts]) => `RRULE:FREQ=${frequency}${parts.join('')}`);

  it('at random: never a fault of ours, never more than a year, never more times than the bound', () => {
    const lines = fc.array(fc.oneof({ arbitrary: word, weight: 6 }, rule, fc.string()), { maxLength: 60 });
    fc.assert(
      fc.property(lines, fc.constantFrom('\r\n', '\n', '\r', '\n '), (some, end) => {
        const made = readCalendar(`BEGIN:VCALENDAR${end}${some.join(end)}`, place);
        if (typeof made === 'string') return;
        expect(made.entries.length).toBeLessThanOrEqual(5_000 + some.length);
        for (const entry of made.entries) {
          if (!('time' in entry)) continue;
          const { startsAt, endsAt } = entry.time;
          expect(endsAt > startsAt && endsAt > NOW && endsAt <= NOW + 366 * 86_400_000).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  it('of rules at random: within their steps, in order, none twice', () => {
    fc.assert(
      fc.property(rule, fc.integer({ min: -300_000, max: 20_600 }), (text, day) => {
        const parsed = parseRule(text.slice(6));
        if (!parsed.ok) return;
        const budget = { left: 150_000 };
        const made = expand(parsed.rule, { day, minute: 600 }, { fromDay: 20_500, untilDay: 20_900 }, null, budget);
        expect(budget.left).toBeGreaterThanOrEqual(0);
        if (!made.ok) return;
        const days = made.walls.map((wall) => wall.day);
        expect(days).toEqual([...new Set(days)].toSorted((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
