/**
 * Members of a request that no schema names. A client that misspells a field believes that it was taken: on our own REST it is told
 * (vendors' bodies and pages' addresses may say what they like). Pure; called by module-routes.ts with the route's own schema.
 */
import { isObject } from '../../shared/is-object.ts';
import { z } from 'zod';

/** As many fields as an answer names. */
const MAX_FIELDS = 50;
/** Deeper than any schema of ours. */
const MAX_DEPTH = 12;

/** What lies below optional, default and the like. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  let at = schema;
  for (;;) {
    if (at instanceof z.ZodPipe) at = at.def.in;
    else if (
      at instanceof z.ZodOptional ||
      at instanceof z.ZodNullable ||
      at instanceof z.ZodDefault ||
      at instanceof z.ZodPrefault ||
      at instanceof z.ZodCatch ||
      at instanceof z.ZodReadonly
    )
      at = at.def.innerType;
    else return at;
  }
}

/** Paths (`customer.naem`) of members that the schema does not name; empty where it takes any, or the value is no object. */
export function unknownFields(schema: z.core.$ZodType, value: unknown, path = '', depth = 0): string[] {
  if (depth > MAX_DEPTH) return [];
  const at = unwrapped(schema);
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (at instanceof z.ZodArray)
    return Array.isArray(value)
      ? value
          .flatMap((item, n) => unknownFields(at.def.element, item, below(String(n)), depth + 1))
          .slice(0, MAX_FIELDS)
      : [];
  if (at instanceof z.ZodUnion) {
    // What one of the shapes takes whole is known; else the shape that comes nearest says what is not.
    const found = at.def.options.map((option) => unknownFields(option, value, path, depth + 1));
    return found.reduce((least, one) => (one.length < least.length ? one : least), found[0] ?? []);
  }
  if (at instanceof z.ZodIntersection) {
    const [left, right] = [at.def.left, at.def.right].map((side) => unknownFields(side, value, path, depth + 1));
    return (left ?? []).filter((field) => right?.includes(field));
  }
  if (at instanceof z.ZodRecord)
    return isObject(value)
      ? Object.entries(value)
          .flatMap(([name, member]) => unknownFields(at.def.valueType, member, below(name), depth + 1))
          .slice(0, MAX_FIELDS)
      : [];
  if (!(at instanceof z.ZodObject) || !isObject(value)) return [];
  const isOpen = at.def.catchall !== undefined && !(at.def.catchall instanceof z.ZodNever);
  const found: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (found.length >= MAX_FIELDS) break;
    const known = Object.hasOwn(at.shape, name) ? at.shape[name] : undefined;
    if (known !== undefined) found.push(...unknownFields(known, member, below(name), depth + 1));
    else if (!isOpen) found.push(below(name));
  }
  return found.slice(0, MAX_FIELDS);
}
