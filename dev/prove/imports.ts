/**
 * `npm run prove imports [rows]`: customers by CSV on the built product over HTTP, with broken rows, umlauts in Windows-1252, formula cells and
 * numbers in any spelling. The whole process group is killed in the middle of the check and of the run, again and again; the dry run must tell
 * every row as it was written, and afterwards everybody is there once.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ImportRowView, ImportView } from '../../shared/contract/imports.ts';
import type { RowFault } from '../../shared/import-sets.ts';
import { API_KEY } from '../bench/paths.ts';
import { root } from '../check/files.ts';
import { freePorts } from '../server/free-ports.ts';

/** Kills while it is checked, and while it is written. */
const KILLS = { checking: 2, writing: 3 } as const;
const KILL_WITHIN_MS = 2_500;
const LOOK_MS = 250;
const READY_MS = 240_000;
/** A dead wake's lease and the cron that finds it, each time. */
const STEP_MS = 900_000;
const PAGE = 100;
/** Begins every family name of the file. */
const FAMILY = 'Müßig';

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What a row must come to. */
interface Expected {
  line: string;
  outcome: 'new' | 'duplicate' | 'refused';
  fault: RowFault | null;
  /** name and number of who must be there afterwards */
  who: string | null;
}

const letters = (n: number): string =>
  Array.from({ length: 4 }, (_, i) => 'abcdefghiklmnopr'[Math.floor(n / 16 ** i) % 16]).join('');
const SPELLINGS: readonly ((digits: string) => string)[] = [
  (d) => `0151 ${d}`,
  (d) => `+49 151 ${d.slice(0, 4)} ${d.slice(4)}`,
  (d) => `0049-151-${d}`,
  (d) => `(0151) ${d.slice(0, 2)} ${d.slice(2, 5)} ${d.slice(5)}`,
  (d) => `="0151${d}"`,
  (d) => `+49 (0) 151 / ${d}`,
  (d) => `Mobil: 0151/${d}`,
];

/** The rows of the file; every so many of them is one of a kind. */
function rowsOf(count: number): Expected[] {
  return Array.from({ length: count }, (_, i): Expected => {
    const digits = String(20_000_000 + i);
    const name = `${FAMILY}${letters(i)}`;
    const spelt = SPELLINGS[i % SPELLINGS.length]?.(digits) ?? digits;
    const cell = `"${spelt.replaceAll('"', '""')}"`;
    if (i % 97 === 50)
      return { line: `Jörg;${name};4,91512E+12;`, outcome: 'refused', fault: 'rounded_number', who: null };
    if (i % 89 === 40) return { line: `Jörg;${name};12;`, outcome: 'refused', fault: 'no_number', who: null };
    if (i % 83 === 30)
      return { line: `"=HYPERLINK(""x"")";${name};${cell};`, outcome: 'refused', fault: 'no_name', who: null };
    if (i % 79 === 20) return { line: ';;;nur eine Notiz', outcome: 'refused', fault: 'nothing_there', who: null };
    return {
      line: `Jörg;${name};${cell};${i % 7 === 0 ? '=1+2' : ''}`,
      outcome: 'new',
      fault: null,
      who: `Jörg ${name} +49151${digits}`,
    };
  }).flatMap((row, i) =>
    // Some stand in the file twice.
    row.outcome === 'new' && i % 101 === 10 ? [row, { ...row, outcome: 'duplicate' as const, who: null }] : [row],
  );
}

const latin1 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (c) => c.charCodeAt(0));

