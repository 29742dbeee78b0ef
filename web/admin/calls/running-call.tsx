/**
 * A call that goes on, on a card: who, for how long, what is said and what the agent did last. Where the provider sends no lines, time and deeds
 * are what there is. Drawn by the home page; shows nothing once the call is over.
 */
import { Button, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { clockDuration } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';
import './calls.css';
import { callerOf } from './call-words.ts';
import { Talk } from './talk.tsx';
import { timelineOf } from './timeline.ts';
import { useCall } from './use-call.ts';

/** What fits a card. */
const LAST_ENTRIES = 5;
const SECOND_MS = 1_000;

/** Seconds since an instant, counted while it is shown. */
function useElapsed(since: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((now - Date.parse(since)) / SECOND_MS));
}

export function RunningTime({ since }: { since: string }) {
  const { t } = useWords();
  const elapsed = useElapsed(since);
  return (
    <span className="figures" role="timer" aria-live="off">
      {t('call.running_for', { time: clockDuration(elapsed) })}
    </span>
  );
}

/** @param id of a call that goes on */
export function RunningCall({ id }: { id: string }) {
  const { t } = useWords();
  const { call, turns } = useCall(id);
  if (call?.status !== 'ongoing') return null;
  const entries = timelineOf(call, turns).slice(-LAST_ENTRIES);
  return (
    <article className="running-call" aria-label={t('call.title', { caller: callerOf(call, t) })}>
      <header>
        <span className="running-ring" aria-hidden="true">
          <Icon name="phone" size={16} />
        </span>
        <div>
          <strong>{callerOf(call, t)}</strong>
          <Text size="sm" c="dimmed">
            <RunningTime since={call.started_at} />
          </Text>
        </div>
        <Button component={Link} to={`/admin/calls/${encodeURIComponent(call.id)}`} variant="default" size="xs">
          {t('call.running_open')}
        </Button>
      </header>
      <div aria-live="polite">
        {entries.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('call.lines_soon')}
          </Text>
        ) : (
          <Talk entries={entries} />
        )}
      </div>
    </article>
  );
}
