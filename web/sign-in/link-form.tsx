/** The page behind a link: says whose it is, asks for what is missing, uses it up. */
import { type FormEvent, useEffect, useState } from 'react';
import type { AccountLinkView } from '../../shared/contract/accounts.ts';
import type { SignInResponse } from '../../shared/contract/identity.ts';
import { MIN_PASSWORD_LENGTH } from '../../shared/password-length.ts';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';
import { AccountHead, type AccountWords, Ended, Fault } from './account-parts.tsx';
import { PasswordInput } from './password-input.tsx';

type Purpose = AccountLinkView['purpose'];
interface LinkFormProps {
  api: ApiClient;
  words: AccountWords;
  purpose: Purpose;
}

const NOTHING_MISSING = { name: false, password: false };
const PATHS = { invite: 'invitation/accept', reset: 'password/reset', email: 'email/confirm' } as const;

/** Behind the # it never left the browser. */
const secretHere = (): string => location.hash.slice(1);

export function LinkForm({ api, words, purpose }: LinkFormProps) {
  const { t } = words;
  const [token] = useState(secretHere);
  const [link, setLink] = useState<AccountLinkView | 'gone' | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  useEffect(() => {
    void api.post<{ data: AccountLinkView }>('/api/auth/links/show', { token }).then((answer) => {
      if (answer.ok) setLink(answer.body.data.purpose === purpose ? answer.body.data : 'gone');
      else if (answer.fault.status === 404 || answer.fault.status === 422) setLink('gone');
      else setFault(answer.fault);
    });
  }, [api, token, purpose]);
  if (link === 'gone') return <Gone words={words} purpose={purpose} />;
  if (link !== null)
    return <OpenLink api={api} words={words} token={token} link={link} onGone={() => setLink('gone')} />;
  return (
    <section className="card sign-in" aria-busy={fault === null}>
      <AccountHead
        title={t(
          purpose === 'invite'
            ? 'account.invite_title'
            : purpose === 'reset'
              ? 'account.reset_title'
              : 'account.email_title',
        )}
      />
      {fault === null ? (
        <p>{t('account.loading')}</p>
      ) : (
        <>
          <Fault words={words} fault={fault} />
          <button type="button" className="button button-plain button-wide" onClick={() => location.reload()}>
            {t('action.retry')}
          </button>
        </>
      )}
    </section>
  );
}

function Gone({ words: { t }, purpose }: Pick<LinkFormProps, 'words' | 'purpose'>) {
  const again = { href: '/forgot', text: t('account.forgot_submit') };
  const signIn = { href: '/admin', text: t('account.to_sign_in') };
  const text =
    purpose === 'invite' ? 'account.gone_invite' : purpose === 'reset' ? 'account.gone_reset' : 'account.gone_email';
  return <Ended title={t('account.gone_title')} text={t(text)} link={purpose === 'reset' ? again : signIn} />;
}

interface OpenLinkProps extends Omit<LinkFormProps, 'purpose'> {
  token: string;
  link: AccountLinkView;
  onGone: () => void;
}

function OpenLink({ api, words, token, link, onGone }: OpenLinkProps) {
  const { t } = words;
  const { purpose } = link;
  const [name, setName] = useState(link.name);
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(NOTHING_MISSING);
  const [isGuessable, setGuessable] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [state, setState] = useState<'open' | 'busy' | 'done'>('open');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const lacks = {
      name: purpose === 'invite' && name.trim() === '',
      password: purpose !== 'email' && password.length < MIN_PASSWORD_LENGTH,
    };
    setMissing(lacks);
    setGuessable(false);
    setFault(null);
    if (lacks.name || lacks.password) {
      document.getElementById(lacks.name ? 'name' : 'password')?.focus();
      return;
    }
    setState('busy');
    const asked =
      purpose === 'invite'
        ? { token, name: name.trim(), password }
        : purpose === 'reset'
          ? { token, password }
          : { token };
    const answer = await api.post<SignInResponse>(`/api/auth/${PATHS[purpose]}`, asked);
    if (answer.ok) {
      // Used: it shall not stand in the history.
      history.replaceState(null, '', location.pathname);
      if (purpose !== 'invite') setState('done');
      // The button stays busy until the next page stands.
      else location.replace(answer.body.data.role === 'portal_user' ? '/portal' : '/admin');
      return;
    }
    if (answer.fault.status === 404) return onGone();
    setGuessable(answer.fault.status === 422 && answer.fault.errors['password'] !== undefined);
    setFault(answer.fault.status === 422 && answer.fault.errors['password'] !== undefined ? null : answer.fault);
    setState('open');
  }

  const values = { email: link.email, tenant: link.tenant_name };
  const signIn = { href: '/admin', text: t('account.to_sign_in') };
  if (state === 'done')
    return purpose === 'reset' ? (
      <Ended title={t('account.reset_done_title')} text={t('account.reset_done')} link={signIn} />
    ) : (
      <Ended
        title={t('account.email_done_title')}
        text={t('account.email_done', { email: link.email })}
        link={signIn}
      />
    );
  const [title, hint, go] =
    purpose === 'invite'
      ? [t('account.invite_title'), t('account.invite_hint', { tenant: values.tenant }), t('account.invite_submit')]
      : purpose === 'reset'
        ? [t('account.reset_title'), t('account.reset_hint', values), t('account.reset_submit')]
        : [t('account.email_title'), t('account.email_hint', values), t('account.email_submit')];
  const passwordFault = missing.password
    ? t('account.password_missing')
    : isGuessable
      ? t('account.password_guessable')
      : null;
  return (
    <form className="card sign-in" noValidate onSubmit={(event) => void submit(event)}>
      <AccountHead title={title} hint={hint} />
      <Fault words={words} fault={fault} />
      {purpose === 'invite' && (
        <>
          <div className="field">
            <label htmlFor="email">{t('account.email')}</label>
            {/* Shown, and read by password managers; it is the invitation's. */}
            <input id="email" type="email" autoComplete="username" value={link.email} readOnly />
          </div>
          <div className="field">
            <label htmlFor="name">{t('account.name')}</label>
            <input
              id="name"
              autoComplete="name"
              value={name}
              aria-invalid={missing.name}
              aria-describedby={missing.name ? 'name-error' : undefined}
              onInput={(event) => setName(event.currentTarget.value)}
            />
            {missing.name && (
              <p className="field-error" id="name-error">
                {t('account.name_missing')}
              </p>
            )}
          </div>
        </>
      )}
      {purpose !== 'email' && (
        <div className="field">
          <label htmlFor="password">{t('account.password')}</label>
          <PasswordInput
            id="password"
            autoComplete="new-password"
            value={password}
            isMissing={passwordFault !== null}
            described={passwordFault === null ? 'password-hint' : 'password-error'}
            onChange={setPassword}
            words={{ show: t('account.show_password'), hide: t('account.hide_password') }}
          />
          {passwordFault === null ? (
            <p className="field-hint" id="password-hint">
              {t('account.password_hint')}
            </p>
          ) : (
            <p className="field-error" id="password-error">
              {passwordFault}
            </p>
          )}
        </div>
      )}
      <button type="submit" className="button button-wide" disabled={state === 'busy'}>
        {state === 'busy' ? t('account.busy') : go}
      </button>
    </form>
  );
}
