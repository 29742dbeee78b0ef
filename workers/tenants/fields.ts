/** What a tenant's fields must be, judged in one way where one is made and where it is changed. Called by the commands. */
import type { Language } from '../../shared/i18n/language.ts';
import { type Result, ok } from '../../shared/result.ts';
import { isZone } from '../../shared/time.ts';
import type { Platform } from '../env.ts';
import { planById } from '../instance/plans.ts';
import type { TenantRecord } from '../storage/platform-db.ts';
import { readVatId } from './rules/vat-id.ts';
import { type Problems, refusalOf } from './words.ts';

/** The fields that both ways have, as they would be afterwards. */
interface Judged {
  country: string;
  currency: string;
  timeZone: string;
  /** as typed; null: none */
  vatId: string | null;
  planId: string | null;
  /** whose plans it may have beside the platform's */
  parentId: string | null;
}

/**
 * Judges the fields, with what the caller found wrong already. Answers the VAT id as it is kept.
 * Refusals: VALIDATION_ERROR by field (`time_zone`, `vat_id`, `plan_id`, and the caller's).
 */
export async function judgeFields(
  platform: Platform,
  wanted: Judged,
  problems: Problems,
  language: Language,
): Promise<Result<{ vatId: string | null }>> {
  const read = wanted.vatId === null ? null : readVatId(wanted.vatId, wanted.country);
  const plan = wanted.planId === null ? null : await planById(platform, wanted.planId);
  // A plan of somebody else's customers is none that anybody here knows of.
  const isOffered = plan !== null && (plan.tenantId === 'platform' || plan.tenantId === wanted.parentId);
  const found: Problems = {
    ...problems,
    ...(isZone(wanted.timeZone) ? {} : { time_zone: 'zone' }),
    ...(wanted.vatId !== null && read === null ? { vat_id: 'vat_id' } : {}),
    ...(wanted.planId === null
      ? {}
      : !isOffered
        ? { plan_id: 'plan_unknown' }
        : plan.currency !== wanted.currency
          ? { plan_id: 'plan_currency' }
          : {}),
  };
  return refusalOf(found, language) ?? ok({ vatId: read?.id ?? null });
}

/** Fields of a row that an audit row names: what people see, no times of ours. */
export const audited = (row: Partial<TenantRecord>, fields: readonly (keyof TenantRecord)[]): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
