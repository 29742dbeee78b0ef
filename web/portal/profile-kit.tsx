/** The portal's controls for the shared parts of a profile. Used by profile-page.tsx and owed-page.tsx. */
import { Icon } from '../ui/icon.tsx';
import type { ProfileKit } from '../ui/profile/profile-context.ts';
import { FaultBox } from './parts.tsx';
import { TextField } from './text-field.tsx';

export const KIT: ProfileKit = {
  Card: ({ title, children }) => (
    <section className="card profile-card">
      <h2>{title}</h2>
      {children}
    </section>
  ),
  Field: TextField,
  Choice: ({ id, label, value, options, onChange }) => (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  ),
  Button: ({ look, children, isSubmit = false, isBusy = false, disabled = false, label, onClick }) => (
    <button
      type={isSubmit ? 'submit' : 'button'}
      className={look === 'main' ? 'button' : 'button button-plain'}
      disabled={isBusy || disabled}
      aria-label={label}
      onClick={onClick}
    >
      {children}
    </button>
  ),
  Fault: FaultBox,
  Notice: ({ children }) => (
    <p className="notice notice-warning">
      <Icon name="warning" size={20} />
      <span>{children}</span>
    </p>
  ),
};
