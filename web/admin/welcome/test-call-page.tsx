/** /admin/test-call: the agent tried in the browser: what the caller says is typed, what the agent asks, does and says is shown. */
import { Alert, Anchor, Button, Group, Paper, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { TestCallTurn } from '../../../shared/contract/onboarding.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { dayAndTime, wallDateIn } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { Empty, FaultAlert } from '../page-parts.tsx';
import './welcome.css';

interface Said {
  key: string;
  speaker: 'caller' | 'agent';
  text: string;
  asked: TestCallTurn['asked'];
}

export default function TestCallPage() {
  const { t } = useWords();
  const { me } = useAdmin();
  const mayCall = useMay('create_appointments');
  useEffect(() => {
    document.title = `${t('test_call.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  if (!mayCall)
    return (
      <Paper withBorder>
        <Title order={1} className="sr-only">
          {t('test_call.title')}
        </Title>
        <Empty icon="phone" title={t('test_call.forbidden')} hint={t('test_call.forbidden_hint')} />
      </Paper>
    );
  return <Phone />;
}

function Phone() {
  const { t } = useWords();
  const { api } = useAdmin();
  const [call, setCall] = useState<{ id: string; state: string } | null>(null);
  const [said, setSaid] = useState<readonly Said[]>([]);
  const [appointment, setAppointment] = useState<TestCallTurn['appointment']>(null);
  const [text, setText] = useState('');
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const isOver = call === null && said.length > 0;

  function hear({ id, state, says, asked, appointment: made }: TestCallTurn): void {
    setCall({ id, state });
    setSaid((before) => [...before, { key: newKey(), speaker: 'agent', text: says, asked }]);
    if (made !== null) setAppointment(made);
    // Where the next words are typed.
    setTimeout(() => field.current?.focus(), 0);
  }

  async function start(): Promise<void> {
    setBusy(true);
    setFault(null);
    setSaid([]);
    setAppointment(null);
    const answer = await api.post<{ data: TestCallTurn }>('/api/v1/test-calls', {}, newKey());
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    hear(answer.body.data);
  }

  async function say(event: FormEvent): Promise<void> {
    event.preventDefault();
    const words = text.trim();
    if (call === null || words === '' || isBusy) return;
    setBusy(true);
    setFault(null);
    const path = `/api/v1/test-calls/${encodeURIComponent(call.id)}/say`;
    const answer = await api.post<{ data: TestCallTurn }>(path, { text: words, state: call.state }, newKey());
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    setText('');
    setSaid((before) => [...before, { key: newKey(), speaker: 'caller', text: words, asked: [] }]);
    hear(answer.body.data);
  }

  async function hangUp(): Promise<void> {
    if (call === null) return;
    setBusy(true);
    const path = `/api/v1/test-calls/${encodeURIComponent(call.id)}/end`;
    const answer = await api.post(path, { state: call.state }, newKey());
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    setCall(null);
  }

  return (
    <div className="test-call">
      <Title order={1}>{t('test_call.title')}</Title>
      <Text c="dimmed">{t('test_call.intro')}</Text>
      {fault && (
        <>
          <FaultAlert fault={fault} />
          {call === null && fault.code === 'NOT_FOUND' && (
            <Text>
              {t('test_call.needs_branch')}{' '}
              <Anchor component={Link} to="/admin/welcome?step=place">
                {t('nav.welcome')}
              </Anchor>
            </Text>
          )}
        </>
      )}
      <Paper withBorder p="md" component="section" aria-label={t('test_call.conversation')}>
        {said.length === 0 ? (
          <Empty icon="phone" title={t('test_call.empty')} hint={t('test_call.empty_hint')} />
        ) : (
          <ol className="test-call-turns" aria-live="polite">
            {said.map((turn) => (
              <Turn key={turn.key} turn={turn} />
            ))}
          </ol>
        )}
      </Paper>
      {appointment !== null && <Booked appointment={appointment} />}
      {call === null ? (
        <Group gap="sm">
          {isOver && <Text>{t('test_call.ended')}</Text>}
          <Button leftSection={<Icon name="phone" size={16} />} loading={isBusy} onClick={() => void start()}>
            {t(isOver ? 'test_call.again' : 'test_call.start')}
          </Button>
        </Group>
      ) : (
        <>
          <form className="test-call-form" onSubmit={(event) => void say(event)}>
            <TextInput
              ref={field}
              label={t('test_call.say')}
              placeholder={t('test_call.say_example')}
              autoComplete="off"
              maxLength={500}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit" loading={isBusy}>
              {t('test_call.send')}
            </Button>
          </form>
          <div>
            <Button variant="default" disabled={isBusy} onClick={() => void hangUp()}>
              {t('test_call.end')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function Turn({ turn }: { turn: Said }) {
  const { t } = useWords();
  return (
    <li data-speaker={turn.speaker}>
      {turn.asked.map((one, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was asked in a turn stays in its order
        <details key={n} className="test-call-asked">
          <summary>{t('test_call.function', { name: one.function })}</summary>
          <Text size="sm">{t('test_call.arguments')}</Text>
          <pre>{JSON.stringify(one.arguments, null, 2)}</pre>
          <Text size="sm">{t('test_call.answer')}</Text>
          <pre>{JSON.stringify(one.answer, null, 2)}</pre>
        </details>
      ))}
      <Text size="sm" c="dimmed">
        {t(`test_call.${turn.speaker}`)}
      </Text>
      <Text className="test-call-words">{turn.text}</Text>
    </li>
  );
}

function Booked({ appointment }: { appointment: NonNullable<TestCallTurn['appointment']> }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const zone = me.branches[0]?.time_zone ?? me.tenant.time_zone;
  const date = wallDateIn(appointment.starts_at, zone);
  const address = `/admin/appointments/calendar?date=${date}&appointment=${encodeURIComponent(appointment.id)}`;
  return (
    <Alert
      color="green"
      icon={<Icon name="calendar" />}
      title={t('test_call.booked', { when: dayAndTime(appointment.starts_at, zone, language) })}
    >
      {/* A plain link: the panel learns of a branch that is new with the next page. */}
      <Button component="a" href={address} variant="default">
        {t('test_call.show')}
      </Button>
    </Alert>
  );
}
