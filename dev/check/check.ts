/** `npm run check`: everything that can be judged without running the product, in seconds and without a network. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { countAdditions } from './additions.ts';
import { buildProduct, WORKER_FOLDER } from '../build.ts';
import { migrationProblems } from '../database/check.ts';
import { endingHolidays } from '../holidays/years-left.ts';
import { MAX_STARTUP_BYTES, startupSize } from './bundle-size.ts';
import { catalogueProblems } from './catalogues.ts';
import { codeLaw } from './code-law.ts';
import { callerProblems, citationProblems, decisionProblems } from './comments.ts';
import { setProblems } from './declared-sets.ts';
import { missingPaths } from './docs-paths.ts';
import { documentationProblems } from './documented.ts';
import { root } from './files.ts';
import { importLaw } from './import-law.ts';
import { rawFaults } from './log-lines.ts';
import { panelWordsProblems } from './panel-words.ts';
import { isTest, isTypeScript, sourcesOf } from './sources.ts';
import { startProblems } from './starts.ts';
import { forbiddenText } from './tracked-text.ts';
import { vocabularyProblems } from './vocabulary.ts';

/** Lines shown of one failing check: the first ones name the cause, the rest is repetition. */
const MAX_LINES_SHOWN = 40;

interface Verdict {
  problems: string[];
  /** Said behind the name when all is well. */
  remark?: string;
}

/** Runs a tool of node_modules; its output is the list of problems when it fails. */
function tool(name: string, ...args: string[]): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(root, 'node_modules', '.bin', name), args, { cwd: root });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ problems: code === 0 ? [] : output.trimEnd().split('\n') }));
  });
}

/** Every variable the Worker reads is documented for a newcomer. */
function undocumentedVariables(): string[] {
  const code = readFileSync(path.join(root, 'workers', 'env.ts'), 'utf8');
  const example = readFileSync(path.join(root, '.dev.vars.example'), 'utf8');
  const names = [...code.matchAll(/^ {2}([A-Z][A-Z0-9_]+): (?:z\.|text\()/gm)].map((match) => match[1] ?? '');
  return names
    .filter((name) => name !== 'ENVIRONMENT' && !new RegExp(`^#?${name}=`, 'm').test(example))
    .map((name) => `${name} is read by workers/env.ts and not in .dev.vars.example`);
}

/** Looked at once, and before a build compiles the texts anew: it would hide what is stale. */
const staleCatalogues = catalogueProblems();
/** One build for the rows that judge it; what has not changed is not built again. */
const building = staleCatalogues.then(() => buildProduct(['worker']));
// The rows that wait for it say why it failed.
building.catch(() => undefined);

async function bundle(): Promise<Verdict> {
  await building;
  const size = startupSize();
  if (size === null) return { problems: ['dev/build.ts left no dist/worker/index.js'] };
  const figure = `${(size.bytes / 1000).toFixed(1)} kB gzip of ${MAX_STARTUP_BYTES / 1000} in ${size.files.length} file(s)`;
  return {
    problems: size.bytes < MAX_STARTUP_BYTES ? [] : [`start-up imports ${figure}: load the heavy part lazily`],
    remark: figure,
  };
}

async function imports(): Promise<Verdict> {
  const { problems, modules } = await importLaw();
  return { problems, remark: `${modules} files read` };
}

function comments(): Verdict {
  const { problems, open } = citationProblems();
  return {
    problems: [...callerProblems(), ...decisionProblems(), ...problems],
    ...(open === 0 ? {} : { remark: `${open} citations from outside the repository in files that may still` }),
  };
}

function declaredSets(): Verdict {
  const { problems, allowed } = setProblems();
  return { problems, remark: `${allowed} repeated in files that may still` };
}

function documented(): Verdict {
  const { problems, open } = documentationProblems();
  return { problems, remark: `${open} without a sentence or refusals in files that may still` };
}

async function panelWords(): Promise<Verdict> {
  const sources = sourcesOf((file) => file.startsWith('web/') && isTypeScript(file) && !isTest(file));
  return { problems: await panelWordsProblems(sources) };
}

async function starts(): Promise<Verdict> {
  await building;
  const { problems, operations, parts } = await startProblems(WORKER_FOLDER);
  return { problems, remark: `${operations} operations answer, ${parts} lazy parts load` };
}

const CHECKS: [name: string, run: () => Promise<Verdict> | Verdict][] = [
  ['types: worker', () => tool('tsc', '-p', 'tsconfig.worker.json')],
  ['types: web apps', () => tool('tsc', '-p', 'tsconfig.client.json')],
  ['types: tools', () => tool('tsc', '-p', 'tsconfig.node.json')],
  ['lint, format', () => tool('biome', 'check', '--reporter=github', '--max-diagnostics=200', '.')],
  ['import law', imports],
  ['code law', () => ({ problems: codeLaw() })],
  ['declared sets', declaredSets],
  ['comments hold', comments],
  ['words', () => ({ problems: vocabularyProblems() })],
  ['documented', documented],
  ['docs paths', () => ({ problems: missingPaths() })],
  ['catalogues', async () => ({ problems: await staleCatalogues })],
  ['panel words', panelWords],
  ['migrations', async () => ({ problems: await migrationProblems() })],
  ['additions', countAdditions],
  ['variables', () => ({ problems: undocumentedVariables() })],
  ['holiday years', () => ({ problems: endingHolidays(new Date().getFullYear()) })],
  ['log lines', () => ({ problems: rawFaults() })],
  ['clean text', () => ({ problems: forbiddenText() })],
  ['start-up size', bundle],
  ['starts', starts],
];

const startedAt = Date.now();
let failed = 0;
const verdicts = await Promise.all(
  CHECKS.map(async ([name, run]): Promise<[string, Verdict]> => {
    try {
      return [name, await run()];
    } catch (error) {
      return [name, { problems: [error instanceof Error ? error.message : String(error)] }];
    }
  }),
);
for (const [name, { problems, remark }] of verdicts) {
  if (problems.length === 0) {
    console.log(`ok    ${name}${remark ? `: ${remark}` : ''}`);
    continue;
  }
  failed++;
  console.log(`FAIL  ${name}`);
  for (const problem of problems.slice(0, MAX_LINES_SHOWN)) console.log(`        ${problem}`);
  if (problems.length > MAX_LINES_SHOWN) console.log(`        … and ${problems.length - MAX_LINES_SHOWN} more`);
}
console.log(
  `check: ${CHECKS.length - failed} of ${CHECKS.length} passed in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`,
);
process.exit(failed === 0 ? 0 : 1);
