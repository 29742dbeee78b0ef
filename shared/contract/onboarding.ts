/** How a business is set up: templates of trades, the list of steps, the first branch and people, calls to try it. */
import { z } from 'zod';
import { MAX_APPOINTMENT_MINUTES } from '../calendar-limits.ts';
import { ONBOARDING_STEPS, STEP_STATES } from '../onboarding-steps.ts';
import { type Trade, TRADES } from '../trades.ts';
import type { TradeTemplate } from './trade-template.ts';
import { branchBody } from './branches.ts';
import { names, priceCents, wallPeriod } from './master-data.ts';
import { idField, idOut, idParam, instantOut, itemOf, lineText, personName } from './parts.ts';

// ---------------------------------------------------------------- templates

const text = z.object({ de: z.string(), en: z.string() });

const summary = z.object({ id: z.string(), names: text, practice_mode: z.boolean(), services: z.int() });
export const tradeTemplatesResponse = z.object({ success: z.literal(true), data: z.array(summary) });
export type TradeSummary = z.infer<typeof summary> & { id: Trade };

/** What a template holds, member by member, stands in trade-template.ts: only its test parses by that, so start-up does without it. */
export const tradeTemplateResponse = itemOf(
  z.looseObject({ id: z.string(), services: z.array(z.looseObject({ key: z.string() })) }),
) as unknown as z.ZodType<{ success: true; data: TradeTemplate }>;
export const tradeParams = z.object({ id: z.enum(TRADES) });

const newPerson = z.object({
  first_name: personName(120).min(1).meta({ example: 'Anna' }),
  last_name: personName(120).default(''),
});

export const applyTemplateRequest = z.object({
  branch_id: idField('branch'),
  services: z
    .array(
      z.object({
        key: lineText(80).min(1).meta({ example: 'women_cut_dry_short' }),
        name: names().optional(),
        duration_minutes: z.int().min(1).max(MAX_APPOINTMENT_MINUTES).optional(),
        price_cents: priceCents()
          .nullable()
          .default(null)
          .meta({ description: 'null: not confirmed, so it is not said' }),
      }),
    )
    .min(1)
    .max(40),
  hours: z
    .array(z.object({ day_of_week: z.int().min(0).max(6), periods: z.array(wallPeriod()).min(1).max(12) }))
    .max(7)
    .default([])
    .meta({ description: 'weekly hours of the branch; kept as they are where it has some' }),
  practice_mode: z.boolean().default(false),
  people: z
    .array(newPerson)
    .max(20)
    .default([])
    .meta({ description: 'they work while the branch is open and do all of it' }),
});
export type ApplyTemplateRequest = z.output<typeof applyTemplateRequest>;

const applied = z.object({
  services: z.array(idOut('service')),
  kept: z.array(idOut('service')).meta({ description: 'made by an earlier request: left as they are' }),
  staff: z.array(idOut('staff')),
});
export const appliedResponse = itemOf(applied);
export type Applied = z.infer<typeof applied>;

// ---------------------------------------------------------------- steps

const step = z.object({ step: z.enum(ONBOARDING_STEPS), state: z.enum(STEP_STATES), optional: z.boolean() });
const onboarding = z.object({
  done: z.boolean(),
  steps: z.array(step),
});
export type OnboardingView = z.infer<typeof onboarding>;
export const onboardingResponse = itemOf(onboarding);
export const onboardingChange = z.object({
  step: z.enum(ONBOARDING_STEPS).optional(),
  skipped: z.boolean().optional(),
});

export const firstPlaceRequest = branchBody
  .pick({ time_zone: true, country: true, holiday_region: true, address: true, phone: true, area_code: true })
  .extend({
    company_name: lineText(120).min(1).meta({ example: 'Salon Schön' }),
    branch_name: lineText(120).min(1).optional(),
  });
export type FirstPlace = z.output<typeof firstPlaceRequest>;
const place = z.object({ company_id: idOut('company'), branch_id: idOut('branch') });
export const firstPlaceResponse = itemOf(place);

export const addPeopleRequest = z.object({
  branch_id: idField('branch'),
  people: z
    .array(newPerson.extend({ service_ids: z.array(idField('service')).max(100).optional() }))
    .min(1)
    .max(20)
    .meta({ description: 'without service_ids they do every service' }),
});
export type AddPeople = z.output<typeof addPeopleRequest>;
export const addedPeopleResponse = itemOf(z.object({ staff: z.array(idOut('staff')) }));

// ---------------------------------------------------------------- test calls

export const testCallParams = z.object({ id: idParam('test_call') });
export const startTestCallRequest = z.object({ branch_id: idField('branch').optional() });
const asked = z.object({
  function: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  answer: z.record(z.string(), z.unknown()),
});
const turn = z.object({
  id: idOut('test_call'),
  says: z.string().meta({ description: 'what the agent says next' }),
  asked: z.array(asked).meta({ description: 'functions called meanwhile, as Retell would call them' }),
  state: z.string().meta({ description: 'the call so far, signed: goes along with the next turn' }),
  appointment: z.object({ id: idOut('appointment'), starts_at: instantOut() }).nullable(),
});
export type TestCallTurn = z.infer<typeof turn>;
export const testCallResponse = itemOf(turn);
/** Longest state, characters: sixty turns of a long-winded caller. */
export const MAX_TEST_CALL_STATE = 120_000;
export const sayRequest = z.object({
  text: z.string().trim().min(1).max(500),
  state: z.string().max(MAX_TEST_CALL_STATE),
});
export const endTestCallRequest = z.object({ state: z.string().max(MAX_TEST_CALL_STATE) });
