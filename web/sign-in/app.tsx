/** Sign-in of panel and portal: e-mail and password, errors beside the fields, lock-out stated in minutes. Rendered by main.tsx. */
import { useState } from 'react';
import { signInFaultText } from '../ui/fault-text.ts';
import { productName } from '../ui/product-name.ts';
import { takeExpired } from '../ui/signed-out.ts';
import { type FirstTexts, useAppTexts } from '../ui/use-app-texts.ts';
import { type LoginCatalogue, loadCatalogue } from './catalogues.ts';
import { FaultNotice, Frame, Head, TextField, useOpenApi, useTitle } from './page-parts.tsx';
import { PasswordField } from './password-field.tsx';
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
  const api = useOpenApi();
  useTitle(t('sign_in.title'));
  const [expired] = useState(takeExpired);
  const form = useSignIn({ api, onSignedIn: goOn });
  const { fault, missing, passkey, Step } = form;
  return (
    <Frame words={words}>
      {Step ? (
        <Step api={api} language={words.language} onSignedIn={goOn} onOver={form.begin} />
      ) : (
        <form className="card sign-in" noValidate onInput={warmUp} onSubmit={(event) => void form.submit(event)}>
          <Head
            title={productName()}
            hint={t(location.pathname.startsWith('/portal') ? 'portal.sign_in_hint' : 'admin.sign_in_hint')}
          />
          {expired && fault === null && (
            <p className="notice notice-info" role="status">
              {t('sign_in.expired')}
            </p>
          )}
          {fault && <FaultNotice catalogue={catalogue} fault={fault} text={signInFaultText(catalogue, fault, t)} />}
          <TextField
            id="email"
            label={t('sign_in.email')}
            problem={missing.email ? t('sign_in.email_missing') : undefined}
            type="email"
            autoComplete="username"
            inputMode="email"
            value={form.email}
            onChange={form.setEmail}
          />
          <PasswordField
            label={t('sign_in.password')}
            problem={missing.password ? t('sign_in.password_missing') : undefined}
            autoComplete="current-password"
            value={form.password}
            onChange={form.setPassword}
            t={t}
          />
          <button type="submit" className="button button-wide" disabled={form.isBusy}>
            {form.isBusy ? t('sign_in.busy') : t('sign_in.submit')}
          </button>
          {typeof PublicKeyCredential === 'function' && (
            <button
              type="button"
              className="button button-plain button-wide"
              disabled={passkey === 'busy'}
              onClick={() => void form.byPasskey()}
            >
              {t('sign_in.passkey')}
            </button>
          )}
          {passkey === 'failed' && (
            <p className="field-error" role="alert">
              {t('sign_in.passkey_failed')}
            </p>
          )}
          <a className="alone-link" href="/link">
            {t('sign_in.link')}
          </a>
          <a className="alone-link" href="/forgot">
            {t('sign_in.forgot')}
          </a>
        </form>
      )}
    </Frame>
  );
}
