/** Transactions as a table that opens a row to its particulars; cards on a phone. Called by overview and history. */
import { Fragment, useState } from 'react';
import type { Transaction } from '../../shared/contract/money.ts';
import { dayAndTime, money } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { translateIfKnown } from '../ui/i18n.ts';
import { skeletonKeys } from '../ui/skeleton-keys.ts';
import { Amount, Bar } from './parts.tsx';
import { usePortal, useWords } from './portal-context.tsx';

interface TransactionTableProps {
  /** null while loading */
  rows: readonly Transaction[] | null;
  /** rows of the skeleton */
  expectedRows: number;
  caption: string;
}

export function TransactionTable({ rows, expectedRows, caption }: TransactionTableProps) {
  const { t } = useWords();
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <table className="transactions" aria-busy={rows === null}>
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('history.date')}</th>
          <th scope="col">{t('history.description')}</th>
          <th scope="col" className="figure">
            {t('history.amount')}
          </th>
          <th scope="col" className="figure">
            {t('history.balance_after')}
          </th>
          <th scope="col">
            <span className="sr-only">{t('history.details', { what: '' })}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows === null
          ? skeletonKeys(expectedRows).map((key) => <SkeletonRow key={key} />)
          : rows.map((row) => (
              <Row
                key={row.id}
                row={row}
                isOpen={row.id === openId}
                onToggle={() => setOpenId(row.id === openId ? null : row.id)}
              />
            ))}
      </tbody>
    </table>
  );
}

function SkeletonRow() {
  return (
    <tr>
      <td className="cell-date">
        <Bar width={8} />
      </td>
      <td className="cell-what">
        <Bar width={10} />
      </td>
      <td className="cell-amount figure">
        <Bar width={4} />
      </td>
      <td className="cell-after figure">
        <Bar width={4} />
      </td>
      <td className="cell-open">
        <span className="icon-button" />
      </td>
    </tr>
  );
}

function Row({ row, isOpen, onToggle }: { row: Transaction; isOpen: boolean; onToggle: () => void }) {
  const { t, language } = useWords();
  const { me } = usePortal();
  const zone = me.tenant.time_zone;
  const what = row.description ?? t(`type.${row.type}`);
  return (
    <Fragment>
      <tr className={isOpen ? 'open' : undefined}>
        <td className="cell-date">{dayAndTime(row.occurred_at ?? row.created_at, zone, language)}</td>
        <td className="cell-what">{what}</td>
        <td className="cell-amount figure">
          <Amount cents={row.amount_cents} currency={row.currency} signed />
        </td>
        <td className="cell-after figure">
          <Amount cents={row.balance_after_cents} currency={row.currency} />
        </td>
        <td className="cell-open">
          <button
            type="button"
            className="icon-button"
            aria-expanded={isOpen}
            aria-label={t('history.details', {
              what: `${what}, ${money(row.amount_cents, row.currency, language, true)}`,
            })}
            onClick={onToggle}
          >
            <Icon name="chevron-right" size={16} />
          </button>
        </td>
      </tr>
      {isOpen && (
        <tr className="particulars">
          <td colSpan={5}>
            <Particulars row={row} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function Particulars({ row }: { row: Transaction }) {
  const { t, catalogue } = useWords();
  const noun = translateIfKnown(catalogue, `reference.${row.reference_type ?? ''}`);
  return (
    <dl className="facts">
      <div>
        <dt>{t('history.type')}</dt>
        <dd>{t(`type.${row.type}`)}</dd>
      </div>
      <div>
        <dt>{t('history.balance_before')}</dt>
        <dd>
          <Amount cents={row.balance_before_cents} currency={row.currency} />
        </dd>
      </div>
      <div>
        <dt>{t('history.balance_after')}</dt>
        <dd>
          <Amount cents={row.balance_after_cents} currency={row.currency} />
        </dd>
      </div>
      {row.reference_id !== null && row.reference_id !== undefined && (
        <div>
          <dt>{noun ?? t('history.reference')}</dt>
          <dd className="code">{row.reference_id}</dd>
        </div>
      )}
      <div>
        <dt>{t('history.sequence')}</dt>
        <dd>{row.sequence}</dd>
      </div>
      <div>
        <dt>{t('history.id')}</dt>
        <dd className="code">{row.id}</dd>
      </div>
    </dl>
  );
}
