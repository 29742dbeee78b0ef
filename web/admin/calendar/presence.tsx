/**
 * Who else looks at the day, or at one of several: initials in the calendar's head, names on them. Says every 20 s that the page is looked at, as long as it is in
 * sight. What fails hides the others and nothing else. Drawn by calendar-page.tsx.
 */
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { PRESENCE_EVERY_MS } from '../../../shared/calendar-limits.ts';
import type { PresenceRequest, PresenceResponse, PresenceView } from '../../../shared/contract/presence.ts';
import type { ApiAnswer } from '../../ui/api-client.ts';
import { initialsOf } from '../../ui/initials.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';

/** Who steps through days looks at none of them. */
const RESTS_MS = 400;
/** Initials shown; everybody else is a number. */
const MOST_SHOWN = { wide: 5, narrow: 2 };

const NOBODY: PresenceView = { others: [], more: 0 };
/** This tab. */
const page = newKey();

function usePresence(branchId: string, date: string, days: number): PresenceView {
  const { api } = useAdmin();
  const [present, setPresent] = useState(NOBODY);
  useEffect(() => {
    let isOver = false;
    let isSaid = false;
    // One after the other: who comes back at once must not be taken for gone.
    let turn: Promise<unknown> = Promise.resolve();
    const put = (here: boolean): Promise<ApiAnswer<PresenceResponse>> => {
      const body: PresenceRequest = { branch_id: branchId, date, days, page, here };
      const said = turn.then(() => api.put<PresenceResponse>('/api/v1/presence', body));
      turn = said;
      return said;
    };
    const say = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      isSaid = true;
      const answer = await put(true);
      if (!isOver) setPresent(answer.ok ? answer.body.data : NOBODY);
    };
    const leave = (): void => {
      if (isSaid) void put(false);
      isSaid = false;
    };
    const seen = (): void => void (document.visibilityState === 'visible' ? say() : leave());
    const first = setTimeout(() => void say(), RESTS_MS);
    const timer = setInterval(() => void say(), PRESENCE_EVERY_MS);
    document.addEventListener('visibilitychange', seen);
    return () => {
      isOver = true;
      clearTimeout(first);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
      leave();
      setPresent(NOBODY);
    };
  }, [api, branchId, date, days]);
  return present;
}

interface PresenceProps {
  branchId: string;
  /** the first one */
  date: string;
  days: number;
}

export default function Presence({ branchId, date, days }: PresenceProps) {
  const { t } = useWords();
  const { others, more } = usePresence(branchId, date, days);
  const isNarrow = useMediaQuery('(max-width: 48em)', matchMedia('(max-width: 48em)').matches);
  const most = isNarrow ? MOST_SHOWN.narrow : MOST_SHOWN.wide;
  if (others.length === 0) return null;
  const shown = others.slice(0, most);
  const left = others.slice(most);
  const rest = left.length + more;
  return (
    <ul className="presence" aria-label={t('presence.label', { count: days })}>
      {shown.map(({ user_id, name }) => (
        <li key={user_id} className="presence-one" title={name}>
          <span aria-hidden="true">{initialsOf(name)}</span>
          <span className="sr-only">{name}</span>
        </li>
      ))}
      {rest > 0 && (
        <li className="presence-one" title={left.map(({ name }) => name).join(', ')}>
          <span aria-hidden="true">+{rest}</span>
          <span className="sr-only">{t('presence.more', { count: rest })}</span>
        </li>
      )}
    </ul>
  );
}
