/** All verbs of the calendar by the name of their RPC method. Object, port and restore follow from this list. */
import type { InputOf } from '../../object-runtime/command.ts';
import { addAppointmentNote } from './add-appointment-note.ts';
import { applyExternal } from './apply-external.ts';
import { book } from './book.ts';
import { cancel } from './cancel.ts';
import type { CalendarCommand } from './command.ts';
import { deleteAppointment } from './delete-appointment.ts';
import { eraseTexts } from './erase-texts.ts';
import { hold } from './hold.ts';
import { importAppointments } from './import-appointments.ts';
import { linkExternal } from './link-external.ts';
import { putBack } from './put-back.ts';
import { putBusyTimes } from './put-busy-times.ts';
import { putExternalBusy } from './put-external-busy.ts';
import { putSchedule } from './put-schedule.ts';
import { putScheduleMany } from './put-schedule-many.ts';
import { releaseHold } from './release-hold.ts';
import { removeBusySource } from './remove-busy-source.ts';
import { removeScheduleItem } from './remove-schedule-item.ts';
import { reopenConflict } from './reopen-conflict.ts';
import { replaceBusySource } from './replace-busy-source.ts';
import { reportConflict } from './report-conflict.ts';
import { reschedule } from './reschedule.ts';
import { resolveConflict } from './resolve-conflict.ts';
import { setStatus } from './set-status.ts';
import { undeleteAppointment } from './undelete-appointment.ts';

export const COMMANDS = {
  putSchedule,
  putScheduleMany,
  removeScheduleItem,
  hold,
  releaseHold,
  book,
  reschedule,
  cancel,
  putBack,
  setStatus,
  deleteAppointment,
  undeleteAppointment,
  addAppointmentNote,
  linkExternal,
  applyExternal,
  reportConflict,
  resolveConflict,
  reopenConflict,
  putExternalBusy,
  putBusyTimes,
  replaceBusySource,
  removeBusySource,
  importAppointments,
  eraseTexts,
} as const;

type CalendarCommands = typeof COMMANDS;
export type CalendarVerb = keyof CalendarCommands;
export const CALENDAR_VERBS = Object.keys(COMMANDS) as CalendarVerb[];
export type CommandOf<K extends CalendarVerb> = InputOf<CalendarCommands[K]>;
export type AnswerOf<K extends CalendarVerb> =
  CalendarCommands[K] extends CalendarCommand<never, unknown, infer A> ? A : never;
