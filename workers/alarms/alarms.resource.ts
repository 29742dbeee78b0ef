/** Alarms of all tenants as a resource of the platform's operator; they lie on the control plane. Clearing one is a verb (routes.ts). Mounted by routes.ts. */
import type { AlarmKind, AlarmState } from '../../shared/alarm-kinds.ts';
import { alarmListQuery, type AlarmView, alarmView } from '../../shared/contract/operations.ts';
import { err, ok } from '../../shared/result.ts';
import { cursorOf, pageOf } from '../http/list.ts';
import type { Backing } from '../resources/backing.ts';
import { defineResource } from '../resources/define.ts';
import { alarmById, alarmPage } from '../storage/queries/alarms.ts';
import { viewOfAlarm } from './alarm-view.ts';

const backing: Backing<AlarmView> = {
  kind: 'd1',
  async page(scope, query) {
    const after = cursorOf(query.cursor, ['number', 'string']);
    if (!after.ok) return after;
    const rows = await alarmPage(scope.db, {
      state: query['state'] as AlarmState,
      kind: query['kind'] as AlarmKind | undefined,
      after: after.value && { openedAt: after.value[0], id: after.value[1] },
      limit: query.limit + 1,
    });
    const { shown, meta } = pageOf(rows, query.limit, (row) => [row.openedAt, row.id]);
    return ok({ data: shown.map(viewOfAlarm), meta });
  },
  async one(scope, id) {
    const row = await alarmById(scope.db, id);
    return row === null ? err({ code: 'NOT_FOUND', entity: 'alarm' }) : ok({ view: viewOfAlarm(row) });
  },
};

export const alarmsResource = defineResource({
  noun: 'alarm',
  path: '/api/v1/alarms',
  collection: 'operations',
  words: { one: 'an alarm', many: 'alarms', listed: 'of all tenants, youngest first' },
  permissions: { view: 'view_alarms' },
  contract: { item: alarmView, query: alarmListQuery },
  backing,
});
