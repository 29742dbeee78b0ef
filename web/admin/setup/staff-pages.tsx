/** /admin/staff and what lies below it. */
import { ResourcePages } from '../kit/resource-pages.tsx';
import { staffView } from './staff.view.ts';
import './setup.css';

export default function StaffPages() {
  return <ResourcePages view={staffView} />;
}
