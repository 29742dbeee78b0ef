/** The second step of a sign-in: a code of the app, or a recovery code. Loaded when the server asks for it. */
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { SignInResponse } from '../../shared/contract/identity.ts';
import type { Language } from '../../shared/i18n/language.ts';
import { FACTOR_DIGITS, RECOVERY_LENGTH } from '../../shared/ways-in.ts';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';
import { signInFaultText } from '../ui/fault-text.ts';
import { createTranslate, type Translate } from '../ui/i18n.ts';
import { asMarked } from '../ui/pseudo.ts';
import { Head } from './page-parts.tsx';
import { loadSecondWords, type SecondCatalogue } from './second-words.ts';

interface SecondStepProps {
  api: ApiClient;
  language: Language;
  onSignedIn: (who: SignInResponse['data']) => void;
  /** the time or the tries are over: from the start again */
  onOver: () => void;
}

export function SecondStep(props: SecondStepProps) {
  const { language } = props;
  const [catalogue, setCatalogue] = useState<SecondCatalogue | null>(null);
  useEffect(() => {
    void loadSecondWords(language).then((words) => setCatalogue(asMarked(words)));
  }, [language]);
  return catalogue === null ? null : <Step {...props} catalogue={catalogue} />;
}

function saidOf(fault: ApiFault, catalogue: SecondCatalogue, t: Translate<SecondCatalogue>): string {
  if (fault.code === 'INVALID_CREDENTIALS') return t('second.wrong');
  return fault.status === 429 ? signInFaultText(catalogue, fault, t) : t('second.failed');
}

function Step({ api, onSignedIn, onOver, catalogue }: SecondStepProps & { catalogue: SecondCatalogue }) {
  const t = useMemo(() => createTranslate(catalogue), [catalogue]);
  const [isRecovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [state, setState] = useState<'open' | 'busy' | 'over'>('open');
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: focused anew when the field becomes another one
  useEffect(() => input.current?.focus(), [isRecovery]);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const typed = code.replace(/[\s-]/g, '');
    if (typed.length !== (isRecovery ? RECOVERY_LENGTH : FACTOR_DIGITS)) {
      setProblem(t(isRecovery ? 'second.missing_recovery' : 'second.missing'));
      input.current?.focus();
      return;
    }
    setState('busy');
    setProblem(null);
    const answer = await api.post<SignInResponse>('/api/auth/challenge/pass', { code: typed });
    // The button stays busy until the next page stands.
    if (answer.ok) return onSignedIn(answer.body.data);
    setState(answer.fault.status === 404 ? 'over' : 'open');
    setProblem(saidOf(answer.fault, catalogue, t));
    setCode('');
    input.current?.focus();
  }

  if (state === 'over')
    return (
      <section className="card sign-in" role="status">
        <h1>{t('second.over_title')}</h1>
        <p>{t('second.over')}</p>
        <button type="button" className="button button-wide" onClick={onOver}>
          {t('second.again')}
        </button>
      </section>
    );
  return (
    <form className="card sign-in" noValidate onSubmit={(event) => void submit(event)}>
      <Head title={t('second.title')} hint={t(isRecovery ? 'second.hint_recovery' : 'second.hint')} />
      <div className="field">
        <label htmlFor="code">{t(isRecovery ? 'second.recovery' : 'second.code')}</label>
        <input
          ref={input}
          id="code"
          inputMode={isRecovery ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={isRecovery ? 24 : 8}
          value={code}
          // a wrong code is taken away when the answer comes: what is typed meanwhile would go with it
          readOnly={state === 'busy'}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : 'code-error'}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
        {problem !== null && (
          <p className="field-error" id="code-error" role="alert">
            {problem}
          </p>
        )}
      </div>
      <button type="submit" className="button button-wide" disabled={state === 'busy'}>
        {state === 'busy' ? t('second.busy') : t('second.submit')}
      </button>
      <button
        type="button"
        className="link-button"
        onClick={() => {
          setRecovery(!isRecovery);
          setCode('');
          setProblem(null);
        }}
      >
        {t(isRecovery ? 'second.use_app' : 'second.use_recovery')}
      </button>
    </form>
  );
}
