/** What the forms of exceptions and of requests for absence share: the days, their times, and what they begin with. Called by both views. */
import type { ExceptionView } from '../../../shared/contract/hours.ts';
import type { FormSection, Key, View } from '../kit/view.ts';

type Days = Pick<ExceptionView, 'from_date' | 'to_date' | 'from_time' | 'to_time'>;

/** @param problem what a time that the server refuses is answered with */
export const whenSection = (problem: Key): FormSection<Days> => ({
  title: 'exceptions.section.when',
  hint: 'exceptions.section.when_hint',
  fields: [
    { name: 'from_date', kind: 'date', label: 'exceptions.from_date', problem: 'kit.date_problem' },
    { name: 'to_date', kind: 'date', label: 'exceptions.to_date', problem: 'exceptions.to_date_problem' },
    { name: 'from_time', kind: 'time', label: 'exceptions.from_time', hint: 'exceptions.time_hint', problem },
    { name: 'to_time', kind: 'time', label: 'exceptions.to_time', problem },
  ],
});

export const DAYS_OF_FORM: Required<Pick<View<ExceptionView>, 'start' | 'follow'>> = {
  start: ({ today }) => ({ kind: 'vacation', from_date: today, to_date: today }),
  // Who moves the first day past the last one means a later end, too.
  follow: (name, { from_date, to_date }) =>
    name === 'from_date' && typeof from_date === 'string' && from_date !== '' && from_date > String(to_date)
      ? { to_date: from_date }
      : {},
};
