/** How a port asks its object: plain RPC, with one retry of infrastructure faults. Called by the `client.ts` of calendar and ledger. */

/** An object that restarts or moves answers again within moments; more tries would only add to an overload. */
const TRIES = 2;
const RETRY_AFTER_MS = 50;

/**
 * @param open a fresh stub for each try: one is dead after a fault
 * @returns asks the object; safe to repeat because every command is idempotent under its key. Throws the last fault
 */
export function asking<Stub>(open: () => Stub): <T>(call: (stub: Stub) => Promise<T>) => Promise<T> {
  return async (call) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call(open());
      } catch (fault) {
        const { retryable, overloaded } = fault as { retryable?: boolean; overloaded?: boolean };
        if (attempt >= TRIES || overloaded === true || retryable !== true) throw fault;
        await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
      }
    }
  };
}
