/**
 * Master data: what a tenant's schedule is made of, parsed where it is stored, and the snapshot that names are resolved with.
 *
 * Money is integer minor units with its currency beside it; durations say their unit in the name. Wall clock is the branch's.
 */
import { z } from 'zod';
import { CALLBACK_DUE_HOURS, MAX_APPOINTMENT_MINUTES } from '../../shared/calendar-limits.ts';
import type { Instant } from '../../shared/clock.ts';
import { branchBody } from '../../shared/contract/branches.ts';
import { companySettings } from '../../shared/contract/companies.ts';
import { exceptionBody, hoursBody } from '../../shared/contract/hours.ts';
import { insideOf } from '../../shared/contract/mapper.ts';
import { names } from '../../shared/contract/master-data.ts';
import { wallTime } from '../../shared/contract/parts.ts';
import { resourceBody } from '../../shared/contract/resources.ts';
import { serviceBody } from '../../shared/contract/services.ts';
import { RETENTION, type RetentionSetting } from '../../shared/retention.ts';
import { staffBody } from '../../shared/contract/staff.ts';
import { EXCEPTION_OWNERS, GREETINGS, HOURS_OWNERS, IDENTITY_MODES } from '../../shared/schedule-sets.ts';
import { TENANT_STATUSES } from '../../shared/tenant-status.ts';
import { minutesOf } from '../../shared/time.ts';
import { MAX_RESOURCE_CHOICES } from './bounds.ts';
import type { ScheduleKind } from '../events/calendar.ts';

// What a client may write of master data stands in shared/contract, and is the same inside under camelCase names. Here is added what
// only we write (the company, the owner) and what concerns several fields at once.

const id = z.string().min(1).max(128);
const currency = z.string().regex(/^[A-Z]{3}$/);
export const namesSchema = names();

export const branchBodySchema = insideOf(branchBody).extend({ companyId: id });
export type BranchBody = z.infer<typeof branchBodySchema>;

export const staffBodySchema = insideOf(staffBody).extend({ companyId: id });
export type StaffBody = z.infer<typeof staffBodySchema>;

export const serviceBodySchema = insideOf(serviceBody)
  .extend({
    companyId: id,
    /** later: named sets of n staff by skill and m resources or groups, all free together */
    requirementSets: z.array(z.string()).max(0).default([]),
  })
  .superRefine((s, ctx) => {
    const chain = s.segments.reduce(
      (sum, segment, i) => sum + segment.durationMinutes + (i > 0 ? segment.gapMaxMinutes : 0),
      0,
    );
    const lengths = [...s.staff, ...s.branchOverrides].map((one) => one.durationMinutes ?? 0);
    const length = Math.max(chain, s.durationMinutes, ...lengths);
    s.branchOverrides.forEach(({ branchId, durationMinutes }, i) => {
      if (s.branchOverrides.findIndex((one) => one.branchId === branchId) !== i)
        ctx.addIssue({ code: 'custom', path: ['branchOverrides', i, 'branchId'], message: 'named twice' });
      if (durationMinutes !== null && s.segments.length > 0)
        ctx.addIssue({
          code: 'custom',
          path: ['branchOverrides', i, 'durationMinutes'],
          message: 'a composite service has the lengths of its segments',
        });
    });
    if (length + s.bufferBeforeMinutes + s.bufferAfterMinutes > MAX_APPOINTMENT_MINUTES)
      ctx.addIssue({ code: 'custom', path: ['segments'], message: 'longer than a day' });
    if (s.segments.length > 0 && !s.segments.some((segment) => segment.kind === 'active'))
      ctx.addIssue({ code: 'custom', path: ['segments'], message: 'needs an active segment' });
    if (s.segments.length > 0 && s.maxPerSlot > 1)
      ctx.addIssue({ code: 'custom', path: ['maxPerSlot'], message: 'a composite service is for one party' });
    const own = new Set(s.resources.flatMap((r) => r.anyOf));
    s.segments.forEach((segment, i) => {
      if (segment.gapMinMinutes > segment.gapMaxMinutes)
        ctx.addIssue({ code: 'custom', path: ['segments', i, 'gapMaxMinutes'], message: 'below the minimum gap' });
      if (segment.resources.some((r) => r.anyOf.some((one) => own.has(one))))
        ctx.addIssue({
          code: 'custom',
          path: ['segments', i, 'resources'],
          message: 'already taken by the whole service',
        });
      if (choicesOf(segment.resources) > MAX_RESOURCE_CHOICES)
        ctx.addIssue({
          code: 'custom',
          path: ['segments', i, 'resources'],
          message: 'too many ways to choose resources',
        });
    });
    if (choicesOf(s.resources) > MAX_RESOURCE_CHOICES)
      ctx.addIssue({ code: 'custom', path: ['resources'], message: 'too many ways to choose resources' });
  });
