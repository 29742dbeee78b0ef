/** A labelled field with its hint or what is wrong with it. */
import type { FieldProps } from '../ui/profile/profile-context.ts';

export const TextField = ({
  id,
  label,
  type = 'text',
  isDigits,
  autoComplete,
  maxLength,
  value,
  hint,
  problem,
  onChange,
}: FieldProps) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    <input
      id={id}
      type={type}
      inputMode={isDigits ? 'numeric' : undefined}
      autoComplete={autoComplete}
      maxLength={maxLength}
      value={value}
      aria-invalid={problem !== null}
      aria-describedby={problem !== null ? `${id}-error` : hint === undefined ? undefined : `${id}-hint`}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
    {problem !== null ? (
      <p className="field-error" id={`${id}-error`}>
        {problem}
      </p>
    ) : (
      hint !== undefined && (
        <p className="small" id={`${id}-hint`}>
          {hint}
        </p>
      )
    )}
  </div>
);
