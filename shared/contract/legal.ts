/** Legal texts, and what a tenant agreed to. Read by workers/legal/, the admin (types) and tests. */
import { z } from 'zod';
import { LANGUAGES } from '../i18n/language.ts';
import { AGREED_KINDS, LEGAL_KINDS } from '../legal.ts';
import { idField, idOut, instantOut, itemOf, page } from './parts.ts';

/** Longest legal text: about forty printed pages. */
const MAX_TEXT = 120_000;

const markdownText = () =>
  z
    .string()
    .trim()
    .min(1)
    .max(MAX_TEXT)
    .meta({ example: '# Allgemeine Geschäftsbedingungen\n\n1. Geltung', description: 'markdown' });

export const legalTextRow = z.object({
  id: idOut('legal_text'),
  kind: z.enum(LEGAL_KINDS),
  language: z.enum(LANGUAGES),
  version: z.int(),
  published_at: instantOut(),
  published_by: z.string().meta({ description: 'who published it: kind and id' }),
  /** a newer version has taken its place */
  superseded: z.boolean(),
});
export type LegalTextRow = z.infer<typeof legalTextRow>;
export const legalTextView = legalTextRow.extend({
  text: z.string().meta({ description: 'markdown' }),
});
export type LegalTextView = z.infer<typeof legalTextView>;

/** Newest first. */
export const legalTextQuery = page().extend({
  sort: z.enum(['-published_at']).default('-published_at'),
  kind: z.enum(LEGAL_KINDS).optional(),
  language: z.enum(LANGUAGES).optional(),
});
export const publishLegalTextRequest = z.object({
  kind: z.enum(LEGAL_KINDS),
  language: z.enum(LANGUAGES),
  text: markdownText(),
});
export type PublishLegalTextRequest = z.infer<typeof publishLegalTextRequest>;
export const legalTextResponse = itemOf(legalTextView);

// ---------------------------------------------------------------- what is being written

export const legalDraftParams = z.object({ kind: z.enum(LEGAL_KINDS), language: z.enum(LANGUAGES) });
/** One of whoever asks; nobody else reads it, and publishing the text of its kind and language ends it. */
export const legalDraftView = legalDraftParams.extend({
  text: z.string().meta({ description: 'markdown' }),
  saved_at: instantOut(),
  saved_by: z.string().meta({ description: 'who saved it: a name, or kind and id' }),
  version: z.int().meta({ description: 'counts the savings' }),
});
export type LegalDraftView = z.infer<typeof legalDraftView>;
/** null: there is none */
export const legalDraftResponse = itemOf(legalDraftView.nullable());
export const legalDraftSavedResponse = itemOf(legalDraftView);
export const saveLegalDraftRequest = z.object({
  text: markdownText(),
  expected_version: z
    .int()
    .min(0)
    .default(0)
    .meta({ description: 'the `version` that was read; 0: there was none', example: 0 }),
});

// ---------------------------------------------------------------- what a tenant agreed to

/** A version as a link and a name. */
export const legalTextLink = z.object({
  id: idOut('legal_text'),
  kind: z.enum(LEGAL_KINDS),
  language: z.enum(LANGUAGES),
  version: z.int(),
  published_at: instantOut(),
  /** its public page */
  href: z.string(),
});
export type LegalTextLink = z.infer<typeof legalTextLink>;

export const acceptance = z.object({
  text: legalTextLink,
  accepted_at: instantOut(),
  /** who agreed; null: that account is gone */
  accepted_by: z.string().nullable(),
});
export const contractsView = z.object({
  /** newest first */
  accepted: z.array(acceptance),
  /** present versions that the tenant has not agreed to yet */
  open: z.array(legalTextLink),
  /** present versions that inform only */
  notices: z.array(legalTextLink),
});
export type ContractsView = z.infer<typeof contractsView>;
export const contractsResponse = itemOf(contractsView);
export const acceptContractsRequest = z.object({
  text_ids: z.array(idField('legal_text')).min(1).max(AGREED_KINDS.length),
});
