/** /portal/settings/profile: one's own name, language, address, password and sessions. A chunk of its own. */
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { OwnSessionView } from '../../shared/contract/identity.ts';
import { asLanguage, LANGUAGES } from '../../shared/i18n/language.ts';
import type { ApiAnswer, ApiClient, ApiFault } from '../ui/api-client.ts';
import { deviceName } from '../ui/device-name.ts';
import { dayAndTime } from '../ui/format.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { withConfirmation } from '../ui/with-confirmation.ts';
import { FaultBox } from './parts.tsx';
import { usePortal, useWords } from './portal-context.tsx';
import './profile.css';

export default function ProfilePage() {
  const { t } = useWords();
  const { api: plain } = usePortal();
  const [answer, setAnswer] = useState<((isConfirmed: boolean) => void) | null>(null);
  const api = useMemo(() => withConfirmation(plain, () => new Promise((resolve) => setAnswer(() => resolve))), [plain]);
  return (
    <div className="profile">
      <h1>{t('profile.title')}</h1>
      <Person api={api} />
      <Email api={api} />
      <Password api={api} />
      <Sessions api={api} />
      {answer !== null && (
        <Confirm
          api={plain}
          onEnd={(isConfirmed) => {
            setAnswer(null);
            answer(isConfirmed);
          }}
        />
      )}
    </div>
  );
}

/** Sends a part of the page: busy meanwhile, why it failed, what is said when it was done. */
function useSending() {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [done, setDone] = useState<string | null>(null);
  async function send<T>(request: () => Promise<ApiAnswer<T>>, said: string): Promise<boolean> {
    setBusy(true);
    setFault(null);
    setDone(null);
    const answer = await request();
    setBusy(false);
    if (answer.ok) setDone(said);
    else setFault(answer.fault);
    return answer.ok;
  }
  return { isBusy, fault, done, send };
}

interface PartProps {
  title: string;
  /** what stands beside a field already is not said again */
  fault: ApiFault | null;
  done: string | null;
  onSubmit: () => Promise<void>;
  children: ReactNode;
}

const Part = ({ title, fault, done, onSubmit, children }: PartProps) => (
  <form
    className="card"
    noValidate
    onSubmit={(event: FormEvent) => {
      event.preventDefault();
      void onSubmit();
    }}
  >
    <h2>{title}</h2>
    {fault && <FaultBox fault={fault} />}
    {children}
    <p role="status" className="profile-done">
      {done}
    </p>
  </form>
);

interface TextProps {
  id: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  autoComplete: string;
  maxLength: number;
  value: string;
  hint?: string;
  problem: string | null;
  onChange: (value: string) => void;
}

const TextField = ({
  id,
  label,
  type = 'text',
  autoComplete,
  maxLength,
  value,
  hint,
  problem,
  onChange,
}: TextProps) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    <input
      id={id}
      type={type}
      autoComplete={autoComplete}
      maxLength={maxLength}
      value={value}
      aria-invalid={problem !== null}
      aria-describedby={problem !== null ? `${id}-error` : hint === undefined ? undefined : `${id}-hint`}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
    {problem !== null ? (
      <p className="field-error" id={`${id}-error`}>
        {problem}
      </p>
    ) : (
      hint !== undefined && (
        <p className="small" id={`${id}-hint`}>
          {hint}
        </p>
      )
    )}
  </div>
);