/** The product as a process group of its own, so that one signal ends all of it. */
async function started(port: number, state: string): Promise<ChildProcess> {
  const child = spawn(path.join(root, 'node_modules', '.bin', 'node'), ['dev/start.ts'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: String(port), ASKPRO_STATE: state, RATE_LIMIT_SCALE: '10000' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => {
      output = (output + data.toString()).slice(-20_000);
    });
  for (const until = Date.now() + READY_MS; !/^\s*Ready in /m.test(output); await sleep(LOOK_MS)) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the product is not ready:\n${output}`);
  }
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

/** @throws with the first difference */
export async function imports(count: number): Promise<{ seed: string; counts: string }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'askpro-imports-'));
  const port = await freePorts();
  let child = await started(port, folder);
  try {
    const ask = async <T>(method: string, target: string, body?: object | Uint8Array<ArrayBuffer>): Promise<T> => {
      const isFile = body instanceof Uint8Array;
      const answer = await fetch(`http://localhost:${port}/api/v1${target}`, {
        method,
        headers: {
          authorization: `Bearer ${API_KEY}`,
          'content-type': isFile ? 'application/octet-stream' : 'application/json',
        },
        ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${text.slice(0, 500)}`);
      return JSON.parse(text) as T;
    };
    const rows = rowsOf(count);
    const file = latin1(['Vorname;Nachname;Telefon;Notizen', ...rows.map(({ line }) => line)].join('\r\n'));
    const made = await ask<{ data: ImportView }>('POST', '/imports', { kind: 'customers', file_name: 'Kunden.csv' });
    const at = `/imports/${made.data.id}`;
    const { data: sent } = await ask<{ data: ImportView }>('PUT', `${at}/file`, file);
    if (sent.encoding !== 'windows-1252') throw new Error(`read as ${sent.encoding}`);

    let kills = 0;
    /** Until the import leaves a state, with the process killed and begun again in it. */
    const worked = async (state: keyof typeof KILLS): Promise<ImportView> => {
      let left: number = KILLS[state];
      for (const until = Date.now() + STEP_MS; Date.now() < until; await sleep(LOOK_MS)) {
        const { data } = await ask<{ data: ImportView }>('GET', at);
        if (data.state !== state) return data;
        if (data.progress?.stopped === true) throw new Error(`${state}: the job has stopped`);
        if (left === 0 || (data.progress?.done ?? 0) === 0) continue;
        await sleep(Math.random() * KILL_WITHIN_MS);
        await killed(child);
        child = await started(port, folder);
        left--;
        kills++;
        console.log(`${state}: killed at ${data.progress?.done} of ${data.progress?.total}`);
      }
      throw new Error(`${state} does not come to its end`);
    };

    await ask('POST', `${at}/check`, { fields: ['first_name', 'last_name', 'phone', 'notes'] });
    const checked = await worked('checking');
    const of = (outcome: Expected['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
    const wanted = { rows: rows.length, new: of('new'), duplicates_by_number: of('duplicate'), refused: of('refused') };
    for (const [name, number] of Object.entries(wanted))
      if (checked.counts[name] !== number) throw new Error(`${name}: ${checked.counts[name]} instead of ${number}`);
    let told = 0;
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await ask<{ data: ImportRowView[]; meta: { next_cursor: string | null } }>(
        'GET',
        `${at}/rows?limit=${PAGE}${query}`,
      );
      for (const row of page.data) {
        const expected = rows[row.row - 2];
        const fault = row.problems[0]?.fault ?? null;
        if (row.outcome !== expected?.outcome || fault !== expected.fault)
          throw new Error(`row ${row.row}: ${row.outcome} ${fault}, not ${expected?.outcome} ${expected?.fault}`);
        told++;
      }
      cursor = page.meta.next_cursor;
    }
    if (told !== rows.length) throw new Error(`${told} rows are told, not ${rows.length}`);

    await ask('POST', `${at}/run`, {});
    const written = await worked('writing');
    if (written.counts['made'] !== of('new') || written.counts['skipped'] !== of('duplicate'))
      throw new Error(`written: ${JSON.stringify(written.counts)}`);
    const there = new Map<string, number>();
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await ask<{
        data: { name: string; source: string; phones: { e164: string }[] }[];
        meta: { next_cursor: string | null };
      }>('GET', `/customers?limit=${PAGE}&sort=created_at${query}`);
      for (const { name, source, phones } of page.data) {
        const who = `${name} ${phones[0]?.e164}`;
        // Demo data has imported customers of its own.
        if (source === 'import' && name.includes(FAMILY)) there.set(who, (there.get(who) ?? 0) + 1);
      }
      cursor = page.meta.next_cursor;
    }
    for (const { who } of rows)
      if (who !== null && there.get(who) !== 1) throw new Error(`${who} is there ${there.get(who) ?? 0} times`);
    const all = rows.filter(({ who }) => who !== null).length;
    if (there.size !== all) throw new Error(`${there.size} people are there, not ${all}`);
    return {
      seed: '–',
      counts: `${rows.length} rows: ${all} customers made once, ${of('refused')} refused and ${of('duplicate')} repeated, each told; ${kills} kills`,
    };
  } finally {
    await killed(child);
    rmSync(folder, { recursive: true, force: true });
  }
}
