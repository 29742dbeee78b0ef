/** Whose appointments the calendar shows: everybody, or the people pressed; in several days also the key to the marks on the blocks. */
import type { CSSProperties } from 'react';
import { initialsOf } from '../../ui/initials.ts';
import { useWords } from '../admin-context.tsx';
import type { Person } from './day-view.ts';

interface PeopleFilterProps {
  people: readonly Person[];
  /** none: everybody */
  chosen: readonly string[];
  onChoose: (staffIds: readonly string[]) => void;
  className?: string;
}

export function PeopleFilter({ people, chosen, onChoose, className = '' }: PeopleFilterProps) {
  const { t } = useWords();
  const toggled = (id: string): readonly string[] =>
    chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
  return (
    <fieldset aria-label={t('calendar.staff')} className={`people-filter ${className}`}>
      <button type="button" className="person-chip" aria-pressed={chosen.length === 0} onClick={() => onChoose([])}>
        {t('calendar.everybody')}
      </button>
      {people.map(({ id, name, colour }) => (
        <button
          key={id}
          type="button"
          className="person-chip"
          aria-pressed={chosen.includes(id)}
          onClick={() => onChoose(toggled(id))}
        >
          <span
            className="person-mark"
            aria-hidden="true"
            style={colour === null ? undefined : ({ '--person': colour } as CSSProperties)}
          >
            {initialsOf(name)}
          </span>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
