/** The published migrations of the calendar object: a start of every existing file would fail if one changed. Append, never edit. */
import { expect, it } from 'vitest';
import { statementsHash } from '../object-runtime/migrate.ts';
import { CALENDAR_MIGRATIONS } from './schema.ts';

it.each<[number, string, string]>([
  [1, 'tables', '8c02f246b5ea0dcb9e953a3132fca0974bd6edca4955a9694d62b609b92399cf'],
  [2, 'lapsed-holds', 'f4cf257027d024a239881976b6140fed7af6f32fdc3f1ef7c77232a110136c73'],
  [3, 'fewer-indexes', '09a38e2f3a15aedbe7181389716ed21b01ef0fb3ffb64dcbdaf823817602d6ab'],
  [4, 'caller-counts', 'de2a69bddcea3089fbee3383fd6b6a352f18b405c8e9765171e195a3885a3316'],
  [5, 'appointment-notes', 'f634c65b0a560727149389c1fec46a72e728db521e90d5f4533fa24cef57b6e2'],
  [6, 'requests-and-conflicts', '7f26aa0425fb80b5dd4e2889358333504c04332173dcd723ee7478f4bcc57e36'],
  [8, 'busy-sources', '1533d49152100e3e26a5338a09ddc7079ab8c146294b6f4ccdbcb4f9a188d7f2'],
])('keeps migration %i (%s) as it was published', (version, id, hash) => {
  const migration = CALENDAR_MIGRATIONS[version - 1];
  expect(migration?.id).toBe(id);
  expect(migration && statementsHash(migration)).toBe(hash);
});
