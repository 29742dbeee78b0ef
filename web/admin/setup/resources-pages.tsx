/** /admin/resources and what lies below it. */
import { ResourcePages } from '../kit/resource-pages.tsx';
import { resourcesView } from './resources.view.ts';
import './setup.css';

export default function ResourcesPages() {
  return <ResourcePages view={resourcesView} />;
}
