/** /admin/branches and what lies below it. */
import { ResourcePages } from '../kit/resource-pages.tsx';
import { branchesView } from './branches.view.ts';
import './setup.css';

export default function BranchesPages() {
  return <ResourcePages view={branchesView} />;
}
