/** Records every host the Worker calls, and lets only this machine be reached. Called by server.ts when a test asks for it. */
import { appendFileSync } from 'node:fs';
import { fetch, type Request, Response } from 'miniflare';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9-]+\.localhost)$/;

/** @param file gets one line `host method path` per request; @returns what Miniflare puts between the Worker and the network */
export function recordingOutbound(file: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    appendFileSync(file, `${url.hostname} ${request.method} ${url.pathname}\n`);
    if (!LOOPBACK.test(url.hostname)) return new Response(`blocked: ${url.hostname}`, { status: 502 });
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    return fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      ...(hasBody && { body: await request.arrayBuffer() }),
    });
  };
}
