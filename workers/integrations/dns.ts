/** TXT records by DNS over HTTPS (JSON form of Cloudflare's and Google's resolvers). Called where the owner of a name is proven. */
import { z } from 'zod';
import { err, ok } from '../../shared/result.ts';
import { callVendor, readAnswer, type VendorOptions, type VendorResult } from './vendor-call.ts';

const TXT = 16;
/** RFC 1035: the name has records, or it does not exist; everything else is a resolver in trouble. */
const NO_ERROR = 0;
const NX_DOMAIN = 3;
const MAX_RECORDS = 100;

const ANSWER = z.looseObject({
  Status: z.int(),
  Answer: z.array(z.looseObject({ type: z.int(), data: z.string() })).optional(),
});

/** `"part one" "part two"` → the text that was written: long records come in parts. */
const textOf = (data: string): string =>
  /^\s*"/.test(data)
    ? [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((part) => (part[1] ?? '').replace(/\\(.)/g, '$1')).join('')
    : data;

/** The texts of a name's TXT records; none for a name that does not exist. */
export async function txtRecords(config: VendorOptions, name: string): Promise<VendorResult<string[]>> {
  const answer = await callVendor(config, {
    method: 'GET',
    path: `/dns-query?${new URLSearchParams({ name, type: 'TXT' })}`,
    headers: { accept: 'application/dns-json' },
    acts: false,
  });
  if (!answer.ok) return answer;
  const read = readAnswer(answer.value, (body) => ANSWER.safeParse(body), false);
  if (!read.ok) return read;
  const { Status, Answer } = read.value;
  if (Status !== NO_ERROR && Status !== NX_DOMAIN)
    return err({ kind: 'invalid_response', retryable: true, ambiguous: false, body: `status ${Status}` });
  return ok(
    (Answer ?? [])
      .filter(({ type }) => type === TXT)
      .slice(0, MAX_RECORDS)
      .map(({ data }) => textOf(data)),
  );
}
