/** Pickers by name: one of a noun, several of it, or whose something is. Drawn by form fields. */
import { Button, Checkbox, Group, NativeSelect, Text } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { useMay, useWords } from '../admin-context.tsx';
import { NOBODY } from './draft.ts';
import { type Choice, useChoices } from './references.tsx';
import type { Field, KitRow, OwnerGroup } from './view.ts';

interface Shared {
  id: string;
  label: string;
  error: string | undefined;
  description?: string;
}

interface ReferenceSelectProps extends Shared {
  field: Pick<Extract<Field<KitRow>, { kind: 'reference' }>, 'to' | 'none' | 'isHiddenAlone'>;
  value: string;
  onChange: (value: string) => void;
  onOnly: (value: string) => void;
}

export function ReferenceSelect({ field, value, onChange, onOnly, ...shared }: ReferenceSelectProps) {
  const { t } = useWords();
  const chosen = useMemo(() => [value], [value]);
  const choices = useChoices(field.to, chosen);
  useOnlyOne(choices, value === '' && field.none === undefined, onOnly);
  if (field.isHiddenAlone && choices.length < 2) return null;
  const empty = { value: '', label: t(field.none ?? 'kit.choose'), disabled: field.none === undefined };
  return (
    <NativeSelect
      {...shared}
      value={value}
      data={[empty, ...choices]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Where one must be chosen and there is only one, nobody has to. */
function useOnlyOne(choices: readonly Choice[], isMissing: boolean, choose: (id: string) => void): void {
  const only = choices.length === 1 ? choices[0]?.value : undefined;
  const latest = useRef(choose);
  latest.current = choose;
  useEffect(() => {
    if (isMissing && only !== undefined) latest.current(only);
  }, [isMissing, only]);
}

interface ReferenceListProps extends Shared {
  field: Pick<Extract<Field<KitRow>, { kind: 'references' }>, 'to' | 'empty' | 'isNeeded'>;
  chosen: readonly string[];
  onChange: (value: readonly string[]) => void;
  onOnly: (value: readonly string[]) => void;
}

/** Everything there is with a box each; what is chosen keeps its order, new ones come behind. */
export function ReferenceList({ field, chosen, onChange, onOnly, id, label, error, description }: ReferenceListProps) {
  const { t } = useWords();
  const choices = useChoices(field.to, chosen);
  useOnlyOne(choices, chosen.length === 0 && field.isNeeded === true, (only) => onOnly([only]));
  const isAll = choices.length > 0 && choices.every(({ value }) => chosen.includes(value));
  return (
    <Checkbox.Group
      id={id}
      label={label}
      error={error}
      {...(description !== undefined && { description })}
      value={[...chosen]}
      onChange={onChange}
    >
      {choices.length === 0 ? (
        <Text c="dimmed">{t(field.empty)}</Text>
      ) : (
        <div className="kit-boxes">
          {choices.map(({ value, label: name }) => (
            <Checkbox key={value} value={value} label={name} />
          ))}
        </div>
      )}
      {choices.length > 2 && (
        <Group gap="xs">
          <Button
            variant="subtle"
            size="xs"
            onClick={() => onChange(isAll ? [] : choices.map(({ value }) => value))}
            aria-label={`${label}: ${t(isAll ? 'kit.choose_none' : 'kit.choose_all')}`}
          >
            {t(isAll ? 'kit.choose_none' : 'kit.choose_all')}
          </Button>
        </Group>
      )}
    </Checkbox.Group>
  );
}

interface OwnerSelectProps extends Shared {
  field: Pick<Extract<Field<KitRow>, { kind: 'owner' }>, 'groups' | 'none'>;
  value: string;
  onChange: (value: string) => void;
}

export function OwnerSelect({ field, value, onChange, ...shared }: OwnerSelectProps) {
  const { t } = useWords();
  return (
    <NativeSelect {...shared} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="" disabled>
        {t('kit.choose')}
      </option>
      {field.none !== undefined && <option value={NOBODY}>{t(field.none)}</option>}
      {field.groups.map((group) => (
        <Owners key={group.member} group={group} value={value} />
      ))}
    </NativeSelect>
  );
}

function Owners({ group, value }: { group: OwnerGroup; value: string }) {
  const { t } = useWords();
  const chosen = useMemo(() => [value.split(':')[1] ?? ''], [value]);
  const choices = useChoices(group.to, chosen);
  const maySee = useMay(group.to.permission);
  if (!maySee || choices.length === 0) return null;
  return (
    <optgroup label={t(group.label)}>
      {choices.map((choice) => (
        <option key={choice.value} value={`${group.member}:${choice.value}`}>
          {choice.label}
        </option>
      ))}
    </optgroup>
  );
}
