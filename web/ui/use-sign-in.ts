/** What a sign-in form does: checks both fields, signs in, says what went wrong. The web apps draw it. Called by both sign-in pages. */
import type { SignInRequest } from '../../shared/contract/identity.ts';
import { type FormEvent, useEffect, useState } from 'react';
import type { ApiClient, ApiFault } from './api-client.ts';
import { type FaultWords, requestNumber } from './fault-text.ts';
import { productName } from './product-name.ts';

export interface SignInProps {
  api: ApiClient;
  /** there was a session, and it expired */
  expired: boolean;
  onSignedIn: () => Promise<void>;
}

/** Fields with the ids `email` and `password` are focused when they lack something. */
export function useSignIn(
  { api, onSignedIn }: Pick<SignInProps, 'api' | 'onSignedIn'>,
  { catalogue, title }: { catalogue: FaultWords; title: string },
) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState({ email: false, password: false });
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${title} · ${productName()}`;
  }, [title]);

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
    const answer = await api.post('/api/auth/sign-in/email', { email: email.trim(), password } satisfies SignInRequest);
    if (answer.ok) await onSignedIn();
    else setFault(answer.fault);
    setBusy(false);
  }

  /** Only for failures that are ours: a wrong password needs no number. */
  const number = fault && fault.status >= 500 ? requestNumber(catalogue, fault) : null;
  return { email, setEmail, password, setPassword, missing, fault, number, isBusy, submit };
}
