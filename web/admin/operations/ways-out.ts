/** What the operator can do about each fault: the request behind each button, and which buttons a row has. Pure; called by the operator's page. */
import type {
  AlarmView,
  ParkedView,
  RepairedView,
  UnmatchedView,
  VerifiedView,
} from '../../../shared/contract/operations.ts';
import type { ApiAnswer, ApiClient } from '../../ui/api-client.ts';
import type { Words } from '../admin-context.tsx';
import type { Key } from '../kit/view.ts';

/** What the dialog holds when it is sent. */
export interface Said {
  reason: string;
  tenant: string;
  topup: string;
}

export interface WayOut {
  label: Key;
  hint: Key;
  /** takes something away that does not come back by itself */
  isDangerous?: true;
  /** checking changes nothing and needs no reason */
  needsNoReason?: true;
  /** also asks whose payment it was */
  asksForTopup?: true;
  send: (api: ApiClient, said: Said, key: string) => Promise<ApiAnswer<unknown>>;
  /** what is said of the answer; left out: that it is done */
  outcome?: (body: unknown, words: Words) => string;
}

type ObjectKind = 'calendar' | 'ledger';
const part = encodeURIComponent;

/** Which object an alarm is about: `tenant/object/…`, or a ledger by its tenant alone (of a transfer, the sender's). */
export function objectOf({ kind, subject, tenant_id }: AlarmView): { tenant: string; object: ObjectKind } | null {
  if (tenant_id === null) return null;
  if (kind === 'ledger_differs' || kind === 'transfers_differ') return { tenant: tenant_id, object: 'ledger' };
  if (kind !== 'sink_stopped' && kind !== 'object_behind') return null;
  const object = subject.split('/')[1];
  return object === 'calendar' || object === 'ledger' ? { tenant: tenant_id, object } : null;
}

const verifyOutcome = (body: unknown, { t }: Words): string => {
  const { ok, entries, found } = (body as { data: VerifiedView }).data;
  return ok ? t('operations.verify_well', { entries }) : t('operations.verify_ill', { found });
};

/** The ways out of an alarm, the likeliest first. */
export function waysOutOfAlarm(alarm: AlarmView): WayOut[] {
  if (alarm.cleared_at !== null) return [];
  const ways: WayOut[] = [];
  const about = objectOf(alarm);
  if (about !== null) {
    const path = `/api/v1/objects/${part(about.tenant)}/${about.object}`;
    const verb = (name: string, label: Key, hint: Key, more: Partial<WayOut> = {}): WayOut => ({
      label,
      hint,
      send: (api, { reason }, key) => api.post(`${path}/${name}`, { reason }, key),
      ...more,
    });
    const verify = verb('verify', 'operations.act.verify', 'operations.act.verify_hint', {
      needsNoReason: true,
      send: (api, _said, key) => api.post(`${path}/verify`, {}, key),
      outcome: verifyOutcome,
    });
    const repair = verb('repair', 'operations.act.repair', 'operations.act.repair_hint', {
      outcome: (body, words) => verifyOutcome({ data: (body as { data: RepairedView }).data.verified }, words),
    });
    const rebuild = verb('rebuild', 'operations.act.rebuild', 'operations.act.rebuild_hint');
    const seq = alarm.detail['seq'];
    if (alarm.kind === 'sink_stopped') {
      if (typeof seq === 'number')
        ways.push(
          verb('skip', 'operations.act.skip', 'operations.act.skip_hint', {
            isDangerous: true,
            send: (api, { reason }, key) => api.post(`${path}/skip`, { seq, reason }, key),
          }),
        );
      ways.push(rebuild, verify);
    } else if (alarm.kind === 'object_behind')
      ways.push(verb('restore', 'operations.act.restore', 'operations.act.restore_hint'), verify);
    else ways.push(verify, repair, rebuild);
  }
  ways.push({
    label: 'operations.act.clear',
    hint: 'operations.act.clear_hint',
    send: (api, { reason }, key) => api.post(`/api/v1/alarms/${part(alarm.id)}/clear`, { reason }, key),
  });
  return ways;
}

export function waysOutOfPayment(event: UnmatchedView): WayOut[] {
  if (event.resolved_at !== null) return [];
  const path = `/api/v1/unmatched-payments/${part(event.tenant_id)}/${part(event.id)}`;
  const match: WayOut = {
    label: 'operations.act.match',
    hint: 'operations.act.match_hint',
    asksForTopup: true,
    send: (api, { reason, tenant, topup }, key) =>
      api.post(`${path}/match`, { tenant_id: tenant, topup_id: topup, reason }, key),
    outcome: (body, { t }) => {
      const after = (body as { data: UnmatchedView }).data;
      return after.resolved_at === null
        ? t('operations.match_open', { reason: after.reason })
        : t('operations.done', { action: t('operations.act.match') });
    },
  };
  const ignore: WayOut = {
    label: 'operations.act.ignore',
    hint: 'operations.act.ignore_hint',
    isDangerous: true,
    send: (api, { reason }, key) => api.post(`${path}/ignore`, { reason }, key),
  };
  return event.payment_id === null ? [ignore] : [match, ignore];
}

export function waysOutOfParked({ tenant_id, id }: ParkedView): WayOut[] {
  const path = `/api/v1/parked-work/${part(tenant_id)}/${part(id)}`;
  return [
    {
      label: 'operations.act.replay',
      hint: 'operations.act.replay_hint',
      send: (api, { reason }, key) => api.post(`${path}/replay`, { reason }, key),
    },
    {
      label: 'operations.act.settle',
      hint: 'operations.act.settle_hint',
      isDangerous: true,
      send: (api, { reason }, key) => api.post(`${path}/settle`, { reason }, key),
    },
  ];
}
