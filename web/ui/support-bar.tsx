/** Says on every page of both apps that somebody of the support looks in as the person, until when, and leads out. Drawn at the top of both shells. */
import { useState } from 'react';
import type { EndedSupportResponse } from '../../shared/contract/security.ts';
import type { ApiClient } from './api-client.ts';
import { time } from './format.ts';
import { Icon } from './icon.tsx';
import { leaveBy } from './signed-out.ts';
import type { SignedInMe } from './use-session.ts';
import './offline-bar.css';

interface SupportBarProps {
  t: ((key: 'support.end') => string) &
    ((key: 'support.bar', values: { operator: string; person: string; time: string }) => string);
  api: ApiClient;
  me: SignedInMe;
  language: string;
}

export function SupportBar({ t, api, me, language }: SupportBarProps) {
  const [isBusy, setBusy] = useState(false);
  const { support } = me;
  if (support === undefined) return null;

  async function end(): Promise<void> {
    setBusy(true);
    await leaveBy(async () => {
      const answer = await api.post<EndedSupportResponse>('/api/v1/security/support-session/end', {});
      // Where it is over already, the next page shows it.
      return answer.ok ? answer.body.data.url : '/admin';
    });
  }

  return (
    <div role="status" className="offline-bar support-bar">
      <span>
        <Icon name="eye" size={16} />{' '}
        {t('support.bar', {
          operator: support.operator_name,
          person: me.user.name,
          time: time(support.ends_at, me.tenant.time_zone, language),
        })}
      </span>
      <button type="button" className="bar-button" disabled={isBusy} onClick={() => void end()}>
        {t('support.end')}
      </button>
    </div>
  );
}
