/** Rights by area: a row for each thing, a box for each action. To be chosen in a role's form, to be read on its page. */
import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { RoleView } from '../../../shared/contract/roles.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import type { DrawnFieldProps } from '../kit/view.ts';
import { actionOf, rightsOf, type RightsRow } from './rights.ts';
import { roleName } from './role-name.ts';
import './people.css';

/** Words of things and actions. */
function useRightWords() {
  const { catalogue } = useWords();
  return {
    thing: (resource: string): string => translateIfKnown(catalogue, `scope.of.${resource}`) ?? resource,
    action: (permission: string): string =>
      translateIfKnown(catalogue, `scope.action.${actionOf(permission)}`) ?? actionOf(permission),
  };
}

const COPY = 'copy';

/** The field of a role's form. What the person lacks is shown, and can't be given. */
export function RightsField({ id, value, problem, onChange }: DrawnFieldProps) {
  const words = useWords();
  const { t, language } = words;
  const { me, api } = useAdmin();
  const { thing, action } = useRightWords();
  const [typed, setTyped] = useState('');
  const [query] = useSearchParams();
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  const held = (permission: string): boolean => me.permissions.includes(permission);
  const roles = useAnswer<{ data: RoleView[] }>('roles', (signal) => api.get('/api/v1/roles', { limit: 100 }, signal), {
    language,
  }).body?.data;
  const copy = (from: string): void => {
    const role = roles?.find((one) => one.id === from);
    if (role) onChange(role.permissions.filter(held));
  };
  // A link of another role's page says whose rights it begins with.
  const begun = useRef(false);
  const from = query.get(COPY);
  const latest = useRef(copy);
  latest.current = copy;
  useEffect(() => {
    if (roles === undefined || begun.current) return;
    begun.current = true;
    if (from !== null) latest.current(from);
  }, [roles, from]);

  const said = typed.trim().toLocaleLowerCase(language);
  const fits = ({ resource, permissions }: RightsRow): boolean =>
    said === '' ||
    [thing(resource), ...permissions.map(action)].some((word) => word.toLocaleLowerCase(language).includes(said));
  const areas = rightsOf(me.tenant.type)
    .map(({ area, rows }) => ({ area, rows: rows.filter(fits) }))
    .filter(({ rows }) => rows.length > 0);
  const toggle = (permissions: readonly string[], on: boolean): void =>
    onChange(on ? [...new Set([...chosen, ...permissions])] : chosen.filter((one) => !permissions.includes(one)));

  return (
    <Stack gap="md" id={id} role="group" aria-label={t('roles.rights')}>
      <Group gap="sm" align="flex-end">
        <TextInput
          type="search"
          className="people-search"
          label={t('roles.search')}
          leftSection={<Icon name="search" size={16} />}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <NativeSelect
          label={t('roles.copy_from')}
          value=""
          data={[
            { value: '', label: t('roles.copy_choose') },
            ...(roles ?? []).map((role) => ({ value: role.id, label: roleName(role, words) })),
          ]}
          onChange={({ currentTarget }) => copy(currentTarget.value)}
        />
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {t('keys.scopes_count', { count: chosen.length })}
      </Text>
      {problem !== undefined && (
        <Text size="sm" c="red" role="alert">
          {problem}
        </Text>
      )}
      {areas.length === 0 && <Text c="dimmed">{t('roles.no_match')}</Text>}
      {areas.map(({ area, rows }) => (
        <section key={area} aria-label={t(`roles.area.${area}`)} className="people-area">
          <Title order={3}>{t(`roles.area.${area}`)}</Title>
          {rows.map(({ resource, permissions }) => {
            const open = permissions.filter(held);
            const isAll = open.length > 0 && open.every((one) => chosen.includes(one));
            return (
              <div key={resource} className="people-right">
                <Text fw={600}>{thing(resource)}</Text>
                <Group gap="md">
                  {permissions.map((permission) => (
                    <Checkbox
                      key={permission}
                      checked={chosen.includes(permission)}
                      disabled={!held(permission)}
                      label={action(permission)}
                      aria-label={`${thing(resource)}: ${action(permission)}`}
                      onChange={({ currentTarget }) => toggle([permission], currentTarget.checked)}
                    />
                  ))}
                </Group>
                {open.length > 1 && (
                  <Button
                    variant="subtle"
                    size="xs"
                    aria-pressed={isAll}
                    aria-label={t('roles.all_of', { name: thing(resource) })}
                    onClick={() => toggle(open, !isAll)}
                  >
                    {t('roles.all')}
                  </Button>
                )}
              </div>
            );
          })}
        </section>
      ))}
    </Stack>
  );
}

/** What a role holds, in words. */
export function RightsList({ row }: { row: RoleView }) {
  const { t } = useWords();
  const { me } = useAdmin();
  const { thing, action } = useRightWords();
  const areas = rightsOf(me.tenant.type)
    .map(({ area, rows }) => ({
      area,
      rows: rows
        .map(({ resource, permissions }) => ({
          resource,
          permissions: permissions.filter((one) => row.permissions.includes(one)),
        }))
        .filter(({ permissions }) => permissions.length > 0),
    }))
    .filter(({ rows }) => rows.length > 0);
  if (areas.length === 0) return <Text c="dimmed">{t('roles.none')}</Text>;
  return (
    <Stack gap="md">
      {areas.map(({ area, rows }) => (
        <section key={area} aria-label={t(`roles.area.${area}`)}>
          <Title order={3} mb={4}>
            {t(`roles.area.${area}`)}
          </Title>
          <dl className="people-rights">
            {rows.map(({ resource, permissions }) => (
              <div key={resource}>
                <dt>{thing(resource)}</dt>
                <dd>{permissions.map(action).join(', ')}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Stack>
  );
}
