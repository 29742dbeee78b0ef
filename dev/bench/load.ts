/** A load driver that costs little itself: raw sockets, one request at a time on each, latencies kept. Called by bench.ts. */
import net from 'node:net';

export interface Measurement {
  requests: number;
  failures: number;
  /** What the first failed request was answered, to find out why. */
  firstFailure: string | null;
  perSecond: number;
  p50: number;
  p99: number;
  /** Connections that the server had closed between two requests, opened anew. */
  reconnects: number;
}

/** What a request is made of; called once for each request, so that bodies and signatures can differ. */
export interface BenchRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

interface LoadOptions {
  port: number;
  connections: number;
  /** How long to measure, after the warm-up. */
  milliseconds: number;
  warmUpMilliseconds?: number;
  /** Ends the run early when it answers null. */
  next: () => BenchRequest | null;
  /** Whether an answer counts as good; default: status 200. */
  accept?: (status: number, body: string) => boolean;
  host?: string;
}

const DEFAULT_WARM_UP_MS = 500;
const MAX_FAILURE_CHARS = 400;

/** Runs requests over `connections` sockets and measures those that end after the warm-up. */
export async function measure(options: LoadOptions): Promise<Measurement> {
  const accept = options.accept ?? ((status) => status === 200);
  const latencies: number[] = [];
  let failures = 0;
  let firstFailure: string | null = null;
  const startedAt = performance.now();
  const measureFrom = startedAt + (options.warmUpMilliseconds ?? DEFAULT_WARM_UP_MS);
  const endAt = measureFrom + options.milliseconds;
  let lastEnd = measureFrom;
  let reconnects = 0;

  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      const connection = await Connection.open(options.port);
      for (;;) {
        const sentAt = performance.now();
        if (sentAt >= endAt) break;
        const wanted = options.next();
        if (wanted === null) break;
        const { status, body } = await connection.send(wanted, options.host ?? 'localhost');
        const now = performance.now();
        if (now < measureFrom || sentAt < measureFrom) continue;
        lastEnd = Math.max(lastEnd, now);
        if (accept(status, body)) latencies.push(now - sentAt);
        else {
          failures++;
          firstFailure ??= `${status} ${body.slice(0, MAX_FAILURE_CHARS)}`;
        }
      }
      connection.close();
      reconnects += connection.reconnects;
    }),
  );
  latencies.sort((a, b) => a - b);
  return {
    requests: latencies.length,
    failures,
    firstFailure,
    perSecond: (latencies.length / Math.max(1, lastEnd - measureFrom)) * 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    reconnects,
  };
}

/** @param sorted ascending; 0 when empty */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

/**
 * One connection at a time. workerd closes a kept-alive one that brought no request for five seconds, also when the machine stood still and
 * the request lies in the socket already: the client then reads a reset instead of an answer. Such a request is sent once more on a new
 * connection, as browsers do. Only where the old one has answered before and brought no byte of this answer: what breaks off in between, or
 * on a connection that was just opened, is a fault of the server.
 */
export class Connection {
  reconnects = 0;
  readonly #port: number;
  #wire: Wire;

  private constructor(port: number, wire: Wire) {
    this.#port = port;
    this.#wire = wire;
  }

  static async open(port: number): Promise<Connection> {
    return new Connection(port, await Wire.open(port));
  }

  async send(wanted: BenchRequest, host: string): Promise<Answer> {
    try {
      return await this.#wire.send(wanted, host);
    } catch (fault) {
      if (!this.#wire.isClosedBetween) throw fault;
    }
    this.#wire.close();
    this.reconnects++;
    this.#wire = await Wire.open(this.#port);
    return this.#wire.send(wanted, host);
  }

  close(): void {
    this.#wire.close();
  }
}

interface Answer {
  status: number;
  body: string;
}

/** One kept-alive HTTP/1.1 connection that understands Content-Length and chunked answers. */
class Wire {
  readonly #socket: net.Socket;
  readonly #port: number;
  #buffer: Buffer = Buffer.alloc(0);
  #wake: (() => void) | null = null;
  #failure: Error | null = null;
  #answers = 0;

  private constructor(socket: net.Socket, port: number) {
    this.#socket = socket;
    this.#port = port;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
      this.#wake?.();
    });
    const fail = (error: Error) => {
      this.#failure = error;
      this.#wake?.();
    };
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('the server closed the connection')));
  }

  static open(port: number): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Wire(socket, port)));
    });
  }

  /** Whether it ended before the first byte of an answer, after answers that were whole. */
  get isClosedBetween(): boolean {
    return this.#failure !== null && this.#answers > 0 && this.#buffer.length === 0;
  }

  async send(wanted: BenchRequest, host: string): Promise<Answer> {
    if (this.#failure) throw this.#failure;
    let head = `${wanted.method} ${wanted.path} HTTP/1.1\r\nhost: ${host}:${this.#port}\r\n`;
    for (const [name, value] of Object.entries(wanted.headers)) head += `${name}: ${value}\r\n`;
    if (wanted.body !== undefined) head += `content-length: ${Buffer.byteLength(wanted.body)}\r\n`;
    this.#socket.write(`${head}\r\n${wanted.body ?? ''}`);
    const answer = await this.#answer();
    this.#answers++;
    return answer;
  }

  async #answer(): Promise<Answer> {
    const headEnd = await this.#find('\r\n\r\n', 0);
    const headText = this.#buffer.toString('latin1', 0, headEnd);
    const status = Number(headText.slice(9, 12));
    const length = /\r\ncontent-length: (\d+)/i.exec(headText)?.[1];
    if (length !== undefined) {
      const end = headEnd + 4 + Number(length);
      await this.#until(() => this.#buffer.length >= end);
      return { status, body: this.#take(headEnd + 4, end) };
    }
    if (!/\r\ntransfer-encoding: chunked/i.test(headText))
      return { status, body: this.#take(headEnd + 4, headEnd + 4) };
    let body = '';
    let at = headEnd + 4;
    for (;;) {
      const sizeEnd = await this.#find('\r\n', at);
      const size = Number.parseInt(this.#buffer.toString('latin1', at, sizeEnd), 16);
      const chunkEnd = sizeEnd + 2 + size + 2;
      await this.#until(() => this.#buffer.length >= chunkEnd);
      body += this.#buffer.toString('utf8', sizeEnd + 2, chunkEnd - 2);
      at = chunkEnd;
      if (size === 0) break;
    }
    this.#take(0, at);
    return { status, body };
  }

  close(): void {
    this.#socket.removeAllListeners('close');
    this.#socket.destroy();
  }

  #take(from: number, to: number): string {
    const text = this.#buffer.toString('utf8', from, to);
    this.#buffer = this.#buffer.subarray(to);
    return text;
  }

  async #find(text: string, from: number): Promise<number> {
    let at = this.#buffer.indexOf(text, from, 'latin1');
    while (at === -1) {
      await this.#more();
      at = this.#buffer.indexOf(text, from, 'latin1');
    }
    return at;
  }

  async #until(ready: () => boolean): Promise<void> {
    while (!ready()) await this.#more();
  }

  #more(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#wake = () => {
        this.#wake = null;
        if (this.#failure) reject(this.#failure);
        else resolve();
      };
      if (this.#failure) reject(this.#failure);
    });
  }
}
