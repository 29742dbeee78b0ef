/**
 * The heap of workerd's isolates through workerd's own inspector (`inspectorPort` of dev/server/server.ts): collected first, then read. Called
 * by memory.ts.
 */

/** What an isolate still holds after garbage was collected, in bytes. */
export interface Heap {
  /** JavaScript objects: what 128 MB of a deployed isolate are first */
  used: number;
  /** what V8 has taken from the system for them */
  total: number;
  /** contents of buffers, and of the runtime's own objects that JavaScript holds */
  beside: number;
}

interface Isolate {
  id: string;
  /** workerd's name of it: `core:user:askproai` is our Worker with its objects */
  name: string;
}

const ANSWER_MS = 30_000;

/** @param port of the inspector */
export async function isolates(port: number): Promise<Isolate[]> {
  const listed = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as { id: string; title: string }[];
  return listed.map(({ id, title }) => ({ id, name: title.replace('workerd: worker ', '') }));
}

/** Asks an isolate one thing after the other on a connection of its own. */
async function asked<T>(
  port: number,
  { id, name }: Isolate,
  questions: (ask: (method: string) => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${id}`);
  const answers = new Map<number, (answer: { result?: unknown; error?: { message: string } }) => void>();
  let failed: (fault: Error) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    failed = reject;
  });
  socket.addEventListener('error', () => failed(new Error(`the inspector of ${name} does not answer`)));
  socket.addEventListener('close', () => failed(new Error(`the inspector of ${name} hung up`)));
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as { id?: number; result?: unknown; error?: { message: string } };
    if (message.id === undefined) return;
    answers.get(message.id)?.(message);
    answers.delete(message.id);
  });
  let next = 0;
  const ask = (method: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const number = ++next;
      const late = setTimeout(() => reject(new Error(`${name} did not answer ${method}`)), ANSWER_MS);
      answers.set(number, ({ result, error }) => {
        clearTimeout(late);
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result);
      });
      socket.send(JSON.stringify({ id: number, method }));
    });
  try {
    await Promise.race([new Promise((resolve) => socket.addEventListener('open', resolve)), broken]);
    return await Promise.race([questions(ask), broken]);
  } finally {
    socket.close();
  }
}

/** Collects twice (what the first finds unreachable may have held other things by a finaliser) and reads. */
export const heapOf = (port: number, isolate: Isolate): Promise<Heap> =>
  asked(port, isolate, async (ask) => {
    // The inspector itself keeps the last thousand lines of the console in the isolate.
    await ask('Runtime.discardConsoleEntries');
    await ask('HeapProfiler.enable');
    await ask('HeapProfiler.collectGarbage');
    await ask('HeapProfiler.collectGarbage');
    const usage = (await ask('Runtime.getHeapUsage')) as {
      usedSize: number;
      totalSize: number;
      embedderHeapUsedSize?: number;
      backingStorageSize?: number;
    };
    return {
      used: usage.usedSize,
      total: usage.totalSize,
      beside: (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0),
    };
  });

export const MB = 1024 * 1024;
/** What the heap may gain from one round to the next. */
const MOST_GROWTH = 0.5 * MB;

/** Whether sizes after equal rounds stay where they are. @returns `growth` bytes a round: the line through all of them (least squares) */
export function steady(sizes: readonly number[]): { growth: number; ok: boolean } {
  if (sizes.length < 3) throw new Error('fewer than three rounds tell nothing');
  const middle = (sizes.length - 1) / 2;
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  let along = 0;
  let across = 0;
  for (const [round, size] of sizes.entries()) {
    along += (round - middle) * (size - mean);
    across += (round - middle) ** 2;
  }
  const growth = along / across;
  return { growth, ok: growth <= MOST_GROWTH };
}
