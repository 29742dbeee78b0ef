/** The page behind a sign-up's link: a password, and one button that makes the account. Looking at it uses nothing up. */
import { type FormEvent, useState } from 'react';
import type { ConfirmSignupRequest, SignupLinkView } from '../../shared/contract/signup.ts';
import { SIGNUP_PATH } from '../../shared/legal.ts';
import { MIN_PASSWORD_LENGTH } from '../../shared/password-length.ts';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';
import { PasswordMeter } from '../ui/password-meter.tsx';
import { Ended, Fault, ProvenAddress, useLink, Waiting } from './link-parts.tsx';
import { Head } from './page-parts.tsx';
import { PasswordField, refusedText } from './password-field.tsx';
import type { SignupWords } from './signup-words.ts';

export function ConfirmForm({ api, words }: { api: ApiClient; words: SignupWords }) {
  const { t } = words;
  const { token, link, fault: unknown, onGone } = useLink<SignupLinkView>(api, '/api/signup/show');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (link === null || link === 'gone') return;
    setFault(null);
    setProblem(undefined);
    if (password.length < MIN_PASSWORD_LENGTH) {
      setProblem(t('password.missing'));
      document.getElementById('password')?.focus();
      return;
    }
    setBusy(true);
    const asked: ConfirmSignupRequest = { token, password };
    const answer = await api.post('/api/signup/confirm', asked);
    if (answer.ok) {
      // Used: it shall not stand in the history. The button stays busy until the next page stands.
      history.replaceState(null, '', location.pathname);
      location.replace(`/admin/welcome?trade=${link.trade}`);
      return;
    }
    setBusy(false);
    if (answer.fault.status === 404) onGone();
    else if (answer.fault.errors['password'] !== undefined) setProblem(t(refusedText(answer.fault.errors['password'])));
    else setFault(answer.fault);
  }

  if (link === 'gone')
    return (
      <Ended
        title={t('signup.gone_title')}
        text={t('signup.gone')}
        link={{ href: '/admin', text: t('signup.to_sign_in') }}
      >
        <a className="alone-link" href={SIGNUP_PATH}>
          {t('signup.again')}
        </a>
      </Ended>
    );
  if (link === null)
    return <Waiting words={words} title={t('signup.confirm_title')} text={t('signup.checking')} fault={unknown} />;
  return (
    <form className="card sign-in" noValidate onSubmit={(event) => void submit(event)}>
      <Head title={t('signup.confirm_title')} hint={t('signup.confirm_hint', { business: link.business })} />
      <Fault words={words} fault={fault} />
      <ProvenAddress label={t('sign_in.email')} email={link.email} />
      <PasswordField
        label={t('signup.password')}
        problem={problem}
        hint={t('password.hint')}
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        t={t}
      />
      <PasswordMeter password={password} own={[link.email, link.business]} t={t} />
      <button type="submit" className="button button-wide" disabled={isBusy}>
        {isBusy ? t('signup.confirm_busy') : t('signup.confirm_submit')}
      </button>
    </form>
  );
}
