/** The passkeys of the profile: made, named, deleted; each says on which host it is good. Drawn by profile.tsx. */
import { useState } from 'react';
import type { PasskeyView } from '../../../shared/contract/ways-in.ts';
import { MAX_PASSKEY_NAME } from '../../../shared/ways-in.ts';
import { deviceName } from '../device-name.ts';
import { dayAndTime } from '../format.ts';
import { useAnswer } from '../use-answer.ts';
import { knowsPasskeys, makePasskey } from '../webauthn.ts';
import { Part } from './part.tsx';
import { useProfile, useSending } from './profile-context.ts';

const PATH = '/api/auth/passkeys';

/** @param onSet one was made */
export function Passkeys({ onSet }: { onSet?: () => void }) {
  const { kit, api, language, t } = useProfile();
  const loaded = useAnswer<{ data: PasskeyView[] }>(PATH, (signal) => api.get(PATH, {}, signal), { language });
  const [name, setName] = useState(() => deviceName(navigator.userAgent) ?? '');
  const [isRefused, setRefused] = useState(false);
  const { isBusy, fault, done, send } = useSending();

  async function create(): Promise<void> {
    setRefused(false);
    const asked = await send(() => api.post<{ data: { options: unknown } }>(`${PATH}/options`, {}));
    if (asked === null) return;
    const credential = await makePasskey(asked.data.options);
    if (credential === null) return setRefused(true);
    const given = name.trim();
    const made = await send(() => api.post(PATH, { name: given, credential }), t('passkey.created', { name: given }));
    if (made !== null) onSet?.();
    await loaded.reload();
  }
  async function remove(one: PasskeyView): Promise<void> {
    await send(() => api.delete(`${PATH}/${encodeURIComponent(one.id)}`), t('passkey.deleted', { name: one.name }));
    await loaded.reload();
  }

  return (
    <Part title={t('passkey.title')} fault={fault ?? loaded.fault} done={done} onSubmit={create}>
      <p>{t('passkey.hint', { host: location.hostname })}</p>
      <ul className="profile-rows">
        {loaded.body?.data.map((one) => (
          <Row key={one.id} one={one} isBusy={isBusy} onDelete={() => void remove(one)} onNamed={loaded.reload} />
        ))}
      </ul>
      {knowsPasskeys() ? (
        <>
          <kit.Field
            id="passkey-name"
            label={t('passkey.name')}
            autoComplete="off"
            maxLength={MAX_PASSKEY_NAME}
            value={name}
            hint={t('passkey.name_hint')}
            problem={isRefused ? t('passkey.refused') : null}
            onChange={setName}
          />
          <kit.Button look="plain" isSubmit isBusy={isBusy} disabled={name.trim() === ''}>
            {t('passkey.create')}
          </kit.Button>
        </>
      ) : (
        <p className="profile-small">{t('passkey.unsupported')}</p>
      )}
    </Part>
  );
}

interface RowProps {
  one: PasskeyView;
  isBusy: boolean;
  onDelete: () => void;
  onNamed: () => Promise<void>;
}

function Row({ one, isBusy, onDelete, onNamed }: RowProps) {
  const { kit, api, me, language, t } = useProfile();
  const [draft, setDraft] = useState<string | null>(null);
  const { isBusy: isNaming, fault, send } = useSending();
  const when = one.last_used_at;

  async function rename(): Promise<void> {
    const path = `${PATH}/${encodeURIComponent(one.id)}`;
    if ((await send(() => api.patch(path, { name: (draft ?? '').trim() }))) === null) return;
    setDraft(null);
    await onNamed();
  }

  if (draft !== null)
    return (
      <li className="profile-naming">
        {fault && <kit.Fault fault={fault} />}
        <kit.Field
          id={`name-${one.id}`}
          label={t('passkey.new_name')}
          autoComplete="off"
          maxLength={MAX_PASSKEY_NAME}
          value={draft}
          problem={null}
          onChange={setDraft}
        />
        <div className="profile-buttons">
          <kit.Button look="plain" isBusy={isNaming} disabled={draft.trim() === ''} onClick={() => void rename()}>
            {t('profile.save')}
          </kit.Button>
          <kit.Button look="plain" onClick={() => setDraft(null)}>
            {t('factor.cancel')}
          </kit.Button>
        </div>
      </li>
    );
  return (
    <li>
      <span>
        {one.name}
        <span className="profile-small">
          {[
            t(one.here ? 'passkey.on_host' : 'passkey.elsewhere', { host: one.host }),
            when === null
              ? t('passkey.unused')
              : t('passkey.used', { when: dayAndTime(when, me.tenant.time_zone, language) }),
            ...(one.synced ? [t('passkey.synced')] : []),
          ].join(' · ')}
        </span>
      </span>
      <span className="profile-buttons">
        <kit.Button look="plain" label={t('passkey.rename_of', { name: one.name })} onClick={() => setDraft(one.name)}>
          {t('passkey.rename')}
        </kit.Button>
        <kit.Button
          look="plain"
          disabled={isBusy}
          label={t('passkey.delete_of', { name: one.name })}
          onClick={onDelete}
        >
          {t('passkey.delete')}
        </kit.Button>
      </span>
    </li>
  );
}
