/** Exceptions of working hours that belong to a branch, a person or a room: a list on its page. Named by the views beside it. */
import type { ExceptionView } from '../../../shared/contract/hours.ts';
import { type Relation, relation } from '../kit/view.ts';
import { exceptionLook, exceptionTime, exceptionWhen } from './exception-words.ts';
import type { RelationTexts } from './relations.ts';

/** @param target whose exceptions: the list's filter and the member of a new one */
export const exceptionsOf = (target: 'staff_id' | 'resource_id' | 'branch_id', texts: RelationTexts): Relation =>
  relation<ExceptionView>({
    ...texts,
    resource: 'exceptions',
    target,
    order: '-from_date',
    permission: 'view_exceptions',
    follows: 'calendar',
    to: (row) => `/admin/exceptions/${encodeURIComponent(row.id)}`,
    add: {
      label: 'exceptions.add',
      permission: 'create_exceptions',
      to: (id) => `/admin/exceptions/create?${target}=${encodeURIComponent(id)}`,
    },
    columns: [
      { label: 'exceptions.when', show: { kind: 'text', of: exceptionWhen } },
      { label: 'exceptions.hours', show: { kind: 'text', of: exceptionTime }, place: 'under' },
      { label: 'exceptions.kind', show: { kind: 'badge', of: exceptionLook }, place: 'aside' },
      { label: 'exceptions.note', show: { kind: 'long_text', of: (row) => row.note } },
    ],
  });
