/**
 * The steps of a service in its form: added, named, timed, put in another order by buttons or Alt with the arrows, and taken away; a strip shows
 * what they make together. Without steps the service is one piece.
 */
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
  TextInput,
} from '@mantine/core';
import { useGetList } from 'ra-core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { MAX_SEGMENTS } from '../../../shared/calendar-limits.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useWords } from '../admin-context.tsx';
import { RETRY } from '../data-provider.ts';
import { useChoices } from '../kit/references.tsx';
import type { Draft, DrawnFieldProps, HeldLine } from '../kit/view.ts';
import { NeedRows } from './need-rows.tsx';
import { staffReference } from './references.ts';
import { StepBar } from './step-bar.tsx';
import { movedStep, type NeedLine, newStep, partsOfLines, problemsAt, type StepLine } from './step-lines.ts';

/** What a step begins with whose length nobody knows. */
const USUAL_MINUTES = '30';

/** Where the focus goes once a change is drawn. */
interface Wanted {
  key: string;
  control: 'name' | 'up' | 'down';
}

export function StepsField({ id, label, value, problem, problems, values, onChange }: DrawnFieldProps) {
  const { t } = useWords();
  const lines = value as readonly StepLine[];
  const list = useRef<HTMLOListElement>(null);
  const begin = useRef<HTMLButtonElement>(null);
  const [wanted, setWanted] = useState<Wanted | 'begin' | null>(null);
  const [said, setSaid] = useState('');

  useEffect(() => {
    if (wanted === null) return;
    if (wanted === 'begin') begin.current?.focus();
    else {
      const step = list.current?.querySelector(`[data-step="${CSS.escape(wanted.key)}"]`);
      const control = step?.querySelector<HTMLElement>(`[data-control="${wanted.control}"]:not(:disabled)`);
      (control ?? step?.querySelector<HTMLElement>('[data-control]:not(:disabled)'))?.focus();
    }
    setWanted(null);
  }, [wanted]);

  function add(kind: StepLine['kind'], minutes: string): void {
    const step = newStep(newKey(), kind, minutes);
    onChange([...lines, step]);
    setWanted({ key: step.key, control: 'name' });
  }
  function move(from: number, to: number): void {
    const key = lines[from]?.key;
    if (key === undefined || to < 0 || to >= lines.length) return;
    onChange(movedStep(lines, from, to));
    setWanted({ key, control: to < from ? 'up' : 'down' });
    setSaid(t('services.step_moved', { from: from + 1, to: to + 1 }));
  }
  function remove(n: number): void {
    const near = lines[n + 1] ?? lines[n - 1];
    onChange(lines.toSpliced(n, 1));
    setWanted(near === undefined ? 'begin' : { key: near.key, control: 'name' });
  }

  if (lines.length === 0)
    return (
      <Stack gap="sm" id={id} role="group" aria-label={label} align="flex-start">
        <Text c="dimmed" size="sm">
          {t('services.steps_none')}
        </Text>
        {problem !== undefined && <Input.Error>{problem}</Input.Error>}
        <Button
          ref={begin}
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => {
            const minutes = values['duration_minutes'];
            add('active', typeof minutes === 'string' && minutes !== '' ? minutes : USUAL_MINUTES);
          }}
        >
          {t('services.steps_begin')}
        </Button>
      </Stack>
    );

  const isWorked = lines.some(({ kind }) => kind === 'active');
  return (
    <Stack gap="sm" id={id} role="group" aria-label={label}>
      <StepBar parts={partsOfLines(lines)} />
      {problems['segments'] !== undefined && (
        <Input.Error>{t(isWorked ? 'services.steps_too_long' : 'services.steps_nobody')}</Input.Error>
      )}
      <ol ref={list} className="steps">
        {lines.map((line, n) => (
          <Step
            key={line.key}
            n={n}
            line={line}
            isLast={n === lines.length - 1}
            problems={problems}
            values={values}
            onChange={(changed) => onChange(lines.with(n, changed))}
            onMove={(by) => move(n, n + by)}
            onRemove={() => remove(n)}
          />
        ))}
      </ol>
      <span role="status" className="sr-only">
        {said}
      </span>
      <Group gap="xs">
        {lines.length < MAX_SEGMENTS && (
          <>
            <Button
              variant="default"
              leftSection={<Icon name="plus" size={16} />}
              onClick={() => add('active', USUAL_MINUTES)}
            >
              {t('services.step_add')}
            </Button>
            <Button
              variant="default"
              leftSection={<Icon name="plus" size={16} />}
              onClick={() => add('passive', USUAL_MINUTES)}
            >
              {t('services.step_add_free')}
            </Button>
          </>
        )}
        <Button
          variant="subtle"
          color="gray"
          onClick={() => {
            onChange([]);
            setWanted('begin');
          }}
        >
          {t('services.steps_end')}
        </Button>
      </Group>
    </Stack>
  );
}

