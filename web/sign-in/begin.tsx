/** The page behind the one-time link: makes the first operator and signs in. Loaded by main.tsx at its own address only. */
import { type FormEvent, useState } from 'react';
import type { SetupRequest } from '../../shared/contract/setup.ts';
import { SETUP_REFUSALS, type SetupRefusal } from '../../shared/errors.ts';
import { MIN_PASSWORD_LENGTH } from '../../shared/password-length.ts';
import type { ApiFault } from '../ui/api-client.ts';
import { signInFaultText } from '../ui/fault-text.ts';
import { PasswordMeter } from '../ui/password-meter.tsx';
import { productName } from '../ui/product-name.ts';
import { type FirstTexts, useAppTexts } from '../ui/use-app-texts.ts';
import { type BeginCatalogue, loadBeginWords } from './begin-words.ts';
import { Danger, FaultNotice, Frame, Head, TextField, useOpenApi, useTitle } from './page-parts.tsx';
import { PasswordField, refusedText } from './password-field.tsx';

type FieldName = 'name' | 'email' | 'password';
type Problems = Partial<Record<FieldName, string>>;

export { loadBeginWords };

const isRefusal = (text: unknown): text is SetupRefusal => (SETUP_REFUSALS as readonly unknown[]).includes(text);
/** What stands behind `#`: neither server nor proxy ever saw it. */
const tokenOfAddress = (): string => location.hash.slice(1);

export function Begin({ first }: { first: FirstTexts<BeginCatalogue> }) {
  const { words } = useAppTexts(first, loadBeginWords);
  const { t, catalogue } = words;
  const api = useOpenApi();
  const [token] = useState(tokenOfAddress);
  const [values, setValues] = useState({ name: '', email: '', password: '' });
  const [problems, setProblems] = useState<Problems>({});
  const [refusal, setRefusal] = useState<SetupRefusal | null>(token === '' ? 'unknown' : null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const title = t('begin.title');
  useTitle(title);

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
      ...(password.length < MIN_PASSWORD_LENGTH && { password: t('password.missing') }),
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
        ...(password && { password: t(refusedText(password)) }),
      });
    }
  }

  const field = (name: FieldName) => ({
    value: values[name],
    problem: problems[name],
    onChange: (value: string) => setValues((held) => ({ ...held, [name]: value })),
  });

  return (
    <Frame words={words}>
      <form className="card sign-in" noValidate onSubmit={(event) => void submit(event)}>
        <Head title={productName()} hint={refusal === null ? t('begin.hint') : title} />
        {refusal !== null ? (
          <>
            <Danger text={t('begin.refused_title')} small={t(`begin.refused.${refusal}`)} />
            {(refusal === 'used' || refusal === 'done') && (
              <a className="button button-wide" href="/admin/login">
                {t('begin.sign_in')}
              </a>
            )}
          </>
        ) : (
          <>
            {fault && <FaultNotice catalogue={catalogue} fault={fault} text={signInFaultText(catalogue, fault, t)} />}
            <TextField
              id="name"
              label={t('begin.name')}
              type="text"
              autoComplete="name"
              maxLength={120}
              {...field('name')}
            />
            <TextField
              id="email"
              label={t('sign_in.email')}
              type="email"
              autoComplete="username"
              inputMode="email"
              maxLength={254}
              {...field('email')}
            />
            <PasswordField
              label={t('begin.password')}
              autoComplete="new-password"
              maxLength={256}
              t={t}
              {...field('password')}
            />
            <PasswordMeter password={values.password} own={[values.email, values.name]} t={t} />
            <button type="submit" className="button button-wide" disabled={isBusy}>
              {isBusy ? t('begin.busy') : t('begin.submit')}
            </button>
          </>
        )}
      </form>
    </Frame>
  );
}
