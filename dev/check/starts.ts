/**
 * Starts the built Worker in workerd as `npm start` does, asks it one request of each operation of its document and loads every part that it
 * loads lazily: tests load modules in another order than the bundle, and a part that throws at its first line is found by nothing else.
 * Called by check.ts.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parseSync } from 'vite';
import { freePorts } from '../server/free-ports.ts';
import { startAskPro } from '../server/server.ts';
import { ensureDevVars } from '../server/variables.ts';

/** A route that has not answered by then hangs; the first one of an isolate waits for the databases' tables too. */
const ANSWER_MS = 20_000;
const HEALTH = '/api/health';
const DOCUMENT = '/api/openapi.json';
/** Answered by the entry that is put in front: which lazy parts did not load, and why. */
const PARTS = '/_parts';
/** Where the built Worker lies beside that entry. */
const BUILT = 'built';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Files below a folder of a build, with forward slashes. */
const modulesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll(path.sep, '/'))
    .filter((name) => name.endsWith('.js'));

/** The modules that a build loads with `import()`, from its folder. */
export function lazyParts(folder: string): string[] {
  const found = new Set<string>();
  for (const name of modulesOf(folder)) {
    const code = readFileSync(path.join(folder, name), 'utf8');
    for (const { moduleRequest } of parseSync(name, code).module.dynamicImports) {
      const target = code.slice(moduleRequest.start + 1, moduleRequest.end - 1);
      if (target.startsWith('.')) found.add(path.posix.join(path.posix.dirname(name), target));
    }
  }
  return [...found].sort();
}

/** An entry that is the built Worker, and loads its lazy parts when it is asked to. */
const entryOf = (parts: readonly string[]): string => `import worker from './${BUILT}/index.js';
export * from './${BUILT}/index.js';
const parts = {
${parts.map((part) => `  ${JSON.stringify(part)}: () => import(${JSON.stringify(`./${BUILT}/${part}`)}),`).join('\n')}
};
export default {
  ...worker,
  async fetch(request, env, context) {
    if (new URL(request.url).pathname !== '${PARTS}') return worker.fetch(request, env, context);
    const failed = {};
    for (const [name, load] of Object.entries(parts)) {
      try {
        await load();
      } catch (fault) {
        failed[name] = (fault && fault.stack) || String(fault);
      }
    }
    return Response.json(failed);
  },
};
`;

/** The place of a stack in the sources, else in the build: `workers/app.ts:12`. */
export function placeOf(stack: string, folder: string): string | null {
  for (const [, name, line, column] of stack.matchAll(/((?:[\w.-]+\/)*[\w.-]+\.js):(\d+):(\d+)/g)) {
    const file = (name ?? '').replace(new RegExp(`^.*?${BUILT}/`), '');
    const at = { line: Number(line), column: Number(column) };
    try {
      const map = new SourceMap(JSON.parse(readFileSync(path.join(folder, `${file}.map`), 'utf8')));
      const entry = map.findEntry(at.line - 1, at.column - 1);
      if ('originalSource' in entry)
        return `${entry.originalSource.replace(/^(\.\.\/)+/, '')}:${entry.originalLine + 1}`;
    } catch {
      // built without a map: the place in the build it is
    }
    if (modulesOf(folder).includes(file)) return `${file}:${at.line}`;
  }
  return null;
}

const saying = (what: string, fault: string, folder: string): string => {
  // workerd's own line stands inside what Miniflare says of a failed start
  const [first = ''] = /Uncaught [^"\\\n]+/.exec(fault) ?? fault.split('\n').filter((line) => /\S/.test(line));
  const place = placeOf(fault, folder);
  return `${what}: ${first.trim()}${place === null ? '' : ` (${place})`}`;
};

interface Asked {
  method: string;
  path: string;
}

/** One request of each operation of a document; ids are nobody's. */
const operationsOf = (document: { paths?: Record<string, Record<string, unknown>> }): Asked[] =>
  Object.entries(document.paths ?? {}).flatMap(([route, item]) =>
    METHODS.filter((method) => method in item).map((method) => ({
      method: method.toUpperCase(),
      path: route.replaceAll(/\{[^}]+\}/g, 'x'),
    })),
  );

/** What does not answer, or with a fault of the server. */
async function unanswered(
  url: string,
  { method, path: route }: Asked,
): Promise<{ problem: string | null; text: string }> {
  try {
    const response = await fetch(`${url}${route}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
      // workerd closes a connection whose body nobody read, and the next request on it would meet that
      headers: { Connection: 'close', ...(method === 'GET' ? {} : { 'Content-Type': 'application/json' }) },
      ...(method === 'GET' ? {} : { body: '{}' }),
    });
    const text = await response.text();
    return { problem: response.status < 500 ? null : `answers ${response.status}: ${text.slice(0, 300)}`, text };
  } catch (fault) {
    return { problem: `does not answer: ${fault instanceof Error ? fault.message : String(fault)}`, text: '' };
  }
}

interface Started {
  problems: string[];
  operations: number;
  parts: number;
}

/** Starts the Worker of a folder and asks. @param folder as dev/build.ts writes it, with index.js */
export async function startProblems(folder: string): Promise<Started> {
  const parts = lazyParts(folder);
  const home = mkdtempSync(path.join(os.tmpdir(), 'askpro starts '));
  const workerFolder = path.join(home, 'worker');
  const state = path.join(home, 'state');
  const none = { operations: 0, parts: parts.length };
  try {
    cpSync(folder, path.join(workerFolder, BUILT), { recursive: true, filter: (name) => !name.endsWith('.map') });
    writeFileSync(path.join(workerFolder, 'index.js'), entryOf(parts));
    ensureDevVars();
    const server = await startAskPro({
      ...{ port: await freePorts(), state, workerFolder },
      ...{ sandbox: false, cron: false, demoData: false },
      variables: { RATE_LIMIT_SCALE: '1000' },
    });
    try {
      const health = await unanswered(server.url, { method: 'GET', path: HEALTH });
      if (health.problem) return { problems: [`GET ${HEALTH} ${health.problem}`], ...none };
      const document = await unanswered(server.url, { method: 'GET', path: DOCUMENT });
      if (document.problem) return { problems: [`GET ${DOCUMENT} ${document.problem}`], ...none };
      const operations = operationsOf(JSON.parse(document.text));
      const problems: string[] = operations.length === 0 ? [`${DOCUMENT} names no operation`] : [];
      for (const asked of operations) {
        const { problem } = await unanswered(server.url, asked);
        if (problem) problems.push(`${asked.method} ${asked.path} ${problem}`);
      }
      // what follows from a part that does not load comes behind it
      const causes: string[] = [];
      const loaded = await unanswered(server.url, { method: 'GET', path: PARTS });
      if (loaded.problem) problems.push(`GET ${PARTS} ${loaded.problem}`);
      else
        for (const [part, fault] of Object.entries(JSON.parse(loaded.text) as Record<string, string>))
          causes.push(saying(`${part} does not load`, fault, folder));
      return { problems: [...causes, ...problems], operations: operations.length, parts: parts.length };
    } finally {
      await server.close();
    }
  } catch (fault) {
    const text = fault instanceof Error ? fault.message : String(fault);
    return { problems: [saying('the built Worker does not start', text, folder)], ...none };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
