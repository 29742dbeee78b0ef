/** HTTP of what is done with many appointments at once, and the list of one's changes. Each item is a command of its own, answered by itself. Mounted by office-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { z } from 'zod';
import { appointmentParams } from '../../shared/contract/appointments.ts';
import {
  cancelChosenRequest,
  confirmChosenRequest,
  deleteChosenRequest,
  modificationListQuery,
  modificationListResponse,
  moveChosenRequest,
  undoChosenRequest,
} from '../../shared/contract/appointment-changes.ts';
import { bulkResponse } from '../../shared/contract/resource-list.ts';
import { newId } from '../../shared/ids.ts';
import type { Permission } from '../../shared/permissions.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { type AppEnv, createRoutes } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { formatHead } from '../object-runtime/events.ts';
import { answerEach, type Told } from '../resources/answer-each.ts';
import type { Appointment } from '../events/calendar.ts';
import { actorRefOf } from './actor-ref.ts';
import { callerOf, commandKey, isStaffUser, mayBackdate, takesOffered } from './edge-routes.ts';
import type { CalendarAnswer } from './port.ts';
import { modificationPage } from './queries/modifications.ts';
import { type MovedFrom, movedStart } from './rules/moved-start.ts';
import { deleteOne, takeBack } from './take-back.ts';

export const bulkRoutes = createRoutes();

/** How many appointments are read at once before a move, to know where each of them is. */
const READ_AT_ONCE = 10;

interface Item {
  id: string;
  expected_version?: number | undefined;
}

const told = ({ result, head }: CalendarAnswer<{ appointment: Appointment }>): Result<Told> =>
  result.ok
    ? ok({
        status: 200,
        id: result.value.appointment.id,
        version: result.value.appointment.version,
        head: formatHead(head),
      })
    : result;

const declared = <V extends string, B extends z.ZodType>(
  verb: V,
  permission: Permission,
  summary: string,
  body: B,
) => ({
  method: 'post' as const,
  path: `/api/v1/appointments/bulk/${verb}` as const,
  tags: ['appointments'],
  summary: `${summary}, one after the other; each is answered by itself`,
  ...guardedOnce(permission),
  request: { body: jsonBody(body) },
  responses: { 207: jsonAnswer(bulkResponse, 'what became of each item'), ...guardErrors(), ...onceErrors() },
});

/** What every command of an item carries. */
const commandOf = (c: Context<AppEnv>, verb: string, { id, expected_version }: Item) => {
  const now = c.get('now');
  return {
    key: commandKey(c, `bulk.${verb}.${id}`),
    now,
    actor: actorRefOf(callerOf(c)),
    appointmentId: id,
    modificationId: newId('modification', now),
    expectedVersion: expected_version ?? null,
  };
};

const chosenOf = (c: Context<AppEnv>, { id, expected_version }: Item) => ({
  id,
  version: expected_version ?? null,
  key: c.get('idempotencyKey') ?? null,
});

bulkRoutes.openapi(
  createRoute(declared('confirm', 'edit_appointments', 'Confirms the named appointments', confirmChosenRequest)),
  (c) =>
    answerEach(c, c.req.valid('json').items, async (item) =>
      told(await c.get('scope').calendar.setStatus({ ...commandOf(c, 'confirm', item), action: 'confirm' })),
    ),
);

bulkRoutes.openapi(
  createRoute(declared('cancel', 'delete_appointments', 'Cancels the named appointments', cancelChosenRequest)),
  (c) => {
    const { items, reason, notify_customer, confirm } = c.req.valid('json');
    return answerEach(c, items, async (item) =>
      told(
        await c.get('scope').calendar.cancel({
          ...commandOf(c, 'cancel', item),
          reason: reason ?? null,
          confirm: confirm ?? false,
          notify: notify_customer ?? true,
          backdate: mayBackdate(c),
        }),
      ),
    );
  },
);

