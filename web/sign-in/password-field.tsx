/** A password that can be shown while it is typed. Used by the sign-in, the pages behind links of mails and the one that makes the first operator. */
import { useState } from 'react';
import { LEAKED } from '../../shared/password-length.ts';
import type { Translate } from '../ui/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { describedBy, Field, type FieldProps } from './page-parts.tsx';

interface PasswordFieldProps extends Omit<FieldProps, 'id'> {
  autoComplete: 'current-password' | 'new-password';
  maxLength?: number;
  value: string;
  onChange: (value: string) => void;
  t: Translate<{ 'sign_in.show_password': string; 'sign_in.hide_password': string }>;
}

/** Has the id `password`. */
export function PasswordField({ onChange, t, label, problem, hint, ...rest }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  const field = { id: 'password', problem, ...(hint !== undefined && { hint }) };
  return (
    <Field {...field} label={label}>
      <div className="with-button">
        <input
          {...describedBy(field)}
          {...rest}
          type={isShown ? 'text' : 'password'}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        <button
          type="button"
          className="icon-button"
          aria-label={isShown ? t('sign_in.hide_password') : t('sign_in.show_password')}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          <Icon name={isShown ? 'eye-off' : 'eye'} />
        </button>
      </div>
    </Field>
  );
}

/** Which sentence says why the server refused a new password. */
export const refusedText = (problems: readonly string[]): 'password.leaked' | 'password.guessable' =>
  problems.includes(LEAKED) ? 'password.leaked' : 'password.guessable';
