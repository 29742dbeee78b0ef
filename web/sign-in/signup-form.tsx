/** The form of a new business: what is missing is said beside the field; the answer is the same whether the address is known. */
import { type FormEvent, useEffect, useState } from 'react';
import type { SignupRequest, SignupView } from '../../shared/contract/signup.ts';
import { COUNTRIES, type Country } from '../../shared/countries.ts';
import { type AgreedKind, agreedBy } from '../../shared/legal.ts';
import { type Trade, TRADES } from '../../shared/trades.ts';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';
import { countryName } from '../ui/format.ts';
import { Ended, Fault, Waiting } from './link-parts.tsx';
import { describedBy, Field, Head, TextField } from './page-parts.tsx';
import type { SignupWords } from './signup-words.ts';

interface FormProps {
  api: ApiClient;
  words: SignupWords;
}

export function SignupForm({ api, words }: FormProps) {
  const { t, language } = words;
  const [view, setView] = useState<SignupView | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  useEffect(() => {
    void api.get<{ data: SignupView }>('/api/signup', { language }).then((answer) => {
      if (answer.ok) setView(answer.body.data);
      else setFault(answer.fault);
    });
  }, [api, language]);
  if (view === null)
    return <Waiting words={words} title={t('signup.title')} text={t('signup.loading')} fault={fault} />;
  return view.open ? (
    <Open api={api} words={words} view={view} onView={setView} />
  ) : (
    <Closed words={words} view={view} />
  );
}

function Closed({ words: { t }, view }: { words: SignupWords; view: SignupView }) {
  const contact = view.support_email ?? view.support_phone;
  return (
    <Ended
      title={t('signup.closed_title')}
      text={contact === null ? t('signup.closed_nobody') : t('signup.closed_ask', { contact })}
      link={{ href: '/admin', text: t('signup.to_sign_in') }}
    />
  );
}

type Name = 'business' | 'trade' | 'name' | 'email' | AgreedKind;
const FIELDS: readonly Name[] = ['business', 'trade', 'name', 'email', 'terms', 'dpa', 'secrecy'];

