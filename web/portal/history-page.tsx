/** All transactions: filtered by type and days (kept in the address), newest first, more on demand, new ones offered live. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Transaction, TransactionListResponse } from '../../shared/contract/money.ts';
import type { TransactionType } from '../../shared/money-status.ts';
import type { ApiFault } from '../ui/api-client.ts';
import { Icon } from '../ui/icon.tsx';
import { Empty, FaultBox, Lone } from './parts.tsx';
import { usePortal, useWords } from './portal-context.tsx';
import { navigate, usePlace } from './router.tsx';
import { TransactionTable } from './transaction-table.tsx';

const PAGE_ROWS = 25;
/** Types a customer filters by, in this order; holds and releases are listed with “all”. */
const TYPES: readonly TransactionType[] = [
  'topup',
  'bonus',
  'call_cost',
  'usage',
  'appointment_fee',
  'subscription',
  'refund',
  'adjustment',
  'hold',
  'release',
];

interface Filters {
  type: string;
  from: string;
  to: string;
}

interface Pages {
  rows: Transaction[] | null;
  cursor: string | null;
  fault: ApiFault | null;
  isLoading: boolean;
}

const NOTHING: Pages = { rows: null, cursor: null, fault: null, isLoading: true };

export function HistoryPage() {
  const { t } = useWords();
  const { me } = usePortal();
  if (!me.permissions.includes('view_transactions')) {
    return <Lone icon="receipt" title={t('history.forbidden')} hint={t('topup.forbidden_hint')} />;
  }
  return <History />;
}

function History() {
  const { t } = useWords();
  const { live } = usePortal();
  const { query } = usePlace();
  const filters = useMemo<Filters>(
    () => ({ type: query.get('type') ?? '', from: query.get('from') ?? '', to: query.get('to') ?? '' }),
    [query],
  );
  const { pages, loadFirst, loadMore } = usePages(filters);
  const [seenBefore, setSeenBefore] = useState(live.transactionsSeen);
  const unseen = live.transactionsSeen - seenBefore;
  const isFiltered = filters.type !== '' || filters.from !== '' || filters.to !== '';

  const change = (part: Partial<Filters>): void => {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...filters, ...part })) if (value !== '') next.set(name, value);
    navigate(`/portal/billing/history${next.size > 0 ? `?${next}` : ''}`, true);
  };
  const showNew = (): void => {
    setSeenBefore(live.transactionsSeen);
    void loadFirst();
  };

  return (
    <section className="card" aria-labelledby="history-title">
      <div className="card-head">
        <h1 id="history-title">{t('history.title')}</h1>
        <p className="small">{t('history.net_note')}</p>
      </div>
      <FilterBar filters={filters} isFiltered={isFiltered} onChange={change} />
      <p className="new-rows" role="status">
        {unseen > 0 && (
          <button type="button" className="button button-plain" onClick={showNew}>
            <Icon name="refresh" size={16} /> {t('history.new', { count: unseen })}
          </button>
        )}
      </p>
      {pages.fault !== null && <FaultBox fault={pages.fault} onRetry={pages.rows === null ? loadFirst : loadMore} />}
      {pages.rows !== null && pages.rows.length === 0 ? (
        <Empty
          icon="receipt"
          title={isFiltered ? t('history.no_match') : t('history.empty')}
          hint={isFiltered ? t('history.no_match_hint') : t('history.empty_hint')}
        />
      ) : (
        (pages.rows !== null || pages.fault === null) && (
          <TransactionTable rows={pages.rows} expectedRows={PAGE_ROWS} caption={t('history.caption')} />
        )
      )}
      {pages.cursor !== null && (
        <p className="more">
          <button
            type="button"
            className="button button-plain"
            disabled={pages.isLoading}
            onClick={() => void loadMore()}
          >
            {t('action.more')}
          </button>
        </p>
      )}
    </section>
  );
}

interface FilterBarProps {
  filters: Filters;
  isFiltered: boolean;
  onChange: (part: Partial<Filters>) => void;
}

function FilterBar({ filters, isFiltered, onChange }: FilterBarProps) {
  const { t } = useWords();
  return (
    <form className="filters" onSubmit={(event) => event.preventDefault()}>
      <div className="field">
        <label htmlFor="filter-type">{t('history.type')}</label>
        <select
          id="filter-type"
          value={filters.type}
          onChange={(event) => onChange({ type: event.currentTarget.value })}
        >
          <option value="">{t('history.all_types')}</option>
          {TYPES.map((type) => (
            <option key={type} value={type}>
              {t(`type.${type}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="filter-from">{t('history.from')}</label>
        <input
          id="filter-from"
          type="date"
          value={filters.from}
          max={filters.to || undefined}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
      </div>
      <div className="field">
        <label htmlFor="filter-to">{t('history.to')}</label>
        <input
          id="filter-to"
          type="date"
          value={filters.to}
          min={filters.from || undefined}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
      </div>
      {isFiltered && (
        <button type="button" className="button button-plain" onClick={() => onChange({ type: '', from: '', to: '' })}>
          <Icon name="cross" size={16} /> {t('action.reset_filters')}
        </button>
      )}
    </form>
  );
}

/** Cursor pages of the filters, appended; answers to older filters are dropped. */
function usePages(filters: Filters) {
  const { api } = usePortal();
  const [pages, setPages] = useState<Pages>(NOTHING);
  const question = useRef(0);

  const load = async (cursor: string | null): Promise<void> => {
    question.current += 1;
    const mine = question.current;
    setPages((before) => ({ ...before, isLoading: true, fault: null }));
    const answer = await api.get<TransactionListResponse>('/api/v2/transactions', {
      limit: PAGE_ROWS,
      cursor,
      ...filters,
    });
    if (mine !== question.current) return;
    setPages((before) => {
      if (!answer.ok) return { ...before, fault: answer.fault, isLoading: false };
      const kept = cursor === null ? [] : (before.rows ?? []);
      return {
        rows: [...kept, ...answer.body.data],
        cursor: answer.body.meta.has_more ? answer.body.meta.next_cursor : null,
        fault: null,
        isLoading: false,
      };
    });
  };
  const loader = useRef(load);
  loader.current = load;

  const { type, from, to } = filters;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filters are the question; the loader reads them itself
  useEffect(() => {
    setPages(NOTHING);
    void loader.current(null);
  }, [type, from, to]);

  return { pages, loadFirst: () => loader.current(null), loadMore: () => loader.current(pages.cursor) };
}
