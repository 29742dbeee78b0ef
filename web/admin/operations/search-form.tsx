/** Filters of an operator's list that stand in the address: fields that are typed and sent together, choices that count at once. */
import { Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useWords } from '../admin-context.tsx';
import { useAddress } from '../use-address.ts';

/** A local day and time as the API takes it. */
const instantOf = (wall: string): string | undefined => {
  const at = wall === '' ? Number.NaN : new Date(wall).getTime();
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
};

interface Search<T extends string, C extends string> {
  /** of a text field */
  field: (name: T) => { value: string; onChange: (event: { currentTarget: { value: string } }) => void };
  /** of a list to choose from; the empty value is all */
  choice: (name: C) => { value: string; onChange: (event: { currentTarget: { value: string } }) => void };
  /** what the address asks for, as the API takes it: `from` and `to` as instants */
  filter: Record<string, string>;
  submit: () => void;
  reset: () => void;
}

/** Parameters of the list under the same names in the address: those typed and those chosen. */
export function useSearch<T extends string, C extends string = never>(
  typed: readonly T[],
  chosen: readonly C[] = [],
): Search<T, C> {
  const { query, change } = useAddress();
  const asked = (name: string): string => query.get(name) ?? '';
  const [texts, setTexts] = useState(() => new Map<string, string>(typed.map((name) => [name, asked(name)])));
  return {
    field: (name) => ({
      value: texts.get(name) ?? '',
      onChange: ({ currentTarget: { value } }) => setTexts((before) => new Map(before).set(name, value)),
    }),
    choice: (name) => ({
      value: asked(name),
      onChange: ({ currentTarget: { value } }) => change({ [name]: value || null }),
    }),
    filter: Object.fromEntries(
      [...typed, ...chosen].flatMap((name) => {
        const value = name === 'from' || name === 'to' ? instantOf(asked(name)) : asked(name);
        return value === undefined || value === '' ? [] : [[name, value]];
      }),
    ),
    submit: () => change(Object.fromEntries(typed.map((name) => [name, texts.get(name)?.trim() || null]))),
    reset: () => {
      setTexts(new Map());
      change(Object.fromEntries([...typed, ...chosen].map((name) => [name, null])));
    },
  };
}

/** The fields in a row, and the buttons that ask and empty them. */
export function SearchForm({
  search,
  children,
}: {
  search: Pick<Search<never, never>, 'submit' | 'reset'>;
  children: ReactNode;
}) {
  const { t } = useWords();
  return (
    <form
      className="operations-fields"
      onSubmit={(event) => {
        event.preventDefault();
        search.submit();
      }}
    >
      {children}
      <Group gap="xs" wrap="nowrap">
        <Button type="submit">{t('op.search')}</Button>
        <Button variant="subtle" color="gray" onClick={search.reset}>
          {t('op.reset')}
        </Button>
      </Group>
    </form>
  );
}
