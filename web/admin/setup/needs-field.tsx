/** What a service takes of rooms and equipment from its start to its end. Drawn in its form. */
import type { DrawnFieldProps } from '../kit/view.ts';
import { NeedRows } from './need-rows.tsx';
import type { NeedLine } from './step-lines.ts';

export const NeedsField = ({ id, label, hint, value, problems, onChange }: DrawnFieldProps) => (
  <NeedRows
    id={id}
    label={label}
    hint={hint}
    lines={value as readonly NeedLine[]}
    path="resources"
    problems={problems}
    onChange={onChange}
  />
);
