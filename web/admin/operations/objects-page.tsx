/** /admin/operations/objects: calendar and ledger of one tenant with what can be done about them, and how full the databases are. */
import { Alert, Button, Group, Paper, Progress, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ObjectView, RepairedView, VerifiedView } from '../../../shared/contract/operations.ts';
import type { ShardView } from '../../../shared/contract/watch.ts';
import { decimal } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { Fact, FaultAlert, StatusBadge } from '../page-parts.tsx';
import { useAddress } from '../use-address.ts';
import { useWatched } from './rows.tsx';
import { bytesText, shareText, STATUS_LOOK } from './shown.ts';
import { WayOutDialog } from './way-out-dialog.tsx';
import type { WayOut } from './ways-out.ts';
import { OperationsFrame } from './frame.tsx';
import { LoadingBlock } from '../loading.tsx';

const KINDS = ['calendar', 'ledger'] as const;
const TYPING_MS = 250;
const MAX_CHOICES = 20;

interface Rebuilt {
  written: number;
  removed: number;
}

/** What can be done about an object as it stands. */
function waysOf({ tenant_id, kind, stuck, behind }: ObjectView): WayOut[] {
  const path = `/api/v1/objects/${encodeURIComponent(tenant_id)}/${kind}`;
  const verify: WayOut = {
    label: 'op.object.verify',
    hint: 'operations.act.verify_hint',
    needsNoReason: true,
    send: (api, _said, key) => api.post(`${path}/verify`, {}, key),
    outcome: (body, words) => {
      const { ok, entries, compared, found } = (body as { data: VerifiedView }).data;
      if (!ok) return words.t('operations.verify_ill', { found });
      return kind === 'ledger'
        ? words.t('operations.verify_well', { entries })
        : words.t('op.object.verify_calendar_well', { compared });
    },
  };
  const rebuild: WayOut = {
    label: 'op.object.rebuild',
    hint: 'operations.act.rebuild_hint',
    send: (api, { reason }, key) => api.post(`${path}/rebuild`, { reason }, key),
    outcome: (body, words) => words.t('op.object.rebuilt', { ...(body as { data: Rebuilt }).data }),
  };
  const restore: WayOut = {
    label: 'op.object.restore',
    hint: 'op.object.restore_hint',
    isDangerous: true,
    send: (api, { reason }, key) => api.post(`${path}/restore`, { reason }, key),
    outcome: (body, words) =>
      words.t('op.object.restored', { replayed: (body as { data: { replayed: number } }).data.replayed }),
  };
  const repair: WayOut = {
    label: 'operations.act.repair',
    hint: 'operations.act.repair_hint',
    send: (api, { reason }, key) => api.post(`${path}/repair`, { reason }, key),
    outcome: (body, words) => {
      const { ok, entries, found } = (body as { data: RepairedView }).data.verified;
      return ok ? words.t('operations.verify_well', { entries }) : words.t('operations.verify_ill', { found });
    },
  };
  const seq = stuck.find((one) => one.seq !== null)?.seq ?? null;
  const skip: WayOut[] =
    seq === null
      ? []
      : [
          {
            label: 'operations.act.skip',
            hint: 'operations.act.skip_hint',
            isDangerous: true,
            send: (api, { reason }, key) => api.post(`${path}/skip`, { seq, reason }, key),
          },
        ];
  return [verify, rebuild, ...(kind === 'ledger' ? [repair] : []), ...(behind === null ? [] : [restore]), ...skip];
}

export default function ObjectsPage() {
  return (
    <OperationsFrame title="op.object.title" permission="view_objects">
      <Objects />
      <Shards />
    </OperationsFrame>
  );
}

interface Choice {
  id: string;
  name: string;
}

/** Tenants whose name or id holds what was typed. */
function useTenants(typed: string): Choice[] {
  const { api } = useAdmin();
  const [found, setFound] = useState<Choice[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const query = { limit: MAX_CHOICES, ...(typed.trim() === '' ? {} : { q: typed.trim() }) };
      void api.get<{ data: Choice[] }>('/api/v1/tenants', query, abort.signal).then((answer) => {
        if (answer.ok) setFound(answer.body.data.map(({ id, name }) => ({ id, name })));
      });
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, typed]);
  return found;
}

