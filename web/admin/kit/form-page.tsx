/**
 * Creating and changing a record: sections left and right, errors below their fields and summed up, a bar that stays, a guard before
 * unsaved changes are lost. A change made meanwhile by somebody else is shown, and the own one put over the newer record.
 */
import { Alert, Anchor, Button, Group, Kbd, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useGetOne } from 'ra-core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { FaultAlert, NotFoundPage } from '../page-parts.tsx';
import { bodyOf, changesOf, type Draft, errorsByField, type FieldValue, shownValue } from './draft.ts';
import { Forbidden } from './forbidden.tsx';
import { FormField } from './form-field.tsx';
import { UnsavedGuard } from './unsaved-guard.tsx';
import { useRecordCommands } from './use-record-commands.tsx';
import type { KitRow, View } from './view.ts';

export function CreatePage<R extends KitRow>({ view }: { view: View<R> }) {
  const { t } = useWords();
  const mayCreate = useMay(view.permissions.create);
  if (!mayCreate) return <Forbidden view={view} />;
  return <RecordForm view={view} row={null} title={t(view.texts.new_title)} back={view.path} reload={null} />;
}

export function EditPage<R extends KitRow>({ view }: { view: View<R> }) {
  const words = useWords();
  const { t } = words;
  const { id = '' } = useParams();
  const mayEdit = useMay(view.permissions.edit);
  const { data: row, error, refetch } = useGetOne<R>(view.resource, { id }, RETRY);
  if (!mayEdit) return <Forbidden view={view} />;
  const fault = error ? faultOfError(error) : null;
  if (fault?.status === 404) return <NotFoundPage />;
  if (fault && !row) return <FaultAlert fault={fault} onRetry={() => void refetch()} />;
  if (!row) {
    return (
      <div className="kit-page kit-form" role="status" aria-label={t('kit.loading')} aria-busy="true">
        <Skeleton h={28} w={260} />
        <Skeleton h={420} />
      </div>
    );
  }
  return (
    <RecordForm
      key={id}
      view={view}
      row={row}
      title={t(view.texts.edit_title, { name: view.name(row, words) })}
      back={`${view.path}/${encodeURIComponent(id)}`}
      reload={async () => (await refetch()).data ?? null}
    />
  );
}

interface RecordFormProps<R extends KitRow> {
  view: View<R>;
  /** null: a new record */
  row: R | null;
  title: string;
  back: string;
  /** the newest row; null while there is none to read */
  reload: (() => Promise<R | null>) | null;
}

