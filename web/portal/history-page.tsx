/** All movements: filtered as the API filters them (kept in the address), newest first, more on demand, new ones offered live. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CompanyView } from '../../shared/contract/companies.ts';
import type { Transaction, TransactionListResponse } from '../../shared/contract/money.ts';
import { COMPANIES, HISTORY_FILTERS, HISTORY_ROWS, historyAsked, TRANSACTIONS } from '../../shared/page-data.ts';
import { type ApiFault, withQuery } from '../ui/api-client.ts';
import { DateField } from '../ui/date-field.tsx';
import { decimal, minorDigitsOf, parseAmount, wallDateIn } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { firstAnswers } from '../ui/page-data.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { Empty, FaultBox, Lone } from './parts.tsx';
import { usePortal, useWords } from './portal-context.tsx';
import { navigate, usePlace } from './router.tsx';
import { TransactionTable } from './transaction-table.tsx';

/** Types a customer filters by, in this order. */
const TYPES = [
  'topup',
  'bonus',
  'call_cost',
  'usage',
  'appointment_fee',
  'subscription',
  'refund',
  'adjustment',
] as const;

/** As many as one page of the API holds. */
const MAX_COMPANIES = 100;

/** By the name of the address and the API; amounts in cents, empty for none. */
type Filters = Readonly<Record<(typeof HISTORY_FILTERS)[number], string>>;
const NO_FILTERS = Object.fromEntries(HISTORY_FILTERS.map((name) => [name, ''])) as Filters;

/** The movements as they are filtered, as a file. */
const FILES = [
  { word: 'history.export_xlsx', query: { format: 'xlsx' } },
  { word: 'history.export_csv', query: { format: 'csv', separator: 'semicolon' } },
] as const;

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
  const { live, me } = usePortal();
  const mayExport = me.permissions.includes('export_transactions');
  const { query } = usePlace();
  const asked = useMemo(() => historyAsked(query), [query]);
  const filters = useMemo(
    () => Object.fromEntries(HISTORY_FILTERS.map((name) => [name, query.get(name) ?? ''])) as Filters,
    [query],
  );
  const { pages, loadFirst, loadMore } = usePages(query);
  const [seenBefore, setSeenBefore] = useState(live.transactionsSeen);
  const unseen = live.transactionsSeen - seenBefore;
  const isFiltered = HISTORY_FILTERS.some((name) => filters[name] !== '');

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
      {mayExport && (
        <p className="export-row">
          {FILES.map(({ word, query: wanted }) => (
            <a
              key={word}
              className="button button-plain"
              download
              href={withQuery(`${TRANSACTIONS}/export`, { ...asked, limit: null, ...wanted })}
            >
              <Icon name="download" size={16} /> {t(word)}
            </a>
          ))}
        </p>
      )}
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
          title={
            pages.cursor !== null ? t('history.none_yet') : isFiltered ? t('history.no_match') : t('history.empty')
          }
          hint={
            pages.cursor !== null
              ? t('history.none_yet_hint', { more: t('action.more') })
              : isFiltered
                ? t('history.no_match_hint')
                : t('history.empty_hint')
          }
        />
      ) : (
        (pages.rows !== null || pages.fault === null) && (
          <TransactionTable rows={pages.rows} expectedRows={HISTORY_ROWS} caption={t('history.caption')} />
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
  const words = useWords();
  const { t } = words;
  const { me } = usePortal();
  const [isOpen, setOpen] = useState(false);
  const today = wallDateIn(Date.now(), me.tenant.time_zone);
  const set = (name: 'from' | 'to', value: string): void => {
    if (value === '' || isDay(value)) onChange({ [name]: value });
  };
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
      <DateField
        words={words}
        id="filter-from"
        label={t('history.from')}
        value={filters.from}
        today={today}
        {...(filters.to !== '' && { max: filters.to })}
        onChange={(value) => set('from', value)}
      />
      <DateField
        words={words}
        id="filter-to"
        label={t('history.to')}
        value={filters.to}
        today={today}
        {...(filters.from !== '' && { min: filters.from })}
        onChange={(value) => set('to', value)}
      />
      <details
        className="more-filters"
        open={filters.min_cents + filters.max_cents + filters.company_id + filters.q !== ''}
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary>{t('history.more_filters')}</summary>
        <div className="filters">
          <AmountFilter name="min_cents" label={t('history.min')} value={filters.min_cents} onChange={onChange} />
          <AmountFilter name="max_cents" label={t('history.max')} value={filters.max_cents} onChange={onChange} />
          {isOpen && me.permissions.includes('view_companies') && (
            <CompanyFilter value={filters.company_id} onChange={onChange} />
          )}
          <SearchFilter value={filters.q} onChange={onChange} />
        </div>
      </details>
      {isFiltered && (
        <button type="button" className="button button-plain" onClick={() => onChange(NO_FILTERS)}>
          <Icon name="cross" size={16} /> {t('action.reset_filters')}
        </button>
      )}
    </form>
  );
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

interface AmountFilterProps {
  name: 'min_cents' | 'max_cents';
  label: string;
  /** cents as text, empty for none */
  value: string;
  onChange: FilterBarProps['onChange'];
}

/** Money that left the balance is below zero: "-5" as people write it. */
function AmountFilter({ name, label, value, onChange }: AmountFilterProps) {
  const { me } = usePortal();
  const { language } = useWords();
  const { currency } = me.tenant;
  const written = value === '' ? '' : decimal(Number(value) / 10 ** minorDigitsOf(currency), language);
  const [text, setText] = useState(written);
  const known = useRef(value);
  if (known.current !== value) {
    known.current = value;
    setText(written);
  }
  const leave = (): void => {
    const bare = text.trim().replace(/^[-\u2212]/, '');
    const amount = bare === '' ? null : parseAmount(bare, currency);
    const next = amount === null ? '' : String(bare === text.trim() ? amount : -amount);
    if (next === '') setText('');
    if (next !== value) onChange({ [name]: next });
  };
  return (
    <div className="field">
      <label htmlFor={`filter-${name}`}>{label}</label>
      <input
        id={`filter-${name}`}
        autoComplete="off"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
        }}
      />
    </div>
  );
}

