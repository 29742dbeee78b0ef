/** Pure: what is still to be made of an installation. Called by the set-up script; what it prints in a dry run is what it would do. */
import type { Found } from './account.ts';
import type { Wanted } from './wrangler-config.ts';
import { JURISDICTION } from './wrangler-config.ts';

export type Step =
  | { kind: 'create'; what: string; args: readonly string[] }
  | { kind: 'keep'; what: string }
  | { kind: 'secrets'; what: string; names: readonly string[] }
  | { kind: 'migrate'; what: string }
  | { kind: 'token'; what: string };

/**
 * The steps in their order; whatever is there is kept, so that the script may be run again after a crash or a new secret.
 * @param secrets names that have a value here
 */
export function setupPlan(wanted: Wanted, found: Found, secrets: readonly string[]): Step[] {
  const make = (there: boolean, what: string, args: readonly string[]): Step =>
    there ? { kind: 'keep', what } : { kind: 'create', what, args };
  const missing = secrets.filter((name) => found.secrets?.has(name) !== true);
  return [
    make(found.databaseId !== null, `D1 database ${wanted.database}`, [
      'd1',
      'create',
      wanted.database,
      '--jurisdiction',
      JURISDICTION,
      '--update-config=false',
    ]),
    make(found.kvId !== null, `KV namespace ${wanted.kv}`, [
      'kv',
      'namespace',
      'create',
      wanted.kv,
      '--update-config=false',
    ]),
    make(found.bucket, `R2 bucket ${wanted.bucket}`, [
      'r2',
      'bucket',
      'create',
      wanted.bucket,
      '-J',
      JURISDICTION,
      '--update-config=false',
    ]),
    ...wanted.queues.map((queue) => make(found.queues.has(queue), `queue ${queue}`, ['queues', 'create', queue])),
    missing.length === 0
      ? { kind: 'keep', what: `secrets of ${wanted.worker}` }
      : { kind: 'secrets', what: `secrets of ${wanted.worker}: ${missing.join(', ')}`, names: missing },
    { kind: 'migrate', what: `migrations of ${wanted.database}` },
    { kind: 'token', what: 'link of the first operator, unless there is one' },
  ];
}

const SIGNS: Readonly<Record<Step['kind'], string>> = {
  create: '+ create',
  keep: '  keep  ',
  secrets: '+ set   ',
  migrate: '~ apply ',
  token: '+ print ',
};

/** One line a step; values of secrets are in none of them. */
export const planLines = (steps: readonly Step[]): string[] => steps.map((step) => `${SIGNS[step.kind]} ${step.what}`);
