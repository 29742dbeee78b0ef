/** What stands in place of every page while somebody owes a second factor: setting one up, or signing in with it. Drawn by both apps. */
import { useState } from 'react';
import { Passkeys } from './passkeys.tsx';
import { useProfile } from './profile-context.ts';
import { SecondFactor } from './second-factor.tsx';

/** @param onSignOut leads to the sign-in */
export function OwedFactor({ onSignOut }: { onSignOut: () => Promise<void> }) {
  const { kit, me, t } = useProfile();
  const [isDone, setDone] = useState(false);
  const isKnown = me.second_factor?.known === true && !isDone;
  const leave = (
    <kit.Button look={isKnown ? 'main' : 'plain'} onClick={() => void onSignOut()}>
      {t('owed.sign_out')}
    </kit.Button>
  );
  if (isKnown)
    return (
      <>
        <h1>{t('owed.known_title')}</h1>
        <p>{t('owed.known_hint')}</p>
        {leave}
      </>
    );
  return (
    <>
      <h1>{t('owed.title')}</h1>
      <p>{t('owed.hint')}</p>
      <SecondFactor onSet={() => setDone(true)} />
      <Passkeys onSet={() => setDone(true)} />
      <div className="profile-buttons">
        {isDone && (
          <kit.Button look="main" onClick={() => location.reload()}>
            {t('owed.go_on')}
          </kit.Button>
        )}
        {leave}
      </div>
    </>
  );
}