interface StepProps {
  n: number;
  line: StepLine;
  isLast: boolean;
  problems: Readonly<Record<string, readonly string[]>>;
  values: Draft;
  onChange: (line: StepLine) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function Step({ n, line, isLast, problems, values, onChange, onMove, onRemove }: StepProps) {
  const { t } = useWords();
  const name = t('services.step_of', { n: n + 1 });
  const path = `segments.${n}`;
  const isWrong = (member: string): boolean => problemsAt(problems, `${path}.${member}`).length > 0;
  const put = (change: Partial<StepLine>): void => onChange({ ...line, ...change });
  const isMoreWrong = ['staff_ids', 'resources', 'gap_min_minutes', 'gap_max_minutes', 'service_id'].some(isWrong);
  const [isOpen, setOpen] = useState(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li data-step={line.key} data-kind={line.kind} onKeyDown={onKeyDown}>
      <div className="step-head">
        <Text fw={600} size="sm">
          {name}
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          className="control-square step-up"
          data-control="up"
          aria-label={t('services.step_up', { name })}
          title={t('services.step_keys')}
          disabled={n === 0}
          onClick={() => onMove(-1)}
        >
          <Icon name="chevron-down" size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          className="control-square"
          data-control="down"
          aria-label={t('services.step_down', { name })}
          title={t('services.step_keys')}
          disabled={isLast}
          onClick={() => onMove(1)}
        >
          <Icon name="chevron-down" size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          className="control-square"
          aria-label={t('services.step_remove', { name })}
          onClick={onRemove}
        >
          <Icon name="cross" size={16} />
        </ActionIcon>
      </div>
      <div className="step-fields">
        <TextInput
          label={t('services.step_name')}
          aria-label={`${name}: ${t('services.step_name')}`}
          data-control="name"
          placeholder={t(`appointment.segment.${line.kind}`)}
          maxLength={120}
          autoComplete="off"
          error={isWrong('name.de') && t('kit.name_problem')}
          value={line.nameDe}
          onChange={(event) => put({ nameDe: event.currentTarget.value })}
        />
        <TextInput
          label={t('services.duration')}
          aria-label={`${name}: ${t('services.duration')}`}
          className="step-minutes"
          inputMode="numeric"
          autoComplete="off"
          error={isWrong('duration_minutes') && t('services.duration_problem')}
          rightSection={<span className="kit-unit">{t('unit.minutes')}</span>}
          rightSectionWidth="3.75rem"
          rightSectionPointerEvents="none"
          value={line.minutes}
          onChange={(event) => put({ minutes: event.currentTarget.value })}
        />
        <Switch
          label={t('services.staff_free')}
          aria-label={`${name}: ${t('services.staff_free')}`}
          className="step-free"
          checked={line.kind === 'passive'}
          onChange={(event) => put({ kind: event.currentTarget.checked ? 'passive' : 'active' })}
        />
      </div>
      <details
        className="step-more"
        open={isOpen || isMoreWrong}
        onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}
      >
        <summary aria-label={`${name}: ${t('services.step_more')}`}>{t('services.step_more')}</summary>
        {(isOpen || isMoreWrong) && (
          <More n={n} name={name} line={line} path={path} problems={problems} values={values} put={put} />
        )}
      </details>
    </li>
  );
}

