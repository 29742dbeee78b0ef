/**
 * Stand-ins for registers that are only read: the EU's of VAT ids (VIES), a resolver of DNS over HTTPS and the list of broken passwords. Called
 * by sandbox.ts.
 * Every VAT id is valid unless its number ends in 000; `POST /_sandbox/vies/answer {id, state}` (`valid | invalid | away`) says otherwise.
 * `POST /_sandbox/dns/records {name, texts}` writes the TXT records of a name.
 * `POST /_sandbox/pwned/known {password}` puts a password on the list, beside those that it begins with.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type Answer, type Exchange, json, looseBody } from './exchange.ts';
import type { Service } from './settings.ts';

type ViesState = 'valid' | 'invalid' | 'away';
const isState = (text: unknown): text is ViesState => text === 'valid' || text === 'invalid' || text === 'away';

export function viesService(): Service {
  const said = new Map<string, ViesState>();
  async function handle({ method, path }: Exchange): Promise<Answer> {
    const [, country, number] = /^\/ms\/([A-Z]{2})\/vat\/([A-Z0-9+*]+)$/.exec(path) ?? [];
    if (method !== 'GET' || country === undefined || number === undefined) return json(404, { error: 'not found' });
    const state = said.get(`${country}${number}`) ?? (number.endsWith('000') ? 'invalid' : 'valid');
    if (state === 'away') return json(200, { isValid: false, userError: 'MS_UNAVAILABLE' });
    return json(200, {
      isValid: state === 'valid',
      requestDate: new Date().toISOString(),
      userError: state === 'valid' ? 'VALID' : 'INVALID',
      name: state === 'valid' ? 'Muster Betriebs GmbH' : '---',
      address: state === 'valid' ? 'Hauptstraße 1\n1010 Wien' : '---',
      vatNumber: number,
    });
  }
  async function control(exchange: Exchange): Promise<Answer | null> {
    if (exchange.path !== '/answer') return null;
    const body = looseBody(exchange);
    const state = body?.['state'];
    if (!isState(state)) return json(400, { error: 'state: valid, invalid or away' });
    said.set(String(body?.['id'] ?? ''), state);
    return json(200, { said: Object.fromEntries(said) });
  }
  return { handle, control, reset: () => said.clear() };
}

/** Record type of a text. */
const TXT = 16;
const TTL_SECONDS = 60;
const NX_DOMAIN = 3;

export function dnsService(): Service {
  const records = new Map<string, string[]>();
  async function handle({ path, query }: Exchange): Promise<Answer> {
    const name = query.get('name')?.toLowerCase();
    if (path !== '/dns-query' || name === undefined || query.get('type') !== 'TXT')
      return json(404, { error: 'not found' });
    const texts = records.get(name);
    if (texts === undefined) return json(200, { Status: NX_DOMAIN, Question: [{ name, type: TXT }] });
    const answer = texts.map((text) => ({ name, type: TXT, TTL: TTL_SECONDS, data: JSON.stringify(text) }));
    return json(200, { Status: 0, Question: [{ name, type: TXT }], Answer: answer });
  }
  async function control(exchange: Exchange): Promise<Answer | null> {
    if (exchange.path !== '/records') return null;
    const body = looseBody(exchange);
    const texts = body?.['texts'];
    records.set(
      String(body?.['name'] ?? '').toLowerCase(),
      Array.isArray(texts) ? texts.map(String) : [String(texts ?? '')],
    );
    return json(200, { records: Object.fromEntries(records) });
  }
  return { handle, control, reset: () => records.clear() };
}

/** Long enough for us and no pattern, yet known. */
const KNOWN_PASSWORDS = ['correct horse battery staple'];
const PREFIX_CHARS = 5;
/** With `Add-Padding` the real list answers 800 to 1,000 lines; some of them tell the same. */
const PADDED_LINES = 40;

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex').toUpperCase();

export function pwnedService(): Service {
  const known = new Map<string, number>();
  const reset = (): void => {
    known.clear();
    for (const password of KNOWN_PASSWORDS) known.set(sha1(password), 1_000);
  };
  reset();
  async function handle({ method, path, headers }: Exchange): Promise<Answer> {
    const [, prefix] = /^\/range\/([0-9A-Fa-f]{5})$/.exec(path) ?? [];
    if (method !== 'GET' || prefix === undefined)
      return { status: 400, body: 'The hash prefix was not in a valid format' };
    const lines = [...known]
      .filter(([hash]) => hash.startsWith(prefix.toUpperCase()))
      .map(([hash, count]) => `${hash.slice(PREFIX_CHARS)}:${count}`);
    if (headers['add-padding'] !== undefined)
      while (lines.length < PADDED_LINES) lines.push(`${sha1(randomBytes(8).toString('hex')).slice(PREFIX_CHARS)}:0`);
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: lines.sort().join('\r\n') };
  }
  async function control(exchange: Exchange): Promise<Answer | null> {
    if (exchange.path !== '/known') return null;
    known.set(sha1(String(looseBody(exchange)?.['password'] ?? '')), 1);
    return json(200, { known: known.size });
  }
  return { handle, control, reset };
}