/** Most accounts have one company: then there is nothing to choose, unless an address names one. */
function CompanyFilter({ value, onChange }: Pick<AmountFilterProps, 'value' | 'onChange'>) {
  const { t, language } = useWords();
  const { api } = usePortal();
  const { body } = useAnswer<{ data: CompanyView[] }>(
    'companies',
    (signal) => api.get(COMPANIES, { limit: MAX_COMPANIES }, signal),
    { language },
  );
  const companies = body?.data ?? [];
  if (companies.length < 2 && value === '') return null;
  return (
    <div className="field">
      <label htmlFor="filter-company">{t('history.company')}</label>
      <select
        id="filter-company"
        value={value}
        onChange={(event) => onChange({ company_id: event.currentTarget.value })}
      >
        <option value="">{t('history.all_companies')}</option>
        {companies.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A part of a number or a reference. */
function SearchFilter({ value, onChange }: Pick<AmountFilterProps, 'value' | 'onChange'>) {
  const { t } = useWords();
  const [text, setText] = useState(value);
  const known = useRef(value);
  if (known.current !== value) {
    known.current = value;
    setText(value);
  }
  const leave = (): void => {
    if (text.trim() !== value) onChange({ q: text.trim() });
  };
  return (
    <div className="field">
      <label htmlFor="filter-q">{t('history.search')}</label>
      <input
        id="filter-q"
        type="search"
        maxLength={100}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
        }}
      />
    </div>
  );
}

/** The first page as it came along with this page, if it did. */
function inlinedPages(query: URLSearchParams): Pages {
  const body = firstAnswers().peek(TRANSACTIONS, historyAsked(query))?.body as TransactionListResponse | undefined;
  return body === undefined ? NOTHING : { ...pageOf(body, []), fault: null, isLoading: false };
}

const pageOf = (body: TransactionListResponse, kept: readonly Transaction[]): Pick<Pages, 'rows' | 'cursor'> => ({
  rows: [...kept, ...body.data],
  cursor: body.meta.has_more ? body.meta.next_cursor : null,
});

/** Cursor pages of the question in the address, appended; answers to older questions are dropped. */
function usePages(query: URLSearchParams) {
  const { api } = usePortal();
  const { language } = useWords();
  const asked = historyAsked(query);
  const key = `${language} ${JSON.stringify(asked)}`;
  const [pages, setPages] = useState<Pages>(() => inlinedPages(query));
  const question = useRef(0);
  const shown = useRef(key);

  const load = async (cursor: string | null): Promise<void> => {
    question.current += 1;
    const mine = question.current;
    setPages((before) => ({ ...before, isLoading: true, fault: null }));
    const answer = await api.get<TransactionListResponse>(TRANSACTIONS, { ...asked, cursor });
    if (mine !== question.current) return;
    setPages((before) =>
      answer.ok
        ? { ...pageOf(answer.body, cursor === null ? [] : (before.rows ?? [])), fault: null, isLoading: false }
        : { ...before, fault: answer.fault, isLoading: false },
    );
  };
  const loader = useRef(load);
  loader.current = load;

  useEffect(() => {
    if (shown.current !== key) setPages(NOTHING);
    shown.current = key;
    void loader.current(null);
  }, [key]);

  return { pages, loadFirst: () => loader.current(null), loadMore: () => loader.current(pages.cursor) };
}