function Person({ api }: { api: ApiClient }) {
  const { t } = useWords();
  const { me } = usePortal();
  const [kept, setKept] = useState({ name: me.user.name, language: asLanguage(me.user.language) });
  const [draft, setDraft] = useState(kept);
  const { isBusy, fault, done, send } = useSending();
  const isWrong = fault?.errors['name'] !== undefined;
  const isDirty = draft.name.trim() !== kept.name || draft.language !== kept.language;

  async function submit(): Promise<void> {
    const next = { ...draft, name: draft.name.trim() };
    if (!(await send(() => api.patch('/api/auth/profile', next), t('profile.saved')))) return;
    setKept(next);
    setDraft(next);
  }

  return (
    <Part title={t('profile.person')} fault={isWrong ? null : fault} done={done} onSubmit={submit}>
      <TextField
        id="profile-name"
        label={t('profile.name')}
        autoComplete="name"
        maxLength={200}
        value={draft.name}
        problem={isWrong ? t('profile.name_problem') : null}
        onChange={(name) => setDraft((before) => ({ ...before, name }))}
      />
      <div className="field">
        <label htmlFor="profile-language">{t('profile.language')}</label>
        <select
          id="profile-language"
          value={draft.language}
          onChange={({ currentTarget: { value } }) =>
            setDraft((before) => ({ ...before, language: asLanguage(value) }))
          }
        >
          {LANGUAGES.map((code) => (
            <option key={code} value={code}>
              {t(`language.${code}`)}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="button" disabled={isBusy || !isDirty || draft.name.trim() === ''}>
        {t('profile.save')}
      </button>
    </Part>
  );
}

function Email({ api }: { api: ApiClient }) {
  const { t } = useWords();
  const { me } = usePortal();
  const [email, setEmail] = useState('');
  const { isBusy, fault, done, send } = useSending();
  const isWrong = fault?.status === 422;

  async function submit(): Promise<void> {
    const next = email.trim();
    if (await send(() => api.post('/api/auth/email/change', { email: next }), t('profile.email_sent', { email: next })))
      setEmail('');
  }

  return (
    <Part title={t('profile.email')} fault={isWrong ? null : fault} done={done} onSubmit={submit}>
      <p>{t('profile.email_now', { email: me.user.email })}</p>
      <TextField
        id="profile-email"
        label={t('profile.email_new')}
        type="email"
        autoComplete="email"
        maxLength={254}
        value={email}
        problem={isWrong ? t('profile.email_problem') : null}
        onChange={setEmail}
      />
      <button type="submit" className="button button-plain" disabled={isBusy || email.trim() === ''}>
        {t('profile.email_submit')}
      </button>
    </Part>
  );
}

function Password({ api }: { api: ApiClient }) {
  const { t } = useWords();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { isBusy, fault, done, send } = useSending();
  const isWrong = fault?.code === 'INVALID_CREDENTIALS';
  const isRefused = fault?.status === 422;

  async function submit(): Promise<void> {
    const asked = { current_password: current, password: next };
    if (!(await send(() => api.post('/api/auth/password/change', asked), t('profile.password_changed')))) return;
    setCurrent('');
    setNext('');
  }

  return (
    <Part title={t('profile.password')} fault={isWrong || isRefused ? null : fault} done={done} onSubmit={submit}>
      <TextField
        id="profile-current"
        label={t('profile.password_current')}
        type="password"
        autoComplete="current-password"
        maxLength={256}
        value={current}
        problem={isWrong ? t('profile.password_wrong') : null}
        onChange={setCurrent}
      />
      <TextField
        id="profile-next"
        label={t('profile.password_new')}
        type="password"
        autoComplete="new-password"
        maxLength={256}
        value={next}
        hint={t('profile.password_hint')}
        problem={isRefused ? t('profile.password_problem') : null}
        onChange={setNext}
      />
      <button type="submit" className="button button-plain" disabled={isBusy || current === '' || next === ''}>
        {t('profile.password_submit')}
      </button>
    </Part>
  );
}

const SESSIONS = '/api/auth/sessions';

function Sessions({ api }: { api: ApiClient }) {
  const { t, language } = useWords();
  const { me } = usePortal();
  const loaded = useAnswer<{ data: OwnSessionView[] }>(SESSIONS, (signal) => api.get(SESSIONS, {}, signal), {
    language,
  });
  const { isBusy, fault, done, send } = useSending();

  async function end(id: string): Promise<void> {
    await send(() => api.delete(`${SESSIONS}/${encodeURIComponent(id)}`), t('profile.session_ended'));
    await loaded.reload();
  }

  const shown = fault ?? loaded.fault;
  return (
    <section className="card">
      <h2>{t('profile.sessions')}</h2>
      <p className="small">{t('profile.sessions_hint')}</p>
      {shown && <FaultBox fault={shown} onRetry={loaded.reload} />}
      <ul className="profile-sessions">
        {loaded.body?.data.map((session) => (
          <li key={session.id}>
            <span>
              {deviceName(session.user_agent) ?? t('profile.session_unknown')}
              <span className="small">
                {t('profile.session_since', { when: dayAndTime(session.created_at, me.tenant.time_zone, language) })}
              </span>
            </span>
            {session.current ? (
              <span className="small">{t('profile.session_here')}</span>
            ) : (
              <button
                type="button"
                className="button button-plain"
                disabled={isBusy}
                onClick={() => void end(session.id)}
              >
                {t('profile.session_end')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <p role="status" className="profile-done">
        {done}
      </p>
    </section>
  );
}

/** Asks for the password once more; the browser's own dialog holds focus and closes by Escape. */
function Confirm({ api, onEnd }: { api: ApiClient; onEnd: (isConfirmed: boolean) => void }) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [password, setPassword] = useState('');
  const { isBusy, fault, send } = useSending();
  const isWrong = fault?.code === 'INVALID_CREDENTIALS';
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="card profile-confirm" aria-labelledby="confirm-title" onClose={() => onEnd(false)}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send(() => api.post('/api/auth/confirm-password', { password }), '').then((ok) => {
            if (ok) onEnd(true);
          });
        }}
      >
        <h2 id="confirm-title">{t('confirm.title')}</h2>
        <p>{t('confirm.hint')}</p>
        {fault && !isWrong && <FaultBox fault={fault} />}
        <TextField
          id="confirm-password"
          label={t('confirm.password')}
          type="password"
          autoComplete="current-password"
          maxLength={256}
          value={password}
          problem={isWrong ? t('confirm.wrong') : null}
          onChange={setPassword}
        />
        <div className="profile-buttons">
          <button type="button" className="button button-plain" onClick={() => onEnd(false)}>
            {t('action.back')}
          </button>
          <button type="submit" className="button" disabled={isBusy || password === ''}>
            {t('confirm.submit')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
