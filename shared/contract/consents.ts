/** Consents of customers over REST: rows that are only added to. Read by crm/consents/, the web apps (types only) and tests. */
import { z } from 'zod';
import { blankNumbers } from '../blank-numbers.ts';
import { CONSENT_PURPOSES, CONSENT_STATES, CONSENT_WAYS, CONSENT_WAYS_BY_HAND } from '../message-sets.ts';
import { NOTIFICATION_CHANNELS } from '../notification-status.ts';
import { idField, idOut, idParam, instantField, instantOut, lineText, page } from './parts.ts';

const MAX_TEXT_VERSION = 60;
const MAX_PROOF = 500;

export const consent = z.object({
  id: idOut('consent'),
  customer_id: idOut('customer'),
  purpose: z.enum(CONSENT_PURPOSES),
  channel: z.enum(NOTIFICATION_CHANNELS),
  state: z.enum(CONSENT_STATES),
  text_version: z.string().nullable(),
  /** when it was given or withdrawn */
  at: instantOut(),
  way: z.enum(CONSENT_WAYS),
  proof: z.string().nullable(),
  /** who wrote it down; null: no person did, or one who is gone */
  recorded_by_name: z.string().nullable(),
  created_at: instantOut(),
});
export type Consent = z.infer<typeof consent>;

export const consentFields = z.object({
  customer_id: idField('customer'),
  purpose: z.enum(CONSENT_PURPOSES),
  channel: z.enum(NOTIFICATION_CHANNELS),
  state: z.enum(CONSENT_STATES),
  way: z.enum(CONSENT_WAYS_BY_HAND),
  text_version: lineText(MAX_TEXT_VERSION)
    .nullable()
    .optional()
    .meta({ description: 'which wording the person agreed to', example: 'Anmeldebogen 2026-03' }),
  at: instantField().optional().meta({ description: 'when, not in the future; left out: now' }),
  proof: lineText(MAX_PROOF)
    .transform(blankNumbers)
    .nullable()
    .optional()
    .meta({ description: 'where it can be read or heard', example: 'Unterschriebener Bogen im Ordner A–F' }),
});
export type ConsentFields = z.output<typeof consentFields>;

/** Newest first. */
export const consentQuery = page().extend({ customer_id: idParam('customer').optional() });

/** What counts now, of each purpose on each channel. */
export const consentStanding = z.object({
  purpose: z.enum(CONSENT_PURPOSES),
  channel: z.enum(NOTIFICATION_CHANNELS),
  /** null: nobody ever said anything */
  state: z.enum(CONSENT_STATES).nullable(),
  at: instantOut().nullable(),
  way: z.enum(CONSENT_WAYS).nullable(),
});
export type ConsentStanding = z.infer<typeof consentStanding>;
