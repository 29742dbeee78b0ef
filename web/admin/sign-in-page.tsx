/** Sign-in of the panel: shown in place of any page, so that the address asked for opens afterwards. */
import { Alert, Button, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { signInFaultText } from '../ui/fault-text.ts';
import { Icon } from '../ui/icon.tsx';
import { productName } from '../ui/product-name.ts';
import { type SignInProps, useSignIn } from '../ui/use-sign-in.ts';
import { useWords } from './admin-context.tsx';
import { LanguageMenu, SchemeButton } from './shell/preferences.tsx';

export function SignInPage({ api, expired, onSignedIn }: SignInProps) {
  const { t, catalogue } = useWords();
  const { email, setEmail, password, setPassword, missing, fault, number, isBusy, submit } = useSignIn(
    { api, onSignedIn },
    { catalogue, title: t('sign_in.title') },
  );
  return (
    <main className="alone">
      <Paper withBorder p="xl">
        <form noValidate onSubmit={(event) => void submit(event)}>
          <Stack gap="md">
            <Group gap="sm" wrap="nowrap">
              <span className="brand-mark" aria-hidden="true">
                <Icon name="phone" />
              </span>
              <div>
                <Title order={1}>{productName()}</Title>
                <Text size="sm" c="dimmed">
                  {t('admin.sign_in_hint')}
                </Text>
              </div>
            </Group>
            {expired && fault === null && (
              <Alert color="gray" role="status">
                {t('sign_in.expired')}
              </Alert>
            )}
            {fault && (
              <Alert color="red" role="alert" icon={<Icon name="warning" />}>
                <Text>{signInFaultText(catalogue, fault, t)}</Text>
                {number !== null && <Text size="sm">{number}</Text>}
              </Alert>
            )}
            <TextInput
              id="email"
              label={t('sign_in.email')}
              type="email"
              autoComplete="username"
              inputMode="email"
              value={email}
              error={missing.email && t('sign_in.email_missing')}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              id="password"
              label={t('sign_in.password')}
              autoComplete="current-password"
              value={password}
              error={missing.password && t('sign_in.password_missing')}
              visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password'), tabIndex: 0 }}
              visibilityToggleIcon={({ reveal }) => <Icon name={reveal ? 'eye-off' : 'eye'} />}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" fullWidth loading={isBusy}>
              {t('sign_in.submit')}
            </Button>
          </Stack>
        </form>
      </Paper>
      <Group justify="center" gap="xs">
        <LanguageMenu />
        <SchemeButton />
      </Group>
    </main>
  );
}
