/**
 * What each function of the phone agent answers, what the inbound webhook answers, and the calendar file behind an appointment's link. The
 * handlers of workers/telephony/functions/ return these types; read by workers/telephony/routes.ts and tests.
 */
import { z } from 'zod';
import { CALLER_LEVELS } from '../caller-level.ts';
import { cents, currency, idOut, instantOut, wallDate, wallTime } from './parts.ts';

// ---------------------------------------------------------------- parts of the answers

const texts = z.array(z.string());
const moment = { date: wallDate(), time: wallTime() };
const alternative = z.object({ ...moment, starts_at: instantOut(), staff_name: z.string() });

const understood = z
  .object({
    kind: z.string(),
    closed: z.literal(true).optional(),
    date: wallDate().optional(),
    time: wallTime().optional(),
    from_date: wallDate().optional(),
    to_date: wallDate().optional(),
    from: wallTime().optional(),
    to: wallTime().optional(),
    dates: z.array(wallDate()).optional(),
    because: z.string().optional(),
  })
  .meta({ description: 'how the words about time were read' });
/** Absent where no words about time were read. */
const perhapsUnderstood = understood.optional();

/** What a refusal says beside its code; which of it, follows from the code. */
const details = z.object({
  ...alternative.partial().omit({ staff_name: true }).shape,
  appointment_id: idOut('appointment').optional(),
  requested_time: instantOut().optional(),
  conflicting_appointment_id: idOut('appointment').nullable().optional(),
  reason: z.string().optional(),
  outside: z.string().optional(),
  until: z.string().optional(),
  alternatives: z.array(alternative).optional(),
  choices: z
    .array(
      z.object({
        service_id: idOut('service').optional(),
        name: z.string().optional(),
        appointment_id: idOut('appointment').optional(),
        ...z.object(moment).partial().shape,
      }),
    )
    .optional(),
  missing: texts.optional(),
  errors: z.record(z.string(), texts).optional(),
  limit: z.union([z.string(), z.number()]).optional(),
  retry_after: z.number().optional(),
  callback: z.boolean().optional(),
  callback_request_id: z.string().optional(),
  cancellation_fee_cents: cents().optional(),
  transfer: z.boolean().optional(),
});
export type RefusalDetails = z.infer<typeof details>;

const spoken = {
  message: z.string().meta({ description: 'ready to be spoken, in the language of the call' }),
  level: z.enum(CALLER_LEVELS),
};
const refused = z.object({
  success: z.literal(false),
  code: z.string(),
  ...spoken,
  details,
  understood: perhapsUnderstood,
  missing: texts.optional(),
  retry_after: z.number().optional(),
  emergency: z.literal(true).optional(),
});
/** A refusal of any function. */
export type RefusedResponse = z.infer<typeof refused>;

/** @param more what the function's own refusals say beside that */
const answerOf = <F extends z.ZodRawShape, R extends z.ZodRawShape>(fields: F, more: R) =>
  z.union([z.object({ success: z.literal(true), ...spoken, ...fields }), refused.extend(more)]);

// ---------------------------------------------------------------- one a function

const code = { sent: z.boolean(), channel: z.literal('sms'), reason: z.enum(['landline', 'country', 'limit']) };
const proof = { proven: z.boolean(), tries_left: z.int() };
const collected = {
  missing: texts,
  service_id: idOut('service').nullable(),
  service_name: z.string().nullable(),
  staff_id: idOut('staff').nullable(),
  staff_name: z.string().nullable(),
  date: wallDate().nullable(),
  time: wallTime().nullable(),
  starts_at: instantOut().nullable(),
  customer_id: idOut('customer').nullable(),
  customer_name: z.string().nullable(),
};
const turn = { complete: z.boolean(), question: z.string() };

