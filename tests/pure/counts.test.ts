import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROOFS, runsOf, seedOf } from '../counts.ts';

const root = path.resolve(import.meta.dirname, '../..');
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('counts of random proofs', () => {
  it.each(Object.entries(PROOFS))('%s: its test asks for the count, and docs/testing.md tells it', (name, proof) => {
    expect(textOf(proof.file)).toContain(`runsOf('${name}'`);
    expect(textOf('docs/testing.md').split('\n')).toContain(
      `| ${name} | ${proof.of} | ${proof.suite} | ${proof.full} |`,
    );
    expect(proof.suite).toBeLessThanOrEqual(proof.full);
  });

  it('FC_RUNS overrules the suite’s count, properties of a file in proportion', () => {
    expect(runsOf('ledger-histories', {})).toBe(PROOFS['ledger-histories'].suite);
    expect(runsOf('ledger-histories', { FC_RUNS: '' })).toBe(PROOFS['ledger-histories'].suite);
    expect(runsOf('ledger-histories', { FC_RUNS: '500' })).toBe(500);
    expect(runsOf('ledger-histories', { FC_RUNS: '500' }, 200)).toBe(100);
  });

  it('FC_SEED overrules the suite’s own seed', () => {
    expect([seedOf(7, {}), seedOf(7, { FC_SEED: '' }), seedOf(7, { FC_SEED: '9' })]).toEqual([7, 7, 9]);
  });
});
