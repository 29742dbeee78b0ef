/** /admin/profile: one's own name, language, address, password and sessions. */
import { Alert, Button, Group, Paper, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import type { OwnSessionView } from '../../../shared/contract/identity.ts';
import { asLanguage, LANGUAGES } from '../../../shared/i18n/language.ts';
import type { ApiAnswer, ApiFault } from '../../ui/api-client.ts';
import { deviceName } from '../../ui/device-name.ts';
import { dayAndTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert, Section, StatusBadge } from '../page-parts.tsx';

export default function ProfilePage() {
  const { t } = useWords();
  const { me } = useAdmin();
  useEffect(() => {
    document.title = `${t('profile.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  return (
    <Stack gap="md" maw={720}>
      <Title order={1}>{t('profile.title')}</Title>
      <Person />
      <Email />
      <Password />
      <Sessions />
    </Stack>
  );
}

/** Sends a part of the page: busy meanwhile, and why it failed. */
function useSending() {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  async function send<T>(request: () => Promise<ApiAnswer<T>>): Promise<ApiAnswer<T>> {
    setBusy(true);
    setFault(null);
    const answer = await request();
    setBusy(false);
    if (!answer.ok) setFault(answer.fault);
    return answer;
  }
  return { isBusy, fault, send };
}

function Part({ title, onSubmit, children }: { title: string; onSubmit: () => Promise<void>; children: ReactNode }) {
  return (
    <Section title={title}>
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        <Stack gap="md" align="stretch">
          {children}
        </Stack>
      </form>
    </Section>
  );
}

function Person() {
  const { t } = useWords();
  const { api, me } = useAdmin();
  const [kept, setKept] = useState({ name: me.user.name, language: asLanguage(me.user.language) });
  const [draft, setDraft] = useState(kept);
  const { isBusy, fault, send } = useSending();
  const isWrong = fault?.errors['name'] !== undefined;
  const isDirty = draft.name.trim() !== kept.name || draft.language !== kept.language;

  async function submit(): Promise<void> {
    const next = { ...draft, name: draft.name.trim() };
    const answer = await send(() => api.patch('/api/auth/profile', next));
    if (!answer.ok) return;
    setKept(next);
    setDraft(next);
    notifications.show({ message: t('profile.saved') });
  }

  return (
    <Part title={t('profile.person')} onSubmit={submit}>
      <TextInput
        label={t('profile.name')}
        autoComplete="name"
        maxLength={200}
        value={draft.name}
        error={isWrong && t('profile.name_problem')}
        onChange={({ currentTarget: { value } }) => setDraft((before) => ({ ...before, name: value }))}
      />
      <Select
        label={t('profile.language')}
        data={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
        value={draft.language}
        allowDeselect={false}
        onChange={(value) => setDraft((before) => ({ ...before, language: asLanguage(value) }))}
      />
      {fault && !isWrong && <FaultAlert fault={fault} />}
      <Group>
        <Button type="submit" loading={isBusy} disabled={!isDirty || draft.name.trim() === ''}>
          {t('profile.save')}
        </Button>
      </Group>
    </Part>
  );
}

function Email() {
  const { t } = useWords();
  const { api, me } = useAdmin();
  const [email, setEmail] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { isBusy, fault, send } = useSending();
  const isWrong = fault?.status === 422;

  async function submit(): Promise<void> {
    const next = email.trim();
    const answer = await send(() => api.post('/api/auth/email/change', { email: next }));
    setSentTo(answer.ok ? next : null);
    if (answer.ok) setEmail('');
  }

  return (
    <Part title={t('profile.email')} onSubmit={submit}>
      <Text>{t('profile.email_now', { email: me.user.email })}</Text>
      <TextInput
        label={t('profile.email_new')}
        type="email"
        autoComplete="email"
        maxLength={254}
        value={email}
        error={isWrong && t('profile.email_problem')}
        onChange={({ currentTarget: { value } }) => setEmail(value)}
      />
      {sentTo !== null && (
        <Alert color="cyan" icon={<Icon name="check" />} role="status">
          {t('profile.email_sent', { email: sentTo })}
        </Alert>
      )}
      {fault && !isWrong && <FaultAlert fault={fault} />}
      <Group>
        <Button type="submit" variant="default" loading={isBusy} disabled={email.trim() === ''}>
          {t('profile.email_submit')}
        </Button>
      </Group>
    </Part>
  );
}

function Password() {
  const { t } = useWords();
  const { api, me } = useAdmin();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { isBusy, fault, send } = useSending();
  const isWrong = fault?.code === 'INVALID_CREDENTIALS';
  const isRefused = fault?.status === 422;

  async function submit(): Promise<void> {
    const answer = await send(() =>
      api.post('/api/auth/password/change', { current_password: current, password: next }),
    );
    if (!answer.ok) return;
    setCurrent('');
    setNext('');
    notifications.show({ message: t('profile.password_changed') });
  }

  return (
    <Part title={t('profile.password')} onSubmit={submit}>
      {/* Read by password managers, shown to nobody. */}
      <input type="hidden" autoComplete="username" value={me.user.email} readOnly />
      <TextInput
        type="password"
        label={t('profile.password_current')}
        autoComplete="current-password"
        value={current}
        error={isWrong && t('profile.password_wrong')}
        onChange={({ currentTarget: { value } }) => setCurrent(value)}
      />
      <TextInput
        type="password"
        label={t('profile.password_new')}
        description={t('profile.password_hint')}
        autoComplete="new-password"
        value={next}
        error={isRefused && t('profile.password_problem')}
        onChange={({ currentTarget: { value } }) => setNext(value)}
      />
      {fault && !isWrong && !isRefused && <FaultAlert fault={fault} />}
      <Group>
        <Button type="submit" variant="default" loading={isBusy} disabled={current === '' || next === ''}>
          {t('profile.password_submit')}
        </Button>
      </Group>
    </Part>
  );
}

const SESSIONS = '/api/auth/sessions';

function Sessions() {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const loaded = useAnswer<{ data: OwnSessionView[] }>(SESSIONS, (signal) => api.get(SESSIONS, {}, signal), {
    language,
  });
  const { isBusy, fault, send } = useSending();

  async function end(id: string): Promise<void> {
    const answer = await send(() => api.delete(`${SESSIONS}/${encodeURIComponent(id)}`));
    if (answer.ok) notifications.show({ message: t('profile.session_ended') });
    await loaded.reload();
  }

  return (
    <Section title={t('profile.sessions')}>
      <Stack gap="md">
        <Text c="dimmed" size="sm">
          {t('profile.sessions_hint')}
        </Text>
        {(fault ?? loaded.fault) && <FaultAlert fault={(fault ?? loaded.fault) as ApiFault} onRetry={loaded.reload} />}
        <Paper withBorder>
          <Table verticalSpacing="xs">
            <Table.Tbody>
              {loaded.body?.data.map((session) => (
                <Table.Tr key={session.id}>
                  <Table.Td>
                    <Text>{deviceName(session.user_agent) ?? t('profile.session_unknown')}</Text>
                    <Text c="dimmed" size="sm">
                      {t('profile.session_since', {
                        when: dayAndTime(session.created_at, me.tenant.time_zone, language),
                      })}
                    </Text>
                  </Table.Td>
                  <Table.Td ta="right">
                    {session.current ? (
                      <StatusBadge look={{ tone: 'success', icon: 'check' }}>{t('profile.session_here')}</StatusBadge>
                    ) : (
                      <Button variant="default" size="xs" disabled={isBusy} onClick={() => void end(session.id)}>
                        {t('profile.session_end')}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      </Stack>
    </Section>
  );
}
