/**
 * Creating and changing a record: sections left and right, errors below their fields and summed up, a bar that stays, a guard before
 * unsaved changes are lost. A change made meanwhile by somebody else is shown, and the own one put over the newer record.
 */
import { Alert, Anchor, Button, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useGetOne } from 'ra-core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { ApiFault } from '../../ui/api-client.ts';
import { wallDateIn } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { type Agreement, faultOfError, RETRY } from '../data-provider.ts';
import { FaultAlert, NotFoundPage, RefusalAlert } from '../page-parts.tsx';
import { bodyOf, changesOf, currencyOf, errorsByField, shownValue } from './draft.ts';
import { Forbidden } from './forbidden.tsx';
import { FormField } from './form-field.tsx';
import { UnsavedGuard } from './unsaved-guard.tsx';
import { type Saved, useRecordCommands } from './use-record-commands.tsx';
import { useNames } from './references.tsx';
import { SaveBar } from './save-bar.tsx';
import { StrandedAlert, strandingOf } from './stranded.tsx';
import { startOf } from './start.ts';
import type { Draft, FieldValue, KitRow, View } from './view.ts';
import { Loading } from '../loading.tsx';

export function CreatePage<R extends KitRow>({ view }: { view: View<R> }) {
  const { t } = useWords();
  const mayCreate = useMay(view.permissions.create ?? '');
  if (!mayCreate) return <Forbidden view={view} />;
  return <RecordForm view={view} row={null} title={t(view.texts.new_title)} back={view.path} reload={null} />;
}

export function EditPage<R extends KitRow>({ view }: { view: View<R> }) {
  const words = useWords();
  const { t } = words;
  const names = useNames();
  const { id = '' } = useParams();
  const mayEdit = useMay(view.permissions.edit ?? '');
  const { data: row, error, refetch } = useGetOne<R>(view.resource, { id }, RETRY);
  if (!mayEdit || (row && view.isFixed?.(row))) return <Forbidden view={view} />;
  const fault = error ? faultOfError(error) : null;
  if (fault?.status === 404) return <NotFoundPage />;
  if (fault && !row) return <FaultAlert fault={fault} onRetry={() => void refetch()} />;
  if (!row) return <FormLoading />;
  return (
    <RecordForm
      key={id}
      view={view}
      row={row}
      title={t(view.texts.edit_title, { name: view.name(row, words, names) })}
      back={`${view.path}/${encodeURIComponent(id)}`}
      reload={async () => (await refetch()).data ?? null}
    />
  );
}

/** In a form's place until its record has come. */
export function FormLoading() {
  return (
    <Loading className="kit-page kit-form">
      <Skeleton h={28} w={260} />
      <Skeleton h={420} />
    </Loading>
  );
}

/** What a form is of and how it looks: a noun's view, or of what there is one only its sections. */
type Formed<R extends KitRow> = Pick<View<R>, 'form' | 'start' | 'adds' | 'follow' | 'amend'> & {
  texts?: Pick<View<R>['texts'], 'reasons'>;
};

interface FormOf<R extends KitRow> {
  /** null: a new record */
  row: R | null;
  title: string;
  /** the newest row; null while there is none to read */
  reload: (() => Promise<R | null>) | null;
}

interface RecordFormProps<R extends KitRow> extends FormOf<R> {
  view: View<R>;
  back: string;
}

/** The form of a noun's record: saved by its commands, and left behind afterwards. */
function RecordForm<R extends KitRow>({ view, back, ...form }: RecordFormProps<R>) {
  const commands = useRecordCommands(view);
  return (
    <FilledForm
      {...form}
      view={view}
      back={back}
      save={(base, body, { key, currency, agreement }) =>
        base === null
          ? commands.create({ ...view.adds?.({ currency }), ...body }, key, agreement)
          : commands.update(base, body, agreement)
      }
      leadsTo={({ id }) => `${view.path}/${encodeURIComponent(id)}`}
    />
  );
}

interface FilledFormProps<R extends KitRow> extends FormOf<R> {
  view: Formed<R>;
  /** null: the page is one of its own, nothing lies behind it */
  back: string | null;
  save: (
    base: R | null,
    body: Record<string, unknown>,
    about: { key: string; currency: string; agreement?: Agreement | undefined },
  ) => Promise<Saved<R>>;
  /** where it goes on after saving; left out: it stays, over the record as it is now */
  leadsTo?: (row: R) => string;
  /** said above the sections */
  notice?: ReactNode;
}

