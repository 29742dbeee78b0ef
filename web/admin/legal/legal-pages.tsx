/** /admin/legal and what lies below it: legal texts of whoever sells, and the switch of sign-up. One lazy part of the app. */
import {
  Anchor,
  Code,
  CopyButton,
  Button,
  Group,
  Paper,
  Skeleton,
  Stack,
  Switch,
  Table,
  Text,
  Title,
} from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Link, Route, Routes, useParams } from 'react-router';
import type { SignupSettingsView } from '../../../shared/contract/signup.ts';
import { LANGUAGES } from '../../../shared/i18n/language.ts';
import { LEGAL_KINDS } from '../../../shared/legal.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { day } from '../../ui/format.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { Empty, FaultAlert, NotFoundPage } from '../page-parts.tsx';
import { Loading } from '../loading.tsx';

/** The page of one text; the overview needs none of it. */
const TextEditor = lazy(async () => ({ default: (await import('./text-editor.tsx')).TextEditor }));

const SWITCH = '/api/v1/signup-settings';

export default function LegalPages() {
  const { t } = useWords();
  const { me } = useAdmin();
  const maySee = useMay('view_legal_texts');
  useEffect(() => {
    document.title = `${t('legal.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  if (!maySee || me.tenant.type === 'business')
    return (
      <Paper withBorder>
        <Title order={1} className="sr-only">
          {t('legal.title')}
        </Title>
        <Empty icon="receipt" title={t('legal.title')} hint={t('legal.forbidden')} />
      </Paper>
    );
  return (
    <Routes>
      <Route index element={<Overview />} />
      <Route path=":kind" element={<Editor />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}

function Editor() {
  const { kind: asked } = useParams();
  const kind = LEGAL_KINDS.find((one) => one === asked);
  if (kind === undefined) return <NotFoundPage />;
  return (
    <Suspense fallback={<Waiting />}>
      <TextEditor key={kind} kind={kind} />
    </Suspense>
  );
}

function Overview() {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const loaded = useAnswer<{ data: SignupSettingsView }>(SWITCH, (signal) => api.get(SWITCH, {}, signal), { language });
  const rows = loaded.body?.data.published ?? null;
  return (
    <Stack gap="md">
      <Title order={1}>{t('legal.title')}</Title>
      <Text c="dimmed">{t(me.tenant.type === 'platform' ? 'legal.hint_platform' : 'legal.hint_reseller')}</Text>
      {loaded.fault && <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />}
      {rows === null ? (
        !loaded.fault && <Waiting />
      ) : (
        <Paper withBorder>
          <Table.ScrollContainer minWidth={0}>
            <Table verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('legal.kind')}</Table.Th>
                  {LANGUAGES.map((one) => (
                    <Table.Th key={one}>{t(`language.${one}`)}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {LEGAL_KINDS.map((kind) => (
                  <Table.Tr key={kind}>
                    <Table.Td>
                      <Anchor component={Link} to={`/admin/legal/${kind}`}>
                        {t(`legal.kind.${kind}`)}
                      </Anchor>
                    </Table.Td>
                    {LANGUAGES.map((one) => {
                      const found = rows.find((row) => row.kind === kind && row.language === one);
                      return (
                        <Table.Td key={one}>
                          {found === undefined ? (
                            <Text c="dimmed">{t('legal.none')}</Text>
                          ) : (
                            t('legal.version', {
                              version: found.version,
                              date: day(found.published_at, me.tenant.time_zone, language),
                            })
                          )}
                        </Table.Td>
                      );
                    })}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Paper>
      )}
      {loaded.body && <SignupSwitch present={loaded.body.data} />}
    </Stack>
  );
}

const Waiting = () => {
  return (
    <Loading>
      <Skeleton h={240} />
    </Loading>
  );
};

function SignupSwitch({ present }: { present: SignupSettingsView }) {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const mayEdit = useMay('edit_settings');
  const [view, setView] = useState(present);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function change(switched: boolean): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.patch<{ data: SignupSettingsView }>(SWITCH, { switched }, newKey());
    setBusy(false);
    if (answer.ok) setView(answer.body.data);
    else setFault(answer.fault);
  }

  const { reason, missing } = view;
  const says =
    reason === null
      ? t('signup_switch.open')
      : !view.switched
        ? t('signup_switch.off')
        : reason === 'off'
          ? t('signup_switch.off_instance')
          : reason === 'texts'
            ? t('signup_switch.texts', {
                missing: new Intl.ListFormat(language).format(missing.map((kind) => t(`legal.kind.${kind}`))),
              })
            : t(`signup_switch.${reason}`);
  return (
    <Paper withBorder p="md">
      <Stack gap="sm" align="flex-start">
        <Title order={2}>{t('signup_switch.title')}</Title>
        <Switch
          label={t('signup_switch.on')}
          checked={view.switched}
          disabled={!mayEdit || isBusy}
          onChange={({ currentTarget: { checked } }) => void change(checked)}
        />
        <Text role="status">{says}</Text>
        {view.open && (
          <Group gap="xs">
            <Code className="id">{view.address}</Code>
            <CopyButton value={view.address}>
              {({ copied, copy }) => (
                <Button variant="subtle" size="compact-sm" onClick={copy}>
                  {copied ? t('action.copied') : t('keys.copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
        )}
        {me.tenant.type === 'reseller' && reason === 'texts' && <Text c="dimmed">{t('legal.hint_reseller')}</Text>}
        {fault && <FaultAlert fault={fault} />}
      </Stack>
    </Paper>
  );
}
