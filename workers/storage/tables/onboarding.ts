/** What a business has put off while it is set up; what it has done follows from what is there (onboarding/queries). */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { TenantId } from '../../../shared/ids.ts';
import { ONBOARDING_STEPS } from '../../../shared/onboarding-steps.ts';

export const onboardingSkips = sqliteTable(
  'onboarding_skips',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    step: text('step', { enum: ONBOARDING_STEPS }).notNull(),
    skippedAt: integer('skipped_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.step] })],
);
