/** What the sign-in form does: checks both fields, signs in, says what went wrong. Called by the sign-in. */
import type { LetInResponse, SignInRequest } from '../../shared/contract/identity.ts';
import { type FormEvent, useState } from 'react';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';

type SecondStep = typeof import('./second-step.tsx').SecondStep;

interface SignIn {
  api: ApiClient;
  onSignedIn: () => void;
}

/** Fields with the ids `email` and `password` are focused when they lack something. */
export function useSignIn({ api, onSignedIn }: SignIn) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState({ email: false, password: false });
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [passkey, setPasskey] = useState<'busy' | 'failed' | null>(null);
  const [Step, setStep] = useState<SecondStep | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const lacks = { email: !/^\S+@\S+$/.test(email.trim()), password: password === '' };
    setMissing(lacks);
    setFault(null);
    if (lacks.email || lacks.password) {
      document.getElementById(lacks.email ? 'email' : 'password')?.focus();
      return;
    }
    setBusy(true);
    const asked = { email: email.trim(), password } satisfies SignInRequest;
    const answer = await api.post<LetInResponse>('/api/auth/sign-in/email', asked);
    // The button stays busy until the next page, or the second step, stands.
    if (!answer.ok) {
      setFault(answer.fault);
      setBusy(false);
    } else if ('challenge' in answer.body.data) {
      const loaded = await import('./second-step.tsx');
      setStep(() => loaded.SecondStep);
    } else onSignedIn();
  }
  /** By the device's own question, without anything typed. */
  async function byPasskey(): Promise<void> {
    setFault(null);
    setPasskey('busy');
    const { signInByPasskey } = await import('./passkey-sign-in.ts');
    if (await signInByPasskey(api)) onSignedIn();
    else setPasskey('failed');
  }
  /** From the start again: what was typed is not asked twice, but for the password. */
  const begin = (): void => {
    setStep(null);
    setPassword('');
    setBusy(false);
  };

  return {
    email,
    setEmail,
    password,
    setPassword,
    missing,
    fault,
    isBusy,
    submit,
    Step,
    begin,
    passkey,
    byPasskey,
  };
}
