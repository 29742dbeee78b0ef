/** One field of a form as its declaration says, with its errors. Called by the form page. */
import { ActionIcon, Button, Input, NativeSelect, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { Icon } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';
import type { FieldValue } from './draft.ts';
import type { Field, KitRow } from './view.ts';

interface FormFieldProps<R extends KitRow> {
  id: string;
  field: Field<R>;
  value: FieldValue;
  /** what the server says about it */
  problems: readonly string[];
  onChange: (value: FieldValue) => void;
}

/** What older refusals say in place of a sentence. */
const REQUIRED = 'required';

export function FormField<R extends KitRow>({ id, field, value, problems, onChange }: FormFieldProps<R>) {
  const { t } = useWords();
  const said = problems.map((text) => (text === REQUIRED ? t('kit.required') : text)).join(' ');
  const error = problems.length === 0 ? undefined : field.problem ? t(field.problem) : said;
  const shared = {
    id,
    label: t(field.label),
    error,
    ...(field.hint && { description: t(field.hint) }),
  };
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'text':
    case 'email':
      return (
        <TextInput
          {...shared}
          type={field.kind}
          maxLength={field.maxLength}
          autoComplete={field.autoComplete ?? 'off'}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'area':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={field.maxLength}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'flag':
      return (
        <Switch {...shared} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      );
    case 'choice':
      return (
        <NativeSelect
          {...shared}
          value={text}
          data={field.options.map((option) => ({ value: option.value, label: t(option.label) }))}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'lines':
      return (
        <Lines id={id} field={field} lines={Array.isArray(value) ? value : []} error={error} onChange={onChange} />
      );
  }
}

interface LinesProps {
  id: string;
  field: Pick<Extract<Field<KitRow>, { kind: 'lines' }>, 'label' | 'hint' | 'add' | 'remove' | 'max' | 'inputMode'>;
  lines: readonly string[];
  error: string | undefined;
  onChange: (lines: readonly string[]) => void;
}

/** One input per line, always at least one. */
function Lines({ id, field, lines, error, onChange }: LinesProps) {
  const { t } = useWords();
  const shown = lines.length === 0 ? [''] : lines;
  const label = t(field.label);
  return (
    <div>
      <Input.Label htmlFor={id}>{label}</Input.Label>
      {field.hint && <Input.Description id={`${id}-hint`}>{t(field.hint)}</Input.Description>}
      <Stack gap="xs" mt={4}>
        {shown.map((line, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
          <div key={n} className="kit-line-field">
            <TextInput
              id={n === 0 ? id : `${id}-${n}`}
              {...(n > 0 && { 'aria-label': `${label} ${n + 1}` })}
              error={error !== undefined}
              {...(error !== undefined && { 'aria-describedby': `${id}-error` })}
              type={field.inputMode}
              inputMode={field.inputMode}
              autoComplete="off"
              value={line}
              onChange={(event) => onChange(shown.with(n, event.currentTarget.value))}
            />
            {shown.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                className="control-square"
                aria-label={`${t(field.remove)} ${n + 1}`}
                onClick={() => onChange(shown.toSpliced(n, 1))}
              >
                <Icon name="cross" size={16} />
              </ActionIcon>
            )}
          </div>
        ))}
        {shown.length < field.max && shown.at(-1) !== '' && (
          <Button
            variant="subtle"
            className="kit-add"
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => onChange([...shown, ''])}
          >
            {t(field.add)}
          </Button>
        )}
      </Stack>
      {error !== undefined && (
        <Input.Error id={`${id}-error`} mt={4}>
          {error}
        </Input.Error>
      )}
    </div>
  );
}
