/** Deleting and restoring of chosen rows, for nouns whose API has it (`isChosen` of their resource). Called by views. */
import type { Permission } from '../../../shared/permissions.ts';
import type { BulkAction } from './view.ts';

export const bulkRemoval = (permission: Permission): readonly BulkAction[] => [
  {
    verb: 'delete',
    label: 'kit.delete',
    icon: 'bin',
    permission,
    path: 'bulk/delete',
    done: 'kit.bulk_deleted',
    undo: 'bulk/restore',
    isDangerous: true,
  },
  {
    verb: 'restore',
    label: 'kit.restore',
    icon: 'undo',
    permission,
    path: 'bulk/restore',
    done: 'kit.bulk_restored',
    undo: 'bulk/delete',
    isOfDeleted: true,
  },
];
