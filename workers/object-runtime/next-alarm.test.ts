/** The truth table of the next alarm. */
import { describe, expect, it } from 'vitest';
import { type AlarmFacts, nextAlarm } from './next-alarm.ts';

const NOW = 1_000_000;
const idle: AlarmFacts = {
  now: NOW,
  realNow: NOW,
  moduleDue: null,
  fenced: false,
  sinks: [],
  armedAt: null,
  fromAlarm: false,
};
const sink = (more: Partial<AlarmFacts['sinks'][number]> = {}): AlarmFacts['sinks'][number] => ({
  waits: true,
  stopped: false,
  nextAt: 0,
  ...more,
});

describe('the next alarm', () => {
  it.each<[string, Partial<AlarmFacts>, number | null | 'leave']>([
    ['after a drain with nothing to do is left as it is', {}, 'leave'],
    ['after a drain with nothing to do is left, also one that is set', { armedAt: NOW + 10 }, 'leave'],
    ['at the end of an alarm with nothing to do is deleted', { fromAlarm: true }, null],
    ['is the moment a sink may try again', { sinks: [sink({ nextAt: NOW + 900 })] }, NOW + 900],
    ['comes a little later for a sink that is due', { sinks: [sink()] }, NOW + 50],
    [
      'is of the sink that is due first',
      { sinks: [sink({ nextAt: NOW + 900 }), sink({ nextAt: NOW + 300 })] },
      NOW + 300,
    ],
    ['is not for a sink that has all it should', { sinks: [sink({ waits: false, nextAt: NOW + 900 })] }, 'leave'],
    ['is not for a stopped sink: a person must act', { sinks: [sink({ stopped: true })], fromAlarm: true }, null],
    ['is not for sinks of a file that is behind', { sinks: [sink()], fenced: true, fromAlarm: true }, null],
    ['is for the work of the module in a file that is behind', { moduleDue: NOW + 5, fenced: true }, NOW + 5],
    [
      'is soon for a sink whose try was set by a clock that stood ahead',
      { sinks: [sink({ nextAt: NOW + 60_001 })] },
      NOW + 50,
    ],
    ['is the module’s due', { moduleDue: NOW + 70_000 }, NOW + 70_000],
    ['is now for what was due before', { moduleDue: NOW - 5_000 }, NOW],
    ['is the earlier of module and sink', { moduleDue: NOW + 70_000, sinks: [sink({ nextAt: NOW + 900 })] }, NOW + 900],
    ['is left when it comes early enough', { moduleDue: NOW + 70_000, armedAt: NOW + 2_000 }, 'leave'],
    ['is left when it comes at that moment', { moduleDue: NOW + 70_000, armedAt: NOW + 70_000 }, 'leave'],
    ['is brought forward when it comes too late', { moduleDue: NOW + 70_000, armedAt: NOW + 70_001 }, NOW + 70_000],
    [
      'is put off by an alarm that knows better',
      { moduleDue: NOW + 70_000, armedAt: NOW + 2_000, fromAlarm: true },
      NOW + 70_000,
    ],
    [
      'is set by the machine’s clock though work is due by the process clock',
      { moduleDue: NOW + 100, realNow: 5_000 },
      5_100,
    ],
  ])('%s', (_name, facts, expected) => {
    expect(nextAlarm({ ...idle, ...facts })).toBe(expected);
  });
});
