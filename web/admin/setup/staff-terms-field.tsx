/** Who does a service, and for whom it takes longer or costs something else: a row for each person in the service's form. */
import { Box, Button, Checkbox, Group, Input, Text, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useWords } from '../admin-context.tsx';
import { useChoices } from '../kit/references.tsx';
import type { DrawnFieldProps } from '../kit/view.ts';
import { staffReference } from './references.ts';
import type { StaffLine } from './staff-terms.ts';
import { problemsAt, stepsIn } from './step-lines.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function StaffTermsField({
  id,
  label,
  hint,
  value,
  problem,
  problems,
  values,
  currency,
  onChange,
}: DrawnFieldProps) {
  const { t } = useWords();
  const lines = value as readonly StaffLine[];
  const chosen = useMemo(() => lines.map(({ key }) => key), [lines]);
  const people = useChoices(staffReference, chosen);
  const isComposite = stepsIn(values).length > 0;
  const isAll = people.length > 0 && people.every((one) => chosen.includes(one.value));
  const fresh = (key: string): StaffLine => ({ key, minutes: '', price: '' });
  const put = (n: number, change: Partial<StaffLine>): void =>
    onChange(lines.map((line, at) => (at === n ? { ...line, ...change } : line)));
  // The table's problems are told at their fields; what is left is said below.
  const isTold = Object.keys(problems).some((path) => /^staff\.\d+\.(duration_minutes|price_cents)$/.test(path));

  return (
    <Box id={id} role="group" aria-label={label}>
      <Input.Label component="div">{label}</Input.Label>
      {hint !== undefined && <Input.Description>{hint}</Input.Description>}
      {people.length === 0 ? (
        <Text c="dimmed">{t('services.no_staff')}</Text>
      ) : (
        <table className="branch-terms">
          <caption className="sr-only">{label}</caption>
          <thead>
            <tr>
              <th scope="col">{t('services.person')}</th>
              <th scope="col">{t('services.duration')}</th>
              <th scope="col">{t('services.price')}</th>
            </tr>
          </thead>
          <tbody>
            {people.map(({ value: person, label: name }) => {
              const n = chosen.indexOf(person);
              const line = lines[n];
              const isWrong = (member: string): boolean =>
                problemsAt(problems, ['staff', n, member].join('.')).length > 0;
              return (
                <tr key={person}>
                  <th scope="row">
                    <Checkbox
                      label={name}
                      checked={line !== undefined}
                      onChange={(event) =>
                        onChange(event.currentTarget.checked ? [...lines, fresh(person)] : lines.toSpliced(n, 1))
                      }
                    />
                  </th>
                  <td>
                    {line &&
                      (isComposite ? (
                        <Text size="sm">{t('services.length_of_steps')}</Text>
                      ) : (
                        <TextInput
                          aria-label={`${t('services.duration')}, ${name}`}
                          placeholder={textOf(values['duration_minutes'])}
                          inputMode="numeric"
                          autoComplete="off"
                          value={line.minutes}
                          error={isWrong('duration_minutes') && t('services.duration_problem')}
                          rightSection={<span className="kit-unit">{t('unit.minutes')}</span>}
                          rightSectionWidth="3.75rem"
                          rightSectionPointerEvents="none"
                          onChange={(event) => put(n, { minutes: event.currentTarget.value })}
                        />
                      ))}
                  </td>
                  <td>
                    {line && (
                      <TextInput
                        aria-label={`${t('services.price')}, ${name}`}
                        placeholder={textOf(values['price_cents'])}
                        inputMode="decimal"
                        autoComplete="off"
                        value={line.price}
                        error={isWrong('price_cents') && t('kit.amount_problem')}
                        rightSection={<span className="kit-unit">{currency}</span>}
                        rightSectionWidth="3.75rem"
                        rightSectionPointerEvents="none"
                        onChange={(event) => put(n, { price: event.currentTarget.value })}
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {problem !== undefined && !isTold && <Input.Error>{problem}</Input.Error>}
      {people.length > 2 && (
        <Group gap="xs">
          <Button
            variant="subtle"
            size="xs"
            aria-label={`${label}: ${t(isAll ? 'kit.choose_none' : 'kit.choose_all')}`}
            onClick={() =>
              onChange(
                isAll
                  ? []
                  : [...lines, ...people.filter((one) => !chosen.includes(one.value)).map((one) => fresh(one.value))],
              )
            }
          >
            {t(isAll ? 'kit.choose_none' : 'kit.choose_all')}
          </Button>
        </Group>
      )}
    </Box>
  );
}
