/** What an account on Cloudflare has already, read from the lists of wrangler. Called by the set-up script and by deploying. */
import type { Wanted } from './wrangler-config.ts';
import { JURISDICTION } from './wrangler-config.ts';
import { jsonOf, mustRun, type Wrangler } from './wrangler.ts';

/** What is there of what is wanted. */
export interface Found {
  databaseId: string | null;
  kvId: string | null;
  bucket: boolean;
  /** names of queues */
  queues: ReadonlySet<string>;
  /** names of the Worker's secrets; null: there is no such Worker yet */
  secrets: ReadonlySet<string> | null;
}

/** An account without anything. */
export const EMPTY_ACCOUNT: Found = {
  databaseId: null,
  kvId: null,
  bucket: false,
  queues: new Set(),
  secrets: null,
};

/** More pages of queues than any account has. */
const MAX_PAGES = 50;

/** Column `name` of the table that `queues list` prints. */
export function queueNames(table: string): string[] {
  const rows = table
    .split('\n')
    .filter((line) => line.includes('│'))
    .map((line) => line.split('│').map((cell) => cell.trim()));
  const column = rows[0]?.indexOf('name') ?? -1;
  return column < 0 ? [] : rows.slice(1).flatMap((row) => row[column] || []);
}

/** The names that `r2 bucket list` prints as labelled lines. */
export const bucketNames = (text: string): string[] =>
  [...text.matchAll(/^name:\s+(\S+)\s*$/gm)].map((found) => found[1] ?? '');

async function allQueues(wrangler: Wrangler): Promise<Set<string>> {
  const names = new Set<string>();
  for (let page = 1; page <= MAX_PAGES; page++) {
    const found = queueNames(await mustRun(wrangler, ['queues', 'list', '--page', String(page)]));
    const before = names.size;
    for (const name of found) names.add(name);
    // An empty page ends the list; so does one that brings nothing new.
    if (names.size === before) break;
  }
  return names;
}

/** A Worker that was never deployed has no secrets; every other failure is one. */
async function secretNames(wrangler: Wrangler, worker: string): Promise<Set<string> | null> {
  const ran = await wrangler(['secret', 'list', '--name', worker, '--format', 'json']);
  if (ran.code === 0) return new Set(jsonOf<{ name: string }[]>(ran.stdout).map(({ name }) => name));
  const said = `${ran.stdout}\n${ran.stderr}`;
  if (/10007|does not exist|not found/i.test(said)) return null;
  throw new Error(`wrangler secret list: ${said.trim()}`);
}

/** Reads the whole of it; nothing is changed. @throws where wrangler can't say (signed out, no permission) */
export async function readAccount(wrangler: Wrangler, wanted: Wanted): Promise<Found> {
  const databases = jsonOf<{ name: string; uuid: string }[]>(await mustRun(wrangler, ['d1', 'list', '--json']));
  const namespaces = jsonOf<{ title: string; id: string }[]>(await mustRun(wrangler, ['kv', 'namespace', 'list']));
  const buckets = bucketNames(await mustRun(wrangler, ['r2', 'bucket', 'list', '-J', JURISDICTION]));
  return {
    databaseId: databases.find(({ name }) => name === wanted.database)?.uuid ?? null,
    kvId: namespaces.find(({ title }) => title === wanted.kv)?.id ?? null,
    bucket: buckets.includes(wanted.bucket),
    queues: await allQueues(wrangler),
    secrets: await secretNames(wrangler, wanted.worker),
  };
}
