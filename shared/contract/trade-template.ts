/** The template of a trade: services, hours, and what the agent asks and never says. Types for wizard and commands; parsed by the templates' test. */
import { z } from 'zod';
import { SEGMENT_KINDS } from '../appointment-status.ts';
import { RESOURCE_TYPES } from '../schedule-sets.ts';
import { TRADES } from '../trades.ts';
import { wallPeriod } from './master-data.ts';

const text = z.object({ de: z.string(), en: z.string() });
const use = z.object({ resource: z.string(), units: z.int() });

const templateService = z.object({
  key: z.string(),
  category: z.string(),
  names: text,
  aliases: z.array(z.string()),
  duration_minutes: z.int(),
  price_range_cents: z
    .array(z.int())
    .meta({ description: 'usual in Germany with VAT, EUR: from and to; shown, never said' }),
  price_kind: z.string().meta({ description: 'other than fixed, from and hourly: a rule is said instead of a sum' }),
  buffer_before_minutes: z.int(),
  buffer_after_minutes: z.int(),
  segments: z.array(
    z.object({
      kind: z.enum(SEGMENT_KINDS),
      minutes: z.int(),
      names: text,
      gap_max_minutes: z.int(),
      resources: z.array(use),
    }),
  ),
  resources: z.array(use),
  capacity: z.int(),
  deposit_cents: z.int(),
  needs_approval: z.boolean(),
  min_notice_minutes: z.int().optional(),
  slot_step_minutes: z.int().optional(),
});

export const tradeTemplate = z.object({
  id: z.enum(TRADES),
  names: text,
  practice_mode: z.boolean(),
  neutral_names: text.nullable(),
  greeting: text,
  slot_step_minutes: z.int(),
  min_notice_minutes: z.int(),
  horizon_days: z.int(),
  opening_hours: z.array(z.object({ days_of_week: z.array(z.int()), periods: z.array(wallPeriod()) })),
  categories: z.array(z.object({ key: z.string(), names: text })),
  resources: z.array(z.object({ key: z.string(), type: z.enum(RESOURCE_TYPES), names: text, capacity: z.int() })),
  services: z.array(templateService),
  questions: z.array(z.object({ key: z.string(), ask: text, changes: z.string(), health_data: z.boolean() })),
  ambiguous_phrases: z.array(z.object({ phrase: z.string(), candidates: z.array(z.string()), ask: text })),
  red_flags: z.array(
    z.object({
      signs: z.object({ de: z.array(z.string()), en: z.array(z.string()) }),
      route: z.string(),
      say: text,
    }),
  ),
  never_say: z.array(z.object({ rule: z.string(), instead: z.string() })),
});
export type TradeTemplate = z.infer<typeof tradeTemplate>;
export type TemplateService = z.infer<typeof templateService>;
