import { expect, it } from 'vitest';
import { saysStop } from './stop-words.ts';

it.each(['STOP', 'stop', ' Stopp! ', 'ABMELDEN', 'abmelden.', 'Nein', '„nein“', 'STOP ALL', 'stop  all', '\nStop\n'])(
  '%j says stop',
  (text) => {
    expect(saysStop(text)).toBe(true);
  },
);

it.each([
  '',
  '   ',
  '!!!',
  'nein, um drei passt es',
  'Nein danke',
  'stopp bitte',
  'Bitte nicht stoppen',
  'non stop',
  'ok',
  'cancel',
  `STOP${'!'.repeat(200)}`,
])('%j does not', (text) => {
  expect(saysStop(text)).toBe(false);
});