export type ServiceBody = z.infer<typeof serviceBodySchema>;
export type ResourceRequirement = ServiceBody['resources'][number];
const choicesOf = (requirements: readonly ResourceRequirement[]): number =>
  requirements.reduce((n, r) => n * r.anyOf.length, 1);

const OWNER_OUTSIDE = { staffId: true, resourceId: true } as const;

/** Weekly hours of one owner on one weekday. `branchId`: staff only at this branch; null: at all their branches. */
export const hoursBodySchema = insideOf(hoursBody)
  .omit({ ...OWNER_OUTSIDE, dayOfWeek: true })
  .extend({
    ownerKind: z.enum(HOURS_OWNERS),
    ownerId: id,
    /** 0 = Sunday … 6 = Saturday */
    weekday: z.int().min(0).max(6),
  });
export type HoursBody = z.infer<typeof hoursBodySchema>;

/** What wins over the weekly hours. `branchId`: staff only at this branch (extra shifts); null: everywhere. */
export const exceptionBodySchema = insideOf(exceptionBody)
  .omit(OWNER_OUTSIDE)
  .extend({ ownerKind: z.enum(EXCEPTION_OWNERS), ownerId: id })
  .superRefine((e, ctx) => {
    if (e.toDate < e.fromDate) ctx.addIssue({ code: 'custom', path: ['toDate'], message: 'before fromDate' });
    if ((e.fromTime === null) !== (e.toTime === null))
      ctx.addIssue({ code: 'custom', path: ['toTime'], message: 'give both times or none' });
    if (e.fromTime !== null && e.toTime !== null && minutesOf(e.fromTime) >= minutesOf(e.toTime))
      ctx.addIssue({ code: 'custom', path: ['toTime'], message: 'must be after fromTime' });
    if (e.kind === 'extra_shift' && e.ownerKind === 'company')
      ctx.addIssue({
        code: 'custom',
        path: ['ownerKind'],
        message: 'an extra shift is of a branch, a person or a resource',
      });
    if (e.kind === 'extra_shift' && e.fromTime === null)
      ctx.addIssue({ code: 'custom', path: ['fromTime'], message: 'an extra shift needs times' });
  });
export type ExceptionBody = z.infer<typeof exceptionBodySchema>;

export const resourceBodySchema = insideOf(resourceBody).extend({
  companyId: id,
  /** later: "any chair" */
  groupId: id.nullable().default(null),
});
export type ResourceBody = z.infer<typeof resourceBodySchema>;

/** Facts about the tenant that decisions need. One item, its id is the tenant's. */
export const accountBodySchema = z.object({
  status: z.enum(TENANT_STATUSES),
  currency,
  languages: z.array(z.string().max(8)).max(12).default(['de']),
  fallbackText: namesSchema.nullable().default(null),
  /** plan data: SMS a day to numbers that nobody has confirmed */
  unconfirmedSmsPerDay: z.int().min(0).max(100_000).default(200),
});
export type AccountBody = z.infer<typeof accountBodySchema>;

