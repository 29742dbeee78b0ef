/**
 * Times of day as text: hours and minutes of 24, also in a browser of twelve, and 24:00 as an end. Drawn by form fields and by the week.
 */
import { ActionIcon, Button, Input, Stack, TextInput } from '@mantine/core';
import { Icon } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';
import { readTime } from '../../ui/wall-text.ts';
import type { TimeSpan } from './view.ts';

interface TimeInputProps {
  id?: string;
  label?: string;
  'aria-label'?: string;
  description?: string;
  error?: string | undefined;
  isWrong?: boolean;
  placeholder?: string;
  className?: string;
  value: string;
  onChange: (value: string) => void;
}

/** Written out once the field is left: "9" becomes "09:00". What is no time stays as it was typed, marked. */
export function TimeInput({ value, onChange, error, isWrong = false, placeholder, ...shared }: TimeInputProps) {
  const { t } = useWords();
  const isUnread = value.trim() !== '' && readTime(value) === null;
  return (
    <TextInput
      {...shared}
      {...(shared['aria-label'] !== undefined && { title: shared['aria-label'] })}
      autoComplete="off"
      maxLength={8}
      placeholder={placeholder ?? t('time.example')}
      error={error ?? (isUnread || isWrong)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        const read = readTime(value);
        if (read !== null && read !== value) onChange(read);
      }}
    />
  );
}

interface SpanInputProps {
  /** of whom or what: "Freitag, Zeit 1" */
  label: string;
  firstId?: string;
  span: TimeSpan;
  onChange: (span: TimeSpan) => void;
}

/** From and until, side by side; an end before its beginning is marked. */
export function SpanInput({ label, firstId, span, onChange }: SpanInputProps) {
  const { t } = useWords();
  const from = readTime(span.from);
  const to = readTime(span.to);
  return (
    <div className="kit-span">
      <TimeInput
        {...(firstId !== undefined && { id: firstId })}
        aria-label={`${label}: ${t('time.from')}`}
        value={span.from}
        onChange={(value) => onChange({ ...span, from: value })}
      />
      <span aria-hidden="true">–</span>
      <TimeInput
        aria-label={`${label}: ${t('time.to')}`}
        placeholder={t('time.example_until')}
        isWrong={from !== null && to !== null && to <= from}
        value={span.to}
        onChange={(value) => onChange({ ...span, to: value })}
      />
    </div>
  );
}

interface SpansProps {
  id: string;
  label: string;
  error: string | undefined;
  description?: string;
  words: { label: string; add: string; remove: string };
  max: number;
  mayBeEmpty: boolean;
  spans: readonly TimeSpan[];
  onChange: (spans: readonly TimeSpan[]) => void;
}

const EMPTY: TimeSpan = { from: '', to: '' };

/** Stretches of a day below each other, always at least one where one is needed. */
export function Spans({ id, label, error, description, words, max, mayBeEmpty, spans, onChange }: SpansProps) {
  const shown = spans.length === 0 && !mayBeEmpty ? [EMPTY] : spans;
  return (
    <div>
      <Input.Label {...(shown.length > 0 && { htmlFor: id })}>{label}</Input.Label>
      {description !== undefined && <Input.Description>{description}</Input.Description>}
      <Stack gap="xs" mt={4}>
        {shown.map((span, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stretch has no identity but its place
          <div key={n} className="kit-line-field">
            <SpanInput
              label={`${words.label} ${n + 1}`}
              {...(n === 0 && { firstId: id })}
              span={span}
              onChange={(changed) => onChange(shown.with(n, changed))}
            />
            {(mayBeEmpty || shown.length > 1) && (
              <ActionIcon
                variant="subtle"
                color="gray"
                className="control-square"
                aria-label={`${words.remove} ${n + 1}`}
                onClick={() => onChange(shown.toSpliced(n, 1))}
              >
                <Icon name="cross" size={16} />
              </ActionIcon>
            )}
          </div>
        ))}
        {shown.length < max && (
          <Button
            variant="subtle"
            className="kit-add"
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => onChange([...shown, EMPTY])}
          >
            {words.add}
          </Button>
        )}
      </Stack>
      {error !== undefined && <Input.Error mt={4}>{error}</Input.Error>}
    </div>
  );
}
