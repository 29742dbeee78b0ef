/** /admin/profile: the shared parts of a profile with the panel's controls. */
import { Stack, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Profile } from '../../ui/profile/profile.tsx';
import { useAdmin, useWords } from '../admin-context.tsx';
import { KIT } from './profile-kit.tsx';

export default function ProfilePage() {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  useEffect(() => {
    document.title = `${t('profile.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  return (
    <Stack gap="md">
      <Title order={1}>{t('profile.title')}</Title>
      <Profile kit={KIT} api={api} me={me} language={language} />
    </Stack>
  );
}
