/** /admin/security: who of the operator may look in and has, and the networks that the account's people work from. */
import { Anchor, Button, Group, Paper, Select, Stack, Text, Textarea, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { NetworksView, SupportAccessView, SupportSessionView } from '../../../shared/contract/security.ts';
import type { FactorDemandView } from '../../../shared/contract/ways-in.ts';
import { isBlock, isWithin } from '../../../shared/network.ts';
import { CONSENT_HOURS } from '../../../shared/support.ts';
import { FACTOR_DEMANDS, FACTOR_GRACE_DAYS } from '../../../shared/ways-in.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { dayAndTime, time } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { Empty, FaultAlert } from '../page-parts.tsx';
import { LoadingBlock } from '../loading.tsx';
import { linesOf } from '../kit/lines-of.ts';

const ACCESS = '/api/v1/security/support-access';
const SESSIONS = '/api/v1/security/support-sessions';
const NETWORKS = '/api/v1/security/networks';
const FACTOR = '/api/v1/security/second-factor';
const SHOWN_SESSIONS = 20;

export default function SecurityPage() {
  const { t } = useWords();
  const { me } = useAdmin();
  const maySee = useMay('view_security');
  useEffect(() => {
    document.title = `${t('security.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  if (!maySee)
    return (
      <Paper withBorder>
        <Title order={1} className="sr-only">
          {t('security.title')}
        </Title>
        <Empty icon="eye" title={t('security.forbidden')} hint={t('error.PERMISSION_DENIED')} />
      </Paper>
    );
  return (
    <Stack gap="md" maw={880}>
      <Title order={1}>{t('security.title')}</Title>
      {/* The operator has nobody above. */}
      {me.tenant.type !== 'platform' && <AccessCard />}
      <NetworksCard />
      <FactorCard />
    </Stack>
  );
}

function AccessCard() {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const mayEdit = useMay('edit_security');
  const access = useAnswer<{ data: SupportAccessView }>(ACCESS, (signal) => api.get(ACCESS, {}, signal), { language });
  const uses = useAnswer<{ data: SupportSessionView[] }>(
    SESSIONS,
    (signal) => api.get(SESSIONS, { limit: SHOWN_SESSIONS }, signal),
    { language },
  );
  const [hours, setHours] = useState<string>('24');
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const zone = me.tenant.time_zone;
  const given = access.body?.data;

  async function change(allow: boolean): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = allow ? await api.post(ACCESS, { hours: Number(hours) }, newKey()) : await api.delete(ACCESS);
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t(allow ? 'security.allowed' : 'security.withdrawn') });
    void access.reload();
    void uses.reload();
  }

  return (
    <Paper withBorder p="md" component="section" aria-labelledby="security-access">
      <Stack gap="md">
        <div>
          <Title order={2} id="security-access">
            {t('security.access')}
          </Title>
          <Text c="dimmed">{t('security.access_hint')}</Text>
        </div>
        {access.fault && <FaultAlert fault={access.fault} onRetry={access.reload} />}
        {given === undefined && !access.fault && <LoadingBlock h={36} />}
        {given !== undefined && (
          <div role="status">
            <Text fw={600}>
              {given.until === null
                ? t('security.access_none')
                : t('security.access_until', { until: dayAndTime(given.until, zone, language) })}
            </Text>
            {given.given_by !== null && <Text size="sm">{t('security.access_by', { name: given.given_by })}</Text>}
          </div>
        )}
        {mayEdit && given !== undefined && (
          <Group align="flex-end" gap="sm">
            <Select
              label={t('security.allow_for')}
              w={160}
              allowDeselect={false}
              value={hours}
              onChange={(value) => setHours(value ?? '24')}
              data={CONSENT_HOURS.map((one) => ({ value: String(one), label: t(`security.hours.${one}`) }))}
            />
            <Button loading={isBusy} onClick={() => void change(true)}>
              {t('security.allow')}
            </Button>
            {given.until !== null && (
              <Button variant="default" loading={isBusy} onClick={() => void change(false)}>
                {t('security.withdraw')}
              </Button>
            )}
          </Group>
        )}
        {fault && <FaultAlert fault={fault} />}
        <Title order={3}>{t('security.uses')}</Title>
        {uses.fault && <FaultAlert fault={uses.fault} onRetry={uses.reload} />}
        {uses.body !== null && <Uses rows={uses.body.data} />}
      </Stack>
    </Paper>
  );
}

function Uses({ rows }: { rows: readonly SupportSessionView[] }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const maySeeLog = useMay('view_activity');
  const zone = me.tenant.time_zone;
  if (rows.length === 0) return <Text c="dimmed">{t('security.uses_empty')}</Text>;
  const until = (row: SupportSessionView): string =>
    row.running
      ? t('security.use_running', { time: time(row.ends_at, zone, language) })
      : t('security.use_span', {
          from: dayAndTime(row.started_at, zone, language),
          to: time(row.ends_at, zone, language),
        });
  return (
    <Stack component="ul" gap="md" className="plain-list" aria-label={t('security.uses')}>
      {rows.map((row) => (
        <Group component="li" key={row.id} justify="space-between" align="flex-start" gap="xs">
          <div>
            <Text fw={600}>
              {row.operator_name} {t('security.use_as', { person: row.user_name })}
            </Text>
            <Text>{row.reason}</Text>
            <Text size="sm" c="dimmed" className="figures">
              {until(row)}
              {row.ended_by === 'owner' && `, ${t('security.use_owner_ended')}`}
            </Text>
          </div>
          {maySeeLog && (
            <Anchor
              component={Link}
              size="sm"
              to={`/admin/activity?impersonator_id=${encodeURIComponent(row.operator_id)}`}
            >
              {t('security.use_activity')}
            </Anchor>
          )}
        </Group>
      ))}
    </Stack>
  );
}

function NetworksCard() {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const mayEdit = useMay('edit_security');
  const loaded = useAnswer<{ data: NetworksView }>(NETWORKS, (signal) => api.get(NETWORKS, {}, signal), { language });
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const found = loaded.body?.data;
  const text = typed ?? found?.networks.join('\n') ?? '';

  async function save(yours: string): Promise<void> {
    const networks = linesOf(text);
    const odd = networks.find((one) => !isBlock(one));
    const isOut = networks.length > 0 && !isWithin(yours, networks);
    setFault(null);
    setProblem(
      odd !== undefined ? t('security.networks_problem', { text: odd }) : isOut ? t('security.networks_outside') : null,
    );
    if (odd !== undefined || isOut) return;
    setBusy(true);
    const answer = await api.patch(NETWORKS, { networks }, newKey());
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('security.networks_saved') });
    setTyped(null);
    void loaded.reload();
  }

  return (
    <Paper withBorder p="md" component="section" aria-labelledby="security-networks">
      <Stack gap="md" align="stretch">
        <div>
          <Title order={2} id="security-networks">
            {t('security.networks')}
          </Title>
          <Text c="dimmed">{t('security.networks_hint')}</Text>
        </div>
        {loaded.fault && <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />}
        {found === undefined && !loaded.fault && <LoadingBlock h={96} />}
        {found !== undefined && (
          <>
            <Textarea
              label={t('security.networks_field')}
              description={t('security.networks_yours', { address: found.your_address })}
              autosize
              minRows={3}
              maw={480}
              spellCheck={false}
              readOnly={!mayEdit}
              value={text}
              error={problem ?? undefined}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            {mayEdit && (
              <Group gap="sm">
                <Button loading={isBusy} onClick={() => void save(found.your_address)}>
                  {t('security.networks_save')}
                </Button>
                <Button
                  variant="default"
                  leftSection={<Icon name="plus" size={16} />}
                  onClick={() => setTyped([...linesOf(text), found.your_address].join('\n'))}
                >
                  {t('security.networks_add_yours')}
                </Button>
              </Group>
            )}
            {fault && <FaultAlert fault={fault} />}
          </>
        )}
      </Stack>
    </Paper>
  );
}

type Demand = FactorDemandView['demand'];
const DEMANDS: readonly Demand[] = ['nobody', ...FACTOR_DEMANDS];

function FactorCard() {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const mayEdit = useMay('edit_security');
  const loaded = useAnswer<{ data: FactorDemandView }>(FACTOR, (signal) => api.get(FACTOR, {}, signal), { language });
  const [chosen, setChosen] = useState<Demand | null>(null);
  const [grace, setGrace] = useState<string>('7');
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const found = loaded.body?.data;

  async function save(demand: Demand): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.patch(FACTOR, { demand, grace_days: Number(grace) }, newKey());
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('security.factor_saved') });
    setChosen(null);
    void loaded.reload();
  }
  const state = ({ demand, from }: FactorDemandView): string => {
    if (demand === 'nobody' || from === null) return t('security.factor_off');
    const when = dayAndTime(from, me.tenant.time_zone, language);
    return t(Date.parse(from) > Date.now() ? 'security.factor_from' : 'security.factor_since', { when });
  };

  return (
    <Paper withBorder p="md" component="section" aria-labelledby="security-factor">
      <Stack gap="md">
        <div>
          <Title order={2} id="security-factor">
            {t('security.factor')}
          </Title>
          <Text c="dimmed">{t('security.factor_hint')}</Text>
        </div>
        {loaded.fault && <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />}
        {found === undefined && !loaded.fault && <LoadingBlock h={36} />}
        {found !== undefined && (
          <div role="status">
            <Text fw={600}>{state(found)}</Text>
            <Text size="sm">{t('security.factor_without', { count: found.people_without })}</Text>
          </div>
        )}
        {mayEdit && found !== undefined && !found.proven && (
          <Text>
            {t('security.factor_unproven')}{' '}
            <Anchor component={Link} to="/admin/profile" underline="always">
              {t('security.factor_profile')}
            </Anchor>
          </Text>
        )}
        {mayEdit && found?.proven === true && (
          <Group align="flex-end" gap="sm">
            <Select
              label={t('security.factor_of')}
              w={340}
              maw="100%"
              allowDeselect={false}
              value={chosen ?? found.demand}
              onChange={(value) => setChosen(DEMANDS.find((one) => one === value) ?? null)}
              data={DEMANDS.map((one) => ({ value: one, label: t(`security.factor.${one}`) }))}
            />
            {(chosen ?? found.demand) !== 'nobody' && (
              <Select
                label={t('security.factor_grace')}
                w={160}
                allowDeselect={false}
                value={grace}
                onChange={(value) => setGrace(value ?? '7')}
                data={FACTOR_GRACE_DAYS.map((one) => ({ value: String(one), label: t(`security.grace.${one}`) }))}
              />
            )}
            <Button
              loading={isBusy}
              disabled={chosen === null && found.demand === 'nobody'}
              onClick={() => void save(chosen ?? found.demand)}
            >
              {t('security.factor_save')}
            </Button>
          </Group>
        )}
        {fault && <FaultAlert fault={fault} />}
      </Stack>
    </Paper>
  );
}
