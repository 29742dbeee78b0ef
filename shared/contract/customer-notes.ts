/** Notes of the team about customers over REST. Read by crm/, the web apps (types only) and tests. */
import { z } from 'zod';
import { NOTE_VISIBILITIES } from '../appointment-status.ts';
import { CUSTOMER_NOTE_TYPES } from '../message-sets.ts';
import { freeText, idField, idOut, idParam, instantOut, lineText } from './parts.ts';
import { resourceQuery } from './resource-list.ts';

const MAX_SUBJECT = 120;
const MAX_TEXT = 4_000;

export const customerNote = z.object({
  id: idOut('customer_note'),
  customer_id: idOut('customer'),
  subject: z.string(),
  text: z.string(),
  type: z.enum(CUSTOMER_NOTE_TYPES),
  pinned: z.boolean(),
  visibility: z.enum(NOTE_VISIBILITIES),
  /** null: no person wrote it, or one who is gone */
  author_name: z.string().nullable(),
  created_at: instantOut(),
  updated_at: instantOut(),
  version: z.int(),
  /** removed 30 days later, until then it can be restored */
  deleted_at: instantOut().nullable(),
});
export type CustomerNote = z.infer<typeof customerNote>;

const noteBody = z.object({
  subject: lineText(MAX_SUBJECT).meta({ example: 'Farbe' }),
  text: freeText(MAX_TEXT, 1).meta({ example: 'Möchte beim nächsten Mal heller werden.' }),
  type: z.enum(CUSTOMER_NOTE_TYPES),
  pinned: z.boolean(),
  visibility: z.enum(NOTE_VISIBILITIES).meta({ description: '`management`: for who may delete notes, and its author' }),
});

export const customerNoteFields = noteBody
  .partial()
  .required({ text: true })
  .extend({ customer_id: idField('customer') });
export type CustomerNoteFields = z.output<typeof customerNoteFields>;
export const customerNoteChange = noteBody.partial();
export type CustomerNoteChange = z.output<typeof customerNoteChange>;

export const customerNoteQuery = resourceQuery(['created_at', 'pinned']).extend({
  customer_id: idParam('customer').optional(),
  type: z.enum(CUSTOMER_NOTE_TYPES).optional(),
  pinned: z.enum(['true', 'false']).optional(),
});
