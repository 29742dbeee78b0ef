/** Whether a value that came from outside has members: neither null nor a list. Called where bodies and stored JSON are read. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
