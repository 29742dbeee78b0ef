/** How strong the password is that is being typed: a sentence, and a bar beside it. Used by every page that sets one; the rule loads with the first character. */
import { useEffect, useState } from 'react';
import { MIN_PASSWORD_LENGTH } from '../../shared/password-length.ts';
import type { PasswordStrength } from '../../shared/passwords.ts';
import type { Translate } from './i18n.ts';
import './password-meter.css';

type Rule = (password: string, own: readonly string[]) => PasswordStrength;
interface PasswordMeterProps {
  password: string;
  /** e-mail address and name, as far as they are known: whoever guesses begins with them */
  own: readonly string[];
  t: Translate<{
    'strength.short': (values: { count: number }) => string;
    'strength.weak': string;
    'strength.fair': string;
    'strength.good': string;
    'strength.strong': string;
  }>;
}

/** Filled segments of three. */
const FILLED: Readonly<Record<PasswordStrength, number>> = { short: 0, weak: 0, fair: 1, good: 2, strong: 3 };

export function PasswordMeter({ password, own, t }: PasswordMeterProps) {
  const [rule, setRule] = useState<{ of: Rule } | null>(null);
  const isTyped = password !== '';
  useEffect(() => {
    if (!isTyped || rule !== null) return;
    // Without it the page works as before: the server has the same rule.
    import('../../shared/passwords.ts').then(
      ({ passwordStrength }) => setRule({ of: passwordStrength }),
      () => undefined,
    );
  }, [isTyped, rule]);
  const strength = isTyped && rule !== null ? rule.of(password, own) : null;
  const missing = MIN_PASSWORD_LENGTH - password.length;
  return (
    <div className="strength" role="status" data-strength={strength ?? ''}>
      {strength !== null && (
        <>
          <span className="strength-bar" aria-hidden="true">
            {[1, 2, 3].map((part) => (
              <span key={part} data-filled={part <= FILLED[strength]} />
            ))}
          </span>
          {strength === 'short' && missing > 0 ? t('strength.short', { count: missing }) : t(textOf(strength))}
        </>
      )}
    </div>
  );
}

/** A password beyond the longest is refused by its field; it is no short one. */
const textOf = (strength: PasswordStrength) =>
  strength === 'short' ? 'strength.weak' : (`strength.${strength}` as const);
