/** Expected outcomes as values: a refusal is data the caller can act on; only defects throw (docs/architecture.md). */

type Ok<T> = { readonly ok: true; readonly value: T };
export type Err<E> = { readonly ok: false; readonly error: E };
export type Result<T, E = import('./errors.ts').DomainError> = Ok<T> | Err<E>;

/** The outcome of work that went well. */
export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
/** The outcome of work that was refused: expected, and said with what the caller needs to go on. */
export const err = <E>(error: E): Err<E> => ({ ok: false, error });

/** Marks an impossible branch: a defect, never a refusal. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}

/** Throws a defect when an invariant of our own code does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}