/** One line or nothing; nothing is what stands in a company that was saved before there was the field. */
const line = (max: number) => z.string().max(max).nullable().default(null);
const keptDays = (setting: RetentionSetting) =>
  z.int().min(RETENTION[setting].least).max(RETENTION[setting].most).default(RETENTION[setting].usual);

/** Settings of a company. Its id is what branches, staff and services call `companyId`; one that nobody saved has the defaults. */
export const companyBodySchema = insideOf(companySettings).extend({
  legalName: line(200),
  legalAddress: z.object({ street: z.string(), postalCode: z.string(), city: z.string() }).nullable().default(null),
  legalCountry: line(2),
  vatId: line(20),
  taxNumber: line(40),
  register: line(120),
  languages: z.array(z.string().max(8)).max(12).default([]),
  /** deleted while branches refer to it: they are open to nobody, and may be again */
  archived: z.boolean().default(false),
  identity: z.enum(IDENTITY_MODES).default('standard'),
  greeting: z.enum(GREETINGS).default('first_name'),
  /** ISO 3166-1 alpha-2: where SMS to numbers may go that nobody has confirmed */
  smsCountries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(60)
    .default(['DE', 'AT', 'CH']),
  quietFrom: wallTime().default('20:00'),
  quietTo: wallTime().default('08:00'),
  quietSundays: z.boolean().default(true),
  quietHolidays: z.boolean().default(true),
  /** healing professions: neutral names outside, no reasons asked, identity strict */
  practiceMode: z.boolean().default(false),
  /** E.164: lines that are forwarded to the agent; a call that shows one of them says nothing of who calls */
  forwardingNumbers: z
    .array(z.string().regex(/^\+[1-9]\d{6,14}$/))
    .max(50)
    .default([]),
  callbackDueHours: z
    .int()
    .min(CALLBACK_DUE_HOURS.least)
    .max(CALLBACK_DUE_HOURS.most)
    .default(CALLBACK_DUE_HOURS.usual),
  transcriptDays: keptDays('transcript_days'),
  recordingDays: keptDays('recording_days'),
  messageDays: keptDays('message_days'),
  webhookDays: keptDays('webhook_days'),
  activityDays: keptDays('activity_days'),
  calcomTeamId: line(15),
});
export type CompanyBody = z.infer<typeof companyBodySchema>;

export interface ScheduleBodies {
  account: AccountBody;
  company: CompanyBody;
  branch: BranchBody;
  staff: StaffBody;
  service: ServiceBody;
  hours: HoursBody;
  exception: ExceptionBody;
  resource: ResourceBody;
}
export const SCHEDULE_SCHEMAS = {
  account: accountBodySchema,
  company: companyBodySchema,
  branch: branchBodySchema,
  staff: staffBodySchema,
  service: serviceBodySchema,
  hours: hoursBodySchema,
  exception: exceptionBodySchema,
  resource: resourceBodySchema,
} as const satisfies { [K in ScheduleKind]: z.ZodType<ScheduleBodies[K]> };

export type ScheduleItemOf<K extends ScheduleKind> = {
  kind: K;
  id: string;
  version: number;
  updatedAt: Instant;
  body: ScheduleBodies[K];
};
/** One stored row of master data, as a discriminated union over `kind`. */
export type ScheduleItem = { [K in ScheduleKind]: ScheduleItemOf<K> }[ScheduleKind];
/** The same before it is stored; `body` may leave out fields that have defaults (it is parsed inside the object). */
export interface ScheduleInput {
  kind: ScheduleKind;
  id: string;
  body: unknown;
}

/** The whole master data of a tenant, for lists and for resolving spoken names. */
export interface ScheduleSnapshot {
  version: number;
  account: ScheduleItemOf<'account'> | null;
  companies: ScheduleItemOf<'company'>[];
  branches: ScheduleItemOf<'branch'>[];
  staff: ScheduleItemOf<'staff'>[];
  services: ScheduleItemOf<'service'>[];
  hours: ScheduleItemOf<'hours'>[];
  exceptions: ScheduleItemOf<'exception'>[];
  resources: ScheduleItemOf<'resource'>[];
}