function RecordForm<R extends KitRow>({ view, row, title, back, reload }: RecordFormProps<R>) {
  const { t } = useWords();
  const { me } = useAdmin();
  const go = useNavigate();
  const commands = useRecordCommands(view);
  /** the record the changes are made over: it stands still while somebody types, so that its version guards the save */
  const [base, setBase] = useState(row);
  const [draft, setDraft] = useState<Draft>({});
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isReloaded, setReloaded] = useState(false);
  const [leaveTo, setLeaveTo] = useState<string | null>(null);
  const key = useRef(newKey());
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);

  const fields = view.form.flatMap((section) => section.fields);
  const changes = changesOf(fields, base, draft);
  const isDirty = Object.keys(changes).length > 0;
  const { fields: refused, others } = errorsByField(
    fault?.errors ?? {},
    fields.map((field) => field.name),
  );
  const isConflict = fault?.code === 'VERSION_CONFLICT';
  const isInvalid = fault !== null && (Object.keys(refused).length > 0 || others.length > 0);

  useEffect(() => {
    document.title = `${title} · ${me.brand.product_name}`;
  }, [title, me]);
  useEffect(() => {
    if (!isDirty) setBase(row);
  }, [row, isDirty]);
  useEffect(() => {
    if (fault !== null) summary.current?.focus();
  }, [fault]);
  useEffect(() => {
    const save = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      form.current?.requestSubmit();
    };
    addEventListener('keydown', save);
    return () => removeEventListener('keydown', save);
  }, []);
  const isNew = row === null;
  useEffect(() => {
    if (isNew) form.current?.querySelector('input')?.focus();
  }, [isNew]);
  // Leaves once the draft is gone, or the guard would ask about what has just been saved.
  useEffect(() => {
    if (leaveTo !== null) void go(leaveTo, { replace: true });
  }, [leaveTo, go]);

  const set = (name: string, value: FieldValue): void => {
    setDraft((before) => ({ ...before, [name]: value }));
    setReloaded(false);
  };

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy || !isDirty) return;
    setBusy(true);
    const body = bodyOf(changes);
    const outcome = base === null ? await commands.create(body, key.current) : await commands.update(base, body);
    setBusy(false);
    if (!outcome.ok) {
      // Another body under the same key would be refused: the next attempt is a new intent.
      if (outcome.fault.status >= 400 && outcome.fault.status < 500) key.current = newKey();
      setFault(outcome.fault);
      return;
    }
    setFault(null);
    setDraft({});
    setLeaveTo(`${view.path}/${encodeURIComponent(outcome.row.id)}`);
  }

  async function loadNewest(): Promise<void> {
    const newest = await reload?.();
    if (!newest) return;
    setBase(newest);
    setFault(null);
    setReloaded(true);
  }

  return (
    <form ref={form} className="kit-page kit-form" noValidate onSubmit={(event) => void submit(event)}>
      <Anchor component={Link} to={back} className="back">
        <Icon name="chevron-left" size={16} /> {t('action.back')}
      </Anchor>
      <Title order={1}>{title}</Title>
      <div ref={summary} tabIndex={-1} className="kit-summary">
        {isConflict ? (
          <Alert color="yellow" icon={<Icon name="warning" />} title={t('kit.conflict_title')} role="alert">
            <Stack gap="xs" align="flex-start">
              <Text>{t('kit.conflict_hint')}</Text>
              <Button
                variant="default"
                leftSection={<Icon name="refresh" size={16} />}
                onClick={() => void loadNewest()}
              >
                {t('page.reload')}
              </Button>
            </Stack>
          </Alert>
        ) : isInvalid ? (
          <Alert color="red" icon={<Icon name="warning" />} title={t('kit.invalid_title')} role="alert">
            <ul className="kit-problems">
              {fields
                .filter((field) => refused[field.name])
                .map((field) => (
                  <li key={field.name}>
                    <a href={`#${fieldId(field.name)}`} onClick={focusField}>
                      {t(field.label)}
                    </a>
                  </li>
                ))}
              {others.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </Alert>
        ) : (
          fault && <FaultAlert fault={fault} />
        )}
        {isReloaded && (
          <Alert color="cyan" icon={<Icon name="check" />} role="status">
            {t('kit.conflict_reloaded')}
          </Alert>
        )}
      </div>
      <Paper withBorder className="kit-form-sections">
        {view.form.map((section) => (
          <section key={section.title} className="kit-form-section" aria-labelledby={`section-${section.title}`}>
            <div>
              <Title order={2} id={`section-${section.title}`}>
                {t(section.title)}
              </Title>
              <Text c="dimmed" size="sm">
                {t(section.hint)}
              </Text>
            </div>
            <div className="kit-fields">
              {section.fields.map((field) => (
                <FormField
                  key={field.name}
                  id={fieldId(field.name)}
                  field={field}
                  value={draft[field.name] ?? shownValue(field, base)}
                  problems={refused[field.name] ?? []}
                  onChange={(value) => set(field.name, value)}
                />
              ))}
            </div>
          </section>
        ))}
      </Paper>
      <div className="kit-save">
        <Text c="dimmed" role="status" className="kit-save-state">
          {isDirty ? t('kit.unsaved') : ' '}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Button
            variant="default"
            disabled={isBusy}
            onClick={() => {
              setDraft({});
              setFault(null);
              if (!isDirty) setLeaveTo(back);
            }}
          >
            {isDirty ? t('kit.discard') : t('action.back')}
          </Button>
          <Button
            type="submit"
            loading={isBusy}
            disabled={!isDirty}
            rightSection={
              <Kbd size="xs" className="kit-shortcut" aria-hidden="true">
                {IS_MAC ? '⌘S' : `${t('kit.control_key')} S`}
              </Kbd>
            }
          >
            {t('kit.save')}
          </Button>
        </Group>
      </div>
      <UnsavedGuard isDirty={isDirty && leaveTo === null} />
    </form>
  );
}

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);
const fieldId = (name: string): string => `field-${name}`;

/** The summary's links lead into the field itself, without touching the address. */
function focusField(event: { preventDefault(): void; currentTarget: HTMLAnchorElement }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>(event.currentTarget.hash)?.focus();
}
