/** The stand-ins of the registers, driven by our clients. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { txtRecords } from '../../workers/integrations/dns.ts';
import { timesSeen } from '../../workers/integrations/pwned-passwords.ts';
import { checkVatNumber } from '../../workers/integrations/vies.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { control } from './webhook-receiver.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, askproBaseUrl: 'http://127.0.0.1:9' });
});
afterEach(() => sandbox.close());

it('a VAT id is valid with its name, invalid, or its country does not answer', async () => {
  const ask = (number: string) => checkVatNumber({ baseUrl: `${sandbox.url}/vies` }, { country: 'AT', number });
  expect(await ask('U12345678')).toMatchObject({
    ok: true,
    value: { valid: true, name: 'Muster Betriebs GmbH', address: 'Hauptstraße 1 1010 Wien' },
  });
  expect(await ask('U12345000')).toMatchObject({ ok: true, value: { valid: false, name: null, address: null } });
  await control(sandbox.url, '/vies/answer', { id: 'ATU12345678', state: 'away' });
  expect(await ask('U12345678')).toMatchObject({ ok: false, error: { kind: 'invalid_response', retryable: true } });
  await control(sandbox.url, '/vies/faults', { mode: 'status', status: 503, count: 1 });
  expect(await ask('U99999999')).toMatchObject({ ok: false, error: { kind: 'status', status: 503 } });
});

it('a name has the texts that were written, or does not exist', async () => {
  const ask = (name: string) => txtRecords({ baseUrl: `${sandbox.url}/dns` }, name);
  expect(await ask('_askpro.nobody.example')).toEqual({ ok: true, value: [] });
  await control(sandbox.url, '/dns/records', { name: '_askpro.salon.example', texts: ['v=spf1', 'a "quoted" one'] });
  expect(await ask('_askpro.salon.example')).toEqual({ ok: true, value: ['v=spf1', 'a "quoted" one'] });
});

it('a password stands on the list when it was put there, and a fault is a fault', async () => {
  const ask = (password: string) => timesSeen({ baseUrl: `${sandbox.url}/pwned` }, password);
  expect(await ask('correct horse battery staple')).toEqual({ ok: true, value: 1_000 });
  expect(await ask('drei Hunde im Regen')).toEqual({ ok: true, value: 0 });
  await control(sandbox.url, '/pwned/known', { password: 'drei Hunde im Regen' });
  expect(await ask('drei Hunde im Regen')).toEqual({ ok: true, value: 1 });
  await control(sandbox.url, '/pwned/faults', { mode: 'status', status: 503, count: 1 });
  expect(await ask('drei Hunde im Regen')).toMatchObject({ ok: false, error: { status: 503 } });
});
