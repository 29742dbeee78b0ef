/** The panel's controls for the shared parts of a profile. Used by profile-page.tsx and owed-page.tsx. */
import { Alert, Button, Paper, Select, TextInput, Title } from '@mantine/core';
import { Icon } from '../../ui/icon.tsx';
import type { ProfileKit } from '../../ui/profile/profile-context.ts';
import { FaultAlert } from '../page-parts.tsx';

export const KIT: ProfileKit = {
  Card: ({ title, children }) => (
    <Paper withBorder p="md" component="section" className="profile-card">
      <Title order={2}>{title}</Title>
      {children}
    </Paper>
  ),
  Field: ({ id, label, type = 'text', isDigits, autoComplete, maxLength, value, hint, problem, onChange }) => (
    <TextInput
      id={id}
      type={type}
      label={label}
      description={hint}
      inputMode={isDigits ? 'numeric' : undefined}
      autoComplete={autoComplete}
      maxLength={maxLength}
      value={value}
      error={problem}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  ),
  Choice: ({ id, label, value, options, onChange }) => (
    <Select
      id={id}
      label={label}
      data={[...options]}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen ?? value)}
    />
  ),
  Button: ({ look, children, isSubmit = false, isBusy = false, disabled = false, label, onClick }) => (
    <Button
      type={isSubmit ? 'submit' : 'button'}
      variant={look === 'main' ? 'filled' : 'default'}
      loading={isBusy}
      disabled={disabled}
      aria-label={label}
      onClick={onClick}
    >
      {children}
    </Button>
  ),
  Fault: FaultAlert,
  Notice: ({ children }) => (
    <Alert color="yellow" icon={<Icon name="warning" />}>
      {children}
    </Alert>
  ),
};
