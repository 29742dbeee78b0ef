/** What the sign-in form does: checks both fields, signs in, says what went wrong. Called by the sign-in. */
import type { SignInRequest } from '../../shared/contract/identity.ts';
import { type FormEvent, useEffect, useState } from 'react';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';
import { requestNumber } from '../ui/fault-text.ts';
import { productName } from '../ui/product-name.ts';
import type { AppTexts } from '../ui/use-app-texts.ts';
import type { LoginCatalogue } from './catalogues.ts';

interface SignIn {
  api: ApiClient;
  onSignedIn: () => void;
}

/** Fields with the ids `email` and `password` are focused when they lack something. */
export function useSignIn(
  { api, onSignedIn }: SignIn,
  { catalogue, title }: Pick<AppTexts<LoginCatalogue>, 'catalogue'> & { title: string },
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
    // The button stays busy until the next page stands.
    if (answer.ok) return onSignedIn();
    setFault(answer.fault);
    setBusy(false);
  }

  /** Only for failures that are ours: a wrong password needs no number. */
  const number = fault && fault.status >= 500 ? requestNumber(catalogue, fault) : null;
  return { email, setEmail, password, setPassword, missing, fault, number, isBusy, submit };
}
