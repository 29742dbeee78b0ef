/** The way back from Checkout: asks for the real state until it is final, because the webhook credits and not the redirect. */
import { useEffect, useState } from 'react';
import type { TopupResponse, TopupView } from '../../shared/contract/money.ts';
import { TOPUP_LOOK } from '../ui/appointment-status.ts';
import { money } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { Bar, FaultBox } from './parts.tsx';
import { usePortal, useWords } from './portal-context.tsx';
import { Link } from './router.tsx';

/** First pause between two looks; grows by half each time up to the longest. */
const FIRST_PAUSE_MS = 800;
const LONGEST_PAUSE_MS = 8_000;
/** About five minutes of looking, then the person may leave: nothing is lost. */
const MAX_LOOKS = 45;
/** After so many looks we say that it takes longer than usual. */
const LONG_WAIT_LOOKS = 10;

export function TopupReturn({ id, isCanceled }: { id: string; isCanceled: boolean }) {
  const { t, language } = useWords();
  const { api, live } = usePortal();
  const [looks, setLooks] = useState(0);
  const loaded = useAnswer<TopupResponse>(
    id,
    (signal) => api.get(`/api/v2/topups/${encodeURIComponent(id)}`, {}, signal),
    { language },
  );
  const topup = loaded.body?.data ?? null;
  const isWaiting = topup !== null && topup.status === 'pending' && !isCanceled;
  const { reload } = loaded;

  useEffect(() => {
    if (!isWaiting || looks >= MAX_LOOKS) return;
    const timer = setTimeout(
      () => {
        setLooks(looks + 1);
        void reload();
      },
      Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 1.5 ** looks),
    );
    return () => clearTimeout(timer);
  }, [isWaiting, looks, reload]);

  useEffect(() => {
    if (live.topupsSeen + live.transactionsSeen > 0) void reload();
  }, [live.topupsSeen, live.transactionsSeen, reload]);

  return (
    <section className="card return" aria-busy={topup === null && loaded.fault === null}>
      <h1>{t('return.title')}</h1>
      {topup === null ? (
        loaded.fault ? (
          <FaultBox fault={loaded.fault} onRetry={reload} />
        ) : (
          <div className="return-state">
            <Bar width={18} height={2} />
          </div>
        )
      ) : (
        <State topup={topup} isCanceled={isCanceled} isLong={looks >= LONG_WAIT_LOOKS} />
      )}
      <p className="return-links">
        <Link to="/portal" className="button">
          {t('return.to_overview')}
        </Link>
        {(isCanceled || topup?.status === 'failed') && (
          <Link to="/portal/billing/topup" className="button button-plain">
            {t('return.again')}
          </Link>
        )}
      </p>
    </section>
  );
}

function State({ topup, isCanceled, isLong }: { topup: TopupView; isCanceled: boolean; isLong: boolean }) {
  const { t, language } = useWords();
  const { live } = usePortal();
  const show = (cents: number): string => money(cents, topup.currency, language);
  const isDropped = isCanceled && (topup.status === 'pending' || topup.status === 'failed');
  const look = isDropped ? { tone: 'gray', icon: 'cross' as const } : TOPUP_LOOK[topup.status];
  const headline = isDropped
    ? t('return.canceled')
    : topup.status === 'completed'
      ? t('return.completed', { amount: show(topup.amount_cents + topup.bonus_cents) })
      : t(`return.${topup.status}`);
  return (
    <>
      <div
        className="return-state"
        data-tone={look.tone}
        data-testid="topup-status"
        data-status={topup.status}
        role="status"
      >
        <span className="return-icon">
          <Icon name={look.icon} size={28} />
        </span>
        <div>
          <strong>{headline}</strong>
          <p>{isDropped ? t('return.canceled_hint') : hint(topup, isLong, show, t)}</p>
        </div>
      </div>
      <dl className="facts">
        <div>
          <dt>{t('return.amount')}</dt>
          <dd className="amount">{show(topup.amount_cents)}</dd>
        </div>
        {topup.status === 'completed' && (
          <div>
            <dt>{t('return.total')}</dt>
            <dd className="amount">{show(topup.total_cents)}</dd>
          </div>
        )}
        {topup.status === 'completed' && live.balance !== null && (
          <div>
            <dt>{t('return.balance')}</dt>
            <dd className="amount">{show(live.balance.balance_cents)}</dd>
          </div>
        )}
        <div>
          <dt>{t('return.number')}</dt>
          <dd className="code">{topup.id}</dd>
        </div>
      </dl>
    </>
  );
}

function hint(
  topup: TopupView,
  isLong: boolean,
  show: (cents: number) => string,
  t: ReturnType<typeof useWords>['t'],
): string {
  if (topup.status === 'completed') {
    return topup.bonus_cents > 0
      ? t('return.completed_bonus', { bonus: show(topup.bonus_cents) })
      : t('return.completed_hint');
  }
  if (topup.status === 'pending') return isLong ? t('return.pending_long') : t('return.pending_hint');
  return t(`return.${topup.status}_hint`);
}
