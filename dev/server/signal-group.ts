/**
 * A signal for a process and everything it started, where it was spawned `detached`: workerd and browsers do not end with their parent.
 * Nothing happens when all of them have ended already. Called by dev/test.ts and tests/outside/harness.ts.
 */
import type { ChildProcess } from 'node:child_process';

export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
