/** What of a business's set-up is in D1: steps put off, its numbers and agents, test calls, top-ups. Called by onboarding/. */
import { and, eq, gte, isNotNull, lt } from 'drizzle-orm';
import { ID_PREFIXES } from '../../../shared/ids.ts';
import type { OnboardingStep } from '../../../shared/onboarding-steps.ts';
import { controlOf } from '../control-plane.ts';
import { calls } from '../tables/calls.ts';
import { ledgerEntries } from '../tables/ledger.ts';
import { onboardingSkips } from '../tables/onboarding.ts';
import { integrations, phoneNumbers, retellAgents } from '../tables/platform.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

/** One row a step. */
const MAX_SKIPS = 50;

export async function skippedSteps(db: TenantDb): Promise<OnboardingStep[]> {
  const rows = await db.fields(onboardingSkips, { step: onboardingSkips.step }, { limit: MAX_SKIPS });
  return rows.map((row) => row.step as OnboardingStep);
}

export const skipOf = (db: TenantDb, step: OnboardingStep, skippedAt: number): Write =>
  db.upsertOf(onboardingSkips, { step, skippedAt }, [onboardingSkips.step]);

export const bringBackOf = (db: TenantDb, step: OnboardingStep): Write =>
  db.removeOf(onboardingSkips, eq(onboardingSkips.step, step));

/** Whether a call to try the agent was made: their ids lie side by side. */
export async function hasTestCall(db: TenantDb): Promise<boolean> {
  const from = `${ID_PREFIXES.test_call}_`;
  const where = and(gte(calls.id, from), lt(calls.id, `${ID_PREFIXES.test_call}\u0060`));
  return (await db.fields(calls, { id: calls.id }, { ...(where && { where }), limit: 1 })).length > 0;
}

/** Whether money was ever paid in. */
export async function hasTopup(db: TenantDb): Promise<boolean> {
  const found = await db.fields(
    ledgerEntries,
    { id: ledgerEntries.id },
    { where: eq(ledgerEntries.type, 'topup'), limit: 1 },
  );
  return found.length > 0;
}

/** Whether the business, or one of its companies, has a key of Cal.com's. */
export async function calcomConnected(db: TenantDb): Promise<boolean> {
  const rows = await controlOf(db)
    .select({ vendor: integrations.vendor })
    .from(integrations)
    .where(
      and(
        eq(integrations.tenantId, db.tenantId),
        eq(integrations.vendor, 'calcom'),
        isNotNull(integrations.sealedApiKey),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** Whether the business has a number, and an agent, that take calls. */
export async function linesOf(db: TenantDb): Promise<{ number: boolean; agent: boolean }> {
  const control = controlOf(db);
  const [numbers, agents] = await Promise.all([
    control
      .select({ id: phoneNumbers.e164 })
      .from(phoneNumbers)
      .where(and(eq(phoneNumbers.tenantId, db.tenantId), eq(phoneNumbers.active, true)))
      .limit(1),
    control
      .select({ id: retellAgents.agentId })
      .from(retellAgents)
      .where(and(eq(retellAgents.tenantId, db.tenantId), eq(retellAgents.active, true)))
      .limit(1),
  ]);
  return { number: numbers.length > 0, agent: agents.length > 0 };
}
