import { describe, expect, it } from 'vitest';
import { bodyOf, changesOf, errorsByField, shownValue } from './draft.ts';
import type { Field } from './view.ts';

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

describe('a form’s draft', () => {
  it('starts with the row’s values, and with empty ones for a new record', () => {
    expect(FIELDS.map((field) => shownValue(field, ANNA))).toEqual(['Groß', false, ['+4930111']]);
    expect(FIELDS.map((field) => shownValue(field, null))).toEqual(['', false, []]);
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
    expect(bodyOf(changesOf(FIELDS, ANNA, draft))).toEqual(body);
  });

  it('keeps a change over a newer row, and drops it where the newer row says the same', () => {
    const newer = { ...ANNA, last_name: 'Klein', is_vip: true };
    expect(changesOf(FIELDS, newer, { last_name: 'Klein', phones: ['+4930333'] })).toEqual({ phones: ['+4930333'] });
  });

  it('gives errors of list members to their field, and names the path of those without one', () => {
    expect(errorsByField({ 'phones.1': ['x'], phones: ['y'], tier: ['z'] }, ['phones'])).toEqual({
      fields: { phones: ['x', 'y'] },
      others: ['tier: z'],
    });
  });
});
