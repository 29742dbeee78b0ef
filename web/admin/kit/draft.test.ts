import { describe, expect, it } from 'vitest';
import { bodyOf, changesOf, errorsByField, NOBODY, shownValue } from './draft.ts';
import { readTime } from '../../ui/wall-text.ts';
import { startOf } from './start.ts';
import type { Field, FieldValue, Reference, View } from './view.ts';

interface Person {
  id: string;
  last_name: string | null;
  is_vip: boolean;
  phones: { e164: string }[];
}
const label = 'action.close';
const FIELDS: Field<Person>[] = [
  { name: 'last_name', kind: 'text', label, maxLength: 10 },
  { name: 'is_vip', kind: 'flag', label },
  {
    name: 'phones',
    kind: 'lines',
    label,
    add: label,
    remove: label,
    max: 5,
    inputMode: 'tel',
    read: (row) => row.phones.map((phone) => phone.e164),
  },
];
const ANNA: Person = { id: 'cus_1', last_name: 'Groß', is_vip: false, phones: [{ e164: '+4930111' }] };

const GERMAN = { language: 'de', currency: 'EUR' };

describe('a form’s draft', () => {
  it('starts with the row’s values, and with empty ones for a new record', () => {
    expect(FIELDS.map((field) => shownValue(field, ANNA, GERMAN))).toEqual(['Groß', false, ['+4930111']]);
    expect(FIELDS.map((field) => shownValue(field, null, GERMAN))).toEqual(['', false, []]);
  });

  it.each([
    ['nothing typed', {}, {}],
    ['the same typed again, with blanks', { last_name: ' Groß ' }, {}],
    ['an empty line added', { phones: ['+4930111', ' '] }, {}],
    ['a text emptied', { last_name: '' }, { last_name: null }],
    ['a line added', { phones: ['+4930111', '030 222'] }, { phones: ['+4930111', '030 222'] }],
    ['a switch turned', { is_vip: true }, { is_vip: true }],
    ['turned and turned back', { is_vip: false }, {}],
  ])('sends what has changed: %s', (_, draft, body) => {
    expect(bodyOf(FIELDS, ANNA, changesOf(FIELDS, ANNA, draft, GERMAN), GERMAN)).toEqual(body);
  });

  it('keeps a change over a newer row, and drops it where the newer row says the same', () => {
    const newer = { ...ANNA, last_name: 'Klein', is_vip: true };
    expect(changesOf(FIELDS, newer, { last_name: 'Klein', phones: ['+4930333'] }, GERMAN)).toEqual({
      phones: ['+4930333'],
    });
  });

  it('reads and sends parts that are numbers in units of their own, and an empty object for none', () => {
    const prices: Field<{ id: string; prices: Record<string, number> }> = {
      name: 'prices',
      kind: 'parts',
      label,
      factor: 1_000_000,
      parts: ['sms', 'email'].map((name) => ({ name, label, maxLength: 9, isOptional: true as const })),
    };
    const row = { id: 'pln_1', prices: { sms: 1_000 } };
    expect(shownValue(prices, row, GERMAN)).toEqual({ sms: '0,001', email: '' });
    const sent = (typed: Record<string, string>) =>
      bodyOf([prices], row, changesOf([prices], row, { prices: typed }, GERMAN), GERMAN);
    expect(sent({ sms: '0,08', email: '0.5' })).toEqual({ prices: { sms: 80_000, email: 500_000 } });
    expect(sent({ sms: '', email: '' })).toEqual({ prices: {} });
    expect(sent({ sms: 'teuer', email: '' })).toEqual({ prices: { sms: 'teuer' } });
    expect(sent({ sms: '0,001', email: ' ' })).toEqual({});
  });

  it('gives errors of list members to their field, and names the path of those without one', () => {
    expect(errorsByField({ 'phones.1': ['x'], phones: ['y'], tier: ['z'] }, FIELDS)).toEqual({
      fields: { phones: ['x', 'y'] },
      others: ['tier: z'],
    });
  });

  it('sends a new record’s switch that was turned off', () => {
    expect(changesOf(FIELDS, null, { is_vip: false }, GERMAN)).toEqual({ is_vip: false });
  });
});

