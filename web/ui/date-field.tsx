/**
 * A day as text and a month to pick from, the same in every browser and language: the browser's own field follows the browser's interface, not
 * our reader. Drawn without Mantine. Called by forms and filters of both apps.
 */
import { type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import './date-field.css';
import { localeOf } from '../../shared/i18n/language.ts';
import { Icon } from './icon.tsx';
import { dateAfter, dateText, isWholeDate, monthAfter, readDate, weeksOf } from './wall-text.ts';

export interface DateWords {
  language: string;
  t: (
    key: 'date.example' | 'date.pick' | 'date.previous_month' | 'date.next_month' | 'date.today' | 'date.problem',
  ) => string;
}

interface DateFieldProps {
  words: DateWords;
  id?: string;
  label: string;
  /** the label is for screen readers only */
  isBare?: boolean;
  /** YYYY-MM-DD, or what was typed and is no day, or nothing */
  value: string;
  /** today in the zone that counts */
  today: string;
  min?: string;
  max?: string;
  hint?: string;
  error?: string | undefined;
  /** With the day once it is one, else with what was typed when the field is left. */
  onChange: (value: string) => void;
}

export function DateField(props: DateFieldProps) {
  const { words, label, isBare = false, value, today, hint, error, onChange } = props;
  const { t, language } = words;
  const made = useId();
  const id = props.id ?? made;
  const [text, setText] = useState(() => dateText(value, language));
  const [month, setMonth] = useState<string | null>(null);
  /** what stands in the field is meant as it stands: while it is typed nothing is said against it */
  const [isLeft, setLeft] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const known = useRef({ value, language });
  useEffect(() => {
    if (known.current.value === value && known.current.language === language) return;
    known.current = { value, language };
    setText(dateText(value, language));
  }, [value, language]);

  const isUnread = isLeft && text.trim() !== '' && readDate(text, today) === null;
  const said = error ?? (isUnread ? t('date.problem') : undefined);

  function say(day: string): void {
    known.current = { value: day, language };
    if (day !== value) onChange(day);
  }
  function type(typed: string): void {
    setText(typed);
    setLeft(false);
    if (typed.trim() === '') say('');
    else if (isWholeDate(typed)) say(readDate(typed, today) ?? typed);
  }
  function leave(): void {
    const read = readDate(text, today);
    if (read !== null) setText(dateText(read, language));
    setLeft(true);
    say(read ?? text.trim());
  }
  function pick(day: string): void {
    setText(dateText(day, language));
    say(day);
    close();
    document.getElementById(id)?.focus();
  }
  const close = (): void => setMonth(null);
  const open = (): void => setMonth((readDate(text, today) ?? today).slice(0, 7));

  return (
    <div className="date-field">
      <label htmlFor={id} className={isBare ? 'sr-only' : undefined}>
        {label}
      </label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only watches focus leave what is in it */}
      <div
        ref={box}
        className="date-box"
        data-invalid={said !== undefined || undefined}
        onBlur={(event: FocusEvent) => {
          if (!box.current?.contains(event.relatedTarget as Node | null)) close();
        }}
      >
        <input
          id={id}
          size={10}
          inputMode="numeric"
          autoComplete="off"
          maxLength={10}
          placeholder={t('date.example')}
          value={text}
          aria-invalid={said !== undefined}
          aria-describedby={said === undefined ? (hint === undefined ? undefined : `${id}-hint`) : `${id}-error`}
          onInput={(event) => type(event.currentTarget.value)}
          onBlur={leave}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === 'Enter') leave();
            if (event.key === 'ArrowDown' && event.altKey) open();
          }}
        />
        <button
          type="button"
          className="date-button"
          aria-label={`${t('date.pick')}: ${label}`}
          title={t('date.pick')}
          aria-haspopup="dialog"
          aria-expanded={month !== null}
          onClick={() => (month === null ? open() : close())}
        >
          <Icon name="calendar" />
        </button>
        {month !== null && (
          <Month
            {...props}
            month={month}
            chosen={readDate(text, today)}
            anchor={box.current}
            onMonth={setMonth}
            onPick={pick}
            onClose={() => {
              close();
              box.current?.querySelector<HTMLElement>('.date-button')?.focus();
            }}
          />
        )}
      </div>
      {said !== undefined ? (
        <p className="date-error" id={`${id}-error`}>
          {said}
        </p>
      ) : (
        hint !== undefined && (
          <p className="date-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}

interface MonthProps extends Pick<DateFieldProps, 'words' | 'today' | 'min' | 'max' | 'label'> {
  /** YYYY-MM */
  month: string;
  chosen: string | null;
  anchor: HTMLElement | null;
  onMonth: (month: string) => void;
  onPick: (day: string) => void;
  onClose: () => void;
}

/** Room that the month takes below its field; else it opens above. */
const MONTH_HEIGHT_PX = 330;
/** Arrow keys by what they mean in days. */
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function Month({ words, label, today, min, max, month, chosen, anchor, onMonth, onPick, onClose }: MonthProps) {
  const { t, language } = words;
  const [focused, setFocused] = useState(() =>
    chosen?.startsWith(month) ? chosen : today.startsWith(month) ? today : `${month}-01`,
  );
  const sheet = useRef<HTMLDivElement>(null);
  const shouldFocus = useRef(true);

  // In the top layer: no drawer and no card cuts it off.
  useEffect(() => {
    const element = sheet.current;
    if (!element) return;
    element.showPopover?.();
    const place = (): void => {
      const at = anchor?.getBoundingClientRect();
      if (!at) return;
      const width = element.offsetWidth;
      const opensUp = at.bottom + MONTH_HEIGHT_PX > innerHeight && at.top > MONTH_HEIGHT_PX;
      element.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
      element.style.top = opensUp ? `${at.top - element.offsetHeight - 4}px` : `${at.bottom + 4}px`;
    };
    place();
    addEventListener('scroll', place, true);
    addEventListener('resize', place);
    return () => {
      removeEventListener('scroll', place, true);
      removeEventListener('resize', place);
    };
  }, [anchor]);
  useEffect(() => {
    if (!shouldFocus.current) return;
    sheet.current?.querySelector<HTMLElement>(`[data-day="${focused}"]`)?.focus();
  }, [focused]);

  const isAllowed = (day: string): boolean => (!min || day >= min) && (!max || day <= max);
  function go(day: string): void {
    shouldFocus.current = true;
    if (!day.startsWith(month)) onMonth(day.slice(0, 7));
    setFocused(day);
  }
  function turn(months: number): void {
    shouldFocus.current = false;
    const day = monthAfter(focused, months);
    onMonth(day.slice(0, 7));
    setFocused(day);
  }
  function press(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (event.key === 'Escape') onClose();
    else if (step !== undefined && (event.target as HTMLElement).dataset['day'] !== undefined)
      go(dateAfter(focused, step));
    else if (event.key === 'PageUp' || event.key === 'PageDown') {
      const day = monthAfter(focused, event.key === 'PageUp' ? -1 : 1);
      go(day);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const locale = localeOf(language);
  const at = (day: string): Date => new Date(`${day}T12:00:00Z`);
  const named = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const inFull = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const weeks = weeksOf(month);
  return (
    <div ref={sheet} popover="manual" className="date-month" role="dialog" aria-label={label} onKeyDown={press}>
      <div className="date-head">
        <button
          type="button"
          className="date-turn"
          aria-label={t('date.previous_month')}
          onClick={() => turn(-1)}
          {...KEEPS_DRAWER}
        >
          <Icon name="chevron-left" />
        </button>
        <strong aria-live="polite">{named.format(at(`${month}-01`))}</strong>
        <button
          type="button"
          className="date-turn"
          aria-label={t('date.next_month')}
          onClick={() => turn(1)}
          {...KEEPS_DRAWER}
        >
          <Icon name="chevron-right" />
        </button>
      </div>
      <div className="date-days">
        {(weeks[0] ?? []).map((day) => (
          <span key={day} className="date-weekday" aria-hidden="true">
            {weekday.format(at(day)).replace('.', '').slice(0, 3)}
          </span>
        ))}
        {weeks.flat().map((day) => (
          <button
            key={day}
            type="button"
            className="date-day"
            data-day={day}
            data-outside={!day.startsWith(month) || undefined}
            tabIndex={day === focused ? 0 : -1}
            aria-label={inFull.format(at(day))}
            aria-pressed={day === chosen}
            aria-current={day === today ? 'date' : undefined}
            disabled={!isAllowed(day)}
            onClick={() => onPick(day)}
            {...KEEPS_DRAWER}
          >
            {Number(day.slice(8))}
          </button>
        ))}
      </div>
      <button
        type="button"
        className="date-today"
        disabled={!isAllowed(today)}
        onClick={() => onPick(today)}
        {...KEEPS_DRAWER}
      >
        {t('date.today')}
      </button>
    </div>
  );
}

/** Escape in the month closes the month, not the drawer that the field stands in. */
const KEEPS_DRAWER = { 'data-mantine-stop-propagation': 'true' };
