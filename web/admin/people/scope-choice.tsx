/** Which rights a key gets: by resource, of those that the person who makes it holds. Drawn by key-dialogs.tsx. */
import { Button, Checkbox, Fieldset, Group, Stack, Text } from '@mantine/core';
import { KEY_SCOPES } from '../../../shared/permissions.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { useAdmin, useWords } from '../admin-context.tsx';

/** What a website needs that books. */
const BOOKING: readonly string[] = [
  'view_availability',
  'create_holds',
  'delete_holds',
  'view_appointments',
  'create_appointments',
  'edit_appointments',
  'view_services',
  'view_staff',
  'view_branches',
];

interface ScopeChoiceProps {
  chosen: readonly string[];
  onChange: (scopes: readonly string[]) => void;
}

export function ScopeChoice({ chosen, onChange }: ScopeChoiceProps) {
  const { t, catalogue } = useWords();
  const { me } = useAdmin();
  const held = KEY_SCOPES.filter((scope) => me.permissions.includes(scope));
  const groups = new Map<string, string[]>();
  for (const scope of held) {
    const resource = scope.slice(scope.indexOf('_') + 1);
    groups.set(resource, [...(groups.get(resource) ?? []), scope]);
  }
  const toggle = (scope: string): void =>
    onChange(chosen.includes(scope) ? chosen.filter((one) => one !== scope) : [...chosen, scope]);
  return (
    <Fieldset legend={`${t('keys.scopes')}: ${t('keys.scopes_count', { count: chosen.length })}`} p="sm">
      <Stack gap="sm">
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            onClick={() => onChange(held.filter((scope) => scope.startsWith('view_')))}
          >
            {t('keys.preset.read')}
          </Button>
          {BOOKING.every((scope) => (held as readonly string[]).includes(scope)) && (
            <Button variant="default" size="xs" onClick={() => onChange(BOOKING)}>
              {t('keys.preset.booking')}
            </Button>
          )}
          <Button variant="default" size="xs" disabled={chosen.length === 0} onClick={() => onChange([])}>
            {t('keys.preset.none')}
          </Button>
        </Group>
        {chosen.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('keys.scopes_missing')}
          </Text>
        )}
        {/* Its boxes are reached by keyboard, and scroll with them. */}
        <div className="people-scopes">
          {[...groups].map(([resource, scopes]) => (
            <div key={resource} className="people-scope">
              <Text size="sm" fw={600}>
                {translateIfKnown(catalogue, `scope.of.${resource}`) ?? resource}
              </Text>
              <Group gap="md">
                {scopes.map((scope) => (
                  <Checkbox
                    key={scope}
                    checked={chosen.includes(scope)}
                    onChange={() => toggle(scope)}
                    label={translateIfKnown(catalogue, `scope.action.${scope.slice(0, scope.indexOf('_'))}`) ?? scope}
                  />
                ))}
              </Group>
            </div>
          ))}
        </div>
      </Stack>
    </Fieldset>
  );
}
