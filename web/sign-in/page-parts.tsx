/** What every page before somebody is signed in is built of: frame, head, fields, faults. Used by all pages of this app. */
import { type InputHTMLAttributes, type ReactNode, useEffect, useMemo } from 'react';
import { type ApiClient, type ApiFault, createApiClient } from '../ui/api-client.ts';
import { type FaultWords, requestNumber } from '../ui/fault-text.ts';
import { Icon } from '../ui/icon.tsx';
import { LanguageSelect, SchemeButton } from '../ui/preferences.tsx';
import { productName } from '../ui/product-name.ts';

type FrameWords = Parameters<typeof LanguageSelect>[0]['words'];

/** Asks as nobody, and is answered in the language of the page. */
export const useOpenApi = (): ApiClient =>
  useMemo(() => createApiClient({ language: () => document.documentElement.lang }), []);

/** What the tab is called while the page stands. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${productName()}`;
  }, [title]);
}

export const Frame = ({ words, children }: { words: FrameWords; children: ReactNode }) => (
  <main className="alone">
    {children}
    <div className="alone-tools">
      <LanguageSelect words={words} />
      <SchemeButton words={words} />
    </div>
  </main>
);

export const Head = ({ title, hint }: { title: string; hint?: ReactNode }) => (
  <div className="sign-in-head">
    <span className="brand-mark" aria-hidden="true">
      <Icon name="phone" />
    </span>
    <div>
      <h1>{title}</h1>
      {hint !== undefined && <p className="small">{hint}</p>}
    </div>
  </div>
);

export const Danger = ({ text, small }: { text: string; small: string | null }) => (
  <div className="notice notice-danger" role="alert">
    <Icon name="warning" size={20} />
    <div>
      <p>{text}</p>
      {small !== null && <p className="small">{small}</p>}
    </div>
  </div>
);

/** Why it did not work, with a number only where it is our failure: a wrong password needs none. */
export const FaultNotice = ({ catalogue, fault, text }: { catalogue: FaultWords; fault: ApiFault; text: string }) => (
  <Danger text={text} small={fault.status >= 500 ? requestNumber(catalogue, fault) : null} />
);

export interface FieldProps {
  id: string;
  label: string;
  problem: string | undefined;
  hint?: string;
}

/** What reads the field's problem or hint with it. */
export const describedBy = ({ id, problem, hint }: Omit<FieldProps, 'label'>) => ({
  id,
  'aria-invalid': problem !== undefined,
  'aria-describedby': problem !== undefined ? `${id}-error` : hint !== undefined ? `${id}-hint` : undefined,
});

/** A label, what is typed, and what is wrong with it. */
export const Field = ({ id, label, problem, hint, children }: FieldProps & { children: ReactNode }) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    {children}
    {problem !== undefined ? (
      <p className="field-error" id={`${id}-error`}>
        {problem}
      </p>
    ) : (
      hint !== undefined && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )
    )}
  </div>
);

type TextFieldProps = FieldProps & {
  value: string;
  onChange: (value: string) => void;
} & Pick<InputHTMLAttributes<HTMLInputElement>, 'type' | 'autoComplete' | 'inputMode' | 'maxLength'>;

/** A field of one line. */
export const TextField = ({ id, label, problem, onChange, ...rest }: Omit<TextFieldProps, 'hint'>) => (
  <Field id={id} label={label} problem={problem}>
    <input {...describedBy({ id, problem })} {...rest} onInput={(event) => onChange(event.currentTarget.value)} />
  </Field>
);
