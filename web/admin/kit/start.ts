/** Pure: what the form of a new record holds before anybody has typed. Called by the form page. */
import { membersOf } from './draft.ts';
import type { Draft, FieldValue, KitRow, View } from './view.ts';

/** The declaration's start, and on top what the address names: a link of a person's page already says whose it is. */
export function startOf<R extends KitRow>(
  view: Pick<View<R>, 'form' | 'start'>,
  query: URLSearchParams,
  setting: { currency: string; timeZone: string; today: string },
): Draft {
  const start: Record<string, FieldValue> = { ...view.start?.(setting) };
  for (const field of view.form.flatMap((section) => section.fields)) {
    const member = membersOf(field).find((name) => query.get(name) !== null);
    const given = member === undefined ? null : query.get(member);
    if (member === undefined || given === null) continue;
    if (field.kind === 'owner') start[field.name] = `${member}:${given}`;
    else if (field.kind === 'references') start[field.name] = [given];
    else if (field.kind === 'reference' || field.kind === 'choice' || field.kind === 'text' || field.kind === 'date')
      start[field.name] = given;
  }
  return start;
}
