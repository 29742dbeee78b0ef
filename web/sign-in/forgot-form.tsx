/** Asks for a mail with a link, to a new password or to sign in; says the same whether the address is known or not. */
import { type FormEvent, useState } from 'react';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';
import type { AccountWords } from './account-words.ts';
import { Ended, Fault } from './link-parts.tsx';
import { Head, TextField } from './page-parts.tsx';

interface ForgotFormProps {
  api: ApiClient;
  words: AccountWords;
  purpose: 'reset' | 'magic';
}

export function ForgotForm({ api, words, purpose }: ForgotFormProps) {
  const { t } = words;
  const isReset = purpose === 'reset';
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
    const answer = await api.post(`/api/auth/${isReset ? 'password/forgot' : 'magic-link/request'}`, {
      email: email.trim(),
    });
    if (!answer.ok) setFault(answer.fault);
    setState(answer.ok ? 'done' : 'open');
  }

  if (state === 'done')
    return (
      <Ended
        title={t('account.forgot_done_title')}
        text={t(isReset ? 'account.forgot_done' : 'account.link_done')}
        link={{ href: '/admin', text: t('account.to_sign_in') }}
      />
    );
  return (
    <form className="card sign-in" noValidate onSubmit={(event) => void submit(event)}>
      <Head
        title={t(isReset ? 'account.forgot_title' : 'account.link_title')}
        hint={t(isReset ? 'account.forgot_hint' : 'account.link_ask_hint')}
      />
      <Fault words={words} fault={fault} />
      <TextField
        id="email"
        label={t('sign_in.email')}
        problem={isMissing ? t('sign_in.email_missing') : undefined}
        type="email"
        autoComplete="username"
        inputMode="email"
        value={email}
        onChange={setEmail}
      />
      <button type="submit" className="button button-wide" disabled={state === 'busy'}>
        {state === 'busy' ? t('account.busy') : t(isReset ? 'account.forgot_submit' : 'account.link_ask_submit')}
      </button>
      <a className="alone-link" href="/admin">
        {t('account.to_sign_in')}
      </a>
    </form>
  );
}
