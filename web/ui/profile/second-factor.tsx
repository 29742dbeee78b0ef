/** The second factor of the profile: set up by QR code or key, its recovery codes, switched off. Drawn by profile.tsx. */
import { lazy, Suspense, useState } from 'react';
import type { FactorSecretView, RecoveryCodesView, SecondFactorView } from '../../../shared/contract/ways-in.ts';
import { FACTOR_DIGITS } from '../../../shared/ways-in.ts';
import { dayAndTime } from '../format.ts';
import { useAnswer } from '../use-answer.ts';
import { Done, Part } from './part.tsx';
import { useProfile, useSending } from './profile-context.ts';

const PATH = '/api/auth/second-factor';
// The library that draws the code is for the few minutes of setting up.
const QrCode = lazy(() => import('./qr-code.tsx'));

/** @param onSet it is on, and its recovery codes are kept */
export function SecondFactor({ onSet }: { onSet?: () => void }) {
  const { kit, api, language, t } = useProfile();
  const loaded = useAnswer<{ data: SecondFactorView }>(PATH, (signal) => api.get(PATH, {}, signal), { language });
  const [codes, setCodes] = useState<string[] | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const show = (next: string[], text: string | null): void => {
    setCodes(next);
    setSaid(text);
    void loaded.reload();
  };
  const off = (): void => {
    setSaid(t('factor.is_off'));
    void loaded.reload();
  };
  const kept = (): void => {
    setCodes(null);
    onSet?.();
  };
  if (codes !== null) return <Codes codes={codes} said={said} onKept={kept} />;
  const factor = loaded.body?.data;
  if (factor?.on) return <On factor={factor} onCodes={(next) => show(next, null)} onOff={off} />;
  return (
    <kit.Card title={t('factor.title')}>
      {loaded.fault && <kit.Fault fault={loaded.fault} onRetry={loaded.reload} />}
      {factor && <Off onOn={(next) => show(next, t('factor.is_on'))} />}
      <Done text={said} />
    </kit.Card>
  );
}

function Off({ onOn }: { onOn: (codes: string[]) => void }) {
  const { kit, api, me, t } = useProfile();
  const [begun, setBegun] = useState<FactorSecretView | null>(null);
  const [code, setCode] = useState('');
  const { isBusy, fault, send } = useSending();
  const isWrong = fault?.errors['code'] !== undefined;

  async function begin(): Promise<void> {
    const answer = await send(() => api.post<{ data: FactorSecretView }>(PATH, {}));
    if (answer !== null) setBegun(answer.data);
  }
  async function confirm(): Promise<void> {
    const answer = await send(() => api.post<{ data: RecoveryCodesView }>(`${PATH}/confirm`, { code: code.trim() }));
    if (answer !== null) onOn(answer.data.recovery_codes);
  }

  if (begun === null)
    return (
      <>
        {me.role === 'super_admin' && <kit.Notice>{t('factor.advised')}</kit.Notice>}
        <p>{t('factor.hint')}</p>
        {fault && <kit.Fault fault={fault} />}
        <kit.Button look="plain" isBusy={isBusy} onClick={() => void begin()}>
          {t('factor.begin')}
        </kit.Button>
      </>
    );
  return (
    <form
      className="profile-part"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
    >
      <p>{t('factor.scan')}</p>
      <div className="profile-qr">
        <Suspense fallback={null}>
          <QrCode text={begun.uri} label={t('factor.qr')} />
        </Suspense>
      </div>
      <p>
        {t('factor.key')}
        <code className="profile-key">{begun.secret.match(/.{1,4}/g)?.join(' ')}</code>
        <a href={begun.uri}>{t('factor.open')}</a>
      </p>
      {fault && !isWrong && <kit.Fault fault={fault} />}
      <kit.Field
        id="factor-code"
        label={t('factor.code')}
        isDigits
        autoComplete="one-time-code"
        maxLength={7}
        value={code}
        hint={t('factor.code_hint')}
        problem={isWrong ? t('factor.code_wrong') : null}
        onChange={setCode}
      />
      <div className="profile-buttons">
        <kit.Button look="main" isSubmit isBusy={isBusy} disabled={code.replace(/\D/g, '').length !== FACTOR_DIGITS}>
          {t('factor.confirm')}
        </kit.Button>
        <kit.Button look="plain" onClick={() => setBegun(null)}>
          {t('factor.cancel')}
        </kit.Button>
      </div>
    </form>
  );
}

