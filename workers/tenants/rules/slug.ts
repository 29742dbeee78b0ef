/** Pure: the name of a tenant's host. Called by the command that makes a tenant. */
import { foldLetters } from '../../../shared/fold-letters.ts';

/** Longest label of a DNS name. */
const MAX_LABEL = 63;
/** Names that mean something else below a host of ours, or would deceive. */
const RESERVED: ReadonlySet<string> = new Set(
  'admin api app assets askproai billing book cdn customer dev docs help imprint login mail mx ns ns1 ns2 platform portal reseller root smtp static status support test www webhooks'.split(
    ' ',
  ),
);

export const isReserved = (slug: string): boolean => RESERVED.has(slug) || slug.startsWith('xn--');

/** „Salon Schön & Söhne“ → `salon-schoen-soehne`; empty when nothing of the name is a letter or digit of a host's name. */
export function slugOf(name: string): string {
  return foldLetters(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LABEL)
    .replace(/^-+|-+$/g, '');
}
