/** How a person likes to read and work. Called by preference-routes.ts. */
import { processNow } from '../../../shared/clock.ts';
import { type ChangePreferencesRequest, MAX_LISTS, type Preferences } from '../../../shared/contract/preferences.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { keepPreferences, userOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';

/** Longest preferences of one person, characters of JSON: they come along with every page. */
const MAX_LENGTH = 8_000;
/** Two devices that change at once: the second one tries again on what the first has written. */
const MAX_ATTEMPTS = 3;

/** What is there with the change in it; members that are taken back are gone. */
function merged(before: Preferences, { language, theme, lists, widgets }: ChangePreferencesRequest): Preferences {
  const after: Preferences = { ...before };
  if (language === null) delete after.language;
  else if (language !== undefined) after.language = language;
  if (theme === null) delete after.theme;
  else if (theme !== undefined) after.theme = theme;
  if (widgets === null) delete after.widgets;
  else if (widgets !== undefined) after.widgets = widgets;
  if (lists !== undefined) {
    const kept = { ...before.lists };
    for (const [name, list] of Object.entries(lists)) {
      if (list === null) delete kept[name];
      else kept[name] = list;
    }
    after.lists = kept;
  }
  return after;
}

/**
 * Changes one's own preferences, which needs no permission; a change that changes nothing leaves no row.
 * Refusals: PERMISSION_DENIED (a key has none), UNAUTHENTICATED (gone), VALIDATION_ERROR (`lists`: too many), POLICY_VIOLATION
 * (`changed_meanwhile`, three times).
 */
export async function changePreferences(
  scope: TenantScope,
  change: ChangePreferencesRequest,
): Promise<Result<Preferences>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_preferences' });
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const user = await userOf(scope.db, actor.userId);
    if (user === null) return err({ code: 'UNAUTHENTICATED' });
    const before = user.preferences ?? {};
    const after = merged(before, change);
    const text = JSON.stringify(after);
    if (text === JSON.stringify(before)) return ok(after);
    if (text.length > MAX_LENGTH || Object.keys(after.lists ?? {}).length > MAX_LISTS)
      return err({ code: 'VALIDATION_ERROR', errors: { lists: [`${MAX_LISTS} / ${MAX_LENGTH}`] } });
    // Which list somebody looks at how is nobody's business: the log says that it changed.
    const beside = auditBeside(scope, {
      log: 'identity',
      description: 'preferences.updated',
      subjectType: 'user',
      subjectId: actor.userId,
      after: Object.fromEntries(Object.keys(change).map((field) => [field, null])),
    });
    if (await keepPreferences(scope.db, { id: user.id, before: user.preferences }, after, beside, processNow()))
      return ok(after);
  }
  return err({ code: 'POLICY_VIOLATION', details: { reasons: ['changed_meanwhile'] } });
}
