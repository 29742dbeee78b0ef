/** Settings of a company: who is trusted on the phone, how callers are greeted, where texts may go, how long things are kept. */
import { z } from 'zod';
import { PRACTICE_TRANSCRIPT_DAYS, RETENTION, type RetentionSetting } from '../retention.ts';
import { GREETINGS, IDENTITY_MODES } from '../schedule-sets.ts';
import { idOut, instantOut, page } from './parts.ts';

const days = (setting: RetentionSetting, description: string) =>
  z
    .int()
    .min(RETENTION[setting].least)
    .max(RETENTION[setting].most)
    .meta({ description, example: RETENTION[setting].usual });

/** As a client may write them; numbers and countries are read and refused one by one, with a text each. */
export const companySettings = z.object({
  name: z.string().trim().min(1).max(120).meta({ example: 'Salon Schön' }),
  identity: z.enum(IDENTITY_MODES).meta({ description: 'strict: nothing is said or filled in before proof' }),
  greeting: z.enum(GREETINGS).meta({ description: 'what of a known caller’s name is said first; strict says none' }),
  sms_countries: z
    .array(z.string().trim().max(20))
    .max(60)
    .meta({
      description: 'ISO 3166 alpha-2: where texts to numbers may go that nobody has confirmed',
      example: ['AT', 'CH', 'DE'],
    }),
  practice_mode: z.boolean().meta({ description: 'also true while every offered service has a neutral name' }),
  forwarding_numbers: z
    .array(z.string().trim().min(1).max(60))
    .max(50)
    .meta({
      description: 'lines forwarded to the agent, in any spelling; shown as E.164',
      example: ['+493012345678'],
    }),
  transcript_days: days(
    'transcript_days',
    `transcripts and summaries of calls are kept so many days; in practice mode ${PRACTICE_TRANSCRIPT_DAYS} at most`,
  ),
  message_days: days('message_days', 'recipients and contents of messages are kept so many days'),
  webhook_days: days('webhook_days', 'bodies of webhooks are kept so many days'),
  activity_days: days('activity_days', 'the activity log is kept so many days; of money and security as the law asks'),
});
export type CompanySettings = z.infer<typeof companySettings>;

export const companyView = z.object({
  id: idOut('company'),
  version: z.int().meta({ description: '0: nobody has saved settings yet' }),
  updated_at: instantOut().nullable(),
  ...companySettings.shape,
});
export type CompanyView = z.infer<typeof companyView>;

export const companyListQuery = page();
export const companyChangeRequest = companySettings.partial().extend({ expected_version: z.int().min(0).optional() });
export type CompanyChangeRequest = z.input<typeof companyChangeRequest>;