function Objects() {
  const { t } = useWords();
  const { query, change } = useAddress();
  const tenant = query.get('tenant');
  const [typed, setTyped] = useState(tenant ?? '');
  const found = useTenants(typed);
  const labelOf = ({ id, name }: Choice): string => `${name} (${id})`;
  return (
    <>
      <TextInput
        label={t('op.object.choose')}
        description={t('op.object.choose_hint')}
        maw={480}
        value={typed}
        list="tenants-found"
        onChange={(event) => {
          const text = event.currentTarget.value;
          const chosen = found.find((one) => labelOf(one) === text || one.id === text);
          setTyped(chosen ? chosen.id : text);
          if (chosen) change({ tenant: chosen.id });
        }}
      />
      <datalist id="tenants-found">
        {found.map((one) => (
          <option key={one.id} value={labelOf(one)} />
        ))}
      </datalist>
      {tenant === null ? (
        <Text c="dimmed">{t('op.object.none')}</Text>
      ) : (
        <div className="operations-cards">
          {KINDS.map((kind) => (
            <ObjectCard key={`${tenant}/${kind}`} tenant={tenant} kind={kind} />
          ))}
        </div>
      )}
    </>
  );
}

function ObjectCard({ tenant, kind }: { tenant: string; kind: (typeof KINDS)[number] }) {
  const { t, language } = useWords();
  const mayManage = useMay('manage_objects');
  const [way, setWay] = useState<WayOut | null>(null);
  const { body, fault, reload } = useWatched<{ data: ObjectView }>(
    `/api/v1/objects/${encodeURIComponent(tenant)}/${kind}`,
  );
  const waits = body === null ? 0 : Object.values(body.data.waiting).reduce((sum, n) => sum + n, 0);
  return (
    <Paper withBorder p="md" component="section">
      <WayOutDialog
        way={way}
        onClose={() => setWay(null)}
        onDone={() => {
          setWay(null);
          void reload();
        }}
      />
      <Stack gap="sm">
        <Title order={2}>{t(`op.object.${kind}`)}</Title>
        {fault && <FaultAlert fault={fault} onRetry={reload} />}
        {!body && !fault && <LoadingBlock h={120} />}
        {body && (
          <>
            {body.data.behind !== null && (
              <Alert color="red" icon={<Icon name="warning" />} title={t('op.object.behind')}>
                {body.data.behind}
              </Alert>
            )}
            {body.data.restoring && <Text>{t('op.object.restoring')}</Text>}
            {body.data.stuck.map(({ sink, seq, type, error }) => (
              <Alert key={sink} color="yellow" icon={<Icon name="warning" />}>
                {t('op.object.stuck', { seq: seq ?? 0, type: type ?? sink, error: error ?? '' })}
              </Alert>
            ))}
            <dl className="facts">
              <Fact label={t('op.object.head')}>{body.data.head}</Fact>
              <Fact label={t('op.object.size')}>
                {`${bytesText(body.data.bytes, language)} (${shareText(body.data.bytes / body.data.limit_bytes, language)})`}
              </Fact>
              <Fact label={t('op.object.waiting')}>{waits === 0 ? t('op.object.well') : decimal(waits, language)}</Fact>
            </dl>
            {body.data.skipped.map(({ seq, type, reason, at }) => (
              <Text key={`${seq} ${at}`} c="dimmed" size="sm">
                {t('op.object.skipped', { seq, type, reason })}
              </Text>
            ))}
            {mayManage && (
              <Group gap="xs">
                {waysOf(body.data).map((one) => (
                  <Button
                    key={one.label}
                    variant="default"
                    {...(one.isDangerous && { color: 'red', variant: 'light' })}
                    onClick={() => setWay(one)}
                  >
                    {t(one.label)}
                  </Button>
                ))}
              </Group>
            )}
          </>
        )}
      </Stack>
    </Paper>
  );
}

/** Tables shown of each database. */
const SHOWN_TABLES = 6;

function Shards() {
  const { t, language } = useWords();
  const { body, fault, reload } = useWatched<{ data: ShardView[] }>('/api/v1/shards');
  return (
    <Stack gap="sm">
      <Title order={2}>{t('op.shard.title')}</Title>
      {fault && <FaultAlert fault={fault} onRetry={reload} />}
      <div className="operations-cards">
        {body?.data.map((shard) => (
          <Paper key={shard.id} withBorder p="md" component="section">
            <Stack gap="sm">
              <Group justify="space-between">
                <Title order={3}>{t('op.shard.name', { id: shard.id })}</Title>
                <StatusBadge look={STATUS_LOOK[shard.status]}>{t(`op.status.${shard.status}`)}</StatusBadge>
              </Group>
              <Text className="figures">
                {`${bytesText(shard.bytes, language)} / ${bytesText(shard.limit_bytes, language)} (${shareText(shard.share, language)})`}
              </Text>
              <Progress value={100 * shard.share} aria-label={t('op.shard.share')} />
              <Text c="dimmed" size="sm">
                {t('op.shard.rows')}
              </Text>
              <dl className="facts">
                {shard.tables.slice(0, SHOWN_TABLES).map(({ name, rows }) => (
                  <Fact key={name} label={name}>
                    {decimal(rows, language)}
                  </Fact>
                ))}
              </dl>
            </Stack>
          </Paper>
        ))}
      </div>
    </Stack>
  );
}
