/** /admin/tags and what lies below it. */
import { ResourcePages } from '../kit/resource-pages.tsx';
import { tagsView } from './tags.view.ts';
import './setup.css';

export default function TagsPages() {
  return <ResourcePages view={tagsView} />;
}
