/** The closed sets of legal texts, without zod: tables, contract, pages and sign-up read them here. */
import type { Trade } from './trades.ts';

/** Terms, data-processing agreement (Art. 28 GDPR), clause on professional secrecy (§ 203 StGB), privacy notice, imprint. */
export const LEGAL_KINDS = ['terms', 'dpa', 'secrecy', 'privacy', 'imprint'] as const;
export type LegalKind = (typeof LEGAL_KINDS)[number];
/** What a business agrees to; the other kinds inform. */
export const AGREED_KINDS = ['terms', 'dpa', 'secrecy'] as const;
export type AgreedKind = (typeof AGREED_KINDS)[number];

/** Whose people § 203 Abs. 1 Nr. 1 and 3 StGB names, and the trades whose template sets practice mode: they hold data on health. */
const BOUND_TO_SECRECY: ReadonlySet<Trade> = new Set([
  'physiotherapy',
  'podiatry',
  'dental_practice',
  'optician_hearing',
  'vet',
  'tax_consulting',
]);
/** Whether a business of this trade agrees to the clause on professional secrecy. */
export const isBoundToSecrecy = (trade: Trade): boolean => BOUND_TO_SECRECY.has(trade);

/** Kinds that a business of this trade agrees to. */
export const agreedBy = (trade: Trade): readonly AgreedKind[] =>
  AGREED_KINDS.filter((kind) => kind !== 'secrecy' || isBoundToSecrecy(trade));

/** Public address of a legal text. */
export const LEGAL_PATH = '/legal';
/** Public sign-up, and the page behind its link. */
export const SIGNUP_PATH = '/signup';
export const SIGNUP_CONFIRM_PATH = `${SIGNUP_PATH}/confirm`;
