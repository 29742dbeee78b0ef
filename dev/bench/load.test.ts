import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type BenchRequest, measure } from './load.ts';

type Served = (socket: net.Socket, request: string, nth: number) => void;

let server: net.Server | undefined;
afterEach(() => {
  server?.close();
});

/** A server whose answer to each request is the test's. @param on called with the number of the request, over all connections */
function serve(on: Served): Promise<number> {
  let requests = 0;
  const made = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => on(socket, data.toString(), ++requests));
  });
  server = made;
  return new Promise((resolve) => made.listen(0, '127.0.0.1', () => resolve((made.address() as net.AddressInfo).port)));
}

const answer = (socket: net.Socket): void => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');

/** So many requests. */
function requests(count: number): { next: () => BenchRequest | null; sent: () => number } {
  let sent = 0;
  const next = (): BenchRequest | null =>
    sent >= count ? null : { method: 'POST', path: `/${sent++}`, headers: {}, body: 'x' };
  return { next, sent: () => sent };
}
const measured = (port: number, next: () => BenchRequest | null) =>
  measure({ port, connections: 1, milliseconds: 20_000, warmUpMilliseconds: 0, next });

describe('the load driver on a connection that the server closes', () => {
  it('opens another one where it was closed between two requests', async () => {
    const port = await serve((socket) => {
      answer(socket);
      socket.end();
    });
    const { next, sent } = requests(4);
    const { requests: good, reconnects, failures } = await measured(port, next);
    expect(sent()).toBe(4);
    expect({ good, reconnects, failures }).toEqual({ good: 4, reconnects: 3, failures: 0 });
  });

  it('sends a request again that was reset before the first byte of its answer', async () => {
    const seen: string[] = [];
    const port = await serve((socket, request, nth) => {
      seen.push(request.split(' ')[1] ?? '');
      // As workerd does after a pause: the request is there, the time for it is over.
      if (nth === 3) socket.resetAndDestroy();
      else answer(socket);
    });
    const { requests: good, reconnects, failures } = await measured(port, requests(4).next);
    expect(seen).toEqual(['/0', '/1', '/2', '/2', '/3']);
    expect({ good, reconnects, failures }).toEqual({ good: 4, reconnects: 1, failures: 0 });
  });

  it('does not hide an answer that breaks off', async () => {
    const port = await serve((socket, _request, nth) => {
      if (nth < 2) answer(socket);
      else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 200\r\n\r\nhalf');
    });
    await expect(measured(port, requests(3).next)).rejects.toThrow('closed the connection');
  });

  it('does not hide a server that answers nothing at all', async () => {
    const port = await serve((socket) => void socket.resetAndDestroy());
    await expect(measured(port, requests(3).next)).rejects.toThrow(/ECONNRESET|closed the connection/);
  });

  it('gives up on a request that is reset on the new connection, too', async () => {
    const port = await serve((socket, _request, nth) => {
      if (nth === 1) answer(socket);
      else socket.resetAndDestroy();
    });
    await expect(measured(port, requests(3).next)).rejects.toThrow(/ECONNRESET|closed the connection/);
  });
});
