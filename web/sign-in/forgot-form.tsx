/** Asks for a mail with a link to a new password; says the same whether the address is known or not. */
import { type FormEvent, useState } from 'react';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';
import { AccountHead, type AccountWords, Ended, Fault } from './account-parts.tsx';

export function ForgotForm({ api, words }: { api: ApiClient; words: AccountWords }) {
  const { t } = words;
  const [email, setEmail] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [state, setState] = useState<'open' | 'busy' | 'done'>('open');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const lacks = !/^\S+@\S+\.\S+$/.test(email.trim());
    setMissing(lacks);
    setFault(null);
    if (lacks) {
      document.getElementById('email')?.focus();
      return;
    }
    setState('busy');
    const answer = await api.post('/api/auth/password/forgot', { email: email.trim() });
    if (!answer.ok) setFault(answer.fault);
    setState(answer.ok ? 'done' : 'open');
  }

  if (state === 'done')
    return (
      <Ended
        title={t('account.forgot_done_title')}
        text={t('account.forgot_done')}
        link={{ href: '/admin', text: t('account.to_sign_in') }}
      />
    );
  return (
    <form className="card sign-in" noValidate onSubmit={(event) => void submit(event)}>
      <AccountHead title={t('account.forgot_title')} hint={t('account.forgot_hint')} />
      <Fault words={words} fault={fault} />
      <div className="field">
        <label htmlFor="email">{t('account.email')}</label>
        <input
          id="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          value={email}
          aria-invalid={isMissing}
          aria-describedby={isMissing ? 'email-error' : undefined}
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
        {isMissing && (
          <p className="field-error" id="email-error">
            {t('account.email_missing')}
          </p>
        )}
      </div>
      <button type="submit" className="button button-wide" disabled={state === 'busy'}>
        {state === 'busy' ? t('account.busy') : t('account.forgot_submit')}
      </button>
      <a className="alone-link" href="/admin">
        {t('account.to_sign_in')}
      </a>
    </form>
  );
}
