/** One field of a form as its declaration says, with its errors. Called by the form page. */
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Input,
  NativeSelect,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { Suspense } from 'react';
import { DateField } from '../../ui/date-field.tsx';
import { wallDateIn } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useWords, type Words } from '../admin-context.tsx';
import { LoadingBlock } from '../loading.tsx';
import { ReferenceSelect, OwnerSelect, ReferenceList } from './reference-fields.tsx';
import { Spans, TimeInput } from './time-fields.tsx';
import type { Draft, Field, FieldValue, KitRow, Option, TimeSpan } from './view.ts';

interface FormFieldProps<R extends KitRow> {
  id: string;
  field: Field<R>;
  value: FieldValue;
  /** what the server says about it */
  problems: readonly string[];
  /** the same by path, and the whole form: for fields that a noun draws */
  byPath: Readonly<Record<string, readonly string[]>>;
  values: Draft;
  /** of amounts */
  currency: string;
  onChange: (value: FieldValue) => void;
  /** the one choice there is was made by the field itself */
  onOnly: (value: FieldValue) => void;
}

/** What older refusals say in place of a sentence. */
const REQUIRED = 'required';

export function FormField<R extends KitRow>({
  id,
  field,
  value,
  problems,
  byPath,
  values,
  currency,
  onChange,
  onOnly,
}: FormFieldProps<R>) {
  const words = useWords();
  const { t } = words;
  const { me } = useAdmin();
  const said = problems.map((text) => (text === REQUIRED ? t('kit.required') : text)).join(' ');
  const error = problems.length === 0 ? undefined : field.problem ? t(field.problem) : said;
  const shared = {
    id,
    label: t(field.label),
    error,
    ...(field.hint && { description: t(field.hint) }),
  };
  const text = typeof value === 'string' ? value : '';
  const list = Array.isArray(value) ? (value as readonly string[]) : [];
  switch (field.kind) {
    case 'date':
      return (
        <div className="kit-short">
          <DateField
            words={words}
            id={id}
            label={shared.label}
            error={error}
            {...(shared.description !== undefined && { hint: shared.description })}
            value={text}
            today={wallDateIn(Date.now(), me.tenant.time_zone)}
            onChange={onChange}
          />
        </div>
      );
    case 'text':
    case 'email':
      return (
        <TextInput
          {...shared}
          type={field.kind}
          {...(field.maxLength !== undefined && { maxLength: field.maxLength })}
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
          data={optionsWith(field.options, [text], words)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'choices':
      return (
        <Checkbox.Group {...shared} value={[...list]} onChange={onChange}>
          <div className="kit-boxes">
            {optionsWith(field.options, list, words).map((option) => (
              <Checkbox key={option.value} value={option.value} label={option.label} />
            ))}
          </div>
        </Checkbox.Group>
      );
    case 'lines':
      return <Lines id={id} field={field} lines={list} error={error} onChange={onChange} />;
    case 'number':
    case 'money':
      return (
        <TextInput
          {...shared}
          className="kit-short"
          inputMode="decimal"
          autoComplete="off"
          rightSection={
            <span className="kit-unit">{field.kind === 'money' ? currency : field.unit && t(field.unit)}</span>
          }
          rightSectionWidth="3.75rem"
          rightSectionPointerEvents="none"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'time':
      return <TimeInput {...shared} className="kit-short" value={text} onChange={onChange} />;
    case 'spans':
      return (
        <Spans
          {...shared}
          words={{ label: t(field.label), add: t(field.add), remove: t(field.remove) }}
          max={field.max}
          mayBeEmpty={field.mayBeEmpty === true}
          spans={Array.isArray(value) ? (value as readonly TimeSpan[]) : []}
          onChange={onChange}
        />
      );
    case 'colour':
      return <Colour {...shared} none={t(field.none)} value={text} onChange={onChange} />;
    case 'parts':
      return (
        <Parts
          id={id}
          field={field}
          values={typeof value === 'object' && !Array.isArray(value) ? (value as Readonly<Record<string, string>>) : {}}
          error={error}
          onChange={onChange}
        />
      );
    case 'reference':
      return <ReferenceSelect {...shared} field={field} value={text} onChange={onChange} onOnly={onOnly} />;
    case 'references':
      return <ReferenceList {...shared} field={field} chosen={list} onChange={onChange} onOnly={onOnly} />;
    case 'drawn':
      return (
        <Suspense fallback={<LoadingBlock h={120} />}>
          <field.component
            id={id}
            label={shared.label}
            hint={shared.description}
            value={value}
            problem={error}
            problems={byPath}
            values={values}
            currency={currency}
            onChange={onChange}
          />
        </Suspense>
      );
    case 'owner':
      return <OwnerSelect {...shared} field={field} value={text} onChange={onChange} />;
  }
}

/** The options in words, and behind them what is chosen without being one. */
function optionsWith(
  options: readonly Option[],
  chosen: readonly string[],
  words: Words,
): { value: string; label: string }[] {
  const known = options.map(({ value, label }) => ({
    value,
    label: typeof label === 'function' ? label(words) : words.t(label),
  }));
  const others = chosen.filter((value) => !options.some((option) => option.value === value));
  return [...known, ...others.map((value) => ({ value, label: value === '' ? words.t('kit.choose') : value }))];
}

interface PartsProps {
  id: string;
  field: Pick<Extract<Field<KitRow>, { kind: 'parts' }>, 'label' | 'hint' | 'parts' | 'factor'>;
  values: Readonly<Record<string, string>>;
  error: string | undefined;
  onChange: (values: Readonly<Record<string, string>>) => void;
}

/** Texts of one thing, each with its own label; the error stands below them. */
function Parts({ id, field, values, error, onChange }: PartsProps) {
  const { t } = useWords();
  return (
    <Stack gap="sm" className={field.factor === undefined ? undefined : 'kit-figures'}>
      {field.factor !== undefined && <Input.Label component="div">{t(field.label)}</Input.Label>}
      {field.parts.map((part, n) => (
        <TextInput
          key={part.name}
          id={n === 0 ? id : `${id}-${part.name}`}
          label={t(part.label)}
          {...(n === 0 && field.hint && { description: t(field.hint) })}
          maxLength={part.maxLength}
          {...(field.factor !== undefined && { inputMode: 'decimal', className: 'kit-short' })}
          autoComplete="off"
          error={error !== undefined && n === 0 ? error : undefined}
          value={values[part.name] ?? ''}
          onChange={(event) => onChange({ ...values, [part.name]: event.currentTarget.value })}
        />
      ))}
    </Stack>
  );
}

interface ColourProps {
  id: string;
  label: string;
  error: string | undefined;
  description?: string;
  none: string;
  value: string;
  onChange: (value: string) => void;
}

/** The browser's own picker, and a way back to none. */
function Colour({ none, value, onChange, ...shared }: ColourProps) {
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        {...shared}
        type="color"
        className="kit-colour"
        data-empty={value === '' || undefined}
        value={value === '' ? noColour() : value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {value === '' ? (
        <Text size="sm" c="dimmed" className="kit-beside">
          {none}
        </Text>
      ) : (
        <Button variant="subtle" color="gray" onClick={() => onChange('')}>
          {none}
        </Button>
      )}
    </Group>
  );
}

/** What the browser's picker shows while none is chosen: it has no empty state. */
const noColour = (): string => getComputedStyle(document.documentElement).getPropertyValue('--neutral').trim();

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
