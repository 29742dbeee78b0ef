/** A small HTTP server that plays AskProAI in the sandbox's tests: keeps what it gets, answers what the test wants. */
import { createServer } from 'node:http';

export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Waits until `count` requests (matching, if a filter is given) have come; throws after two seconds. */
  readonly waitFor: (count: number, filter?: (one: Received) => boolean) => Promise<Received[]>;
  readonly close: () => Promise<void>;
}

export async function startReceiver(
  answer: (one: Received) => { status: number; body?: object } = () => ({ status: 200, body: {} }),
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
      const one = { path: request.url ?? '/', headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(one);
      const { status, body = {} } = answer(one);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    received,
    waitFor: async (count, filter = () => true) => {
      for (let i = 0; i < 200; i++) {
        const fitting = received.filter(filter);
        if (fitting.length >= count) return fitting;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(
        `only ${received.filter(filter).length} of ${count} requests came: ${received.map((one) => one.path).join(', ')}`,
      );
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Posts JSON to a control path and returns the answer. */
export async function control(
  sandboxUrl: string,
  path: string,
  body: object = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${sandboxUrl}/_sandbox${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export async function inspect<T = Record<string, unknown>>(sandboxUrl: string, path: string): Promise<T> {
  return (await (await fetch(`${sandboxUrl}/_sandbox${path}`)).json()) as T;
}
