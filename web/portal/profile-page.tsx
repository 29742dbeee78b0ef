/** /portal/settings/profile: the shared parts of a profile with the portal's controls. A chunk of its own. */
import { Profile } from '../ui/profile/profile.tsx';
import { usePortal, useWords } from './portal-context.tsx';
import { KIT } from './profile-kit.tsx';
import { ConfirmPassword } from './confirm-password.tsx';
import { useConfirmation } from '../ui/use-confirmation.tsx';

export default function ProfilePage() {
  const { t, language } = useWords();
  const { api: plain, me } = usePortal();
  const { api, dialog } = useConfirmation(plain, ConfirmPassword);
  return (
    <>
      <h1>{t('profile.title')}</h1>
      <Profile kit={KIT} api={api} me={me} language={language} />
      {dialog}
    </>
  );
}
