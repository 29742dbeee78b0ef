/** Changes of a customer's own fields and lines; a changed name writes its words. Called by the resource and by customers.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import type { Result } from '../../../shared/result.ts';
import { changedOf, changeItem, type ChangeInput, valuesBefore } from '../../resources/items.ts';
import { type CustomerRow, linesPut, nameColumns, phonesOf, wordsPut } from '../../storage/queries/customers.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { tagsOf, tagsPut } from '../../storage/queries/tags.ts';
import { unknownTag } from '../queries/known-tags.ts';
import { CUSTOMER_KIND, type Line } from '../customer-kind.ts';

/** What is left out stays as it is. */
interface CustomerChange {
  firstName?: string | null;
  lastName?: string | null;
  /** lower case */
  email?: string | null;
  language?: Language | null;
  vip?: boolean;
  notes?: string | null;
  /** instead of all lines there are; the first one is the primary one */
  lines?: readonly Line[];
  /** instead of all tags there are */
  tagIds?: readonly string[];
}

const nameOf = ({ e164, extension }: Line): string => (extension === '' ? e164 : `${e164};ext=${extension}`);

/**
 * Changes a customer. What is as it was leaves neither a version nor an audit row.
 * Refusals: PERMISSION_DENIED, NOT_FOUND (the customer or a tag), VERSION_CONFLICT.
 */
export async function updateCustomer(
  scope: TenantScope,
  input: ChangeInput & { change: CustomerChange },
): Promise<Result<CustomerRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_customers');
  if (refused) return refused;
  const { lines, tagIds, ...fields } = input.change;
  const unknown = await unknownTag(scope, tagIds ?? []);
  if (unknown) return unknown;
  const tagsBefore = tagIds === undefined ? [] : (await tagsOf(scope.db, [input.id])).map((tag) => tag.id).sort();
  const tags = tagIds === undefined ? undefined : [...new Set(tagIds)].sort();
  const newTags = tags?.join() === tagsBefore.join() ? undefined : tags;
  const phones = lines?.map(nameOf);
  const phonesBefore = lines === undefined ? [] : (await phonesOf(scope.db, [input.id])).map(nameOf);
  const newLines = lines !== undefined && phones?.join() !== phonesBefore.join() ? lines : undefined;
  return changeItem(scope, CUSTOMER_KIND, {
    ...input,
    from: 'live',
    verb: 'updated',
    plan: (row) => {
      const changed = changedOf(row, fields);
      if (Object.keys(changed).length === 0 && newLines === undefined && newTags === undefined) return null;
      const name = { firstName: row.firstName, lastName: row.lastName, ...changed };
      const renamed = 'firstName' in changed || 'lastName' in changed;
      return {
        set: { ...changed, ...(renamed ? nameColumns(name) : {}) },
        before: {
          ...valuesBefore(row, changed),
          ...(newLines === undefined ? {} : { phones: phonesBefore }),
          ...(newTags === undefined ? {} : { tags: tagsBefore }),
        },
        after: {
          ...changed,
          ...(newLines === undefined ? {} : { phones }),
          ...(newTags === undefined ? {} : { tags: newTags }),
        },
        more: [
          ...(renamed ? wordsPut(scope.db, row.id, name) : []),
          ...(newTags === undefined ? [] : tagsPut(scope.db, row.id, newTags)),
          ...(newLines === undefined ? [] : linesPut(scope.db, row.id, newLines, scope.now)),
        ],
      };
    },
  });
}