/** Shown this once; nothing leaves this part before somebody says that they are kept. */
function Codes({ codes, said, onKept }: { codes: string[]; said: string | null; onKept: () => void }) {
  const { kit, t } = useProfile();
  const [copied, setCopied] = useState<string | null>(null);
  return (
    <kit.Card title={t('factor.codes_title')}>
      <Done text={said} />
      <p>{t('factor.codes_hint')}</p>
      <ol className="profile-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="profile-buttons">
        <kit.Button look="main" onClick={onKept}>
          {t('factor.kept')}
        </kit.Button>
        <kit.Button
          look="plain"
          onClick={() => void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(t('factor.copied')))}
        >
          {t('factor.copy')}
        </kit.Button>
      </div>
      <Done text={copied} />
    </kit.Card>
  );
}

interface OnProps {
  factor: SecondFactorView;
  onCodes: (codes: string[]) => void;
  onOff: () => void;
}

function On({ factor, onCodes, onOff }: OnProps) {
  const { kit, api, me, language, t } = useProfile();
  const [isEnding, setEnding] = useState(false);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { isBusy, fault, send } = useSending();
  const isWrongPassword = fault?.code === 'INVALID_CREDENTIALS';
  const isWrongCode = fault?.errors['code'] !== undefined;

  async function renew(): Promise<void> {
    const answer = await send(() => api.post<{ data: RecoveryCodesView }>(`${PATH}/recovery-codes`, {}));
    if (answer !== null) onCodes(answer.data.recovery_codes);
  }
  async function end(): Promise<void> {
    if ((await send(() => api.post(`${PATH}/off`, { password, code: code.trim() }))) !== null) onOff();
  }

  return (
    <Part title={t('factor.title')} fault={isWrongPassword || isWrongCode ? null : fault} done={null} onSubmit={end}>
      <p>
        {factor.since !== null &&
          t('factor.on_since', { when: dayAndTime(factor.since, me.tenant.time_zone, language) })}{' '}
        {t('factor.codes_left', { count: factor.recovery_codes })}
      </p>
      {factor.fixed && <p>{t('factor.fixed')}</p>}
      {isEnding ? (
        <>
          <p>{t('factor.off_hint')}</p>
          <kit.Field
            id="factor-password"
            label={t('factor.off_password')}
            type="password"
            autoComplete="current-password"
            maxLength={256}
            value={password}
            problem={isWrongPassword ? t('factor.password_wrong') : null}
            onChange={setPassword}
          />
          <kit.Field
            id="factor-off-code"
            label={t('factor.off_code')}
            autoComplete="one-time-code"
            maxLength={40}
            value={code}
            problem={isWrongCode ? t('factor.code_wrong') : null}
            onChange={setCode}
          />
          <div className="profile-buttons">
            <kit.Button look="main" isSubmit isBusy={isBusy} disabled={password === '' || code.trim() === ''}>
              {t('factor.off')}
            </kit.Button>
            <kit.Button look="plain" onClick={() => setEnding(false)}>
              {t('factor.cancel')}
            </kit.Button>
          </div>
        </>
      ) : (
        <div className="profile-buttons">
          <kit.Button look="plain" isBusy={isBusy} onClick={() => void renew()}>
            {t('factor.renew')}
          </kit.Button>
          {!factor.fixed && (
            <kit.Button look="plain" onClick={() => setEnding(true)}>
              {t('factor.off')}
            </kit.Button>
          )}
        </div>
      )}
    </Part>
  );
}
