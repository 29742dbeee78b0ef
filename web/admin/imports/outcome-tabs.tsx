/** Rows of a dry run by what would become of them, the outcome that needs a look first. Drawn by checked-step.tsx and times-step.tsx. */
import { Paper, Tabs } from '@mantine/core';
import { useState } from 'react';
import type { ImportView } from '../../../shared/contract/imports.ts';
import { ROW_OUTCOMES, type RowOutcome } from '../../../shared/import-sets.ts';
import { ImportRows } from './import-rows.tsx';

interface Props {
  one: ImportView;
  label: string;
  words: Record<RowOutcome, string>;
  count: Record<RowOutcome, number>;
  /** shown first: the first of these that has rows, else the last */
  order: readonly [RowOutcome, RowOutcome, RowOutcome];
  mayChoose: boolean;
}

export function OutcomeTabs({ one, label, words, count, order, mayChoose }: Props) {
  const [tab, setTab] = useState<RowOutcome>(order.find((outcome) => count[outcome] > 0) ?? order[2]);
  return (
    <Paper withBorder p="md">
      <Tabs value={tab} onChange={(value) => setTab((value ?? 'new') as RowOutcome)} className="kit-tabs">
        <Tabs.List aria-label={label}>
          {ROW_OUTCOMES.map((outcome) => (
            <Tabs.Tab key={outcome} value={outcome}>
              {`${words[outcome]} ${count[outcome]}`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          <ImportRows key={tab} one={one} outcome={tab} mayChoose={mayChoose} />
        </Tabs.Panel>
      </Tabs>
    </Paper>
  );
}
