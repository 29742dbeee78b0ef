/**
 * Between the outside (snake_case, as a schema of shared/contract says) and the inside (camelCase): `toInside` and `toOutside` turn
 * values, `insideOf` the schema itself, all three from the schema's own keys. Only keys that the schema names are renamed: a free-form
 * map (`z.record`, `z.unknown`, the further members of a loose object) keeps its keys, and so do ids and every other plain value.
 * Members that the schema does not name are left out. Called by routes, by the calendar's master data, and by tests.
 */
import { isObject } from '../is-object.ts';
import { z } from 'zod';
import type { Id } from '../ids.ts';

type CamelKey<K> = K extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelKey<Tail>>}` : K;

/** What a value of the contract is called inside: the same shape under camelCase keys. Ids are plain text there, as in stored bodies. */
type Inside<T> = T extends string | number | boolean | null | undefined
  ? T extends Id<string>
    ? string
    : T
  : T extends readonly (infer Item)[]
    ? Inside<Item>[]
    : T extends object
      ? string extends keyof T
        ? T
        : { [K in keyof T as CamelKey<K>]: Inside<T[K]> }
      : T;

/** An object schema under camelCase keys; each member checks what it checks outside. */
type InsideSchema<S extends z.ZodRawShape> = z.ZodObject<{
  [K in keyof S as CamelKey<K>]: z.ZodType<Inside<z.output<S[K]>>, Inside<z.input<S[K]>>>;
}>;

/** `duration_minutes` → `durationMinutes`. */
export const camelOf = (key: string): string =>
  key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

// ---------------------------------------------------------------- values

type Mapping = (value: unknown) => unknown;
type Direction = 'inside' | 'outside';

/** Made once a schema and direction; schemas live as long as the isolate. */
const mappings: Record<Direction, WeakMap<z.core.$ZodType, Mapping>> = {
  inside: new WeakMap(),
  outside: new WeakMap(),
};

/** The value under the names used inside. @param value what the schema's parse has answered */
export const toInside = <S extends z.ZodType>(schema: S, value: z.output<S>): Inside<z.output<S>> =>
  mappingOf(schema, 'inside')(value) as Inside<z.output<S>>;

/** The value as the schema shows it outside; members that the schema does not name stay inside. */
export const toOutside = <S extends z.ZodType>(schema: S, value: Inside<z.output<S>>): z.output<S> =>
  mappingOf(schema, 'outside')(value) as z.output<S>;

const asIs: Mapping = (value) => value;

function mappingOf(schema: z.core.$ZodType, direction: Direction): Mapping {
  const known = mappings[direction].get(schema);
  if (known) return known;
  const made = makeMapping(schema, direction);
  mappings[direction].set(schema, made);
  return made;
}

function makeMapping(schema: z.core.$ZodType, direction: Direction): Mapping {
  const inner = innerOf(schema);
  if (inner !== null) return mappingOf(inner, direction);
  if (schema instanceof z.ZodObject) return objectMapping(schema, direction);
  if (schema instanceof z.ZodArray) {
    const item = mappingOf(schema.element, direction);
    return item === asIs ? asIs : (value) => (Array.isArray(value) ? value.map(item) : value);
  }
  if (schema instanceof z.ZodRecord) {
    const member = mappingOf(schema.valueType, direction);
    if (member === asIs) return asIs;
    return (value) =>
      isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, member(one)])) : value;
  }
  if (schema instanceof z.ZodUnion) {
    if (schema.options.every((option) => mappingOf(option, direction) === asIs)) return asIs;
    throw new Error('the mapper knows no unions of objects: give the members one shape, or map them apart');
  }
  return asIs;
}

function objectMapping(schema: z.ZodObject, direction: Direction): Mapping {
  const names = Object.keys(schema.shape);
  const members = names.map((outside) => {
    const inside = camelOf(outside);
    const [from, to] = direction === 'inside' ? [outside, inside] : [inside, outside];
    // Looked up when used: a schema may contain itself.
    return { from, to, schema: schema.shape[outside] as z.core.$ZodType };
  });
  if (new Set(names.map(camelOf)).size < names.length)
    throw new Error(`two members have one name inside: ${names.join(', ')}`);
  const isLoose = schema.def.catchall !== undefined && !(schema.def.catchall instanceof z.ZodNever);
  return (value) => {
    if (!isObject(value)) return value;
    const made: Record<string, unknown> = {};
    for (const member of members) {
      const one = value[member.from];
      if (one !== undefined) made[member.to] = mappingOf(member.schema, direction)(one);
    }
    if (isLoose) {
      const named = new Set(members.map((member) => member.from));
      for (const [key, one] of Object.entries(value)) if (!named.has(key)) made[key] = one;
    }
    return made;
  };
}

/** What a wrapper (optional, nullable, default …) or a transformed value wraps; null for a schema that stands for itself. */
function innerOf(schema: z.core.$ZodType): z.core.$ZodType | null {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodNonOptional ||
    schema instanceof z.ZodCatch
  )
    return schema.def.innerType;
  if (schema instanceof z.ZodLazy) return schema.def.getter();
  // A transform's outcome is plain (an id, an instant); what goes on into a schema is that schema.
  if (schema instanceof z.ZodPipe) return schema.def.out instanceof z.ZodTransform ? null : schema.def.out;
  return null;
}

// ---------------------------------------------------------------- schemas

/** The schema under camelCase keys, all the way down; bounds, defaults and refusals of its members stay. */
export const insideOf = <S extends z.ZodRawShape>(schema: z.ZodObject<S>): InsideSchema<S> =>
  renamed(schema) as unknown as InsideSchema<S>;

function renamed(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodObject) {
    const shape = Object.fromEntries(
      Object.entries(schema.shape).map(([key, member]) => [camelOf(key), renamed(member as z.core.$ZodType)]),
    );
    return z.core.clone(schema, { ...schema.def, shape } as typeof schema.def);
  }
  if (schema instanceof z.ZodArray) {
    const element = renamed(schema.element);
    return element === schema.element ? schema : z.core.clone(schema, { ...schema.def, element });
  }
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    const { def } = schema;
    const innerType = renamed(def.innerType);
    if (innerType === def.innerType) return schema;
    // What stands in for an absent member has inside names, too.
    const standIn = 'defaultValue' in def ? { defaultValue: mappingOf(def.innerType, 'inside')(def.defaultValue) } : {};
    return z.core.clone(schema, { ...def, innerType, ...standIn } as never);
  }
  return schema;
}
