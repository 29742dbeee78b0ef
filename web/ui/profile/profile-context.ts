/** What the parts of a profile are drawn with: panel and portal each bring their own controls, client and person. Provided by profile.tsx. */
import { type ComponentType, createContext, type ReactNode, useContext, useState } from 'react';
import type { Language } from '../../../shared/i18n/language.ts';
import type { ApiAnswer, ApiClient, ApiFault } from '../api-client.ts';
import type { Translate } from '../i18n.ts';
import type { SignedInMe } from '../use-session.ts';
import type { ProfileCatalogue } from './profile-words.ts';

export interface FieldProps {
  id: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  /** digits only: phones show them alone */
  isDigits?: boolean;
  autoComplete: string;
  maxLength: number;
  value: string;
  hint?: string;
  problem: string | null;
  onChange: (value: string) => void;
}

export interface ButtonProps {
  /** `main`: the one action of its part */
  look: 'main' | 'plain';
  children: ReactNode;
  isSubmit?: boolean;
  isBusy?: boolean;
  disabled?: boolean;
  /** where its words alone don't say whose it is */
  label?: string;
  onClick?: () => void;
}

/** The controls of the app that shows the profile. */
export interface ProfileKit {
  Card: ComponentType<{ title: string; children: ReactNode }>;
  Field: ComponentType<FieldProps>;
  Choice: ComponentType<{
    id: string;
    label: string;
    value: string;
    options: readonly { value: string; label: string }[];
    onChange: (value: string) => void;
  }>;
  Button: ComponentType<ButtonProps>;
  Fault: ComponentType<{ fault: ApiFault; onRetry?: () => void | Promise<void> }>;
  Notice: ComponentType<{ children: ReactNode }>;
}

export interface ProfileContext {
  kit: ProfileKit;
  /** asks for the password where the server does */
  api: ApiClient;
  me: SignedInMe;
  language: Language;
  t: Translate<ProfileCatalogue>;
}

export const ProfileContextProvider = createContext<ProfileContext | null>(null);

export function useProfile(): ProfileContext {
  const profile = useContext(ProfileContextProvider);
  if (!profile) throw new Error('useProfile outside the profile');
  return profile;
}

/** Sends a part of the page: busy meanwhile, why it failed, what is said when it was done. */
export function useSending() {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [done, setDone] = useState<string | null>(null);
  async function send<T>(request: () => Promise<ApiAnswer<T>>, said: string | null = null): Promise<T | null> {
    setBusy(true);
    setFault(null);
    setDone(null);
    const answer = await request();
    setBusy(false);
    if (!answer.ok) {
      setFault(answer.fault);
      return null;
    }
    setDone(said);
    return answer.body;
  }
  return { isBusy, fault, done, send };
}
