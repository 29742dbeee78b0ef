/** Movements by day as a table whose rows open to their particulars; cards on a phone. Called by overview and history. */
import { Fragment, type MouseEvent, useMemo, useState } from 'react';
import type { Transaction } from '../../shared/contract/money.ts';
import { money, shortWallDate, time } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { translateIfKnown } from '../ui/i18n.ts';
import { skeletonKeys } from '../ui/skeleton-keys.ts';
import { daysOf } from './movements.ts';
import { Amount, Bar } from './parts.tsx';
import { usePortal, useWords } from './portal-context.tsx';
import { Link } from './router.tsx';

interface TransactionTableProps {
  /** null while loading */
  rows: readonly Transaction[] | null;
  /** rows of the skeleton */
  expectedRows: number;
  caption: string;
}

export function TransactionTable({ rows, expectedRows, caption }: TransactionTableProps) {
  const { t, language } = useWords();
  const { me } = usePortal();
  const [openId, setOpenId] = useState<string | null>(null);
  const toggle = (id: string): void => setOpenId(id === openId ? null : id);
  const days = useMemo(() => (rows === null ? null : daysOf(rows, me.tenant.time_zone)), [rows, me]);
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
      {days === null ? (
        <tbody>
          {skeletonKeys(expectedRows).map((key) => (
            <SkeletonRow key={key} />
          ))}
        </tbody>
      ) : (
        days.map((day) => (
          <tbody key={day.date}>
            <tr className="day">
              <th scope="rowgroup" colSpan={5}>
                {shortWallDate(day.date, language)}
              </th>
            </tr>
            {day.lines.map((line) =>
              line.kind === 'one' ? (
                <Row
                  key={line.row.id}
                  row={line.row}
                  isOpen={line.row.id === openId}
                  onToggle={() => toggle(line.row.id)}
                />
              ) : (
                <FreeCalls
                  key={line.id}
                  rows={line.rows}
                  isOpen={line.id === openId}
                  onToggle={() => toggle(line.id)}
                />
              ),
            )}
          </tbody>
        ))
      )}
    </table>
  );
}

interface LineProps {
  isOpen: boolean;
  onToggle: () => void;
}

/** A row opens wherever a pointer meets it; the keyboard has the button at its end. */
const opens =
  (onToggle: () => void) =>
  (event: MouseEvent): void => {
    if (!(event.target as HTMLElement).closest('a,button') && !getSelection()?.toString()) onToggle();
  };

function Toggle({ what, isOpen, onToggle }: LineProps & { what: string }) {
  const { t } = useWords();
  return (
    <button
      type="button"
      className="icon-button"
      aria-expanded={isOpen}
      aria-label={t('history.details', { what })}
      onClick={onToggle}
    >
      <Icon name="chevron-right" size={16} />
    </button>
  );
}

/** Calls of a day within the included minutes: one line, opened to each of them. */
function FreeCalls({ rows, isOpen, onToggle }: LineProps & { rows: readonly Transaction[] }) {
  const { t } = useWords();
  const [last] = rows;
  const what = t('history.free_calls', { count: rows.length });
  if (last === undefined) return null;
  return (
    <Fragment>
      <tr className={isOpen ? 'line open' : 'line'} onClick={opens(onToggle)}>
        <td className="cell-date" />
        <td className="cell-what">{what}</td>
        <td className="cell-amount figure">
          <Amount cents={0} currency={last.currency} />
        </td>
        <td className="cell-after figure">
          <Amount cents={last.balance_after_cents} currency={last.currency} />
        </td>
        <td className="cell-open">
          <Toggle what={what} isOpen={isOpen} onToggle={onToggle} />
        </td>
      </tr>
      {isOpen && (
        <tr className="particulars">
          <td colSpan={5}>
            <ul className="free-calls">
              {rows.map((row) => (
                <FreeCall key={row.id} row={row} />
              ))}
            </ul>
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function FreeCall({ row }: { row: Transaction }) {
  const { t, language } = useWords();
  const { me } = usePortal();
  return (
    <li>
      <span className="amount">{time(row.occurred_at ?? row.created_at, me.tenant.time_zone, language)}</span>{' '}
      {row.description ?? t(`type.${row.type}`)} <Referred row={row} />
    </li>
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

function Row({ row, isOpen, onToggle }: LineProps & { row: Transaction }) {
  const { t, language } = useWords();
  const { me } = usePortal();
  const what = row.description ?? t(`type.${row.type}`);
  return (
    <Fragment>
      <tr className={isOpen ? 'line open' : 'line'} onClick={opens(onToggle)}>
        <td className="cell-date">{time(row.occurred_at ?? row.created_at, me.tenant.time_zone, language)}</td>
        <td className="cell-what">{what}</td>
        <td className="cell-amount figure">
          <Amount cents={row.amount_cents} currency={row.currency} signed />
        </td>
        <td className="cell-after figure">
          <Amount cents={row.balance_after_cents} currency={row.currency} />
        </td>
        <td className="cell-open">
          <Toggle
            what={`${what}, ${money(row.amount_cents, row.currency, language, true)}`}
            isOpen={isOpen}
            onToggle={onToggle}
          />
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

/** What a movement is about, as a link where there is a page of it. */
function Referred({ row }: { row: Transaction }) {
  const { me } = usePortal();
  const { catalogue, t } = useWords();
  const id = row.reference_id;
  if (id === null) return null;
  const noun = translateIfKnown(catalogue, `reference.${row.reference_type ?? ''}`) ?? t('history.reference');
  if (row.reference_type === 'topup')
    return <Link to={`/portal/billing/topup?topup=${encodeURIComponent(id)}`}>{noun}</Link>;
  if (row.reference_type === 'call' && me.permissions.includes('view_calls'))
    return <a href={`/admin/calls/${encodeURIComponent(id)}`}>{noun}</a>;
  return <span className="code">{id}</span>;
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
      {row.reference_id !== null && (
        <div>
          <dt>{noun ?? t('history.reference')}</dt>
          <dd>
            <Referred row={row} />
          </dd>
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
