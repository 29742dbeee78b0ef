/** Refusals of a tenant's fields in the caller's language. Called by the commands. */
import type { DomainError } from '../../shared/errors.ts';
import type { Language } from '../../shared/i18n/language.ts';
import { tenantsDe } from '../../shared/i18n/tenants.de.ts';
import { type TenantText, tenantsEn } from '../../shared/i18n/tenants.en.ts';
import { type Err, err } from '../../shared/result.ts';

const TEXTS: Readonly<Record<Language, Readonly<Record<TenantText, string>>>> = { de: tenantsDe, en: tenantsEn };

/** Fields that are refused, each with the key of its sentence. */
export type Problems = Partial<Record<string, TenantText>>;

/** VALIDATION_ERROR with a sentence for each field; null: nothing is wrong. */
export function refusalOf(problems: Problems, language: Language): Err<DomainError> | null {
  const errors: Record<string, string[]> = {};
  for (const [field, text] of Object.entries(problems)) if (text !== undefined) errors[field] = [TEXTS[language][text]];
  return Object.keys(errors).length === 0 ? null : err({ code: 'VALIDATION_ERROR', errors });
}
