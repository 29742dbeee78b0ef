/** The choice of a trade, whose template the wizard suggests from. */
import { NativeSelect } from '@mantine/core';
import type { TradeSummary } from '../../../shared/contract/onboarding.ts';
import type { TradeTemplate } from '../../../shared/contract/trade-template.ts';
import { type Trade, TRADES } from '../../../shared/trades.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

interface TradeSelectProps {
  trade: Trade | null;
  onTrade: (trade: Trade | null) => void;
}

export function TradeSelect({ trade, onTrade }: TradeSelectProps) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const trades = useAnswer<{ data: TradeSummary[] }>(
    'trades',
    (signal) => api.get('/api/v1/trade-templates', {}, signal),
    { language },
  );
  if (trades.fault) return <FaultAlert fault={trades.fault} onRetry={trades.reload} />;
  const options = (trades.body?.data ?? []).map((one) => ({ value: one.id, label: inLanguage(one.names, language) }));
  return (
    <NativeSelect
      label={t('welcome.trade')}
      description={t('welcome.trade_hint')}
      value={trade ?? ''}
      data={[{ value: '', label: t('welcome.trade_choose') }, ...options]}
      onChange={(event) => onTrade(TRADES.find((one) => one === event.currentTarget.value) ?? null)}
    />
  );
}

/** The template of the chosen trade; null while it loads, or none is chosen. */
export function useTemplate(trade: Trade | null) {
  const { language } = useWords();
  const { api } = useAdmin();
  const loaded = useAnswer<{ data: TradeTemplate }>(
    trade,
    (signal) => api.get(`/api/v1/trade-templates/${trade}`, {}, signal),
    { language },
  );
  return { ...loaded, template: trade === null ? null : (loaded.body?.data ?? null) };
}
