/** /admin/services and what lies below it. */
import { ResourcePages } from '../kit/resource-pages.tsx';
import { servicesView } from './services.view.ts';
import './setup.css';

export default function ServicesPages() {
  return <ResourcePages view={servicesView} />;
}
