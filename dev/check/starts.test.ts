/** The check of the start catches a planted breach in a bundle and names its place. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { lazyParts, placeOf, startProblems } from './starts.ts';

/** A bundle of these files. */
function bundle(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'askpro bundle '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [file, code] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), code);
  }
  return folder;
}

/** A Worker with the classes of wrangler.toml, a health route and a document; its other routes come from a part that loads lazily. */
const WORKER = `import { DurableObject } from 'cloudflare:workers';
export class TenantCalendar extends DurableObject {}
export class TenantLedger extends DurableObject {}
export class RateGate extends DurableObject {}
const document = { paths: { '/api/things/{id}': { get: {}, delete: {} } } };
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === '/api/health') return Response.json({ status: 'ok' });
    if (pathname === '/api/openapi.json') return Response.json(document);
    const { things } = await import('./chunks/things.js');
    return things(request);
  },
};
`;
const THINGS = 'export const things = () => new Response(null, { status: 404 });\n';

describe('a bundle', () => {
  it('that starts and answers has no problem', async () => {
    const folder = bundle({ 'index.js': WORKER, 'chunks/things.js': THINGS });
    expect(lazyParts(folder)).toEqual(['chunks/things.js']);
    expect(await startProblems(folder)).toEqual({ problems: [], operations: 2, parts: 1 });
  });

  it('whose entry throws at load is named with its place', async () => {
    // Miniflare repeats its failure when it is disposed of
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const folder = bundle({ 'index.js': `${WORKER}undefined.planted;\n`, 'chunks/things.js': THINGS });
    const { problems } = await startProblems(folder);
    expect(problems).toEqual([
      "the built Worker does not start: Uncaught TypeError: Cannot read properties of undefined (reading 'planted') (index.js:15)",
    ]);
  });

  it('whose lazy part throws at load is named with its place, and so is what it should have answered', async () => {
    const folder = bundle({ 'index.js': WORKER, 'chunks/things.js': `${THINGS}null.planted;\n` });
    const { problems } = await startProblems(folder);
    expect(problems).toEqual([
      "chunks/things.js does not load: TypeError: Cannot read properties of null (reading 'planted') (chunks/things.js:2)",
      expect.stringMatching(/^GET \/api\/things\/x answers 500: /),
      expect.stringMatching(/^DELETE \/api\/things\/x answers 500: /),
    ]);
  });

  it('with a map names the place in the sources', () => {
    const map = { version: 3, sources: ['../../workers/app.ts'], names: [], mappings: ';AAIA' };
    const folder = bundle({ 'index.js': 'a\nb', 'index.js.map': JSON.stringify(map) });
    expect(placeOf('TypeError: x\n  at built/index.js:2:1', folder)).toBe('workers/app.ts:5');
  });
});
