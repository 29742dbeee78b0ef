/** A field for a password or another secret: hidden while it is typed, and shown by a button that says so in the reader's language. */
import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useWords } from '../admin-context.tsx';

export function SecretInput(props: PasswordInputProps) {
  const { t } = useWords();
  return <PasswordInput {...props} visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }} />;
}
