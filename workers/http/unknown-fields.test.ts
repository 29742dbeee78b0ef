import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { unknownFields } from './unknown-fields.ts';

const schema = z.object({
  name: z.string(),
  address: z.object({ city: z.string() }).nullable().default(null),
  lines: z.array(z.object({ number: z.string() })).optional(),
  owner: z.union([z.object({ staff_id: z.string() }), z.object({ branch_id: z.string() })]).optional(),
  notes: z.string().transform((text) => text.trim()),
  data: z.record(z.string(), z.unknown()).optional(),
});

describe('members that no schema names', () => {
  it.each([
    [{ name: 'a', notes: 'b' }, []],
    [{ naem: 'a' }, ['naem']],
    [{ address: { town: 'x', city: 'y' } }, ['address.town']],
    [{ lines: [{ number: '1' }, { nummer: '2' }] }, ['lines.1.nummer']],
    [{ owner: { branch_id: 'x' } }, []],
    [{ owner: { branchid: 'x' } }, ['owner.branchid']],
    [{ data: { anything: { goes: 1 } } }, []],
    ['no object', []],
    [null, []],
    [JSON.parse('{"__proto__": 1}'), ['__proto__']],
  ])('%j → %j', (value, fields) => expect(unknownFields(schema, value)).toEqual(fields));

  it('of an open object are welcome', () => {
    expect(unknownFields(z.looseObject({ a: z.string() }), { b: 1 })).toEqual([]);
  });

  it('are named up to a bound, however many there are', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`f${n}`, n]));
    expect(unknownFields(schema, many)).toHaveLength(50);
  });
});