/** Path segment → answer. A refusal has success false and a code; it is spoken as well. */
export const functionResponses = {
  'check-customer': answerOf(
    {
      customer_found: z.boolean(),
      customer_id: idOut('customer').nullable(),
      customer_name: z.string().nullable(),
      appointment_count: z.int().nullable(),
      last_appointment: wallDate().nullable(),
      no_show_count: z.int().nullable(),
      is_vip: z.boolean().nullable(),
      missing: texts.optional(),
      understood_phone: z.object({
        kind: z.string(),
        e164: z.string().nullable(),
        action: z.string(),
        extension: z.string().optional(),
      }),
    },
    {},
  ),
  'send-code': answerOf(
    {
      ...z.object(code).partial({ channel: true, reason: true }).shape,
      callback: z.boolean().optional(),
      to_masked: z.string().optional(),
    },
    z.object(code).partial().shape,
  ),
  'check-code': answerOf(proof, z.object(proof).partial().shape),
  'check-availability': answerOf(
    {
      available: z.boolean(),
      reason: z.string().optional(),
      slot: z
        .object({
          start: wallTime(),
          end: wallTime(),
          starts_at: z
            .string()
            .meta({ description: 'the same instant, with the offset of the branch’s clock: book with it' }),
          ends_at: z.string(),
        })
        .optional(),
      party: z.array(z.object({ starts_at: z.string(), staff_name: z.string() })).optional(),
      in_turn: z.boolean().optional().meta({ description: 'the people of a party are served one after the other' }),
      staff_id: idOut('staff').optional(),
      staff_name: z.string().optional(),
      branch_name: z.string().optional(),
      next_available_slots: z.array(z.object(moment)).optional(),
      understood,
    },
    {},
  ),
  'collect-appointment': answerOf(
    {
      ...turn,
      ...collected,
      held_until: instantOut().optional(),
      next_available_slots: z.array(z.object(moment)).optional(),
      code: z.string().optional(),
      details: details.optional(),
      understood,
    },
    z.object({ ...turn, ...collected }).partial().shape,
  ),
  'book-appointment': answerOf(
    {
      appointment_id: idOut('appointment'),
      confirmation_message: z.string(),
      calendar_link: z.string(),
      starts_at: instantOut().optional(),
      staff_name: z.string().optional(),
      party: z
        .array(z.object({ appointment_id: idOut('appointment'), starts_at: instantOut(), staff_name: z.string() }))
        .optional(),
      understood,
    },
    {},
  ),
  'reschedule-appointment': answerOf(
    {
      appointment_id: idOut('appointment'),
      starts_at: instantOut(),
      calendar_link: z.string().optional(),
      understood,
    },
    {},
  ),
  'cancel-appointment': answerOf(
    { appointment_id: idOut('appointment'), cancellation_fee_cents: cents().optional() },
    {},
  ),
  'list-appointments': answerOf(
    {
      appointments: z.array(
        z.object({ appointment_id: idOut('appointment'), ...moment, service: z.string(), staff_name: z.string() }),
      ),
    },
    {},
  ),
  'list-services': answerOf(
    {
      total: z.int().meta({ description: 'services that fit; the list may be shorter' }),
      services: z.array(
        z.object({
          service_id: idOut('service'),
          name: z.string(),
          duration_minutes: z.int(),
          price_cents: cents().nullable(),
          currency: currency(),
        }),
      ),
    },
    {},
  ),
  'opening-hours': answerOf(
    {
      days: z.array(z.object({ date: wallDate(), hours: z.array(z.object({ from: wallTime(), to: wallTime() })) })),
      /** where the branch is, for whoever asks on; null: nothing is known */
      place: z.object({
        address: z.string().nullable(),
        directions: z.string().nullable(),
        service_radius_km: z.int().nullable(),
      }),
      understood: perhapsUnderstood,
    },
    {},
  ),
  'request-callback': answerOf({ callback_request_id: z.string(), understood: perhapsUnderstood }, {}),
  'no-recording': answerOf({ recorded: z.literal(false) }, {}),
} as const;
/** What a function answers. */
export type FunctionResponse<N extends keyof typeof functionResponses> = z.infer<(typeof functionResponses)[N]>;

// ---------------------------------------------------------------- inbound, calendar file

/** Who calls whom: dynamic variables (strings) and the signed route. */
export const inboundResponse = z.object({ call_inbound: z.looseObject({}) });

export const calendarFileParams = z.object({ file: z.string().max(1_100).meta({ example: 'token.ics' }) });
export const calendarFileResponse = z.string();
