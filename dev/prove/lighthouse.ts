/**
 * `npm run prove lighthouse [runs]`: Lighthouse's score of speed on a phone, median of five, of pages with a session. Lighthouse is no
 * dependency of ours: it is looked for in the folder that LIGHTHOUSE_FOLDER names, else beside our own packages.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findChromium } from '../browser.ts';
import { root } from '../check/files.ts';
import { calendarPath, median, OWNER, withDemo } from './demo-pages.ts';

const PAGES: readonly { name: string; path: () => string; least: number }[] = [
  { name: 'portal', path: () => '/portal', least: 95 },
  { name: 'calendar', path: calendarPath, least: 80 },
  { name: 'calls', path: () => '/admin/calls', least: 80 },
  { name: 'home', path: () => '/admin/start', least: 80 },
];
const CHROMIUM_FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const LONGEST_RUN_MS = 240_000;

/** Its names for what we report; `performance` is the score, of 100. */
const AUDITS = {
  first: 'first-contentful-paint',
  largest: 'largest-contentful-paint',
  index: 'speed-index',
  blocked: 'total-blocking-time',
  shift: 'cumulative-layout-shift',
} as const;
type Audit = keyof typeof AUDITS;
type Run = Record<Audit | 'score' | 'machine', number>;

interface Report {
  runtimeError?: { message: string };
  categories: { performance: { score: number | null } };
  audits: Record<string, { numericValue?: number } | undefined>;
  environment: { benchmarkIndex: number };
}

/** Its command line. @throws with how to install it */
function findLighthouse(): string {
  const folder = process.env.LIGHTHOUSE_FOLDER;
  const found = [...(folder === undefined ? [] : [path.resolve(folder)]), root]
    .map((one) => path.join(one, 'node_modules', 'lighthouse', 'cli', 'index.js'))
    .find((file) => existsSync(file));
  if (found === undefined)
    throw new Error(
      'no Lighthouse: `npm i --prefix /tmp/lighthouse lighthouse@13`, then `LIGHTHOUSE_FOLDER=/tmp/lighthouse npm run prove lighthouse`',
    );
  return found;
}

async function signIn(base: string): Promise<string> {
  const answer = await fetch(`${base}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify(OWNER),
  });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** One visit with a fresh profile, on Lighthouse's phone and slow line. */
async function visit(lighthouse: string, chromium: string, address: string, cookie: string): Promise<Run> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'askpro-lighthouse-'));
  const file = path.join(folder, 'report.json');
  try {
    const options = [
      '--quiet',
      '--only-categories=performance',
      '--output=json',
      `--output-path=${file}`,
      `--extra-headers=${JSON.stringify({ cookie })}`,
      `--chrome-flags=${CHROMIUM_FLAGS}`,
    ];
    await promisify(execFile)(process.execPath, [lighthouse, address, ...options], {
      env: { ...process.env, CHROME_PATH: chromium },
      timeout: LONGEST_RUN_MS,
    });
    const { runtimeError, categories, audits, environment } = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const { score } = categories.performance;
    if (runtimeError || score === null) throw new Error(`${address}: ${runtimeError?.message ?? 'no score'}`);
    const figures = Object.entries(AUDITS).map(([name, audit]) => [name, audits[audit]?.numericValue ?? Number.NaN]);
    return { ...Object.fromEntries(figures), score: Math.round(score * 100), machine: environment.benchmarkIndex };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param runs of each page; @returns a line with the medians; `ok` where each score is at least the page's */
export async function lighthouse(runs: number): Promise<{ seed: string; counts: string; ok: boolean }> {
  const program = findLighthouse();
  const chromium = findChromium();
  if (chromium === null) throw new Error('no Chromium: set CHROMIUM_PATH');
  return withDemo(async (base) => {
    const cookie = await signIn(base);
    const told: string[] = [];
    let ok = true;
    for (const page of PAGES) {
      const visits: Run[] = [];
      for (let n = 0; n < runs; n += 1) visits.push(await visit(program, chromium, base + page.path(), cookie));
      const of = (name: keyof Run): number => Math.round(median(visits.map((one) => one[name])) * 1000) / 1000;
      const ms = (name: keyof Run): number => Math.round(of(name));
      const isMet = of('score') >= page.least;
      const line = `${page.name} ${of('score')} (≥ ${page.least}${isMet ? '' : ' missed'}; ${visits.map((one) => one.score).join(', ')}): first ${ms('first')}, largest ${ms('largest')}, index ${ms('index')}, blocked ${ms('blocked')} ms, shift ${of('shift')}, machine ${ms('machine')}, load ${os.loadavg()[0]?.toFixed(1)}`;
      console.log(line);
      told.push(line);
      ok &&= isMet;
    }
    return { seed: '–', counts: told.join(' · '), ok };
  });
}
