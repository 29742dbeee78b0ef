/** /admin/legal/{kind}: the present text of a language, changed beside its preview and published as the next version; the older ones below. */
import {
  Anchor,
  Button,
  Group,
  Modal,
  Paper,
  SegmentedControl,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  Textarea,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { LegalDraftView, LegalTextRow, LegalTextView } from '../../../shared/contract/legal.ts';
import { isLanguage, type Language, LANGUAGES } from '../../../shared/i18n/language.ts';
import { LEGAL_PATH, type LegalKind } from '../../../shared/legal.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { day, dayAndTime } from '../../ui/format.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { UnsavedGuard } from '../kit/unsaved-guard.tsx';
import { FaultAlert, StatusBadge } from '../page-parts.tsx';
import { Loading } from '../loading.tsx';

const TEXTS = '/api/v1/legal-texts';
const DRAFTS = '/api/v1/legal-drafts';
const MAX_TEXT = 120_000;

export function TextEditor({ kind }: { kind: LegalKind }) {
  const { t } = useWords();
  const [query, setQuery] = useSearchParams();
  const asked = query.get('lang');
  const language: Language = isLanguage(asked) ? asked : 'de';
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/admin/legal">
        {t('legal.back')}
      </Anchor>
      <Group justify="space-between">
        <Title order={1}>{t(`legal.kind.${kind}`)}</Title>
        <SegmentedControl
          aria-label={t('legal.language')}
          value={language}
          data={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={(value) => setQuery({ lang: value }, { replace: true })}
        />
      </Group>
      <Written key={language} kind={kind} spoken={language} />
    </Stack>
  );
}

function Written({ kind, spoken }: { kind: LegalKind; spoken: Language }) {
  const { language } = useWords();
  const { api } = useAdmin();
  const versions = useAnswer<{ data: LegalTextRow[] }>(
    `${TEXTS} ${kind} ${spoken}`,
    (signal) => api.get(TEXTS, { kind, language: spoken, limit: 100 }, signal),
    { language },
  );
  const present = versions.body?.data.find(({ superseded }) => !superseded) ?? null;
  const text = useAnswer<{ data: LegalTextView }>(
    present && `${TEXTS}/${present.id}`,
    (signal) => api.get(`${TEXTS}/${present?.id ?? ''}`, {}, signal),
    { language },
  );
  const mayPublish = useMay('create_legal_texts');
  const draftPath = mayPublish ? `${DRAFTS}/${kind}/${spoken}` : null;
  const draft = useAnswer<{ data: LegalDraftView | null }>(
    draftPath,
    (signal) => api.get(draftPath ?? '', {}, signal),
    { language },
  );
  const fault = versions.fault ?? text.fault ?? draft.fault;
  if (fault)
    return (
      <FaultAlert
        fault={fault}
        onRetry={async () => void (await Promise.all([versions.reload(), text.reload(), draft.reload()]))}
      />
    );
  const isLoaded =
    versions.body !== null &&
    (present === null || text.body?.data.id === present.id) &&
    (draftPath === null || draft.body !== null);
  if (!isLoaded)
    return (
      <Loading>
        <Skeleton h={360} />
      </Loading>
    );
  return (
    <>
      <Draft
        key={`${present?.id ?? 'none'} ${draft.body?.data?.version ?? 0}`}
        kind={kind}
        spoken={spoken}
        present={present === null ? '' : (text.body?.data.text ?? '')}
        draft={draft.body?.data ?? null}
        onDraft={draft.reload}
        onPublished={async () => void (await Promise.all([versions.reload(), draft.reload()]))}
      />
      <Versions rows={versions.body?.data ?? []} />
    </>
  );
}

interface DraftProps {
  kind: LegalKind;
  spoken: Language;
  present: string;
  /** null: nobody is writing one */
  draft: LegalDraftView | null;
  onDraft: () => Promise<void>;
  onPublished: () => Promise<void>;
}

function Draft({ kind, spoken, present, draft, onDraft, onPublished }: DraftProps) {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const mayPublish = useMay('create_legal_texts');
  const [text, setText] = useState(draft?.text ?? present);
  const [isAsking, setAsking] = useState(false);
  const [isDropping, setDropping] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  // One per version: a second click publishes nothing twice.
  const [key, setKey] = useState(newKey);
  const [Preview, setPreview] = useState<typeof import('./markdown.tsx')['Markdown'] | null>(null);
  useEffect(() => {
    void import('./markdown.tsx').then(({ Markdown }) => setPreview(() => Markdown));
  }, []);
  const isNew = text.trim() !== present.trim();
  const isUnsaved = text.trim() !== (draft?.text ?? present).trim();
  const draftPath = `${DRAFTS}/${kind}/${spoken}`;

  async function save(): Promise<void> {
    setBusy(true);
    setFault(null);
    const body = { text: text.trim(), expected_version: draft?.version ?? 0 };
    const answer = await api.put<{ data: LegalDraftView }>(draftPath, body);
    if (!answer.ok) {
      setBusy(false);
      return setFault(answer.fault);
    }
    notifications.show({ message: t('legal.draft_saved') });
    await onDraft();
    setBusy(false);
  }

  async function drop(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.delete(draftPath);
    setDropping(false);
    if (!answer.ok) {
      setBusy(false);
      return setFault(answer.fault);
    }
    notifications.show({ message: t('legal.draft_dropped') });
    await onDraft();
    setBusy(false);
  }

  async function publish(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.post<{ data: LegalTextView }>(TEXTS, { kind, language: spoken, text: text.trim() }, key);
    setBusy(false);
    setAsking(false);
    setKey(newKey());
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('legal.published', { version: answer.body.data.version }) });
    await onPublished();
  }

  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        {draft !== null && (
          <Text role="status">
            {t('legal.draft_of', {
              name: draft.saved_by,
              when: dayAndTime(draft.saved_at, me.tenant.time_zone, language),
            })}
          </Text>
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          <Textarea
            label={t('legal.text')}
            description={t('legal.text_hint')}
            value={text}
            maxLength={MAX_TEXT}
            autosize
            minRows={14}
            maxRows={30}
            readOnly={!mayPublish}
            lang={spoken}
            onChange={({ currentTarget: { value } }) => setText(value)}
          />
          <section aria-label={t('legal.preview')} className="legal-preview" lang={spoken}>
            {text.trim() === '' ? (
              <Text c="dimmed">{t('legal.preview_empty')}</Text>
            ) : (
              Preview && <Preview text={text} />
            )}
          </section>
        </SimpleGrid>
        {fault && <FaultAlert fault={fault} />}
        {mayPublish && (
          <Group>
            <Button disabled={!isNew || text.trim() === ''} onClick={() => setAsking(true)}>
              {t('legal.publish')}
            </Button>
            <Button
              variant="default"
              disabled={!isUnsaved || text.trim() === ''}
              loading={isBusy && !isAsking && !isDropping}
              onClick={() => void save()}
            >
              {t('legal.draft_save')}
            </Button>
            {draft !== null && (
              <Button variant="subtle" color="red" onClick={() => setDropping(true)}>
                {t('legal.draft_drop')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('legal.publish')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        centered
      >
        <Stack gap="md">
          <Text>{t('legal.publish_hint')}</Text>
          <Group grow>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('action.back')}
            </Button>
            <Button loading={isBusy} onClick={() => void publish()}>
              {t('legal.publish_confirm')}
            </Button>
          </Group>
        </Stack>
      </Modal>
      <Modal
        opened={isDropping}
        onClose={() => setDropping(false)}
        title={t('legal.draft_drop')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        centered
      >
        <Stack gap="md">
          <Text>{t('legal.draft_drop_hint')}</Text>
          <Group grow>
            <Button variant="default" onClick={() => setDropping(false)}>
              {t('action.back')}
            </Button>
            <Button color="red" loading={isBusy} onClick={() => void drop()}>
              {t('legal.draft_drop')}
            </Button>
          </Group>
        </Stack>
      </Modal>
      <UnsavedGuard isDirty={isUnsaved && !isBusy} />
    </Paper>
  );
}

function Versions({ rows }: { rows: readonly LegalTextRow[] }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  if (rows.length === 0) return null;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2}>{t('legal.versions')}</Title>
        {rows.map((row) => (
          <Group key={row.id} gap="sm">
            <Text>
              {t('legal.version', {
                version: row.version,
                date: day(row.published_at, me.tenant.time_zone, language),
              })}
            </Text>
            <Text c="dimmed">{t('legal.by', { name: row.published_by })}</Text>
            {!row.superseded && (
              <StatusBadge look={{ tone: 'success', icon: 'check' }}>{t('legal.current')}</StatusBadge>
            )}
            <Anchor
              href={`${LEGAL_PATH}/${row.kind}?lang=${row.language}&version=${row.version}`}
              target="_blank"
              rel="noreferrer"
            >
              {t('legal.read')}
            </Anchor>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
