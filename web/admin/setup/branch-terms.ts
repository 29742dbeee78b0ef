/** Pure: a service's table of branches as somebody fills it in, and what of it is sent. Called by service-branches.tsx. */
import type { BranchView } from '../../../shared/contract/branches.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import { parseAmount } from '../../ui/format.ts';
import { amountText } from '../kit/draft.ts';

/** One line of the table; empty texts mean: as the service. */
export interface BranchLine {
  branchId: string;
  name: string;
  isOffered: boolean;
  minutes: string;
  price: string;
}

const isNamed = (service: ServiceView, branchId: string): boolean => service.branch_ids.some((id) => id === branchId);

/** The branches of the service's company: it is offered in no other. */
function branchesOfService(service: ServiceView, branches: readonly BranchView[]): BranchView[] {
  const named = branches.find(({ id }) => isNamed(service, id));
  const company = (named ?? branches.find(({ main }) => main) ?? branches[0])?.company_id;
  return branches.filter((one) => one.company_id === company);
}

/** The table as it is stored. */
export const linesOf = (service: ServiceView, branches: readonly BranchView[], language: string): BranchLine[] =>
  branchesOfService(service, branches).map(({ id, name }) => {
    const own = service.branch_overrides.find((one) => one.branch_id === id);
    return {
      branchId: id,
      name,
      isOffered: service.branch_ids.length === 0 || isNamed(service, id),
      minutes: own?.duration_minutes == null ? '' : String(own.duration_minutes),
      price: own?.price_cents == null ? '' : amountText(own.price_cents, service.currency, language),
    };
  });

type BranchId = ServiceView['branch_ids'][number];
export type BranchTermsBody = Pick<ServiceView, 'branch_ids' | 'branch_overrides'>;

/**
 * What is sent, or which lines cannot be read (`minutes`, `price`), or that no branch is left. Offered everywhere is said as "every branch",
 * so that a new one offers it, too; a branch that does not offer it keeps what it would take.
 */
export function termsBodyOf(
  lines: readonly BranchLine[],
  { currency }: Pick<ServiceView, 'currency'>,
): { body: BranchTermsBody } | { problems: ReadonlyMap<string, 'minutes' | 'price'>; isNowhere: boolean } {
  const problems = new Map<string, 'minutes' | 'price'>();
  const overrides: BranchTermsBody['branch_overrides'] = [];
  for (const { branchId, minutes, price } of lines) {
    const length = minutes.trim() === '' ? null : Number(minutes.trim());
    const cents = price.trim() === '' ? null : parseAmount(price.trim(), currency);
    if (length !== null && !(Number.isInteger(length) && length >= 1 && length <= 1_440))
      problems.set(branchId, 'minutes');
    else if (price.trim() !== '' && (cents === null || cents < 0)) problems.set(branchId, 'price');
    else if (length !== null || cents !== null)
      overrides.push({ branch_id: branchId as BranchId, duration_minutes: length, price_cents: cents });
  }
  const offered = lines.filter(({ isOffered }) => isOffered);
  const isNowhere = lines.length > 0 && offered.length === 0;
  if (problems.size > 0 || isNowhere) return { problems, isNowhere };
  const ids = offered.length === lines.length ? [] : offered.map(({ branchId }) => branchId as BranchId);
  return { body: { branch_ids: ids, branch_overrides: overrides } };
}
