/** What a service or a step of it needs of rooms and equipment: rows of "so many of one of these". Drawn by fields of the service's form. */
import { ActionIcon, Box, Button, Checkbox, Input, Text, TextInput } from '@mantine/core';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useWords } from '../admin-context.tsx';
import { useChoices } from '../kit/references.tsx';
import { resourceReference } from './references.ts';
import { type NeedLine, problemsAt } from './step-lines.ts';

/** Rows of one list (`resources` of the contract). */
const MOST = 4;

interface NeedRowsProps {
  id: string;
  label: string;
  hint?: string | undefined;
  lines: readonly NeedLine[];
  /** the list's path in the request, under which its problems come back */
  path: string;
  problems: Readonly<Record<string, readonly string[]>>;
  /** what the rows may not name: it is taken otherwise */
  without?: readonly string[];
  onChange: (lines: readonly NeedLine[]) => void;
}

export function NeedRows({ id, label, hint, lines, path, problems, without = [], onChange }: NeedRowsProps) {
  const { t } = useWords();
  const choices = useChoices(
    resourceReference,
    lines.flatMap(({ anyOf }) => anyOf),
  );
  const isWholeWrong = problems[path] !== undefined;
  return (
    <Box id={id} role="group" aria-label={label} className="needs">
      <Input.Label component="div">{label}</Input.Label>
      {hint !== undefined && <Input.Description>{hint}</Input.Description>}
      {choices.length === 0 && lines.length === 0 && <Text c="dimmed">{t('services.no_resources')}</Text>}
      {lines.map((line, n) => {
        const name = t('services.need_of', { n: n + 1 });
        const put = (change: Partial<NeedLine>): void => onChange(lines.with(n, { ...line, ...change }));
        const isWrong = problemsAt(problems, `${path}.${n}.any_of`).length > 0;
        const open = choices.filter(({ value }) => line.anyOf.includes(value) || !without.includes(value));
        return (
          <Box key={line.key} className="need" role="group" aria-label={`${label}: ${name}`}>
            <TextInput
              label={t('services.need_units')}
              aria-label={`${label}: ${name}, ${t('services.need_units')}`}
              className="need-units"
              inputMode="numeric"
              autoComplete="off"
              value={line.units}
              error={problemsAt(problems, `${path}.${n}.units`).length > 0 && t('kit.whole_number')}
              onChange={(event) => put({ units: event.currentTarget.value })}
            />
            <Checkbox.Group
              label={t('services.need_any')}
              error={isWrong && t('services.need_problem')}
              value={[...line.anyOf]}
              onChange={(anyOf) => put({ anyOf })}
            >
              <div className="kit-boxes">
                {open.map(({ value, label: resource }) => (
                  <Checkbox key={value} value={value} label={resource} />
                ))}
              </div>
            </Checkbox.Group>
            <ActionIcon
              variant="subtle"
              color="gray"
              className="control-square"
              aria-label={t('services.need_remove', { what: `${label}: ${name}` })}
              onClick={() => onChange(lines.toSpliced(n, 1))}
            >
              <Icon name="cross" size={16} />
            </ActionIcon>
          </Box>
        );
      })}
      {isWholeWrong && <Input.Error>{t('services.needs_problem')}</Input.Error>}
      {choices.length > 0 && lines.length < MOST && (
        <Button
          variant="subtle"
          className="kit-add"
          leftSection={<Icon name="plus" size={16} />}
          aria-label={`${label}: ${t('services.need_add')}`}
          onClick={() => onChange([...lines, { key: newKey(), anyOf: [], units: '1' }])}
        >
          {t('services.need_add')}
        </Button>
      )}
    </Box>
  );
}
