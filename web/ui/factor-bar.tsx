/** Says on every page of both apps that a second factor will be demanded, from when on, and leads to where it is set up. Drawn at the top of both shells. */
import { dayAndTime } from './format.ts';
import { Icon } from './icon.tsx';
import type { SignedInMe } from './use-session.ts';
import './offline-bar.css';

interface FactorBarProps {
  t: ((key: 'factor_bar.go') => string) &
    ((key: 'factor_bar.text' | 'factor_bar.text_known', values: { due: string }) => string);
  me: SignedInMe;
  language: string;
  /** where the profile is in this app */
  profile: string;
}

export function FactorBar({ t, me, language, profile }: FactorBarProps) {
  const owed = me.second_factor;
  if (owed === undefined) return null;
  const due = dayAndTime(owed.due, me.tenant.time_zone, language);
  return (
    <div role="status" className="offline-bar">
      <Icon name="warning" size={16} />
      <span>{t(owed.known ? 'factor_bar.text_known' : 'factor_bar.text', { due })}</span>
      {!owed.known && <a href={profile}>{t('factor_bar.go')}</a>}
    </div>
  );
}