function Open({ api, words, view, onView }: FormProps & { view: SignupView; onView: (view: SignupView) => void }) {
  const { t, language } = words;
  const [values, setValues] = useState({ business: '', name: '', email: '' });
  const [trade, setTrade] = useState<Trade | ''>('');
  const [country, setCountry] = useState<Country>('DE');
  const [agreed, setAgreed] = useState<readonly string[]>([]);
  const [problems, setProblems] = useState<Partial<Record<Name, string>>>({});
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [hasChanged, setChanged] = useState(false);
  const [state, setState] = useState<'open' | 'busy' | 'sent'>('open');
  // Before a trade is chosen the boxes that everybody has.
  const kinds = trade === '' ? (['terms', 'dpa'] as const) : agreedBy(trade);
  const textOf = (kind: AgreedKind) => view.texts.find((one) => one.kind === kind);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { business, name, email } = {
      business: values.business.trim(),
      name: values.name.trim(),
      email: values.email.trim(),
    };
    const lacks: Partial<Record<Name, string>> = {
      ...(business === '' && { business: t('signup.business_missing') }),
      ...(trade === '' && { trade: t('signup.trade_missing') }),
      ...(name === '' && { name: t('signup.name_missing') }),
      ...(!/^\S+@\S+\.\S+$/.test(email) && { email: t('sign_in.email_missing') }),
    };
    for (const kind of kinds) if (!agreed.includes(textOf(kind)?.id ?? '')) lacks[kind] = t('signup.agree_missing');
    setProblems(lacks);
    setFault(null);
    setChanged(false);
    const first = FIELDS.find((one) => lacks[one] !== undefined);
    if (first !== undefined || trade === '') {
      document.getElementById(first ?? 'trade')?.focus();
      return;
    }
    setState('busy');
    const asked: SignupRequest = { business, trade, name, email, country, language, agreed: [...agreed] };
    const answer = await api.post('/api/signup', asked);
    if (answer.ok) return setState('sent');
    setState('open');
    await refused(answer.fault);
  }

  async function refused(found: ApiFault): Promise<void> {
    if (found.code === 'SIGNUP_CLOSED' || found.errors['agreed'] !== undefined) {
      // Closed meanwhile, or a newer version was published since the page was opened.
      const again = await api.get<{ data: SignupView }>('/api/signup', { language });
      if (again.ok) {
        onView(again.body.data);
        setAgreed([]);
        setChanged(again.body.data.open);
        return;
      }
    }
    if (found.code !== 'VALIDATION_ERROR') return setFault(found);
    const { business, name, email } = found.errors;
    if (!business && !name && !email) return setFault(found);
    setProblems({
      ...(business && { business: business.join(' ') }),
      ...(name && { name: name.join(' ') }),
      ...(email && { email: t('sign_in.email_missing') }),
    });
  }

  if (state === 'sent')
    return <Ended title={t('signup.sent_title')} text={t('signup.sent', { email: values.email.trim() })} />;

  const about = (name: Name) => describedBy({ id: name, problem: problems[name] });
  const text = (name: keyof typeof values) => ({
    id: name,
    problem: problems[name],
    value: values[name],
    onChange: (value: string) => setValues((held) => ({ ...held, [name]: value })),
  });
  return (
    <form className="card sign-in" noValidate onSubmit={(event) => void submit(event)}>
      <Head title={t('signup.title')} hint={t('signup.hint')} />
      <Fault words={words} fault={fault} />
      {hasChanged && (
        <p className="notice notice-warning" role="status">
          {t('signup.changed')}
        </p>
      )}
      <TextField {...text('business')} label={t('signup.business')} autoComplete="organization" maxLength={120} />
      <Field id="trade" label={t('signup.trade')} problem={problems.trade}>
        <select
          {...about('trade')}
          value={trade}
          onInput={(event) => setTrade(event.currentTarget.value as Trade | '')}
        >
          <option value="">{t('signup.trade_choose')}</option>
          {TRADES.map((one) => (
            <option key={one} value={one}>
              {t(`trade.${one}`)}
            </option>
          ))}
        </select>
      </Field>
      <TextField {...text('name')} label={t('signup.name')} autoComplete="name" maxLength={120} />
      <TextField
        {...text('email')}
        label={t('sign_in.email')}
        type="email"
        autoComplete="username"
        inputMode="email"
        maxLength={254}
      />
      <Field id="country" label={t('signup.country')} problem={undefined}>
        <select id="country" value={country} onInput={(event) => setCountry(event.currentTarget.value as Country)}>
          {COUNTRIES.map((one) => (
            <option key={one} value={one}>
              {countryName(one, language)}
            </option>
          ))}
        </select>
      </Field>
      {kinds.map((kind) => {
        const found = textOf(kind);
        return (
          found && (
            <div key={kind} className="field">
              <label className="agree">
                <input
                  type="checkbox"
                  {...about(kind)}
                  checked={agreed.includes(found.id)}
                  onInput={(event) => {
                    const { checked } = event.currentTarget;
                    setAgreed((held) => [...held.filter((id) => id !== found.id), ...(checked ? [found.id] : [])]);
                  }}
                />
                <span>
                  {t(`signup.agree.${kind}`)}{' '}
                  <a href={found.href} target="_blank" rel="noreferrer">
                    {t('signup.read')}
                  </a>
                </span>
              </label>
              {problems[kind] !== undefined && (
                <p className="field-error" id={`${kind}-error`}>
                  {problems[kind]}
                </p>
              )}
            </div>
          )
        );
      })}
      <button type="submit" className="button button-wide" disabled={state === 'busy'}>
        {state === 'busy' ? t('signup.busy') : t('signup.submit')}
      </button>
      <a className="alone-link" href="/admin">
        {t('signup.have_account')}
      </a>
    </form>
  );
}
