/** Name and language, address, password and sessions of whoever is signed in. Drawn by profile.tsx. */
import { useState } from 'react';
import type { OwnSessionView } from '../../../shared/contract/identity.ts';
import { asLanguage, LANGUAGES } from '../../../shared/i18n/language.ts';
import { LEAKED } from '../../../shared/password-length.ts';
import { deviceName } from '../device-name.ts';
import { dayAndTime } from '../format.ts';
import { PasswordMeter } from '../password-meter.tsx';
import { useAnswer } from '../use-answer.ts';
import { Done, Part } from './part.tsx';
import { useProfile, useSending } from './profile-context.ts';

export function Person() {
  const { kit, api, me, t } = useProfile();
  const [kept, setKept] = useState({ name: me.user.name, language: asLanguage(me.user.language) });
  const [draft, setDraft] = useState(kept);
  const { isBusy, fault, done, send } = useSending();
  const isWrong = fault?.errors['name'] !== undefined;
  const isDirty = draft.name.trim() !== kept.name || draft.language !== kept.language;

  async function submit(): Promise<void> {
    const next = { ...draft, name: draft.name.trim() };
    if ((await send(() => api.patch('/api/auth/profile', next), t('profile.saved'))) === null) return;
    setKept(next);
    setDraft(next);
  }

  return (
    <Part title={t('profile.person')} fault={isWrong ? null : fault} done={done} onSubmit={submit}>
      <kit.Field
        id="profile-name"
        label={t('profile.name')}
        autoComplete="name"
        maxLength={200}
        value={draft.name}
        problem={isWrong ? t('profile.name_problem') : null}
        onChange={(name) => setDraft((before) => ({ ...before, name }))}
      />
      <kit.Choice
        id="profile-language"
        label={t('profile.language')}
        value={draft.language}
        options={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(value) => setDraft((before) => ({ ...before, language: asLanguage(value) }))}
      />
      <kit.Button look="main" isSubmit isBusy={isBusy} disabled={!isDirty || draft.name.trim() === ''}>
        {t('profile.save')}
      </kit.Button>
    </Part>
  );
}

export function Email() {
  const { kit, api, me, t } = useProfile();
  const [email, setEmail] = useState('');
  const { isBusy, fault, done, send } = useSending();
  const isWrong = fault?.status === 422;

  async function submit(): Promise<void> {
    const next = email.trim();
    const sent = await send(
      () => api.post('/api/auth/email/change', { email: next }),
      t('profile.email_sent', { email: next }),
    );
    if (sent !== null) setEmail('');
  }

  return (
    <Part title={t('profile.email')} fault={isWrong ? null : fault} done={done} onSubmit={submit}>
      <p>{t('profile.email_now', { email: me.user.email })}</p>
      <kit.Field
        id="profile-email"
        label={t('profile.email_new')}
        type="email"
        autoComplete="email"
        maxLength={254}
        value={email}
        problem={isWrong ? t('profile.email_problem') : null}
        onChange={setEmail}
      />
      <kit.Button look="plain" isSubmit isBusy={isBusy} disabled={email.trim() === ''}>
        {t('profile.email_submit')}
      </kit.Button>
    </Part>
  );
}

export function Password() {
  const { kit, api, me, t } = useProfile();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { isBusy, fault, done, send } = useSending();
  const isWrong = fault?.code === 'INVALID_CREDENTIALS';
  const isRefused = fault?.status === 422;

  async function submit(): Promise<void> {
    const asked = { current_password: current, password: next };
    const sent = await send(() => api.post('/api/auth/password/change', asked), t('profile.password_changed'));
    if (sent === null) return;
    setCurrent('');
    setNext('');
  }

  return (
    <Part title={t('profile.password')} fault={isWrong || isRefused ? null : fault} done={done} onSubmit={submit}>
      {/* Read by password managers, shown to nobody. */}
      <input type="hidden" autoComplete="username" value={me.user.email} readOnly />
      <kit.Field
        id="profile-current"
        label={t('profile.password_current')}
        type="password"
        autoComplete="current-password"
        maxLength={256}
        value={current}
        problem={isWrong ? t('profile.password_wrong') : null}
        onChange={setCurrent}
      />
      <kit.Field
        id="profile-next"
        label={t('profile.password_new')}
        type="password"
        autoComplete="new-password"
        maxLength={256}
        value={next}
        hint={t('profile.password_hint')}
        problem={
          isRefused
            ? t(fault.errors['password']?.includes(LEAKED) ? 'password.leaked' : 'profile.password_problem')
            : null
        }
        onChange={setNext}
      />
      <PasswordMeter password={next} own={[me.user.email, me.user.name]} t={t} />
      <kit.Button look="plain" isSubmit isBusy={isBusy} disabled={current === '' || next === ''}>
        {t('profile.password_submit')}
      </kit.Button>
    </Part>
  );
}

const SESSIONS = '/api/auth/sessions';

export function Sessions() {
  const { kit, api, me, language, t } = useProfile();
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
    <kit.Card title={t('profile.sessions')}>
      <p className="profile-small">{t('profile.sessions_hint')}</p>
      {shown && <kit.Fault fault={shown} onRetry={loaded.reload} />}
      <ul className="profile-rows">
        {loaded.body?.data.map((session) => (
          <li key={session.id}>
            <span>
              {deviceName(session.user_agent) ?? t('profile.session_unknown')}
              <span className="profile-small">
                {t('profile.session_since', { when: dayAndTime(session.created_at, me.tenant.time_zone, language) })}
              </span>
            </span>
            {session.current ? (
              <span className="profile-small">{t('profile.session_here')}</span>
            ) : (
              <kit.Button look="plain" disabled={isBusy} onClick={() => void end(session.id)}>
                {t('profile.session_end')}
              </kit.Button>
            )}
          </li>
        ))}
      </ul>
      <Done text={done} />
    </kit.Card>
  );
}
