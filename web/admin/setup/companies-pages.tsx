/** /admin/companies and what lies below it. */
import { ResourcePages } from '../kit/resource-pages.tsx';
import { companiesView } from './companies.view.ts';
import './setup.css';

export default function CompaniesPages() {
  return <ResourcePages view={companiesView} />;
}