/** Sections of fields over a record, with everything that keeps what somebody has typed. */
export function FilledForm<R extends KitRow>({
  view,
  row,
  title,
  back,
  reload,
  save,
  leadsTo,
  notice,
}: FilledFormProps<R>) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const [query] = useSearchParams();
  const go = useNavigate();
  const { currency, time_zone: timeZone } = me.tenant;
  const spelling = { language, currency };
  /** what a new record's form holds before anybody has typed */
  const [start, setStart] = useState<Draft>(() =>
    row === null ? startOf(view, query, { currency, timeZone, today: wallDateIn(Date.now(), timeZone) }) : {},
  );
  /** the record the changes are made over: it stands still while somebody types, so that its version guards the save */
  const [base, setBase] = useState(row);
  const [draft, setDraft] = useState<Draft>(start);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isReloaded, setReloaded] = useState(false);
  const [leaveTo, setLeaveTo] = useState<string | null>(null);
  const key = useRef(newKey());
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);

  const reasons = view.texts?.reasons;
  const all = view.form.flatMap((section) => section.fields);
  const values: Draft = Object.fromEntries(
    all.map((field) => [field.name, draft[field.name] ?? shownValue(field, base, spelling)]),
  );
  const fields = all.filter((field) => field.isShown?.(values, base) !== false);
  const changes = changesOf(fields, base, draft, spelling);
  // What a new form began with is sent, and is nothing that somebody would lose.
  const isDirty = Object.keys(changes).some((name) => JSON.stringify(draft[name]) !== JSON.stringify(start[name]));
  const canSave = isDirty || (base === null && Object.keys(changes).length > 0);
  /** Where a new record has no choice, what is chosen for it is a beginning: nobody has typed. */
  function chooseOnly(name: string, value: FieldValue): void {
    if (base === null) setStart((before) => ({ ...before, [name]: value }));
    set(name, value);
  }
  const { fields: refused, others } = errorsByField(fault?.errors ?? {}, fields);
  const stranding = strandingOf(fault);
  const isConflict = fault?.code === 'VERSION_CONFLICT';
  const isInvalid = fault !== null && stranding === null && (Object.keys(refused).length > 0 || others.length > 0);

  useEffect(() => {
    document.title = `${title} · ${me.brand.product_name}`;
  }, [title, me]);
  useEffect(() => {
    if (!isDirty) setBase(row);
  }, [row, isDirty]);
  useEffect(() => {
    if (fault !== null) summary.current?.focus();
  }, [fault]);
  const isNew = row === null;
  useEffect(() => {
    if (isNew) form.current?.querySelector<HTMLElement>('.kit-fields :is(input, select, textarea)')?.focus();
  }, [isNew]);
  // Leaves once the draft is gone, or the guard would ask about what has just been saved.
  useEffect(() => {
    if (leaveTo !== null) void go(leaveTo, { replace: true });
  }, [leaveTo, go]);

  const set = (name: string, value: FieldValue): void => {
    setDraft((before) => ({ ...before, [name]: value, ...view.follow?.(name, { ...values, [name]: value }) }));
    setReloaded(false);
    // What was refused for the appointments it would strand is another change now.
    if (stranding !== null) setFault(null);
  };

  async function submit(agreement?: Agreement): Promise<void> {
    if (isBusy || !canSave) return;
    setBusy(true);
    const filled = bodyOf(fields, base, changes, spelling);
    const body = { ...filled, ...view.amend?.(filled, base) };
    const outcome = await save(base, body, { key: key.current, currency, agreement });
    setBusy(false);
    if (!outcome.ok) {
      // Another body under the same key would be refused: the next attempt is a new intent.
      if (outcome.fault.status >= 400 && outcome.fault.status < 500) key.current = newKey();
      setFault(outcome.fault);
      return;
    }
    setFault(null);
    setDraft(start);
    if (leadsTo !== undefined) return setLeaveTo(leadsTo(outcome.row));
    setBase(outcome.row);
    setReloaded(false);
  }

  async function loadNewest(): Promise<void> {
    const newest = await reload?.();
    if (!newest) return;
    setBase(newest);
    setFault(null);
    setReloaded(true);
  }

  return (
    <form
      ref={form}
      className="kit-page kit-form"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      {back !== null && (
        <Anchor component={Link} to={back} className="back">
          <Icon name="chevron-left" size={16} /> {t('action.back')}
        </Anchor>
      )}
      <Title order={1}>{title}</Title>
      <div ref={summary} tabIndex={-1} className="kit-summary">
        {stranding ? (
          <StrandedAlert
            stranding={stranding}
            confirm={t('strand.save')}
            isBusy={isBusy}
            onConfirm={() => void submit({ confirmToken: stranding.confirm_token })}
            onBack={() => setFault(null)}
          />
        ) : isConflict ? (
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
                    <a
                      href={`#${fieldId(field.name)}`}
                      onClick={(event) => {
                        event.preventDefault();
                        focusField(field.name);
                      }}
                    >
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
          fault && <RefusalAlert fault={fault} reasons={reasons} />
        )}
        {isReloaded && (
          <Alert color="cyan" icon={<Icon name="check" />} role="status">
            {t('kit.conflict_reloaded')}
          </Alert>
        )}
      </div>
      {notice}
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
              {section.fields
                .filter((field) => fields.includes(field))
                .map((field) => (
                  <div key={field.name} data-field={field.name}>
                    <FormField
                      id={fieldId(field.name)}
                      field={field}
                      value={values[field.name] ?? ''}
                      problems={refused[field.name] ?? []}
                      byPath={fault?.errors ?? NOTHING_WRONG}
                      values={values}
                      currency={currencyOf(base, { currency })}
                      onChange={(value) => set(field.name, value)}
                      onOnly={(value) => chooseOnly(field.name, value)}
                    />
                  </div>
                ))}
            </div>
          </section>
        ))}
      </Paper>
      <SaveBar
        isDirty={isDirty}
        isBusy={isBusy}
        canSave={canSave}
        canLeave={back !== null}
        onSave={() => form.current?.requestSubmit()}
        onDiscard={() => {
          setDraft(start);
          setFault(null);
          if (!isDirty && back !== null) setLeaveTo(back);
        }}
      />
      <UnsavedGuard isDirty={isDirty && leaveTo === null} />
    </form>
  );
}

const NOTHING_WRONG: ApiFault['errors'] = {};
const fieldId = (name: string): string => `field-${name}`;

/** The summary's links lead to the field's first control, of several to the one that is wrong, without touching the address. */
function focusField(name: string): void {
  const field = document.querySelector(`[data-field="${name}"]`);
  const wrong = field?.querySelector<HTMLElement>('[aria-invalid="true"]');
  (wrong ?? field?.querySelector<HTMLElement>('input, select, textarea'))?.focus();
}
