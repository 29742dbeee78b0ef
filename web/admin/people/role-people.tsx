/** Who has a role, each with the way to their page. Drawn on the role's page. */
import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { RoleDetailView } from '../../../shared/contract/roles.ts';
import { useMay, useWords } from '../admin-context.tsx';

export function RolePeople({ row }: { row: Partial<Pick<RoleDetailView, 'users'>> & { user_count: number } }) {
  const { t } = useWords();
  const maySee = useMay('view_users');
  if (row.user_count === 0) return <Text c="dimmed">{t('roles.nobody')}</Text>;
  if (!maySee || row.users === undefined) return <Text className="figures">{row.user_count}</Text>;
  return (
    <ul className="people-list">
      {row.users.map(({ id, name, disabled }) => (
        <li key={id}>
          <Anchor component={Link} to={`/admin/users/${encodeURIComponent(id)}`}>
            {name}
          </Anchor>
          {disabled && <Text span c="dimmed">{` (${t('roles.disabled')})`}</Text>}
        </li>
      ))}
    </ul>
  );
}
