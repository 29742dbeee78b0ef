/** The own profile, part by part, the same in panel and portal: each brings its controls. Rendered by their profile pages. */
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { asMarked } from '../pseudo.ts';
import { createTranslate } from '../i18n.ts';
import { Email, Password, Person, Sessions } from './own-parts.tsx';
import { Passkeys } from './passkeys.tsx';
import { type ProfileContext, ProfileContextProvider } from './profile-context.ts';
import { loadProfileWords, type ProfileCatalogue } from './profile-words.ts';
import { SecondFactor } from './second-factor.tsx';
import './profile.css';

/** The person, the app's controls and the words for parts of a profile. Nothing is drawn before the words are there. */
export function ProfileParts({
  kit,
  api,
  me,
  language,
  children,
}: Omit<ProfileContext, 't'> & { children: ReactNode }) {
  const [catalogue, setCatalogue] = useState<ProfileCatalogue | null>(null);
  useEffect(() => {
    let isWanted = true;
    void loadProfileWords(language).then((words) => {
      if (isWanted) setCatalogue(asMarked(words));
    });
    return () => {
      isWanted = false;
    };
  }, [language]);
  const context = useMemo<ProfileContext | null>(
    () => (catalogue === null ? null : { kit, api, me, language, t: createTranslate(catalogue) }),
    [catalogue, kit, api, me, language],
  );
  if (context === null) return null;
  return (
    <ProfileContextProvider.Provider value={context}>
      <div className="profile">{children}</div>
    </ProfileContextProvider.Provider>
  );
}

export const Profile = (person: Omit<ProfileContext, 't'>) => (
  <ProfileParts {...person}>
    <Person />
    <Email />
    <Password />
    <SecondFactor />
    <Passkeys />
    <Sessions />
  </ProfileParts>
);
