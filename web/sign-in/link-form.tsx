/** The page behind a link: says whose it is, asks for what is missing, uses it up. */
import { type FormEvent, useState } from 'react';
import type { AccountLinkView } from '../../shared/contract/accounts.ts';
import type { LetInResponse, SignInResponse } from '../../shared/contract/identity.ts';
import { MIN_PASSWORD_LENGTH } from '../../shared/password-length.ts';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';
import { PasswordMeter } from '../ui/password-meter.tsx';
import type { AccountWords } from './account-words.ts';
import { Ended, Fault, ProvenAddress, useLink, Waiting } from './link-parts.tsx';
import { Head, TextField } from './page-parts.tsx';
import { PasswordField, refusedText } from './password-field.tsx';

export type Purpose = AccountLinkView['purpose'];
export const TITLES = {
  invite: 'account.invite_title',
  reset: 'account.reset_title',
  email: 'account.email_title',
  magic: 'account.link_title',
  factor_reset: 'account.factor_reset_title',
  factor_stop: 'account.factor_stop_title',
} as const;
const GONE = {
  invite: 'account.gone_invite',
  reset: 'account.gone_reset',
  email: 'account.gone_email',
  magic: 'account.gone_link',
  factor_reset: 'account.gone_factor_reset',
  factor_stop: 'account.gone_factor_stop',
} as const;
interface LinkFormProps {
  api: ApiClient;
  words: AccountWords;
  purpose: Purpose;
}

const NOTHING_MISSING = { name: false, password: false };
const PATHS = {
  invite: 'invitation/accept',
  reset: 'password/reset',
  email: 'email/confirm',
  magic: 'magic-link/use',
  factor_reset: 'second-factor/reset/confirm',
  factor_stop: 'second-factor/reset/stop-by-link',
} as const;

export function LinkForm({ api, words, purpose }: LinkFormProps) {
  const { t } = words;
  const { token, link, fault, onGone } = useLink<AccountLinkView>(api, '/api/auth/links/show');
  if (link === null)
    return <Waiting words={words} title={t(TITLES[purpose])} text={t('account.loading')} fault={fault} />;
  if (link === 'gone' || link.purpose !== purpose) return <Gone words={words} purpose={purpose} />;
  return <OpenLink api={api} words={words} token={token} link={link} onGone={onGone} />;
}

function Gone({ words: { t }, purpose }: Pick<LinkFormProps, 'words' | 'purpose'>) {
  const link =
    purpose === 'reset'
      ? { href: '/forgot', text: t('account.forgot_submit') }
      : purpose === 'magic'
        ? { href: '/link', text: t('account.link_ask_submit') }
        : { href: '/admin', text: t('account.to_sign_in') };
  return <Ended title={t('account.gone_title')} text={t(GONE[purpose])} link={link} />;
}

const goIn = ({ role }: SignInResponse['data']): void =>
  location.replace(role === 'portal_user' ? '/portal' : '/admin');

interface OpenLinkProps extends Omit<LinkFormProps, 'purpose'> {
  token: string;
  link: AccountLinkView;
  onGone: () => void;
}

