/** Settings of a company: who is trusted on the phone, how callers are greeted, where texts may go, how long things are kept. */
import { z } from 'zod';
import { CALLBACK_DUE_HOURS } from '../calendar-limits.ts';
import { PRACTICE_TRANSCRIPT_DAYS, RETENTION, type RetentionSetting } from '../retention.ts';
import { GREETINGS, IDENTITY_MODES } from '../schedule-sets.ts';
import { nameSearch } from './master-data.ts';
import { idOut, instantOut, lineText, wallTime } from './parts.ts';
import { agreement, resourceQuery } from './resource-list.ts';

const days = (setting: RetentionSetting, description: string) =>
  z
    .int()
    .min(RETENTION[setting].least)
    .max(RETENTION[setting].most)
    .meta({ description, example: RETENTION[setting].usual });

/** Who stands behind the name: what a letter or an imprint says. Nothing of it is said on the phone. */
const legalData = {
  legal_name: lineText(200).nullable().meta({ description: 'as registered', example: 'Salon Schön GmbH' }),
  legal_address: z
    .object({ street: lineText(200), postal_code: lineText(20), city: lineText(120) })
    .nullable()
    .meta({ description: 'seat of the company; branches have addresses of their own' }),
  legal_country: z
    .string()
    .length(2)
    .regex(/^[A-Z]+$/)
    .nullable()
    .meta({ description: 'ISO 3166 alpha-2', example: 'DE' }),
  vat_id: lineText(20).nullable().meta({ 'x-external-id': true, example: 'DE123456789' }),
  tax_number: lineText(40).nullable().meta({ example: '12/345/67890' }),
  register: lineText(120).nullable().meta({ description: 'court and number', example: 'AG Charlottenburg, HRB 12345' }),
};

/** The number of a team at Cal.com. */
const calcomTeam = () =>
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .nullable()
    .meta({
      description:
        'team at Cal.com whose members are the hosts of what its people do; null: everything is the key owner’s',
      'x-external-id': true,
      example: '1234',
    });

/** As a client may write them; numbers and countries are read and refused one by one, with a text each. */
export const companySettings = z.object({
  name: z.string().trim().min(1).max(120).meta({ example: 'Salon Schön' }),
  ...legalData,
  languages: z
    .array(lineText(8).min(2))
    .max(12)
    .meta({ description: 'ISO 639: what is spoken on site; an agent that is asked says so', example: ['de', 'en'] }),
  identity: z.enum(IDENTITY_MODES).meta({ description: 'strict: nothing is said or filled in before proof' }),
  greeting: z.enum(GREETINGS).meta({ description: 'what of a known caller’s name is said first; strict says none' }),
  sms_countries: z
    .array(z.string().trim().max(20))
    .max(60)
    .meta({
      description: 'ISO 3166 alpha-2: where texts to numbers may go that nobody has confirmed',
      example: ['AT', 'CH', 'DE'],
    }),
  quiet_from: wallTime().meta({
    description: 'from then on reminders, requests for a review and marketing wait; the same as `quiet_to`: no night',
    example: '20:00',
  }),
  quiet_to: wallTime().meta({ description: '… until then, on the branch’s clock', example: '08:00' }),
  quiet_sundays: z.boolean().meta({ description: 'they also wait on Sundays' }),
  quiet_holidays: z.boolean().meta({ description: '… and on the branch’s holidays' }),
  practice_mode: z.boolean().meta({ description: 'also true while every offered service has a neutral name' }),
  forwarding_numbers: z
    .array(z.string().trim().min(1).max(60))
    .max(50)
    .meta({
      description: 'lines forwarded to the agent, in any spelling; shown as E.164',
      example: ['+493012345678'],
    }),
  callback_due_hours: z.int().min(CALLBACK_DUE_HOURS.least).max(CALLBACK_DUE_HOURS.most).meta({
    description: 'opening hours until a call back is due whose caller named no time',
    example: CALLBACK_DUE_HOURS.usual,
  }),
  transcript_days: days(
    'transcript_days',
    `transcripts and summaries of calls are kept so many days; in practice mode ${PRACTICE_TRANSCRIPT_DAYS} at most`,
  ),
  recording_days: days(
    'recording_days',
    'recordings of calls are kept so many days; 0 keeps none, and practice mode never has any',
  ),
  message_days: days('message_days', 'recipients and contents of messages are kept so many days'),
  webhook_days: days('webhook_days', 'bodies of webhooks are kept so many days'),
  activity_days: days('activity_days', 'the activity log is kept so many days; of money and security as the law asks'),
  calcom_team_id: calcomTeam(),
});
export type CompanySettings = z.infer<typeof companySettings>;

export const companyView = z.object({
  id: idOut('company'),
  version: z.int().meta({ description: '0: nobody has saved settings yet' }),
  updated_at: instantOut().nullable(),
  archived: z.boolean().meta({
    description: 'deleted while branches refer to it: they take no bookings, what they had stays readable',
  }),
  branches: z.int().meta({ description: 'how many branches it has' }),
  ...companySettings.shape,
});
export type CompanyView = z.infer<typeof companyView>;

export const companyListQuery = resourceQuery(['id', 'name'], 'ascending').extend({ q: nameSearch() });
export const companyCreateRequest = companySettings.partial().required({ name: true }).extend(agreement());
export const companyChangeRequest = companySettings
  .partial()
  .extend({ expected_version: z.int().min(0).optional(), ...agreement() });