const TEAM: Reference = { resource: 'staff', path: '/admin/staff', permission: 'view_staff', name: (row) => row.id };
interface Thing {
  id: string;
  name: { de: string; en?: string };
  price_cents: number;
  currency: string;
  notice_minutes: number;
  weekday: number;
  starts: string | null;
  periods: { from: string; to: string }[];
  staff_id: string | null;
  branch_id: string | null;
  staff: { staff_id: string; price_cents: number | null }[];
}
const THING: Thing = {
  id: 'x',
  name: { de: 'Schnitt' },
  price_cents: 4_500,
  currency: 'EUR',
  notice_minutes: 90,
  weekday: 0,
  starts: '09:00',
  periods: [{ from: '09:00', to: '18:00' }],
  staff_id: null,
  branch_id: 'bra_1',
  staff: [{ staff_id: 'stf_a', price_cents: 5_000 }],
};
const FORM: Field<Thing>[] = [
  {
    name: 'name',
    kind: 'parts',
    label,
    parts: [
      { name: 'de', label, maxLength: 9 },
      { name: 'en', label, maxLength: 9, isOptional: true },
    ],
  },
  { name: 'price_cents', kind: 'money', label },
  { name: 'notice_minutes', kind: 'number', label, factor: 60 },
  { name: 'weekday', kind: 'choice', label, options: [], isNumber: true },
  { name: 'starts', kind: 'time', label },
  { name: 'periods', kind: 'spans', label, add: label, remove: label, max: 3 },
  {
    name: 'staff_id',
    kind: 'owner',
    label,
    none: label,
    groups: [
      { member: 'staff_id', label, to: TEAM },
      { member: 'branch_id', label, to: TEAM },
    ],
  },
  {
    name: 'staff',
    kind: 'references',
    label,
    to: TEAM,
    empty: label,
    members: ['people'],
    read: (row) => row.staff.map((one) => one.staff_id),
    write: (ids, row) => ids.map((id) => row?.staff.find((one) => one.staff_id === id) ?? { staff_id: id }),
  },
];

describe('a field made for people', () => {
  it('shows whole numbers as people write them', () => {
    expect(FORM.map((field) => shownValue(field, THING, GERMAN))).toEqual([
      { de: 'Schnitt', en: '' },
      '45,00',
      '1,5',
      '0',
      '09:00',
      [{ from: '09:00', to: '18:00' }],
      'branch_id:bra_1',
      ['stf_a'],
    ]);
    const [, price] = FORM;
    expect(price && shownValue(price, { ...THING, price_cents: 5 }, { language: 'en', currency: 'EUR' })).toBe('0.05');
  });

  it.each<[string, Record<string, FieldValue>, object]>([
    ['an amount to the cent', { price_cents: '1.234,56' }, { price_cents: 123_456 }],
    ['an amount that is none, as it was typed', { price_cents: 'viel' }, { price_cents: 'viel' }],
    ['hours as minutes', { notice_minutes: '0,5' }, { notice_minutes: 30 }],
    ['a number that is none, as it was typed', { notice_minutes: 'bald' }, { notice_minutes: 'bald' }],
    ['a weekday as a number', { weekday: '5' }, { weekday: 5 }],
    ['a time in any spelling', { starts: '8.30 Uhr' }, { starts: '08:30' }],
    ['no time at all', { starts: '' }, { starts: null }],
    [
      'stretches without the empty ones',
      {
        periods: [
          { from: '9', to: '12' },
          { from: '', to: '' },
        ],
      },
      { periods: [{ from: '09:00', to: '12:00' }] },
    ],
    ['nothing for the same stretches', { periods: [{ from: '9', to: '18' }] }, {}],
    ['the one owner, and no other', { staff_id: 'staff_id:stf_b' }, { staff_id: 'stf_b', branch_id: null }],
    ['nobody’s', { staff_id: NOBODY }, { staff_id: null, branch_id: null }],
    ['a name without its empty translation', { name: { de: 'Neu', en: '' } }, { name: { de: 'Neu' } }],
    ['no name at all', { name: { de: '', en: '' } }, { name: null }],
    [
      'ids with what belongs to them, under the request’s name',
      { staff: ['stf_b', 'stf_a'] },
      { people: [{ staff_id: 'stf_b' }, { staff_id: 'stf_a', price_cents: 5_000 }] },
    ],
  ])('sends %s', (_, draft, body) => {
    expect(bodyOf(FORM, THING, changesOf(FORM, THING, draft, GERMAN), GERMAN)).toEqual(body);
  });

  it('takes the refusals of all members it writes', () => {
    expect(errorsByField({ branch_id: ['x'], people: ['y'] }, FORM).fields).toEqual({ staff_id: ['x'], staff: ['y'] });
  });

  it('starts with what the address names', () => {
    const view = { form: [{ title: label, hint: label, fields: FORM }], start: () => ({ weekday: '1' }) };
    const query = new URLSearchParams('branch_id=bra_2&people=stf_c&price_cents=5');
    expect(
      startOf(view as unknown as View<Thing>, query, {
        currency: 'EUR',
        timeZone: 'Europe/Berlin',
        today: '2027-01-01',
      }),
    ).toEqual({ weekday: '1', staff_id: 'branch_id:bra_2', staff: ['stf_c'] });
  });

  it.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['18.30', '18:30'],
    ['18:05 Uhr', '18:05'],
    ['7h', '07:00'],
    ['24', '24:00'],
    ['24:30', null],
    ['25', null],
    ['9:60', null],
    ['9:5', null],
    ['mittags', null],
    ['', null],
  ])('reads the time %j as %j', (text, time) => {
    expect(readTime(text)).toBe(time);
  });
});
