/** The portal's first page: the live balance and what moved it lately. */
import { useEffect, useRef, useState } from 'react';
import type { TransactionListResponse } from '../../shared/contract/money.ts';
import { movementsAsked, RECENT_ROWS, TRANSACTIONS } from '../../shared/page-data.ts';
import { money } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { Bar, Empty, FaultBox } from './parts.tsx';
import { usePortal, useWords } from './portal-context.tsx';
import { Link } from './router.tsx';
import { TransactionTable } from './transaction-table.tsx';

/** Below so many days of reach we suggest to top up. */
const LOW_DAYS = 7;

export function OverviewPage() {
  const { t } = useWords();
  const { me } = usePortal();
  return (
    <>
      <h1 className="sr-only">{t('nav.overview')}</h1>
      <BalanceCard />
      {me.permissions.includes('view_transactions') && <RecentCard />}
    </>
  );
}

function BalanceCard() {
  const { t, language } = useWords();
  const { live, me } = usePortal();
  const { balance } = live;
  const mayTopUp = me.permissions.includes('create_topups');
  const show = (cents: number): string => money(cents, balance?.currency ?? me.tenant.currency, language);

  if (balance === null && live.fault !== null) return <FaultBox fault={live.fault} onRetry={live.reload} />;
  const daysLeft = balance?.days_left ?? null;
  const isEmpty = balance !== null && balance.balance_cents <= 0;
  const isLow = !isEmpty && daysLeft !== null && daysLeft <= LOW_DAYS;
  return (
    <section className="card balance" aria-labelledby="balance-title" aria-busy={balance === null}>
      <div className="balance-main">
        <h2 id="balance-title">{t('balance.title')}</h2>
        <p className="balance-figure" data-testid="balance">
          {balance === null ? <Bar width={5} /> : show(balance.balance_cents)}
        </p>
        {daysLeft !== null && <p className="balance-reach">{t('balance.days_left', { count: daysLeft })}</p>}
        {mayTopUp && (
          <Link to="/portal/billing/topup" className="button">
            <Icon name="plus" size={16} /> {t('balance.topup')}
          </Link>
        )}
      </div>
      <dl className="balance-parts">
        {(['prepaid', 'bonus', 'held'] as const).map((part) => (
          <div key={part}>
            <dt>{t(`balance.${part}`)}</dt>
            <dd className="amount">{balance === null ? <Bar width={4} /> : show(balance[`${part}_cents`])}</dd>
            <dd className="small">{t(`balance.${part}_hint`)}</dd>
          </div>
        ))}
      </dl>
      {(isEmpty || isLow) && (
        <p className={isEmpty ? 'notice notice-danger' : 'notice notice-warning'} role="status">
          <Icon name="warning" size={20} />
          <span>{isEmpty ? t('balance.empty') : t('balance.low')}</span>
        </p>
      )}
      {balance !== null && <Announce text={`${t('balance.title')}: ${show(balance.balance_cents)}`} />}
    </section>
  );
}

/** A changing balance is announced to screen readers at most this often. */
const ANNOUNCE_EVERY_MS = 10_000;

function Announce({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  const lastAt = useRef(Date.now());
  useEffect(() => {
    const wait = Math.max(0, lastAt.current + ANNOUNCE_EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      lastAt.current = Date.now();
      setSaid(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span className="sr-only" role="status">
      {said}
    </span>
  );
}

function RecentCard() {
  const { t, language } = useWords();
  const { api, live } = usePortal();
  const asked = { path: TRANSACTIONS, query: movementsAsked(RECENT_ROWS) };
  const recent = useAnswer<TransactionListResponse>('recent', (signal) => api.get(asked.path, asked.query, signal), {
    language,
    asked,
  });
  const { reload } = recent;
  useEffect(() => {
    if (live.transactionsSeen > 0) void reload();
  }, [live.transactionsSeen, reload]);

  return (
    <section className="card" aria-labelledby="recent-title">
      <div className="card-head">
        <h2 id="recent-title">{t('recent.title')}</h2>
        <Link to="/portal/billing/history">{t('recent.all')}</Link>
      </div>
      {recent.body === null && recent.fault !== null ? (
        <FaultBox fault={recent.fault} onRetry={reload} />
      ) : recent.body !== null && recent.body.data.length === 0 ? (
        <Empty icon="receipt" title={t('recent.empty')} hint={t('recent.empty_hint')} />
      ) : (
        <TransactionTable rows={recent.body?.data ?? null} expectedRows={RECENT_ROWS} caption={t('recent.title')} />
      )}
    </section>
  );
}