interface MoreProps extends Pick<StepProps, 'n' | 'line' | 'problems' | 'values'> {
  name: string;
  path: string;
  put: (change: Partial<StepLine>) => void;
}

const SERVICES = { pagination: { page: 1, perPage: 100 }, filter: { sort: 'name' } } as const;

/** What most steps have nothing of: another language, people of their own, rooms, waiting before it, another service's name in reports. */
function More({ n, name, line, path, problems, values, put }: MoreProps) {
  const { t, language } = useWords();
  const people = useChoices(staffReference, line.staffIds);
  const { data: services } = useGetList<ServiceView>('services', SERVICES, RETRY);
  const able = ((values['staff'] ?? []) as readonly HeldLine[]).map(({ key }) => key);
  const offered = people.filter(({ value }) => able.includes(value) || line.staffIds.includes(value));
  const whole = ((values['resources'] ?? []) as readonly NeedLine[]).flatMap(({ anyOf }) => anyOf);
  const isWrong = (member: string): boolean => problemsAt(problems, `${path}.${member}`).length > 0;
  const isGapWrong = isWrong('gap_min_minutes') || isWrong('gap_max_minutes');
  return (
    <Stack gap="sm">
      <TextInput
        label={t('services.step_name_en')}
        aria-label={`${name}: ${t('services.step_name_en')}`}
        maxLength={120}
        autoComplete="off"
        value={line.nameEn}
        onChange={(event) => put({ nameEn: event.currentTarget.value })}
      />
      {line.kind === 'active' && (
        <Checkbox.Group
          label={t('services.step_staff')}
          aria-label={`${name}: ${t('services.step_staff')}`}
          description={t('services.step_staff_hint')}
          value={[...line.staffIds]}
          onChange={(staffIds) => put({ staffIds })}
        >
          {offered.length === 0 ? (
            <Text c="dimmed" size="sm">
              {t('services.nobody')}
            </Text>
          ) : (
            <div className="kit-boxes">
              {offered.map(({ value, label }) => (
                <Checkbox key={value} value={value} label={label} aria-label={`${name}: ${label}`} />
              ))}
            </div>
          )}
        </Checkbox.Group>
      )}
      <NeedRows
        id={`${line.key}-needs`}
        label={`${name}: ${t('services.step_needs')}`}
        lines={line.needs}
        path={`${path}.resources`}
        problems={problems}
        without={whole}
        onChange={(needs) => put({ needs })}
      />
      {n > 0 && (
        <div className="step-fields step-gaps">
          {(['gapMin', 'gapMax'] as const).map((member) => (
            <TextInput
              key={member}
              label={t(member === 'gapMin' ? 'services.step_gap_min' : 'services.step_gap_max')}
              className="step-minutes"
              aria-label={`${name}: ${t(member === 'gapMin' ? 'services.step_gap_min' : 'services.step_gap_max')}`}
              inputMode="numeric"
              autoComplete="off"
              error={isGapWrong && (member === 'gapMax' ? t('services.step_gap_problem') : true)}
              rightSection={<span className="kit-unit">{t('unit.minutes')}</span>}
              rightSectionWidth="3.75rem"
              rightSectionPointerEvents="none"
              value={line[member]}
              onChange={(event) => put({ [member]: event.currentTarget.value })}
            />
          ))}
        </div>
      )}
      <NativeSelect
        label={t('services.step_service')}
        aria-label={`${name}: ${t('services.step_service')}`}
        description={t('services.step_service_hint')}
        value={line.serviceId}
        data={[
          { value: '', label: t('services.step_service_own') },
          ...(services ?? [])
            .filter(({ active, id }) => active || id === line.serviceId)
            .map(({ id, name: of }) => ({ value: id, label: inLanguage(of, language) })),
        ]}
        onChange={(event) => put({ serviceId: event.currentTarget.value })}
      />
    </Stack>
  );
}
