/**
 * `npm test`: the three test projects one after the other, and a plain line of totals at the end. `workerd` runs as two halves beside each
 * other (dev/halves.ts): its one runtime has one thread, so that half of a machine with two cores would stand still.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, installChromium } from './browser.ts';
import { signalGroup } from './server/signal-group.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const PROJECTS = ['pure', 'workerd', 'outside'] as const;

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, with its first lines: told once more at the very end, because CI shows no more than the end of a run. */
  failures: string[];
}

/** The parts of vitest's JSON report that we add up. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

/** Of each failure, and of the end of a run that broke without a failed test. */
const FAILURE_LINES = 12;
const firstLines = (text: string) => text.split('\n').slice(0, FAILURE_LINES).join('\n');

/** Nothing printed for so long: it hangs. The longest test (a kill test on a busy machine) takes half of it and prints only at its end. */
const SILENCE_MS = 15 * 60_000;

/** Reports, and the databases of the tests' runtime: in memory where there is room, because every commit waits for the disk otherwise. */
const MEMORY = '/dev/shm';
const MEMORY_BYTES = 4 * 2 ** 30;
function temporaryFolder(): string {
  const { bavail, bsize } = existsSync(MEMORY) ? statfsSync(MEMORY) : { bavail: 0, bsize: 0 };
  return mkdtempSync(path.join(bavail * bsize > MEMORY_BYTES ? MEMORY : os.tmpdir(), 'askpro-test-'));
}
const folder = temporaryFolder();

/** Vitest does not write to the terminal itself: we know whether there is one. */
const COLOUR: NodeJS.ProcessEnv = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};

/** Runs of vitest that go on. */
const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const child of running) signalGroup(child, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });

/**
 * One run of vitest: a project, or a part of it (`1/2`). A part that is not the first is told when it is done, so that lines do not mix. What
 * hangs is ended with all it started, told as far as it came, and counts as failed: a run that says nothing must not take CI's whole time.
 */
async function run(project: string, part: string | null, filters: string[]): Promise<Totals> {
  const name = part === null ? project : `${project}-${part.replace('/', '-of-')}`;
  const outputFile = path.join(folder, `${name}.json`);
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
  ];
  if (part !== null) args.push(`--shard=${part}`);
  if (filters.length > 0) args.push('--passWithNoTests', ...filters);
  const isTold = part === null || part.startsWith('1/');
  const told: Buffer[] = [];
  const exitCode = await new Promise<number>((resolve, reject) => {
    const child = spawn(path.join(root, 'node_modules', '.bin', 'vitest'), args, {
      cwd: root,
      // a group of its own, to be ended whole
      detached: true,
      env: { ...process.env, ...COLOUR, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const hangs = (): void => {
      told.push(Buffer.from(`\n${name}: nothing printed for ${SILENCE_MS / 60_000} minutes, ended\n`));
      signalGroup(child, 'SIGKILL');
    };
    let silence = setTimeout(hangs, SILENCE_MS);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        clearTimeout(silence);
        silence = setTimeout(hangs, SILENCE_MS);
        told.push(data);
        if (isTold) process.stdout.write(data);
      });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(silence);
      running.delete(child);
      if (!isTold) process.stdout.write(Buffer.concat(told));
      resolve(code ?? 1);
    });
  });
  return totalsOf(name, outputFile, exitCode, Buffer.concat(told).toString());
}

/** A crash of the runner, or of a file before its tests, counts as a failure. */
function totalsOf(name: string, outputFile: string, exitCode: number, told: string): Totals {
  // an unhandled rejection fails the run without failing a test
  const broken = () => {
    const at = told.lastIndexOf('Unhandled');
    return `${name}: ended with exit code ${exitCode}\n${at < 0 ? told.trimEnd().split('\n').slice(-FAILURE_LINES).join('\n') : firstLines(told.slice(at))}`;
  };
  if (!existsSync(outputFile)) {
    const failures = exitCode === 0 ? [] : [broken()];
    return { passed: 0, failed: failures.length, skipped: 0, failures };
  }
  const report = JSON.parse(readFileSync(outputFile, 'utf8')) as Report;
  const failures = report.testResults.flatMap((file) => {
    const where = path.relative(root, file.name);
    if (file.status === 'failed' && file.assertionResults.length === 0)
      return [`${where}\n${firstLines(file.message)}`];
    return file.assertionResults
      .filter(({ status }) => status === 'failed')
      .map((test) => `${where} > ${test.fullName}\n${firstLines(test.failureMessages?.join('\n') ?? '')}`);
  });
  if (failures.length === 0 && exitCode !== 0) failures.push(broken());
  return {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

/** Says loudly when the browser tests cannot run; where they must (REQUIRE_BROWSER=1), ends the run. */
function prepareBrowser(): void {
  const chromium = findChromium() ?? installChromium((line) => console.log(line));
  if (chromium !== null) {
    process.env.CHROMIUM_PATH = chromium;
    return;
  }
  if (process.env.REQUIRE_BROWSER === '1') {
    console.error('REQUIRE_BROWSER=1 and no Chromium: install one, or name it in CHROMIUM_PATH.');
    process.exit(1);
  }
  console.warn('\n!!! BROWSER TESTS ARE SKIPPED: no Chromium here. Install one, or name it in CHROMIUM_PATH. !!!\n');
}

const arguments_ = process.argv.slice(2);
const chosen = PROJECTS.filter((project) => arguments_.includes(project));
const filters = arguments_.filter((argument) => !PROJECTS.some((project) => project === argument));
const projects = chosen.length > 0 ? chosen : PROJECTS;
if (projects.includes('outside')) prepareBrowser();

const totals: Totals = { passed: 0, failed: 0, skipped: 0, failures: [] };
for (const project of projects) {
  // Named files are run at once: there is little to share out.
  const parts = project === 'workerd' && filters.length === 0 ? ['1/2', '2/2'] : [null];
  for (const result of await Promise.all(parts.map((part) => run(project, part, filters)))) {
    totals.passed += result.passed;
    totals.failed += result.failed;
    totals.skipped += result.skipped;
    totals.failures.push(...result.failures);
  }
}
rmSync(folder, { recursive: true, force: true });
for (const failure of totals.failures) console.log(`\nFAILED ${failure}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed === 0 ? 0 : 1);
