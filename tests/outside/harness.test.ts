import http from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it } from 'vitest';
import {
  calcomSignature,
  inParallel,
  projectRoot,
  request,
  retellSignature,
  sleep,
  stripeSignature,
  type Wire,
} from './harness.ts';

it('counts requests that are in flight at one moment', async () => {
  const server = http.createServer((_, response) => void sleep(200).then(() => response.end('ok')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const tasks = Array.from({ length: 150 }, () => (wire: Wire) => request(port, '/', wire));
  const { results, mostInFlight } = await inParallel(tasks, 120);
  expect(results.every((result) => result.status === 'fulfilled')).toBe(true);
  expect(mostInFlight).toBe(120);
  server.close();
});

it('signs as the vendors do, by their fixed vectors', () => {
  const file = path.join(projectRoot, 'tests/fixtures/wire/signature-vectors.json');
  const { retell, stripe, calcom } = JSON.parse(readFileSync(file, 'utf8'));
  expect(retellSignature(retell.raw_body, retell.secret, retell.timestamp_ms)).toBe(retell.value);
  expect(stripeSignature(stripe.raw_body, stripe.secret, stripe.timestamp_s * 1000)).toBe(stripe.value);
  expect(calcomSignature(calcom.raw_body, calcom.secret)).toBe(calcom.value);
});
