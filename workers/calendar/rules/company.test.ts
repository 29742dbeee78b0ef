import { describe, expect, it } from 'vitest';
import { changeCompany, companyIds, companySettings } from './company.ts';
import { itemsOf, salonItems } from '../salon.fixture.ts';
import { snapshotOf } from '../engine/schedule.ts';
import type { ScheduleInput, ScheduleSnapshot } from '../master-data.ts';

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
      smsCountries: ['AT', 'CH', 'DE'],
      quietFrom: '20:00',
      quietTo: '08:00',
      quietSundays: true,
      quietHolidays: true,
      practiceMode: false,
      forwardingNumbers: [],
      callbackDueHours: 4,
      transcriptDays: 90,
      recordingDays: 90,
      messageDays: 180,
      webhookDays: 30,
      activityDays: 365,
      legalName: null,
      legalAddress: null,
      legalCountry: null,
      vatId: null,
      taxNumber: null,
      register: null,
      languages: [],
      archived: false,
      calcomTeamId: null,
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

  it('branches and saved items name the companies, each once', () => {
    expect(companyIds(salonWith(company({}), company({}, 'com_a')))).toEqual(['com', 'com_a']);
    expect(companyIds(snapshot([]))).toEqual([]);
  });
});

describe('a change', () => {
  const practice = salonWith(company({ practiceMode: true, greeting: 'full_name' }));

  it('names only what differs from what is stored', () => {
    const requested = { name: 'Salon Schön', smsCountries: ['DE'] };
    expect(changeCompany(salonWith(company({})), 'com', requested)).toMatchObject({
      body: { name: 'Salon Schön', identity: 'standard', smsCountries: ['DE'] },
      before: { smsCountries: ['AT', 'CH', 'DE'] },
      after: { smsCountries: ['DE'] },
      refused: [],
    });
    expect(changeCompany(salonWith(), 'com', {})).toMatchObject({ before: {}, after: {} });
  });

  it('keeps what practice mode covers, so that leaving it brings it back', () => {
    const left = changeCompany(practice, 'com', { practiceMode: false });
    expect(left).toMatchObject({ body: { identity: 'standard', greeting: 'full_name' }, refused: [] });
  });

  it.each([
    [{ identity: 'standard' }, ['identity']],
    [{ greeting: 'first_name' }, ['greeting']],
    [{ identity: 'standard', greeting: 'full_name' }, ['identity', 'greeting']],
    [{ identity: 'strict', greeting: 'none' }, []],
    [{ identity: 'standard', practiceMode: false }, []],
    [{ name: 'Praxis' }, []],
  ] as const)('in practice mode %o is refused by name: %j', (requested, refused) => {
    expect(changeCompany(practice, 'com', requested).refused).toEqual(refused);
    expect(changeCompany(salonWith(company({})), 'com', requested).refused).toEqual([]);
  });

  it('cannot turn practice mode on and ask for less in one breath', () => {
    const requested = { practiceMode: true, identity: 'standard' } as const;
    expect(changeCompany(salonWith(company({})), 'com', requested).refused).toEqual(['identity']);
    expect(changeCompany(snapshot(neutral()), 'com', { ...requested, practiceMode: false }).refused).toEqual([
      'identity',
    ]);
  });
});
