/** Staff notes of an appointment as their reader sees them. Called by appointments.ts and appointment-routes.ts. */
import { actorMay } from '../../../shared/actor.ts';
import type { AppointmentNoteView } from '../../../shared/contract/appointments.ts';
import { toIso } from '../../../shared/time.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { actorRefOf } from '../actor-ref.ts';

import type { WrittenNote } from '../store/records.ts';

const viewOf = (note: WrittenNote, names: ReadonlyMap<string, string>): AppointmentNoteView => ({
  id: note.id,
  visibility: note.visibility,
  author_name: note.author.kind === 'user' ? (names.get(note.author.id) ?? null) : null,
  text: note.text,
  at: toIso(note.at),
});

const authorNames = (scope: TenantScope, notes: readonly WrittenNote[]): Promise<ReadonlyMap<string, string>> =>
  scope.namesOfUsers(notes.flatMap(({ author }) => (author.kind === 'user' ? [author.id] : [])));

/** A note that was just added, for its author. */
export const viewOfNewNote = async (scope: TenantScope, note: WrittenNote): Promise<AppointmentNoteView> =>
  viewOf(note, await authorNames(scope, [note]));

/** The notes that the caller may read; null: none at all. Management is who may also delete notes; authors read their own. */
export async function readableNotes(
  scope: TenantScope,
  notes: readonly WrittenNote[],
): Promise<AppointmentNoteView[] | null> {
  if (!actorMay(scope.actor, 'view_notes')) return null;
  const { kind, id } = actorRefOf(scope.actor);
  const readable = notes.filter(
    ({ visibility, author }) =>
      visibility === 'staff' || actorMay(scope.actor, 'delete_notes') || (author.kind === kind && author.id === id),
  );
  const names = await authorNames(scope, readable);
  return readable.map((note) => viewOf(note, names));
}
