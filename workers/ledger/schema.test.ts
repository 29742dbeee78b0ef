/** The published migrations of the ledger object: a start of every existing file would fail if one changed. Append, never edit. */
import { expect, it } from 'vitest';
import { statementsHash } from '../object-runtime/migrate.ts';
import { LEDGER_MIGRATIONS } from './schema.ts';

it.each<[number, string, string]>([
  [1, 'tables', 'b161d9a0f69c7f8e834bb516a96c3fbda199a53ca19c8c57123b22c064b1ee9c'],
  [2, 'facts-beside-entries', '921e1aefe2828264ebdc6abbcf09e3dca15739efa7e78b39049a012938dffde0'],
  [3, 'metered-use', '73b9cd21296fe836ee0bddff2ff63f2cde165749316996d86721e62d8c605be5'],
  [4, 'transfers', '3273cb2291075e2caa0dfc15a4fcbeee090f2560a1292690d0425bba0ddb2bd3'],
  [5, 'statements-and-base-fees', '931176855d039e918131ee7f3b2f122cb40c3c1849af71eecb8eebd68b1b77f1'],
])('keeps migration %i (%s) as it was published', (version, id, hash) => {
  const migration = LEDGER_MIGRATIONS[version - 1];
  expect(migration?.id).toBe(id);
  expect(migration && statementsHash(migration)).toBe(hash);
});
