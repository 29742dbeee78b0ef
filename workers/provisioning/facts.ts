/** The facts of a business that an agent is told, from its master data. Called by commands and steps. */
import { inLanguage, type Language } from '../../shared/i18n/language.ts';
import { TRADES } from '../../shared/trades.ts';
import { companySettings } from '../calendar/rules/company.ts';
import type { ScheduleSnapshot } from '../calendar/types.ts';
import { templateOf } from '../onboarding/templates.ts';
import type { AgentRow } from '../storage/queries/agents.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { BusinessFacts, TradeFacts } from './rules/prompt.ts';
import { type Wanted, wantedOf } from './rules/wanted.ts';

/** Master data as it is now; null: the object refuses at the moment. */
export async function snapshotOf(scope: TenantScope): Promise<ScheduleSnapshot | null> {
  const { result } = await scope.calendar.schedule();
  return result.ok ? result.value : null;
}

/** What callers of the trade have to be asked, and what is urgent there, as the trade's template has it; null: a trade without one. */
async function tradeFacts(name: AgentRow['trade'], language: Language): Promise<TradeFacts | null> {
  const trade = TRADES.find((one) => one === name);
  if (trade === undefined) return null;
  const { questions, red_flags: redFlags } = await templateOf(trade);
  return {
    questions: questions.map(({ ask, health_data: isHealth }) => ({ ask: ask[language], isHealth })),
    redFlags: redFlags.map(({ signs, route, say }) => ({ signs: signs[language], route, say: say[language] })),
  };
}

/** Null: the branch is none (any more). */
export async function factsOf(
  scope: TenantScope,
  { branchId, language, trade }: Pick<AgentRow, 'branchId' | 'language' | 'trade'>,
): Promise<BusinessFacts | null> {
  const [tenant, snapshot, ofTrade] = await Promise.all([
    scope.tenant(),
    snapshotOf(scope),
    tradeFacts(trade, language),
  ]);
  const branch = snapshot?.branches.find(({ id }) => id === branchId)?.body;
  if (!snapshot || !branch) return null;
  const { practiceMode, languages } = companySettings(snapshot, branch.companyId);
  const names = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' });
  const services = snapshot.services
    .filter(({ body }) => body.active && body.companyId === branch.companyId)
    // What somebody is treated for is told to nobody, not even in a prompt that a caller talks to.
    .map(({ body }) => inLanguage(practiceMode ? (body.neutralName ?? body.name) : body.name, language));
  return {
    business: tenant?.name ?? '',
    branch: branch.name,
    timeZone: branch.timeZone,
    address: branch.address,
    phone: branch.phone,
    // What was saved before there were such fields has none.
    directions: branch.transportInfo || null,
    radiusKm: branch.serviceRadiusKm ?? null,
    languages: languages.map((code) => names.of(code) ?? code),
    services: [...new Set(services)],
    practiceMode,
    country: branch.country,
    trade: ofTrade,
  };
}

/** Where Retell reaches us, without a slash at its end. */
export const ourBase = (scope: Pick<TenantScope, 'config'>): string =>
  (scope.config.PUBLIC_URL ?? 'http://localhost:8787').replace(/\/+$/, '');

/** What should stand at Retell of an agent; null: its branch is gone. */
export async function wantedNow(scope: TenantScope, row: AgentRow): Promise<Wanted | null> {
  const facts = await factsOf(scope, row);
  return facts === null ? null : wantedOf(row, facts, ourBase(scope));
}
