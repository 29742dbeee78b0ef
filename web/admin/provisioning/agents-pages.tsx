/** The pages of agents below their path; one lazy part of the app. */
import { ResourcePages } from '../kit/resource-pages.tsx';
import { agentsView } from './agents.view.ts';
import './provisioning.css';

export default function AgentsPages() {
  return <ResourcePages view={agentsView} />;
}
