/** The page behind the one-time link: makes the first operator and signs in. Loaded by main.tsx at its own address only. */
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import type { SetupRequest } from '../../shared/contract/setup.ts';
import { SETUP_REFUSALS, type SetupRefusal } from '../../shared/errors.ts';
import { MIN_PASSWORD_LENGTH } from '../../shared/password-length.ts';
import { type ApiFault, createApiClient } from '../ui/api-client.ts';
import { requestNumber, signInFaultText } from '../ui/fault-text.ts';
import { Icon } from '../ui/icon.tsx';
import { LanguageSelect, SchemeButton } from '../ui/preferences.tsx';
import { productName } from '../ui/product-name.ts';
import { type FirstTexts, useAppTexts } from '../ui/use-app-texts.ts';
import { type BeginCatalogue, loadBeginWords } from './begin-words.ts';

type FieldName = 'name' | 'email' | 'password';
type Problems = Partial<Record<FieldName, string>>;

export { loadBeginWords };

const isRefusal = (text: unknown): text is SetupRefusal => (SETUP_REFUSALS as readonly unknown[]).includes(text);
/** What stands behind `#`: neither server nor proxy ever saw it. */
const tokenOfAddress = (): string => location.hash.slice(1);

export function Begin({ first }: { first: FirstTexts<BeginCatalogue> }) {
  const { words } = useAppTexts(first, loadBeginWords);
  const { t, catalogue } = words;
  const api = useMemo(() => createApiClient({ language: () => document.documentElement.lang }), []);
  const [token] = useState(tokenOfAddress);
  const [values, setValues] = useState({ name: '', email: '', password: '' });
  const [problems, setProblems] = useState<Problems>({});
  const [refusal, setRefusal] = useState<SetupRefusal | null>(token === '' ? 'unknown' : null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const title = t('begin.title');
  useEffect(() => {
    document.title = `${title} · ${productName()}`;
  }, [title]);

  function show(found: Problems): void {
    setProblems(found);
    const [field] = Object.keys(found);
    if (field !== undefined) document.getElementById(field)?.focus();
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { name, email, password } = { ...values, name: values.name.trim(), email: values.email.trim() };
    setFault(null);
    const lacks: Problems = {
      ...(name === '' && { name: t('begin.name_missing') }),
      ...(!/^\S+@\S+$/.test(email) && { email: t('sign_in.email_missing') }),
      ...(password.length < MIN_PASSWORD_LENGTH && { password: t('begin.password_short') }),
    };
    show(lacks);
    if (Object.keys(lacks).length > 0) return;
    setBusy(true);
    const asked: SetupRequest = { token, name, email, password, language: words.language };
    const made = await api.post('/api/setup/operator', asked);
    if (made.ok) {
      // What is used up must not stay in the browser's history.
      history.replaceState(null, '', location.pathname);
      const signedIn = await api.post('/api/auth/sign-in/email', { email, password });
      location.replace(signedIn.ok ? '/admin' : '/admin/login');
      return;
    }
    setBusy(false);
    refused(made.fault);
  }

  function refused(found: ApiFault): void {
    const { reason } = found.details;
    if (found.code === 'SETUP_REFUSED' && isRefusal(reason)) setRefusal(reason);
    else if (found.code !== 'VALIDATION_ERROR') setFault(found);
    else {
      const { name, email, password } = found.errors;
      show({
        ...(name && { name: name.join(' ') }),
        ...(email && { email: email.includes('taken') ? t('begin.email_taken') : t('sign_in.email_missing') }),
        ...(password && { password: t('begin.password_guessable') }),
      });
    }
  }

  const field = (name: FieldName) => ({
    id: name,
    value: values[name],
    'aria-invalid': problems[name] !== undefined,
    'aria-describedby': problems[name] === undefined ? undefined : `${name}-error`,
    onInput: (event: FormEvent<HTMLInputElement>) => {
      const { value } = event.currentTarget;
      setValues((held) => ({ ...held, [name]: value }));
    },
  });
  const problem = (name: FieldName) =>
    problems[name] !== undefined && (
      <p className="field-error" id={`${name}-error`}>
        {problems[name]}
      </p>
    );

  return (
    <main className="alone">
      <form className="card sign-in" noValidate onSubmit={(event) => void submit(event)}>
        <div className="sign-in-head">
          <span className="brand-mark" aria-hidden="true">
            <Icon name="phone" />
          </span>
          <div>
            <h1>{productName()}</h1>
            <p className="small">{refusal === null ? t('begin.hint') : title}</p>
          </div>
        </div>
        {refusal !== null ? (
          <>
            <div className="notice notice-danger" role="alert">
              <Icon name="warning" size={20} />
              <div>
                <p>{t('begin.refused_title')}</p>
                <p className="small">{t(`begin.refused.${refusal}`)}</p>
              </div>
            </div>
            {(refusal === 'used' || refusal === 'done') && (
              <a className="button button-wide" href="/admin/login">
                {t('begin.sign_in')}
              </a>
            )}
          </>
        ) : (
          <>
            {fault && (
              <div className="notice notice-danger" role="alert">
                <Icon name="warning" size={20} />
                <div>
                  <p>{signInFaultText(catalogue, fault, t)}</p>
                  {fault.status >= 500 && <p className="small">{requestNumber(catalogue, fault)}</p>}
                </div>
              </div>
            )}
            <div className="field">
              <label htmlFor="name">{t('begin.name')}</label>
              <input type="text" autoComplete="name" maxLength={120} {...field('name')} />
              {problem('name')}
            </div>
            <div className="field">
              <label htmlFor="email">{t('sign_in.email')}</label>
              <input type="email" autoComplete="username" inputMode="email" maxLength={254} {...field('email')} />
              {problem('email')}
            </div>
            <div className="field">
              <label htmlFor="password">{t('begin.password')}</label>
              <div className="with-button">
                <input
                  type={isShown ? 'text' : 'password'}
                  autoComplete="new-password"
                  maxLength={256}
                  {...field('password')}
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
              {problem('password')}
            </div>
            <button type="submit" className="button button-wide" disabled={isBusy}>
              {isBusy ? t('begin.busy') : t('begin.submit')}
            </button>
          </>
        )}
      </form>
      <div className="alone-tools">
        <LanguageSelect words={words} />
        <SchemeButton words={words} />
      </div>
    </main>
  );
}
