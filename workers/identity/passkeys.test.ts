import { expect, it } from 'vitest';
import { placeOf } from './passkeys.ts';

it.each([
  ['Salon.askproai.test', true, 'salon.askproai.test', 'https://salon.askproai.test'],
  ['localhost:8787', false, 'localhost', 'http://localhost:8787'],
  ['salon.test:443', true, 'salon.test', 'https://salon.test'],
  ['salon.test:80', true, 'salon.test', 'https://salon.test:80'],
  ['[::1]:8787', false, '[::1]', 'http://[::1]:8787'],
  ['localhost:99999', false, 'localhost', 'http://localhost:99999'],
])('%s (https: %s) is the host %s with the origin %s', (header, secure, host, origin) => {
  expect(placeOf(header, secure)).toEqual({ host, origin });
});
