import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startupSize } from './bundle-size.ts';
import type { Language } from '../../shared/i18n/language.ts';
import { differences } from './catalogues.ts';
import { missingIn } from './docs-paths.ts';
import { rawFaults, rawFaultsIn } from './log-lines.ts';
import { forbiddenIn } from './tracked-text.ts';

describe('documents', () => {
  it('may name only paths that exist, also in lists and links', () => {
    const text =
      'See `package.json`, `dev/check/` and `dev/check/{check,nowhere}.ts`, `dev/none/*.ts`, [x](missing.md), `npm test`, `/api/x`.';
    expect(missingIn('README.md', text)).toEqual([
      'README.md:1: dev/check/nowhere.ts',
      'README.md:1: dev/none/*.ts',
      'README.md:1: missing.md',
    ]);
  });
});

describe('catalogues', () => {
  it('report a missing key in either language and a lost value', () => {
    const texts = new Map<Language, Map<string, string>>([
      [
        'de',
        new Map([
          ['a', 'Hallo {name}'],
          ['b', 'x'],
        ]),
      ],
      [
        'en',
        new Map([
          ['a', 'Hello'],
          ['c', 'y'],
        ]),
      ],
    ]);
    expect(differences('t', texts)).toEqual([
      't.en: a takes other values than de',
      't.en: b is missing',
      't.de: c is missing',
    ]);
  });
});

describe('text of the project', () => {
  it.each([
    ['const key = "sk_' + 'live_abcdefgh12345";', 'a live Stripe key'],
    ['cd /ro' + 'ot/project', 'a path of one machine'],
    ['"resolved": "htt' + 'ps://mirror/x.tgz"', 'the address of a package registry'],
  ])('%s is refused', (text, what) => {
    expect(forbiddenIn('x.md', text)).toEqual([`x.md:1: ${what}`]);
  });
});

describe('log lines', () => {
  it.each([
    'console.error(JSON.stringify({ event: "x (y", error: String(fault) }));',
    'console.warn(JSON.stringify({\n  error: fault.message,\n}));',
    'console.log(`failed: \u0024{fault}`);',
    "log('error', 'x', { reason: String(fault) });",
    'const line = fault instanceof Error ? fault.stack : "";',
  ])('%s is refused', (text) => {
    expect(rawFaultsIn('workers/x.ts', `const a = 1;\n${text}`)).toEqual([
      'workers/x.ts:2: write `log(level, event, { fault })` (workers/log.ts), not the fault itself',
    ]);
  });
  it('a masked fault is taken, and what stands behind the call is not looked at', () => {
    const text = "console.error(JSON.stringify({ event: 'x', ...loggable(fault) }));\nconst s = String(fault);";
    expect(rawFaultsIn('workers/x.ts', text)).toEqual([]);
  });
  it('the Worker writes no fault as it is', () => {
    expect(rawFaults()).toEqual([]);
  });
});

describe('start-up size', () => {
  it('counts what the entry imports statically, not what it loads later', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'askpro size '));
    writeFileSync(path.join(folder, 'index.js'), "import './a.js'; export const b = () => import('./lazy.js');");
    writeFileSync(path.join(folder, 'a.js'), 'export const a = 1;');
    writeFileSync(path.join(folder, 'lazy.js'), 'export const c = 1;');
    expect(startupSize(folder)?.files.sort()).toEqual(['a.js', 'index.js']);
    expect(startupSize(path.join(folder, 'nothing'))).toBeNull();
  });
});
