/** What a business dials on its own line so that calls come to ours. Providers differ: landlines take the national number, mobiles the international one. Read by the page of a number and by the wizard. */

export const FORWARDING_KINDS = ['always', 'no_answer', 'busy', 'unreachable', 'off'] as const;
type ForwardingKind = (typeof FORWARDING_KINDS)[number];

export const FORWARDING_LINES = [
  'mobile',
  'telekom',
  'vodafone',
  'o2',
  'one_and_one',
  'a1',
  'magenta_at',
  'swisscom',
] as const;
type ForwardingLine = (typeof FORWARDING_LINES)[number];

/** Seconds it rings in the shop before the call goes on; mobiles take steps of five up to thirty. */
const RING_SECONDS = 20;

const CALLING_CODES: Readonly<Record<string, string>> = { DE: '49', AT: '43', CH: '41' };

/** `030 …` of `+4930…` for lines of the same country; the international number with two zeros elsewhere. */
export function dialled(e164: string, country: string): string {
  const code = CALLING_CODES[country];
  return code !== undefined && e164.startsWith(`+${code}`)
    ? `0${e164.slice(code.length + 1)}`
    : e164.replace(/^\+/, '00');
}

type Codes = Partial<Record<ForwardingKind, string>>;

/** Landlines with a star before and a hash behind: Germany and Austria. */
const landline = (number: string): Codes => ({
  always: `*21*${number}#`,
  no_answer: `*61*${number}#`,
  busy: `*67*${number}#`,
  off: '#21#',
});

/** What to dial, by what is to be forwarded; a line whose codes differ by router has none. */
export function forwardingCodes(line: ForwardingLine, e164: string, country: string): Codes {
  const number = dialled(e164, country);
  switch (line) {
    case 'mobile':
      return {
        always: `**21*${e164}#`,
        no_answer: `**61*${e164}*11*${RING_SECONDS}#`,
        busy: `**67*${e164}#`,
        unreachable: `**62*${e164}#`,
        off: '##002#',
      };
    case 'telekom':
    case 'vodafone':
    case 'o2':
    case 'a1':
      return landline(number);
    // No second star in Switzerland, and a code of its own for no answer.
    case 'swisscom':
      return { always: `*21${number}#`, no_answer: `*61${number}#`, busy: `*67${number}#`, off: '#21#' };
    case 'one_and_one':
    case 'magenta_at':
      return {};
  }
}

/** Lines of a country, the likeliest first. */
export const linesOf = (country: string): ForwardingLine[] =>
  country === 'AT'
    ? ['a1', 'magenta_at', 'mobile']
    : country === 'CH'
      ? ['swisscom', 'mobile']
      : ['telekom', 'vodafone', 'o2', 'one_and_one', 'mobile'];
