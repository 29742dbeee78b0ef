/** Usage events: what was used, one or up to a thousand at once, and a day's events again. Read by workers/metering/ and tests. */
import { z } from 'zod';
import {
  EVENT_TYPES,
  MAX_USAGE_EVENTS,
  MAX_USAGE_QUANTITY,
  METADATA_KINDS,
  METADATA_OF,
  METADATA_WORD,
  type MetadataName,
  scaledQuantity,
} from '../usage-events.ts';
import { idField, idOut, instantField, instantOut, listMeta, page, problem, wallDate } from './parts.ts';

const MAX_KEY_LENGTH = 200;
const KEY = /^[\x21-\x7e]+$/;

const VALUES = {
  word: () => z.string().regex(METADATA_WORD).meta({ example: 'create_booking' }),
  count: () => z.int().min(0).max(1_000_000_000),
  language: () =>
    z
      .string()
      .regex(/^[a-z]{2}$/)
      .meta({ example: 'de' }),
} as const;
type Values = { [N in MetadataName]: ReturnType<(typeof VALUES)[(typeof METADATA_KINDS)[N]]> };
/** Ids are the caller's own, or of a thing that is long gone: they are kept as they are said. */
const schemaOf = (name: string, kind: keyof typeof VALUES) =>
  name.endsWith('_id') ? VALUES[kind]().meta({ 'x-external-id': true }) : VALUES[kind]();
const named = Object.fromEntries(
  Object.entries(METADATA_KINDS).map(([name, kind]) => [name, schemaOf(name, kind)]),
) as unknown as Values;

/** Words of programs, ids and counts by a closed list of names: nothing about people. Which names a type has is judged with the event. */
const metadata = z.object(named).partial();

const quantity = () =>
  z
    .number()
    .min(0)
    .max(MAX_USAGE_QUANTITY)
    .refine((value) => scaledQuantity(value) !== null, { error: 'at most four decimals' })
    .meta({ example: 1.5 });

/** One thing that was used. Its price is the plan's: none is taken from outside. */
export const usageEvent = z
  .object({
    event_type: z.enum(EVENT_TYPES),
    quantity: quantity(),
    idempotency_key: z
      .string()
      .min(1)
      .max(MAX_KEY_LENGTH)
      .regex(KEY)
      .meta({ description: 'the caller’s own name of the event: it is charged once under it', example: 'job-4711' }),
    occurred_at: instantField().optional().meta({ description: 'default: when it arrives' }),
    company_id: idField('company').optional(),
    metadata: metadata.optional(),
  })
  .superRefine(({ event_type, metadata: said }, context) => {
    const known: readonly string[] = METADATA_OF[event_type];
    for (const name of Object.keys(said ?? {}))
      if (!known.includes(name))
        context.addIssue({
          code: 'custom',
          path: ['metadata', name],
          message: `${event_type} has ${known.join(', ')}`,
        });
  });
export type UsageEvent = z.output<typeof usageEvent>;

/** Body of `POST /api/v2/usage-events`: one event, or up to a thousand. */
export const usageEventsRequest = z.union([
  usageEvent,
  z.object({ events: z.array(usageEvent).min(1).max(MAX_USAGE_EVENTS) }),
]);

const USAGE_OUTCOMES = ['accepted', 'duplicate', 'rejected'] as const;

/** What became of each event, in the order of the request. */
export const usageEventsResponse = z.object({
  success: z.literal(true),
  accepted: z.int(),
  duplicates: z.int(),
  rejected: z.int(),
  results: z.array(
    z.object({
      idempotency_key: z.string(),
      status: z.enum(USAGE_OUTCOMES),
      /** its own month was closed: it is counted in the open one */
      late: z.boolean().optional(),
      error: problem.shape.error.optional(),
    }),
  ),
});

const day = {
  event_type: z.enum(EVENT_TYPES),
  date: wallDate().meta({ description: 'day of the tenant’s clock' }),
};

export const usageEventsQuery = page().extend(day);

/** An event as it was charged. */
export const usageEventShown = z.object({
  idempotency_key: z.string(),
  event_type: z.enum(EVENT_TYPES),
  quantity: z.number(),
  occurred_at: instantOut(),
  company_id: idOut('company').optional(),
  metadata: metadata.optional(),
});
export type UsageEventView = z.infer<typeof usageEventShown>;

export const usageEventsListResponse = z.object({
  success: z.literal(true),
  data: z.array(usageEventShown),
  meta: listMeta,
});

const USAGE_FORMATS = ['csv', 'ndjson'] as const;
export const usageExportQuery = z.object({
  ...day,
  format: z.enum(USAGE_FORMATS).default('csv'),
  cursor: page().shape.cursor.meta({ description: '`X-Next-Cursor` of the part before' }),
});
