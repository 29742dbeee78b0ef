import { describe, expect, it } from 'vitest';
import type { BranchView } from '../../../shared/contract/branches.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import { linesOf, termsBodyOf } from './branch-terms.ts';

const branch = (id: string, over: Partial<BranchView> = {}): BranchView =>
  ({ id, name: id, company_id: 'com_a', main: false, ...over }) as BranchView;
const branches = [
  branch('bra_1', { main: true }),
  branch('bra_2'),
  branch('bra_other', { company_id: 'com_b' as never }),
];
const service = (over: object = {}): ServiceView =>
  ({ currency: 'EUR', branch_ids: [], branch_overrides: [], ...over }) as unknown as ServiceView;

describe('a service at its branches', () => {
  it('shows the branches of its company only, each with what it has of its own', () => {
    const override = { branch_id: 'bra_2', duration_minutes: 45, price_cents: 4_250 };
    expect(linesOf(service({ branch_overrides: [override] }), branches, 'de')).toEqual([
      { branchId: 'bra_1', name: 'bra_1', isOffered: true, minutes: '', price: '' },
      { branchId: 'bra_2', name: 'bra_2', isOffered: true, minutes: '45', price: '42,50' },
    ]);
    expect(linesOf(service({ branch_ids: ['bra_other'] }), branches, 'de').map((one) => one.branchId)).toEqual([
      'bra_other',
    ]);
  });

  it('sends what is filled in, and "every branch" where all offer it', () => {
    const lines = linesOf(service(), branches, 'de');
    const [first, second] = lines as [(typeof lines)[number], (typeof lines)[number]];
    expect(termsBodyOf(lines, service())).toEqual({ body: { branch_ids: [], branch_overrides: [] } });
    expect(termsBodyOf([first, { ...second, minutes: ' 50 ', price: '39,90' }], service())).toEqual({
      body: { branch_ids: [], branch_overrides: [{ branch_id: 'bra_2', duration_minutes: 50, price_cents: 3_990 }] },
    });
    expect(termsBodyOf([{ ...first, isOffered: false }, second], service())).toEqual({
      body: { branch_ids: ['bra_2'], branch_overrides: [] },
    });
  });

  it.each([
    ['minutes that are no whole number', { minutes: '1,5' }, 'minutes'],
    ['no minutes at all', { minutes: '0' }, 'minutes'],
    ['a price that is none', { price: 'viel' }, 'price'],
  ] as const)('names the line with %s', (_what, over, field) => {
    const [first, second] = linesOf(service(), branches, 'de') as [never, never];
    const made = termsBodyOf([first, { ...(second as object), ...over } as never], service());
    expect(made).toEqual({ problems: new Map([['bra_2', field]]), isNowhere: false });
  });

  it('is not left without any branch', () => {
    const nowhere = linesOf(service(), branches, 'de').map((line) => ({ ...line, isOffered: false }));
    expect(termsBodyOf(nowhere, service())).toMatchObject({ isNowhere: true });
  });
});
