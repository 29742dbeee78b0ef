/** A password that can be shown while it is typed. Used by the sign-in and the pages behind links of mails. */
import { useState } from 'react';
import { Icon } from '../ui/icon.tsx';

export interface PasswordInputProps {
  id: string;
  autoComplete: 'current-password' | 'new-password';
  value: string;
  isMissing: boolean;
  described: string | undefined;
  onChange: (value: string) => void;
  words: { show: string; hide: string };
}

export function PasswordInput({ id, autoComplete, value, isMissing, described, onChange, words }: PasswordInputProps) {
  const [isShown, setShown] = useState(false);
  return (
    <div className="with-button">
      <input
        id={id}
        type={isShown ? 'text' : 'password'}
        autoComplete={autoComplete}
        value={value}
        aria-invalid={isMissing}
        aria-describedby={described}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <button
        type="button"
        className="icon-button"
        aria-label={isShown ? words.hide : words.show}
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
      >
        <Icon name={isShown ? 'eye-off' : 'eye'} />
      </button>
    </div>
  );
}
