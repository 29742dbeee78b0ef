/** A card of the profile whose fields are sent together, and the line that says that it worked. */
import type { FormEvent, ReactNode } from 'react';
import type { ApiFault } from '../api-client.ts';
import { useProfile } from './profile-context.ts';

export interface PartProps {
  title: string;
  /** what stands beside a field already is not said again */
  fault: ApiFault | null;
  done: string | null;
  onSubmit: () => Promise<void>;
  children: ReactNode;
}

export function Part({ title, fault, done, onSubmit, children }: PartProps) {
  const { kit } = useProfile();
  return (
    <kit.Card title={title}>
      <form
        className="profile-part"
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        {fault && <kit.Fault fault={fault} />}
        {children}
        <Done text={done} />
      </form>
    </kit.Card>
  );
}

export const Done = ({ text }: { text: string | null }) => (
  <p role="status" className="profile-done">
    {text}
  </p>
);
