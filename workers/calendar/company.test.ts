import { describe, expect, it } from 'vitest';
import { againstPractice, companyIds, companySettings, storedSettings } from './company.ts';
import { itemsOf, salonItems } from './salon.fixture.ts';
import { snapshotOf } from './schedule.ts';
import type { ScheduleInput, ScheduleSnapshot } from './types.ts';

const NEUTRAL = { de: 'Termin', en: 'Appointment' };
const company = (body: object, id = 'com'): ScheduleInput => ({
  kind: 'company',
  id,
  body: { name: 'Salon Schön', ...body },
});
const snapshot = (inputs: readonly ScheduleInput[]): ScheduleSnapshot => snapshotOf(itemsOf(inputs), 1);
const salonWith = (...more: ScheduleInput[]): ScheduleSnapshot => snapshot([...salonItems(), ...more]);
/** The salon with a neutral name on every service, or on all but those named. */
const neutral = (but: readonly string[] = [], over: object = {}): ScheduleInput[] =>
  salonItems().map((item) =>
    item.kind === 'service'
      ? {
          ...item,
          body: { ...(item.body as object), ...(but.includes(item.id) ? over : { neutralName: NEUTRAL }) },
        }
      : item,
  );

describe('settings of a company', () => {
  it('one that nobody saved has the defaults and its main branch’s name', () => {
    expect(companySettings(salonWith(), 'com')).toEqual({
      name: 'Mitte',
      identity: 'standard',
      greeting: 'first_name',
      smsCountries: ['DE', 'AT', 'CH'],
      practiceMode: false,
      forwardingNumbers: [],
    });
  });

  it('what was saved holds', () => {
    const saved = {
      greeting: 'full_name',
      smsCountries: ['DE'],
      forwardingNumbers: ['+493012345678'],
    };
    expect(companySettings(salonWith(company(saved)), 'com')).toMatchObject({ name: 'Salon Schön', ...saved });
  });

  it.each([
    ['nothing set', salonWith(company({})), false, 'standard', 'first_name'],
    ['strict greets without a name', salonWith(company({ identity: 'strict' })), false, 'strict', 'none'],
    [
      'practice mode is strict, whatever was saved',
      salonWith(company({ practiceMode: true, identity: 'standard', greeting: 'full_name' })),
      true,
      'strict',
      'none',
    ],
    ['every service neutral is practice mode', snapshot(neutral()), true, 'strict', 'none'],
    [
      'also where practice mode was saved as off',
      snapshot([...neutral(), company({ practiceMode: false, greeting: 'full_name' })]),
      true,
      'strict',
      'none',
    ],
    ['one service with its own name is none', snapshot(neutral(['srv_cut'])), false, 'standard', 'first_name'],
    [
      'a service that is not offered does not count',
      snapshot(neutral(['srv_cut'], { active: false })),
      true,
      'strict',
      'none',
    ],
    [
      'no services at all are no practice',
      snapshot(salonItems().filter((item) => item.kind !== 'service')),
      false,
      'standard',
      'first_name',
    ],
  ] as const)('%s', (_what, given, practiceMode, identity, greeting) => {
    expect(companySettings(given, 'com')).toMatchObject({ practiceMode, identity, greeting });
  });

  it('another company’s practice mode is not this one’s', () => {
    const both = salonWith(company({ practiceMode: true }, 'com_other'), company({}));
    expect(companySettings(both, 'com').identity).toBe('standard');
    expect(companySettings(both, 'com_other').identity).toBe('strict');
  });

  it('a change starts from what is stored, not from what practice mode makes of it', () => {
    const practice = salonWith(company({ practiceMode: true, greeting: 'full_name' }));
    expect(storedSettings(practice, 'com')).toMatchObject({ identity: 'standard', greeting: 'full_name' });
  });

  it('branches and saved items name the companies, each once', () => {
    expect(companyIds(salonWith(company({}), company({}, 'com_a')))).toEqual(['com', 'com_a']);
    expect(companyIds(snapshot([]))).toEqual([]);
  });

  it.each([
    [{ identity: 'standard' }, ['identity']],
    [{ greeting: 'first_name' }, ['greeting']],
    [{ identity: 'standard', greeting: 'full_name' }, ['identity', 'greeting']],
    [{ identity: 'strict', greeting: 'none' }, []],
    [{ name: 'Praxis' }, []],
  ] as const)('in practice mode %o is refused by name: %j', (wish, wrong) => {
    const practice = salonWith(company({ practiceMode: true }));
    expect(againstPractice(practice, storedSettings(practice, 'com'), wish)).toEqual(wrong);
    const salon = salonWith(company({}));
    expect(againstPractice(salon, storedSettings(salon, 'com'), wish)).toEqual([]);
  });
});
