/** The EU's register of VAT ids (VIES, REST): is a number valid, and whose is it. Called where a VAT id is checked. */
import { z } from 'zod';
import { err, ok } from '../../shared/result.ts';
import { callVendor, readAnswer, type VendorOptions, type VendorResult } from './vendor-call.ts';

interface ViesAnswer {
  valid: boolean;
  /** most countries answer `---` for one of them or both: then null */
  name: string | null;
  address: string | null;
}

const ANSWER = z.looseObject({
  isValid: z.boolean().optional(),
  valid: z.boolean().optional(),
  userError: z.string().optional(),
  name: z.string().nullish(),
  address: z.string().nullish(),
});
/** What the register says when it knows; everything else is a member state that does not answer, or too many questions. */
const KNOWS: ReadonlySet<string> = new Set(['VALID', 'INVALID', 'INVALID_INPUT']);
/** Texts of the register that are kept. */
const MAX_TEXT = 300;

const textOf = (text: string | null | undefined): string | null => {
  const line = (text ?? '').replace(/\s+/g, ' ').trim().slice(0, MAX_TEXT);
  return line === '' || /^-+$/.test(line) ? null : line;
};

/** Asks about one number. A member state that is away is a fault (retryable), never a no. */
export async function checkVatNumber(
  config: VendorOptions,
  { country, number }: { country: string; number: string },
): Promise<VendorResult<ViesAnswer>> {
  const answer = await callVendor(config, {
    method: 'GET',
    path: `/ms/${encodeURIComponent(country)}/vat/${encodeURIComponent(number)}`,
    headers: { accept: 'application/json' },
    acts: false,
  });
  if (!answer.ok) return answer;
  const read = readAnswer(answer.value, (body) => ANSWER.safeParse(body), false);
  if (!read.ok) return read;
  const { isValid, valid, userError, name, address } = read.value;
  const judged = isValid ?? valid;
  if (judged === undefined || (userError !== undefined && !KNOWS.has(userError)))
    return err({ kind: 'invalid_response', retryable: true, ambiguous: false, body: (userError ?? '').slice(0, 40) });
  return ok({ valid: judged, name: textOf(name), address: textOf(address) });
}
