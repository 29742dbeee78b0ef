import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appointmentView } from './appointments.ts';
import { callbackView } from './calls.ts';
import { camelOf, insideOf, toInside, toOutside } from './mapper.ts';
import { transactionView } from './money.ts';
import { idField, lineText, viewOf } from './parts.ts';
import { serviceBody, services } from './services.ts';

// ---------------------------------------------------------------- schemas and values of any shape

interface Sample {
  schema: z.ZodType;
  value: unknown;
}

const key = fc
  .array(fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/), { minLength: 1, maxLength: 3 })
  .map((words) => words.join('_'));
/** Keys that a renaming by text would spoil. */
const freeKey = fc.oneof(key, fc.constantFrom('camelCase', 'snake_case', '_x', 'a__b', 'e164'));

const leaf: fc.Arbitrary<Sample> = fc.oneof(
  fc.string().map((value) => ({ schema: z.string(), value })),
  fc.integer().map((value) => ({ schema: z.int(), value })),
  fc.boolean().map((value) => ({ schema: z.boolean(), value })),
  fc.constantFrom('in_progress', 'no_show').map((value) => ({ schema: z.enum(['in_progress', 'no_show']), value })),
  fc.constantFrom('cus_1_ab', 'apt_no_show').map((value) => ({ schema: idField('customer'), value })),
  fc
    .dictionary(freeKey, fc.oneof(fc.string(), fc.dictionary(freeKey, fc.integer())))
    .map((value) => ({ schema: z.record(z.string(), z.unknown()), value })),
);

const { sample } = fc.letrec<{ sample: Sample; object: Sample }>((tie) => ({
  sample: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('object').map(({ schema, value }) => ({ schema: z.array(schema), value: [value, value] })),
    tie('object').map(({ schema, value }) => ({ schema: schema.nullable(), value })),
    tie('object').map(({ schema }) => ({ schema: schema.nullable(), value: null })),
    tie('object').map(({ schema, value }) => ({ schema: z.record(z.string(), schema), value: { some_key: value } })),
    tie('object'),
  ),
  object: fc
    .uniqueArray(fc.tuple(key, tie('sample'), fc.boolean()), { maxLength: 5, selector: ([name]) => camelOf(name) })
    .map((members) => ({
      schema: z.object(
        Object.fromEntries(members.map(([name, one, isThere]) => [name, isThere ? one.schema : one.schema.optional()])),
      ),
      value: Object.fromEntries(members.filter(([, , isThere]) => isThere).map(([name, one]) => [name, one.value])),
    })),
}));

describe('the mapper', () => {
  it('gives back what it was given, whatever the schema', () => {
    fc.assert(
      fc.property(sample, ({ schema, value }) => {
        expect(schema.safeParse(value).success).toBe(true);
        expect(toOutside(schema, toInside(schema, value) as never)).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  it('renames every key that the schema names, and no other', () => {
    const schema = z.object({
      starts_at: z.string(),
      more_parts: z.array(z.object({ gap_min: z.int(), line_2: z.string().nullable() })),
      free_form: z.record(z.string(), z.unknown()),
      any_thing: z.unknown(),
    });
    const outside = {
      starts_at: 'snake_case stays in values',
      more_parts: [{ gap_min: 1, line_2: null }],
      free_form: { some_key: { other_key: 1 } },
      any_thing: { a_b: 1 },
    };
    const inside = toInside(schema, outside);
    expect(inside).toEqual({
      startsAt: 'snake_case stays in values',
      moreParts: [{ gapMin: 1, line2: null }],
      freeForm: { some_key: { other_key: 1 } },
      anyThing: { a_b: 1 },
    });
    expect(toOutside(schema, inside)).toEqual(outside);
  });

  it('shows nothing that the schema does not name', () => {
    const shown = toOutside(z.object({ id: z.string() }), { id: 'srv_1', companyId: 'com_1' } as never);
    expect(shown).toEqual({ id: 'srv_1' });
  });

  it('keeps the further members of a loose object as they are', () => {
    const schema = z.looseObject({ own_key: z.int() });
    expect(toInside(schema, { own_key: 1, their_key: { x_y: 2 } })).toEqual({ ownKey: 1, their_key: { x_y: 2 } });
  });

  it('refuses what it cannot map back: two names that become one, unions of objects', () => {
    expect(() => toInside(z.object({ a_b: z.int(), aB: z.int() }), { a_b: 1, aB: 2 })).toThrow('one name inside');
    const union = z.union([z.object({ a_b: z.int() }), z.object({ c_d: z.int() })]);
    expect(() => toInside(union, { a_b: 1 })).toThrow('unions of objects');
  });

  it.each([
    ['appointment', appointmentView],
    ['call back request', callbackView],
    ['transaction', transactionView],
    ['service', services.view],
  ] as const)('knows every member of a contract: %s', (_, schema) => {
    const outside = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, null]));
    const inside = toInside(schema as z.ZodObject, outside) as Record<string, unknown>;
    expect(Object.keys(inside)).toEqual(Object.keys(schema.shape).map(camelOf));
    expect(toOutside(schema as z.ZodObject, inside)).toEqual(outside);
  });
});

describe('the schema inside', () => {
  const service = {
    name: { de: 'Schnitt' },
    durationMinutes: 30,
    priceCents: 100,
    currency: 'EUR',
    staff: [{ staffId: 'stf_1' }],
  };
  it('has the bounds and defaults of the one outside, under its own names', () => {
    const inside = insideOf(serviceBody);
    const read = inside.parse({ ...service, segments: [{ id: 'a', kind: 'active', durationMinutes: 5 }] });
    expect(read).toMatchObject({ slotStepMinutes: 15, branchIds: [], staff: [{ priceCents: null }] });
    expect(read.segments).toMatchObject([{ gapMinMinutes: 0, staffIds: [] }]);
    expect(inside.safeParse({ ...service, durationMinutes: 0 }).error?.issues[0]?.path).toEqual(['durationMinutes']);
    expect(inside.safeParse({ ...service, staff: Array(201).fill({ staffId: 'stf_1' }) }).success).toBe(false);
  });
  it('stands for what is absent under its own names, too', () => {
    const schema = z.object({ first_part: z.object({ in_it: z.int() }).default({ in_it: 1 }) });
    expect(insideOf(schema).parse({})).toEqual({ firstPart: { inIt: 1 } });
  });
});

describe('a body as it is shown', () => {
  it('leaves nothing out and shows ids as text', () => {
    const view = viewOf(
      z.object({ owner_id: idField('staff').nullable().default(null), name: lineText(5).default('x') }),
    );
    expect(view.safeParse({ owner_id: null, name: 'y' }).success).toBe(true);
    expect(view.safeParse({ name: 'y' }).success).toBe(false);
    expect(view.safeParse({ owner_id: 7, name: 'y' }).success).toBe(false);
  });
});
