/**
 * Changes that cannot be taken back on the server wait some seconds for "Undo" and are sent then, or at once when the person
 * leaves. Each is either sent or undone, never both. Called by the calendar's commands.
 */

/** Time to press Undo. */
export const UNDO_MS = 8_000;

export interface Deferred {
  /** Runs `commit` after the pause; an older change of the same id is sent first. */
  add(id: string, commit: () => Promise<void>): void;
  /** Takes the change back; false when it has been sent already. */
  undo(id: string): boolean;
  /** Sends what waits for this id now and waits until it (and what was sent before) is done. */
  settle(id: string): Promise<void>;
  /** Sends everything that waits. */
  flush(): void;
}

export function createDeferred(pauseMs: number = UNDO_MS): Deferred {
  const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; commit: () => Promise<void> }>();
  const running = new Map<string, Promise<void>>();

  function send(id: string): void {
    const change = waiting.get(id);
    if (!change) return;
    waiting.delete(id);
    clearTimeout(change.timer);
    // One after the other for one id: the second presents the version that the first brings.
    const before = running.get(id);
    const done = before ? before.then(change.commit) : change.commit();
    running.set(id, done);
    void done.finally(() => {
      if (running.get(id) === done) running.delete(id);
    });
  }

  return {
    add(id, commit) {
      send(id);
      waiting.set(id, { commit, timer: setTimeout(() => send(id), pauseMs) });
    },
    undo(id) {
      const change = waiting.get(id);
      if (!change) return false;
      clearTimeout(change.timer);
      return waiting.delete(id);
    },
    async settle(id) {
      send(id);
      await running.get(id);
    },
    flush() {
      for (const id of [...waiting.keys()]) send(id);
    },
  };
}
