/** In place of every page of the portal while somebody owes a second factor. Loaded by app.tsx when it is needed. */
import type { ApiClient } from '../ui/api-client.ts';
import { OwedFactor } from '../ui/profile/owed-factor.tsx';
import { ProfileParts } from '../ui/profile/profile.tsx';
import type { SignedInMe } from '../ui/use-session.ts';
import { useWords } from './portal-context.tsx';
import { KIT } from './profile-kit.tsx';
import { ConfirmPassword } from './confirm-password.tsx';
import { useConfirmation } from '../ui/use-confirmation.tsx';

interface OwedPageProps {
  api: ApiClient;
  me: SignedInMe;
  onSignOut: () => Promise<void>;
}

export default function OwedPage({ api: plain, me, onSignOut }: OwedPageProps) {
  const { language } = useWords();
  const { api, dialog } = useConfirmation(plain, ConfirmPassword);
  return (
    <main className="owed" id="content">
      <ProfileParts kit={KIT} api={api} me={me} language={language}>
        <OwedFactor onSignOut={onSignOut} />
      </ProfileParts>
      {dialog}
    </main>
  );
}
