/** The portal's list of calls: newest first, with what came of each, what it cost, and its recording for who may hear it. */
import { useEffect, useRef, useState } from 'react';
import type { CallListItem, CallListResponse } from '../../shared/contract/calls.ts';
import type { StorageView } from '../../shared/contract/recordings.ts';
import { CALLS } from '../../shared/page-data.ts';
import type { ApiFault } from '../ui/api-client.ts';
import { clockDuration, dayAndTime, decimal, megabytes } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { skeletonKeys } from '../ui/skeleton-keys.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { useRecording } from '../ui/use-recording.ts';
import { Amount, Bar, Empty, FaultBox, Lone } from './parts.tsx';
import './calls.css';
import { usePortal, useWords } from './portal-context.tsx';

const ROWS = 20;
const STORAGE = '/api/v1/recordings/storage';

export default function CallsPage() {
  const { t } = useWords();
  const { me } = usePortal();
  if (!me.permissions.includes('view_calls'))
    return <Lone icon="phone" title={t('calls.forbidden')} hint={t('topup.forbidden_hint')} />;
  return <Calls />;
}

interface Pages {
  rows: CallListItem[] | null;
  cursor: string | null;
  fault: ApiFault | null;
  isLoading: boolean;
}

function Calls() {
  const { t, language } = useWords();
  const { api, me } = usePortal();
  const [pages, setPages] = useState<Pages>({ rows: null, cursor: null, fault: null, isLoading: true });
  const load = async (cursor: string | null): Promise<void> => {
    setPages((before) => ({ ...before, isLoading: true, fault: null }));
    const answer = await api.get<CallListResponse>(CALLS, { limit: ROWS, cursor });
    setPages((before) =>
      answer.ok
        ? {
            rows: [...(cursor === null ? [] : (before.rows ?? [])), ...answer.body.data],
            cursor: answer.body.meta.has_more ? answer.body.meta.next_cursor : null,
            fault: null,
            isLoading: false,
          }
        : { ...before, fault: answer.fault, isLoading: false },
    );
  };
  const loader = useRef(load);
  loader.current = load;
  useEffect(() => void loader.current(null), []);
  const storage = useAnswer<{ data: StorageView }>(
    me.permissions.includes('view_recordings') ? STORAGE : null,
    (signal) => api.get(STORAGE, {}, signal),
    { language },
  );
  // Beside the list: a fault of it is no fault of the calls.
  const stored = storage.body !== null && storage.body.data.recordings > 0 ? storage.body.data : null;

  const { rows, cursor, fault, isLoading } = pages;
  return (
    <section className="card" aria-labelledby="calls-title">
      <div className="card-head">
        <h1 id="calls-title">{t('calls.title')}</h1>
      </div>
      {stored !== null && (
        <p className="small">
          {t('calls.storage', { count: stored.recordings, megabytes: decimal(megabytes(stored.bytes), language) })}
        </p>
      )}
      {fault && <FaultBox fault={fault} onRetry={() => load(rows === null ? null : cursor)} />}
      {rows !== null && rows.length === 0 && (
        <Empty icon="phone" title={t('calls.empty')} hint={t('calls.empty_hint')} />
      )}
      <ul className="calls" aria-busy={isLoading}>
        {rows === null
          ? !fault &&
            skeletonKeys(6).map((key) => (
              <li key={key} className="call">
                <Bar width={16} />
              </li>
            ))
          : rows.map((call) => <Call key={call.id} call={call} />)}
      </ul>
      {cursor !== null && (
        <button type="button" className="button button-plain" disabled={isLoading} onClick={() => void load(cursor)}>
          {t('action.more')}
        </button>
      )}
    </section>
  );
}

function Call({ call }: { call: CallListItem }) {
  const { t, language } = useWords();
  const { me } = usePortal();
  const caller = call.customer?.name ?? call.from_masked ?? t('calls.withheld');
  return (
    <li className="call">
      <div className="call-head">
        <div>
          <strong>{caller}</strong>
          <p className="small">
            {dayAndTime(call.started_at, me.tenant.time_zone, language)}
            {call.duration_seconds !== null && ` · ${clockDuration(call.duration_seconds)}`}
            {call.test && ` · ${t('calls.test')}`}
          </p>
        </div>
        {call.charged_cents !== null && (
          // No minus before a nought.
          <Amount cents={call.charged_cents === 0 ? 0 : -call.charged_cents} currency={call.currency} />
        )}
      </div>
      {call.summary !== null && <p className="call-summary">{call.summary}</p>}
      {call.appointment_id !== null && (
        <p className="small">
          <Icon name="calendar" size={16} /> {t('calls.booked')}
        </p>
      )}
      {call.recording?.state === 'kept' && <Player id={call.id} caller={caller} />}
    </li>
  );
}

function Player({ id, caller }: { id: string; caller: string }) {
  const { t } = useWords();
  const { api } = usePortal();
  const { url, isBusy, fault, play } = useRecording(api, id);
  if (url !== null)
    return (
      // biome-ignore lint/a11y/useMediaCaption: what was said stands in the panel
      <audio className="call-audio" controls autoPlay src={url} aria-label={t('calls.recording_of', { caller })} />
    );
  return (
    <>
      <button
        type="button"
        className="button button-plain"
        disabled={isBusy}
        aria-label={t('calls.play_of', { caller })}
        onClick={() => void play()}
      >
        <Icon name="chevron-right" size={16} /> {t('calls.play')}
      </button>
      {fault && <FaultBox fault={fault} onRetry={play} />}
    </>
  );
}
