/** Asks for the password once more; the browser's own dialog holds focus and closes by Escape. */
import { useEffect, useRef, useState } from 'react';
import type { ApiFault } from '../ui/api-client.ts';
import type { ConfirmPasswordProps } from '../ui/use-confirmation.tsx';
import { FaultBox } from './parts.tsx';
import { useWords } from './portal-context.tsx';
import { TextField } from './text-field.tsx';
import './confirm.css';

export function ConfirmPassword({ api, onEnd }: ConfirmPasswordProps) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isWrong = fault?.code === 'INVALID_CREDENTIALS';
  useEffect(() => dialog.current?.showModal(), []);

  async function submit(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.post('/api/auth/confirm-password', { password });
    setBusy(false);
    if (answer.ok) onEnd(true);
    else setFault(answer.fault);
  }

  return (
    <dialog ref={dialog} className="card confirm" aria-labelledby="confirm-title" onClose={() => onEnd(false)}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2 id="confirm-title">{t('confirm.title')}</h2>
        <p>{t('confirm.hint')}</p>
        {fault && !isWrong && <FaultBox fault={fault} />}
        <TextField
          id="confirm-password"
          label={t('confirm.password')}
          type="password"
          autoComplete="current-password"
          maxLength={256}
          value={password}
          problem={isWrong ? t('confirm.wrong') : null}
          onChange={setPassword}
        />
        <div className="confirm-buttons">
          <button type="button" className="button button-plain" onClick={() => onEnd(false)}>
            {t('action.back')}
          </button>
          <button type="submit" className="button" disabled={isBusy || password === ''}>
            {t('confirm.submit')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
