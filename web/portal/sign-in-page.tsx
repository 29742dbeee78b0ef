/** Sign-in of the portal: e-mail and password, errors beside the fields, lock-out told in minutes. */
import { type FormEvent, useEffect, useState } from 'react';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';
import { requestNumber, signInFaultText } from '../ui/fault-text.ts';
import { Icon } from '../ui/icon.tsx';
import { productName } from '../ui/product-name.ts';
import { LanguageSelect, SchemeButton } from './parts.tsx';
import { useWords } from './portal-context.tsx';
import { navigate, usePlace } from './router.tsx';

interface SignInProps {
  api: ApiClient;
  expired: boolean;
  onSignedIn: () => Promise<void>;
}

export function SignInPage({ api, expired, onSignedIn }: SignInProps) {
  const { t, catalogue } = useWords();
  const { path } = usePlace();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isShown, setShown] = useState(false);
  const [missing, setMissing] = useState({ email: false, password: false });
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${t('sign_in.title')} · ${productName()}`;
  }, [t]);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const lacks = { email: !/^\S+@\S+$/.test(email.trim()), password: password === '' };
    setMissing(lacks);
    setFault(null);
    if (lacks.email || lacks.password) {
      document.getElementById(lacks.email ? 'email' : 'password')?.focus();
      return;
    }
    setBusy(true);
    const answer = await api.post('/api/auth/sign-in/email', { email: email.trim(), password });
    if (answer.ok) {
      if (path === '/portal/login') navigate('/portal', true);
      await onSignedIn();
    } else setFault(answer.fault);
    setBusy(false);
  }

  const number = fault ? requestNumber(catalogue, fault) : null;
  return (
    <main className="alone">
      <form className="card sign-in" noValidate onSubmit={(event) => void submit(event)}>
        <div className="sign-in-head">
          <span className="brand-mark" aria-hidden="true">
            <Icon name="phone" size={18} />
          </span>
          <div>
            <h1>{productName()}</h1>
            <p className="small">{t('portal.sign_in_hint')}</p>
          </div>
        </div>
        {expired && fault === null && (
          <p className="notice notice-info" role="status">
            {t('sign_in.expired')}
          </p>
        )}
        {fault && (
          <div className="notice notice-danger" role="alert">
            <Icon name="warning" size={20} />
            <div>
              <p>{signInFaultText(catalogue, fault, t)}</p>
              {number !== null && fault.status >= 500 && <p className="small">{number}</p>}
            </div>
          </div>
        )}
        <div className="field">
          <label htmlFor="email">{t('sign_in.email')}</label>
          <input
            id="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            value={email}
            aria-invalid={missing.email}
            aria-describedby={missing.email ? 'email-error' : undefined}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
          {missing.email && (
            <p className="field-error" id="email-error">
              {t('sign_in.email_missing')}
            </p>
          )}
        </div>
        <div className="field">
          <label htmlFor="password">{t('sign_in.password')}</label>
          <div className="with-button">
            <input
              id="password"
              type={isShown ? 'text' : 'password'}
              autoComplete="current-password"
              value={password}
              aria-invalid={missing.password}
              aria-describedby={missing.password ? 'password-error' : undefined}
              onInput={(event) => setPassword(event.currentTarget.value)}
            />
            <button
              type="button"
              className="icon-button"
              aria-label={isShown ? t('sign_in.hide_password') : t('sign_in.show_password')}
              aria-pressed={isShown}
              onClick={() => setShown(!isShown)}
            >
              <Icon name={isShown ? 'eye-off' : 'eye'} />
            </button>
          </div>
          {missing.password && (
            <p className="field-error" id="password-error">
              {t('sign_in.password_missing')}
            </p>
          )}
        </div>
        <button type="submit" className="button button-wide" disabled={isBusy}>
          {isBusy ? t('sign_in.busy') : t('sign_in.submit')}
        </button>
      </form>
      <div className="alone-tools">
        <LanguageSelect />
        <SchemeButton />
      </div>
    </main>
  );
}
