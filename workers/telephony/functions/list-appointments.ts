/** `list-appointments`: the caller's coming appointments, for who has proven to be theirs. Called by dispatch.ts. */
import type { AppointmentDetail } from '../../calendar/types.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import { withOwnAppointments } from '../own-appointments.ts';
import { listed, momentOf, sayMoment } from '../speech.ts';
import { answer, type BranchContext, type FunctionAnswer, type FunctionCall, sayIn } from './function-call.ts';

type Answer = FunctionAnswer<'list-appointments'>;

/** More than this is not listened to. */
const MAX_SPOKEN = 4;

export const listAppointments = (call: FunctionCall, branchContext: BranchContext): Promise<Answer> =>
  withOwnAppointments(call, branchContext, (own) => listedOf(call, branchContext, own.upcoming));

function listedOf(call: FunctionCall, branchContext: BranchContext, upcoming: readonly AppointmentDetail[]): Answer {
  const shown = upcoming
    .slice(0, MAX_SPOKEN)
    .map(({ appointment, timeZone, staffName, serviceNames, neutralNames }) => {
      const service = serviceNames.map((name, i) => inLanguage(neutralNames[i] ?? name, call.language)).join(' + ');
      return { appointment, service, staffName, at: momentOf(appointment.startsAt, timeZone) };
    });
  if (shown.length === 0) return answer(sayIn(call, 'no_appointments'), { appointments: [] });
  const slots = listed(
    shown.map(({ service, at }) => `${service}, ${sayMoment(branchContext.voice, at)}`),
    call.language,
    'and',
  );
  return answer(sayIn(call, 'appointments', { slots }), {
    appointments: shown.map(({ appointment, service, staffName, at }) => ({
      appointment_id: appointment.id,
      ...at,
      service,
      staff_name: staffName,
    })),
  });
}
