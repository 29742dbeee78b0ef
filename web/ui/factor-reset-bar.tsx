/** Says on every page of both apps that second factor and passkeys of the reader will be taken away, when, and stops it. Drawn at the top of both shells. */
import { useState } from 'react';
import type { ApiClient } from './api-client.ts';
import { dayAndTime } from './format.ts';
import { Icon } from './icon.tsx';
import type { SignedInMe } from './use-session.ts';
import './offline-bar.css';

interface FactorResetBarProps {
  t: ((key: 'factor_reset.stop' | 'factor_reset.stopped') => string) &
    ((key: 'factor_reset.text', values: { due: string }) => string);
  api: ApiClient;
  me: SignedInMe;
  language: string;
}

export function FactorResetBar({ t, api, me, language }: FactorResetBarProps) {
  const [isBusy, setBusy] = useState(false);
  const [isStopped, setStopped] = useState(false);
  const due = me.factor_reset?.due;
  if (due === undefined) return null;

  async function stop(): Promise<void> {
    setBusy(true);
    const answer = await api.post('/api/auth/second-factor/reset/stop', {});
    setBusy(false);
    // Over already is as good.
    setStopped(answer.ok || answer.fault.status === 404);
  }

  return (
    <div role="status" className="offline-bar">
      <Icon name="warning" size={16} />
      <span>
        {isStopped
          ? t('factor_reset.stopped')
          : t('factor_reset.text', { due: dayAndTime(due, me.tenant.time_zone, language) })}
      </span>
      {!isStopped && (
        <button type="button" className="bar-button" disabled={isBusy} onClick={() => void stop()}>
          {t('factor_reset.stop')}
        </button>
      )}
    </div>
  );
}