async function placesOf(c: Context<AppEnv>, items: readonly Item[]): Promise<Map<string, Result<MovedFrom>>> {
  const places = new Map<string, Result<MovedFrom>>();
  const { calendar } = c.get('scope');
  for (let at = 0; at < items.length; at += READ_AT_ONCE) {
    const some = items.slice(at, at + READ_AT_ONCE);
    const read = await Promise.all(some.map(({ id }) => calendar.appointment(id)));
    for (const [index, { result }] of read.entries()) {
      const { appointment, timeZone } = result.ok ? result.value : { appointment: null, timeZone: '' };
      places.set(
        some[index]?.id ?? '',
        result.ok && appointment !== null
          ? ok({ startsAt: appointment.startsAt, timeZone })
          : (result as Result<never>),
      );
    }
  }
  return places;
}

bulkRoutes.openapi(
  createRoute(
    declared(
      'move',
      'edit_appointments',
      'Moves the named appointments by days and minutes, or to somebody else',
      moveChosenRequest,
    ),
  ),
  async (c) => {
    const { items, days = 0, minutes = 0, staff_id, reason, notify_customer, confirm } = c.req.valid('json');
    const places = await placesOf(c, items);
    // Each makes room for the one behind it: what moves later goes last first.
    const isLater = days > 0 || (days === 0 && minutes > 0);
    const startOf = (item: Item): number => {
      const place = places.get(item.id);
      return place?.ok ? place.value.startsAt : 0;
    };
    const order = items
      .map((item, index) => ({ item, index }))
      .sort((a, b) => (startOf(a.item) - startOf(b.item)) * (isLater ? -1 : 1));
    const done: Result<Told>[] = [];
    for (const { item, index } of order) {
      const place = places.get(item.id) ?? err({ code: 'NOT_FOUND', entity: 'appointment' });
      const start = place.ok ? movedStart(place.value, days, minutes) : place;
      done[index] = !start.ok
        ? start
        : told(
            await c.get('scope').calendar.reschedule({
              ...commandOf(c, 'move', item),
              newStartsAt: start.value,
              ...(staff_id === undefined ? {} : { staffId: staff_id }),
              branchId: null,
              reason: reason ?? null,
              quote: null,
              lockToken: null,
              confirm: confirm ?? false,
              notify: notify_customer ?? true,
              internal: isStaffUser(c),
              offeredOnly: takesOffered(c),
              backdate: mayBackdate(c),
            }),
          );
    }
    return answerEach(c, done, async (one) => one);
  },
);

bulkRoutes.openapi(
  createRoute(
    declared(
      'delete',
      'delete_appointments',
      'Deletes the named appointments that are over or cancelled; for 30 days they can be restored',
      deleteChosenRequest,
    ),
  ),
  (c) =>
    answerEach(c, c.req.valid('json').items, async (item) => told(await deleteOne(c.get('scope'), chosenOf(c, item)))),
);

bulkRoutes.openapi(
  createRoute(
    declared(
      'undo',
      'edit_appointments',
      'Takes back what was done last to each of the named appointments: a deletion, a cancellation or a move',
      undoChosenRequest,
    ),
  ),
  (c) =>
    answerEach(c, c.req.valid('json').items, async (item) =>
      told(await takeBack(c.get('scope'), chosenOf(c, item), true)),
    ),
);

bulkRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/appointments/{id}/modifications',
    tags: ['appointments'],
    summary: 'Lists what was changed in an appointment, newest first',
    ...guarded('view_appointments'),
    request: { params: appointmentParams, query: modificationListQuery },
    responses: { 200: jsonAnswer(modificationListResponse, 'a page of changes'), ...guardErrors() },
  }),
  async (c) => {
    const read = await modificationPage(c.get('scope'), c.req.valid('param').id, c.req.valid('query'), {
      minimum: c.req.header('X-Askpro-Min') ?? null,
      language: c.get('language'),
    });
    if (!read.ok) return refuse(c, read.error);
    const { data, meta, stale, head } = read.value;
    if (head) c.header('X-Askpro-Head', head);
    return c.json({ success: true as const, data: [...data], meta, ...(stale === undefined ? {} : { stale }) }, 200);
  },
);
