/** Arranging widgets: the first day, what was kept, what is no longer there, moving to the edges. */
import { describe, expect, it } from 'vitest';
import type { Permission } from '../../../shared/permissions.ts';
import { ROLE_PERMISSIONS } from '../../../shared/permissions.ts';
import { SHOWN_AT_FIRST, WIDGET_NAMES } from '../../../shared/widget-names.ts';
import { moved, shownTo, widgetsFor } from './arrangement.ts';

const reader = (permissions: readonly Permission[], type: 'business' | 'platform' = 'business') => ({
  permissions: [...permissions],
  tenant: { type } as never,
});

describe('widgets of a person', () => {
  it('at most ten at first, and only what they may see', () => {
    expect(shownTo(reader(ROLE_PERMISSIONS.admin), undefined)).toEqual(WIDGET_NAMES.slice(0, SHOWN_AT_FIRST));
    const few = shownTo(reader(['view_customers']), undefined);
    expect(few).toEqual(['customers_new', 'recent_customers']);
    expect(widgetsFor(reader(ROLE_PERMISSIONS.super_admin, 'platform'))).toEqual(['queues', 'webhook_success']);
  });

  it('what was kept is shown as it was, without what is gone, doubled, or no longer theirs', () => {
    const kept = ['sentiment', 'from_a_later_version', 'totals', 'sentiment', 'queues'];
    expect(shownTo(reader(['view_calls', 'view_appointments']), kept)).toEqual(['sentiment', 'totals']);
    expect(shownTo(reader(['view_appointments']), kept)).toEqual(['totals']);
    expect(shownTo(reader(ROLE_PERMISSIONS.admin), [])).toEqual([]);
  });

  it.each([
    ['totals', 1, ['sentiment', 'totals', 'changes']],
    ['totals', -1, ['totals', 'sentiment', 'changes']],
    ['changes', -1, ['totals', 'changes', 'sentiment']],
    ['changes', 1, ['totals', 'sentiment', 'changes']],
  ] as const)('moving %s by %i stays within', (name, by, after) => {
    expect(moved(['totals', 'sentiment', 'changes'], name, by)).toEqual(after);
  });
});
