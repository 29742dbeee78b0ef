/**
 * The configuration that wrangler deploys by: the bindings of wrangler.toml with the ids of an installation, and the Worker as it was built
 * here. Bundled again by wrangler it would be one file with every lazy part inside. Called by the set-up script, deploying and their test.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';
import { experimental_readRawConfig } from 'wrangler';
import { type Environment, type Facts, namedFor, root } from './deployment.ts';

/** Kept in the European Union: what people say to the assistant lies in them. */
export const JURISDICTION = 'eu';

/** What of wrangler.toml is read here; the rest is passed on as it stands. */
interface Raw {
  name: string;
  d1_databases: { binding: string; database_name: string; database_id: string; migrations_dir: string }[];
  kv_namespaces: { binding: string; id: string }[];
  r2_buckets: { binding: string; bucket_name: string; jurisdiction?: string }[];
  durable_objects: { bindings: { name: string; class_name: string }[] };
  queues: {
    producers: { binding: string; queue: string }[];
    consumers: { queue: string; dead_letter_queue?: string }[];
  };
  assets: { directory: string };
  vars: Record<string, string>;
  [member: string]: unknown;
}

const readToml = (): Raw =>
  experimental_readRawConfig({ config: path.join(root, 'wrangler.toml') }).rawConfig as unknown as Raw;

/** Names of everything that must exist before a Worker can be deployed. */
export interface Wanted {
  worker: string;
  database: string;
  kv: string;
  bucket: string;
  /** dead letters first: a consumer names it */
  queues: string[];
}

export function wantedOf(environment: Environment): Wanted {
  const { name, d1_databases, kv_namespaces, r2_buckets, queues } = readToml();
  const named = (text: string | undefined): string => namedFor(text ?? '', environment);
  const all = [
    ...queues.consumers.flatMap(({ dead_letter_queue: dead }) => (dead === undefined ? [] : [dead])),
    ...queues.producers.map(({ queue }) => queue),
    ...queues.consumers.map(({ queue }) => queue),
  ];
  return {
    worker: named(name),
    database: named(d1_databases[0]?.database_name),
    kv: named(`${name}-${(kv_namespaces[0]?.binding ?? '').toLowerCase()}`),
    bucket: named(r2_buckets[0]?.bucket_name),
    queues: [...new Set(all)].map((queue) => named(queue)),
  };
}

/** What a dry run stands for while nothing has been made yet: wrangler asks for an id, not for one that exists. */
const NO_ID = '00000000000000000000000000000000';

/** The configuration of an environment; ids that are not known yet are zeros, which deploying refuses by name. */
export function deployConfig(environment: Environment, facts: Facts): Record<string, unknown> {
  const raw = readToml();
  const named = (name: string): string => namedFor(name, environment);
  const { hostname } = new URL(facts.publicUrl ?? 'https://unknown.invalid');
  const wanted = wantedOf(environment);
  return {
    ...raw,
    name: wanted.worker,
    main: path.join(root, 'dist/worker/index.js'),
    no_bundle: true,
    find_additional_modules: true,
    base_dir: path.join(root, 'dist/worker'),
    rules: [{ type: 'ESModule', globs: ['**/*.js'] }],
    // Maps would tell everybody who finds them how the product works, and triple what is sent.
    upload_source_maps: false,
    keep_vars: false,
    ...(facts.accountId === undefined ? {} : { account_id: facts.accountId }),
    ...(facts.publicUrl === undefined ? {} : { routes: [{ pattern: hostname, custom_domain: true }] }),
    assets: { ...raw.assets, directory: path.join(root, 'dist/client') },
    d1_databases: raw.d1_databases.map((one) => ({
      ...one,
      database_name: named(one.database_name),
      database_id: facts.databaseId ?? NO_ID,
      migrations_dir: path.join(root, one.migrations_dir),
    })),
    kv_namespaces: raw.kv_namespaces.map((one) => ({ ...one, id: facts.kvId ?? NO_ID })),
    r2_buckets: raw.r2_buckets.map((one) => ({
      ...one,
      bucket_name: named(one.bucket_name),
      jurisdiction: JURISDICTION,
    })),
    queues: {
      producers: raw.queues.producers.map((one) => ({ ...one, queue: named(one.queue) })),
      consumers: raw.queues.consumers.map((one) => ({
        ...one,
        queue: named(one.queue),
        ...(one.dead_letter_queue === undefined ? {} : { dead_letter_queue: named(one.dead_letter_queue) }),
      })),
    },
    vars: {
      ...raw.vars,
      ...facts.variables,
      ENVIRONMENT: environment,
      ...(facts.publicUrl === undefined ? {} : { PUBLIC_URL: facts.publicUrl }),
    },
  };
}

/** Writes it where wrangler reads it. @returns the file */
export function writeDeployConfig(folder: string, environment: Environment, facts: Facts): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `wrangler.${environment}.json`);
  writeFileSync(file, `${JSON.stringify(deployConfig(environment, facts), null, 2)}\n`);
  return file;
}

/** What a dry run of wrangler lets pass without bundling: object classes that the built entry does not export, chunks that are not there. */
export function builtProblems(workerFolder = path.join(root, 'dist/worker')): string[] {
  const entry = readFileSync(path.join(workerFolder, 'index.js'), 'utf8');
  const { module } = parseSync('index.js', entry);
  const exported = new Set(
    module.staticExports.flatMap((found) => found.entries.map((one) => one.exportName.name ?? '')),
  );
  const { durable_objects: objects } = readToml();
  const missing = objects.bindings
    .filter(({ class_name: name }) => !exported.has(name))
    .map(({ name, class_name: className }) => `${name}: the built Worker exports no class ${className}`);
  const chunks = new Set(
    readdirSync(workerFolder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/')),
  );
  const asked = [...entry.matchAll(/(?:from|import)\s*\(?\s*["'`]\.\/(chunks\/[^"'`]+\.js)["'`]/g)].map(
    (found) => found[1] ?? '',
  );
  return [...missing, ...asked.filter((file) => !chunks.has(file)).map((file) => `${file} is imported and not built`)];
}
