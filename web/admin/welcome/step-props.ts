/** What the wizard gives the form of a step. */
import type { BranchView } from '../../../shared/contract/branches.ts';
import type { CompanyView } from '../../../shared/contract/companies.ts';
import type { Trade } from '../../../shared/trades.ts';

/** What a step's form is given. */
export interface StepProps {
  /** the main branch; null: none yet */
  branch: BranchView | null;
  company: CompanyView | null;
  trade: Trade | null;
  onTrade: (trade: Trade | null) => void;
  /** The step is saved: on to the next. */
  onDone: () => Promise<void>;
}
