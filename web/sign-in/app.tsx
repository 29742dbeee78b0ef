/** Sign-in of panel and portal: e-mail and password, errors beside the fields, lock-out stated in minutes. Rendered by main.tsx. */
import { useMemo, useState } from 'react';
import { createApiClient } from '../ui/api-client.ts';
import { signInFaultText } from '../ui/fault-text.ts';
import { Icon } from '../ui/icon.tsx';
import { LanguageSelect, SchemeButton } from '../ui/preferences.tsx';
import { productName } from '../ui/product-name.ts';
import { takeExpired } from '../ui/signed-out.ts';
import { type FirstTexts, useAppTexts } from '../ui/use-app-texts.ts';
import { type LoginCatalogue, loadCatalogue } from './catalogues.ts';
import { PasswordInput } from './password-input.tsx';
import { useSignIn } from './use-sign-in.ts';
import { warmUp } from './warm.ts';

/** The page asked for opens at its own address; the sign-in's own address stands for the start page. */
function goOn(): void {
  const { pathname } = location;
  if (pathname.endsWith('/login')) location.replace(pathname.startsWith('/portal') ? '/portal' : '/admin');
  else location.reload();
}

export function App({ first }: { first: FirstTexts<LoginCatalogue> }) {
  const { words } = useAppTexts(first, loadCatalogue);
  const { t, catalogue } = words;
  const api = useMemo(() => createApiClient({ language: () => document.documentElement.lang }), []);
  const [expired] = useState(takeExpired);
  const { email, setEmail, password, setPassword, missing, fault, number, isBusy, submit } = useSignIn(
    { api, onSignedIn: goOn },
    { catalogue, title: t('sign_in.title') },
  );
  return (
    <main className="alone">
      <form className="card sign-in" noValidate onInput={warmUp} onSubmit={(event) => void submit(event)}>
        <div className="sign-in-head">
          <span className="brand-mark" aria-hidden="true">
            <Icon name="phone" />
          </span>
          <div>
            <h1>{productName()}</h1>
            <p className="small">
              {location.pathname.startsWith('/portal') ? t('portal.sign_in_hint') : t('admin.sign_in_hint')}
            </p>
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
              {number !== null && <p className="small">{number}</p>}
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
          <PasswordInput
            id="password"
            autoComplete="current-password"
            value={password}
            isMissing={missing.password}
            described={missing.password ? 'password-error' : undefined}
            onChange={setPassword}
            words={{ show: t('sign_in.show_password'), hide: t('sign_in.hide_password') }}
          />
          {missing.password && (
            <p className="field-error" id="password-error">
              {t('sign_in.password_missing')}
            </p>
          )}
        </div>
        <button type="submit" className="button button-wide" disabled={isBusy}>
          {isBusy ? t('sign_in.busy') : t('sign_in.submit')}
        </button>
        <a className="alone-link" href="/forgot">
          {t('sign_in.forgot')}
        </a>
      </form>
      <div className="alone-tools">
        <LanguageSelect words={words} />
        <SchemeButton words={words} />
      </div>
    </main>
  );
}