function OpenLink({ api, words, token, link, onGone }: OpenLinkProps) {
  const { t } = words;
  const { purpose } = link;
  const setsPassword = purpose === 'invite' || purpose === 'reset';
  // The present one, as a proof beside the link.
  const asksPassword = purpose === 'factor_reset';
  const [name, setName] = useState(link.name);
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(NOTHING_MISSING);
  const [refused, setRefused] = useState<readonly string[] | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [state, setState] = useState<'open' | 'busy' | 'done'>('open');
  const [Step, setStep] = useState<typeof import('./second-step.tsx').SecondStep | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const lacks = {
      name: purpose === 'invite' && name.trim() === '',
      password: (setsPassword && password.length < MIN_PASSWORD_LENGTH) || (asksPassword && password === ''),
    };
    setMissing(lacks);
    setRefused(null);
    setFault(null);
    if (lacks.name || lacks.password) {
      document.getElementById(lacks.name ? 'name' : 'password')?.focus();
      return;
    }
    setState('busy');
    const asked =
      purpose === 'invite'
        ? { token, name: name.trim(), password }
        : purpose === 'reset' || asksPassword
          ? { token, password }
          : { token };
    const answer = await api.post<LetInResponse>(`/api/auth/${PATHS[purpose]}`, asked);
    if (answer.ok) {
      // Used: it shall not stand in the history.
      history.replaceState(null, '', location.pathname);
      if (purpose !== 'invite' && purpose !== 'magic') setState('done');
      else if ('challenge' in answer.body.data) {
        const loaded = await import('./second-step.tsx');
        setStep(() => loaded.SecondStep);
      }
      // The button stays busy until the next page stands.
      else goIn(answer.body.data);
      return;
    }
    if (answer.fault.status === 404) return onGone();
    const problems = answer.fault.status === 422 ? answer.fault.errors['password'] : undefined;
    setRefused(problems ?? null);
    setFault(problems === undefined ? answer.fault : null);
    setState('open');
  }

  const values = { email: link.email, tenant: link.tenant_name };
  const signIn = { href: '/admin', text: t('account.to_sign_in') };
  if (state === 'done' && asksPassword)
    return <Ended title={t('account.factor_reset_done_title')} text={t('account.factor_reset_done')} link={signIn} />;
  if (state === 'done' && purpose === 'factor_stop')
    return (
      <Ended
        title={t('account.factor_stop_done_title')}
        text={t('account.factor_stop_done')}
        link={{ href: '/forgot', text: t('account.forgot_title') }}
      />
    );
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
  if (Step)
    return <Step api={api} language={words.language} onSignedIn={goIn} onOver={() => location.replace('/admin')} />;
  const [title, hint, go] =
    purpose === 'magic'
      ? [t('account.link_title'), t('account.link_hint', values), t('account.link_submit')]
      : purpose === 'invite'
        ? [t('account.invite_title'), t('account.invite_hint', { tenant: values.tenant }), t('account.invite_submit')]
        : purpose === 'reset'
          ? [t('account.reset_title'), t('account.reset_hint', values), t('account.reset_submit')]
          : purpose === 'factor_reset'
            ? [t(TITLES.factor_reset), t('account.factor_reset_hint', values), t('account.factor_reset_submit')]
            : purpose === 'factor_stop'
              ? [t(TITLES.factor_stop), t('account.factor_stop_hint', values), t('account.factor_stop_submit')]
              : [t('account.email_title'), t('account.email_hint', values), t('account.email_submit')];
  const passwordProblem = missing.password
    ? t(asksPassword ? 'account.password_present_missing' : 'password.missing')
    : refused !== null
      ? t(refusedText(refused))
      : undefined;
  return (
    <form className="card sign-in" noValidate onSubmit={(event) => void submit(event)}>
      <Head title={title} hint={hint} />
      <Fault words={words} fault={fault} />
      {purpose === 'invite' && (
        <>
          <ProvenAddress label={t('sign_in.email')} email={link.email} />
          <TextField
            id="name"
            label={t('account.name')}
            problem={missing.name ? t('account.name_missing') : undefined}
            autoComplete="name"
            value={name}
            onChange={setName}
          />
        </>
      )}
      {(setsPassword || asksPassword) && (
        <PasswordField
          label={t(asksPassword ? 'account.password_present' : 'account.password')}
          problem={passwordProblem}
          hint={t(asksPassword ? 'account.password_present_hint' : 'password.hint')}
          autoComplete={asksPassword ? 'current-password' : 'new-password'}
          value={password}
          onChange={setPassword}
          t={t}
        />
      )}
      {setsPassword && <PasswordMeter password={password} own={[link.email, name]} t={t} />}
      <button type="submit" className="button button-wide" disabled={state === 'busy'}>
        {state === 'busy' ? t('account.busy') : go}
      </button>
    </form>
  );
}
