/**
 * A day of appointments in staff columns with drag and drop: our one wrapper around @event-calendar/core, so that another engine
 * could replace it. Speaks wall clock of the branch only; the page turns drops into commands. Called by the calendar page.
 */
import { isOpen } from '../../../shared/appointment-status.ts';
import { isWallDate } from '../../../shared/time.ts';
import '@event-calendar/core/index.css';
import './booking-calendar.css';
import { type Calendar, createCalendar, destroyCalendar, Interaction, ResourceTimeGrid } from '@event-calendar/core';
import { useEffect, useRef, useState } from 'react';
import { APPOINTMENT_LOOK } from '../../ui/appointment-status.ts';
import { iconPath } from '../../ui/icon.tsx';
import { initialsOf } from '../../ui/initials.ts';
import {
  type Block,
  type Column,
  type DayView,
  hourText,
  minutesIn,
  type Shade,
  slotHeight,
  slotsShown,
  spanOf,
} from './day-view.ts';

export interface Drop {
  appointmentId: string;
  /** wall clock of the branch */
  date: string;
  time: string;
  staffId: string;
  /** puts the block back where it was */
  revert: () => void;
}

export interface BookingCalendarProps {
  view: DayView;
  date: string;
  /** "+01:00": the branch's offset, for the line that shows now */
  utcOffset: string;
  locale: string;
  label: string;
  canMove: boolean;
  texts: {
    /** everything, as tooltip */
    block: (block: Block) => string;
    /** what the block does not show but a screen reader must say */
    more: (block: Block) => string;
    customer: (block: Block) => string;
    column: (column: Column) => string;
    shade: (shade: Shade) => string | null;
  };
  onOpen: (appointmentId: string) => void;
  /** the column that is looked at first, where not all of them fit */
  firstColumn?: string;
  /** an empty place was pressed; absent: nothing can be booked */
  onPlace?: (place: { time: string; staffId: string }) => void;
  /** a stretch was drawn over empty places; absent: nothing comes of it */
  onStretch?: (stretch: { staffId: string; from: string; to: string }) => void;
  /** what an empty place says under the pointer */
  placeText: (time: string) => string;
  /** The end of a block was dragged; its new length. */
  onResize: (resize: Omit<Drop, 'date' | 'time' | 'staffId'> & { minutes: number }) => void;
  /** Why the block should not stand there, as its reader is told while dragging; null: nothing speaks against it. */
  answer: (block: Block, place: { staffId: string; from: string; to: string }) => string | null;
  /** people who cannot serve it at all */
  cannot: (block: Block) => readonly string[];
  /** The block has moved on screen already; the page's next view confirms it or puts it back. */
  onDrop: (drop: Drop) => void;
}

const SLOT = '00:15:00';
/** A block up to this length has one line: time, name and service beside each other. */
const SHORT_MINUTES = 20;
/** From this length on the time has a line of its own; below it the place in the grid says it, and the block's name for screen readers. */
const TIMED_MINUTES = 45;
/** Above and below the grid, and a row of labels that reaches over the first line. */
const BORDERS_PX = 4;
const HEX = /^#[0-9a-f]{6}$/i;
const DAY_COLUMNS = '.ec-body .ec-day, .ec-main > .ec-grid .ec-day';
const NARROWEST_COLUMN = 'minmax(8.5rem, 1fr)';
/** On a phone one person fills the room beside the hours, the next one is a swipe away (booking-calendar.css). */
const ONE_A_PAGE = 'minmax(calc(100vw - 4.9rem), 1fr)';

export function BookingCalendar(props: BookingCalendarProps) {
  const target = useRef<HTMLElement>(null);
  const calendar = useRef<Calendar | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const isDragging = useRef(false);
  const [isMade, setMade] = useState(false);
  /** options as the engine has them */
  const shown = useRef<Record<string, string>>({});

  // Grid, then blocks, each in a task of its own: together they would hold up a phone for half a second.
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    let made: Calendar | null = null;
    let stopFixing = (): void => undefined;
    const timer = setTimeout(() => {
      const options = { ...optionsOf(latest.current), events: [] };
      for (const [name, value] of Object.entries(options)) shown.current[name] = JSON.stringify(value);
      made = makeCalendar(element, options, latest, isDragging);
      calendar.current = made;
      stopFixing = fixRoles(element);
      setMade(true);
    });
    return () => {
      clearTimeout(timer);
      stopFixing();
      calendar.current = null;
      if (made) void destroyCalendar(made);
    };
  }, []);

  const { view, date, utcOffset, locale, canMove, texts } = props;
  const slots = slotsShown(view);
  // The day fills the room it has: its rows grow and shrink with it.
  useEffect(() => {
    const element = target.current;
    if (!element || !isMade) return;
    const fillRoom = (): void => {
      const head = element.querySelector<HTMLElement>('.ec-header')?.offsetHeight ?? 0;
      if (!isDragging.current && element.clientHeight > 0)
        calendar.current?.setOption('slotHeight', slotHeight(element.clientHeight - head - BORDERS_PX, slots));
    };
    fillRoom();
    const observer = new ResizeObserver(fillRoom);
    observer.observe(element);
    return () => observer.disconnect();
  }, [slots, isMade]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what the options are made of
  useEffect(() => {
    if (isDragging.current || !calendar.current || !target.current) return;
    const focused = focusedBlock(target.current);
    for (const [name, value] of Object.entries(optionsOf(latest.current))) {
      const text = JSON.stringify(value);
      if (shown.current[name] === text) continue;
      shown.current[name] = text;
      calendar.current.setOption(name as keyof Calendar.Options, value as never);
    }
    if (focused !== null) refocus(target.current, focused);
  }, [isMade, view, date, utcOffset, locale, canMove, texts]);

  const { firstColumn } = props;
  const at = firstColumn === undefined ? -1 : view.columns.findIndex(({ staffId }) => staffId === firstColumn);
  useEffect(() => {
    const main = target.current?.querySelector<HTMLElement>('.ec-main');
    if (!isMade || at < 0 || !main || main.scrollWidth <= main.clientWidth) return;
    target.current?.querySelectorAll(DAY_COLUMNS)[at]?.scrollIntoView({ inline: 'start', block: 'nearest' });
  }, [isMade, at]);

  return <section ref={target} className="booking-calendar" aria-label={props.label} />;
}

/** What the engine asks is answered by the props of then. */
function makeCalendar(
  element: HTMLElement,
  options: Calendar.Options,
  latest: { readonly current: BookingCalendarProps },
  isDragging: { current: boolean },
): Calendar {
  return createCalendar(element, [ResourceTimeGrid, Interaction], {
    ...options,
    view: 'resourceTimeGridDay',
    headerToolbar: { start: '', center: '', end: '' },
    allDaySlot: false,
    nowIndicator: true,
    slotDuration: SLOT,
    snapDuration: SLOT,
    slotLabelInterval: '01:00',
    slotLabelFormat: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    slotEventOverlap: false,
    columnWidth: matchMedia('(max-width: 47.99rem)').matches ? ONE_A_PAGE : NARROWEST_COLUMN,
    dragScroll: true,
    longPressDelay: 350,
    pointer: true,
    select: (info) => {
      const to = wallOf(info.end);
      const from = wallOf(info.start);
      latest.current.onStretch?.({
        staffId: String(info.resource.id),
        from: from.time,
        to: to.date > from.date ? '24:00' : to.time,
      });
    },
    dateClick: (info) =>
      latest.current.onPlace?.({ time: wallOf(info.date).time, staffId: String(info.resource?.id ?? '') }),
    dragConstraint: (info) => {
      whileDragging(element, info.event, info.jsEvent, latest.current, String(info.newResource?.id ?? ''));
      return true;
    },
    resizeConstraint: (info) => {
      whileDragging(element, info.event, info.jsEvent, latest.current, '');
      return true;
    },
    eventResizeStart: () => {
      isDragging.current = true;
    },
    eventResizeStop: () => {
      isDragging.current = false;
      endAnswer(element);
    },
    eventResize: (info) =>
      latest.current.onResize({
        appointmentId: String(info.event.id),
        minutes: Math.round((info.event.end.getTime() - info.event.start.getTime()) / 60_000),
        revert: info.revert,
      }),
    eventClick: (info) => latest.current.onOpen(String(info.event.id)),
    eventContent: (info) => contentOf(info.event, latest.current),
    eventDidMount: (info) => nameBlock(info.el, info.event, latest.current),
    resourceLabelContent: (info) => columnHead(info.resource.extendedProps['column'] as Column, latest.current),
    eventDragStart: (info) => {
      isDragging.current = true;
      const block = info.event.extendedProps['block'] as Block | undefined;
      if (block) hatch(element, latest.current, latest.current.cannot(block));
    },
    eventDragStop: () => {
      isDragging.current = false;
      endAnswer(element);
    },
    eventDrop: (info) => {
      const at = wallOf(info.event.start);
      latest.current.onDrop({
        appointmentId: String(info.event.id),
        date: at.date,
        time: at.time,
        staffId: String(info.newResource?.id ?? info.event.resourceIds[0] ?? ''),
        revert: info.revert,
      });
    },
  });
}

/** The columns of people who cannot serve what is dragged. */
function hatch(container: HTMLElement, props: BookingCalendarProps, staffIds: readonly string[]): void {
  const columns = container.querySelectorAll<HTMLElement>(DAY_COLUMNS);
  props.view.columns.forEach(({ staffId }, n) => {
    columns[n]?.classList.toggle('is-forbidden', staffIds.includes(staffId));
  });
}

/** The reason stands at the pointer, and only while there is one. */
function whileDragging(
  container: HTMLElement,
  event: Calendar.Event,
  pointer: unknown,
  props: BookingCalendarProps,
  staffId: string,
): void {
  const block = event.extendedProps['block'] as Block | undefined;
  if (!block) return;
  const { from, to } = shownTimes({ ...event, display: 'preview' }, block);
  const text = props.answer(block, { staffId: staffId || block.staffId, from, to });
  const found = container.querySelector<HTMLElement>('.drag-answer');
  if (text === null) {
    found?.remove();
    return;
  }
  const shown = found ?? container.appendChild(element('div', 'drag-answer'));
  shown.setAttribute('role', 'status');
  if (shown.textContent !== text) shown.textContent = text;
  if (pointer instanceof MouseEvent) {
    shown.style.left = `${pointer.clientX + 14}px`;
    shown.style.top = `${pointer.clientY + 18}px`;
  }
}

function endAnswer(container: HTMLElement): void {
  container.querySelector('.drag-answer')?.remove();
  for (const column of container.querySelectorAll('.is-forbidden')) column.classList.remove('is-forbidden');
}

/** Id of the appointment whose block has the keyboard's focus. */
function focusedBlock(container: HTMLElement): string | null {
  const active = document.activeElement;
  return active instanceof HTMLElement && container.contains(active) ? (active.dataset['appointment'] ?? null) : null;
}

/** The engine redraws changed blocks; a live update must not move keyboard focus out of the grid. */
function refocus(container: HTMLElement, id: string): void {
  requestAnimationFrame(() => {
    if (container.contains(document.activeElement)) return;
    container.querySelector<HTMLElement>(`[data-appointment="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  });
}

function optionsOf(props: BookingCalendarProps): Calendar.Options {
  const { view, date } = props;
  return {
    date,
    timeZone: props.utcOffset,
    locale: props.locale,
    slotMinTime: hourText(view.firstHour),
    slotMaxTime: hourText(view.lastHour),
    resources: view.columns.map((column) => ({ id: column.staffId, title: column.name, extendedProps: { column } })),
    editable: props.canMove,
    selectable: props.onStretch !== undefined,
    events: [
      ...view.shades.map((shade, n) => ({
        id: `shade-${n}`,
        resourceId: shade.staffId,
        start: `${date}T${shade.from}`,
        end: `${date}T${shade.to}`,
        display: 'background' as const,
        classNames: [`shade-${shade.kind}`],
        extendedProps: { shade },
      })),
      ...view.blocks.map((block) => ({
        id: block.appointment.id,
        resourceId: block.staffId,
        start: `${date}T${block.from}`,
        end: `${date}T${block.to}`,
        startEditable: props.canMove && isOpen(block.appointment.status),
        durationEditable: props.canMove && isOpen(block.appointment.status) && block.appointment.segments.length === 1,
        classNames: [
          'block',
          `tone-${APPOINTMENT_LOOK[block.appointment.status].tone}`,
          `is-${block.appointment.status}`,
        ],
        ...(HEX.test(block.appointment.service.colour ?? '') && {
          styles: [`--service:${block.appointment.service.colour}`],
        }),
        extendedProps: { block },
      })),
    ],
  };
}

/** The engine hands wall times out as local dates of the browser. */
function wallOf(date: Date): { date: string; time: string } {
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    date: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    time: `${two(date.getHours())}:${two(date.getMinutes())}`,
  };
}

function element(tag: string, className: string, text?: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

function iconElement(name: Parameters<typeof iconPath>[0]): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'block-icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', iconPath(name));
  svg.append(path);
  return svg;
}

/** While it is dragged the engine's own times are ahead of the block's: those are the ones to show. */
function shownTimes(event: Calendar.Event, block: Block): Pick<Block, 'from' | 'to'> {
  if (!isHelper(event)) return block;
  const from = wallOf(event.start);
  const to = wallOf(event.end);
  return { from: from.time, to: to.date > from.date ? '24:00' : to.time };
}

const isHelper = (event: Calendar.Event): boolean => event.display === 'preview';

function contentOf(event: Calendar.Event, props: BookingCalendarProps): Calendar.Content {
  const shade = event.extendedProps['shade'] as Shade | undefined;
  if (shade) {
    const text = props.texts.shade(shade);
    return { domNodes: text === null ? [] : [element('span', 'shade-text', text)] };
  }
  if (event.display === 'pointer') {
    if (!props.onPlace) return '';
    return { domNodes: [element('span', 'place-text', props.placeText(wallOf(event.start).time))] };
  }
  const block = event.extendedProps['block'] as Block | undefined;
  if (!block) return '';
  const { appointment } = block;
  const minutes = minutesIn(block);
  const isShort = minutes <= SHORT_MINUTES;
  const showsTime = isShort || minutes >= TIMED_MINUTES || isHelper(event);
  const times = shownTimes(event, block);
  const body = element('div', isShort ? 'block-body block-short' : 'block-body');
  const icons = element('span', 'block-icons');
  icons.append(iconElement(APPOINTMENT_LOOK[appointment.status].icon));
  if (appointment.source === 'phone_ai') icons.append(iconElement('phone'));
  if (appointment.sync_status === 'failed') icons.append(iconElement('warning'));
  const time = element('div', showsTime ? 'block-time' : 'sr-only', isShort ? times.from : spanOf(times));
  const name = element('div', 'block-name', props.texts.customer(block));
  if (block.person) name.prepend(personMark(block.person));
  const what = element('div', 'block-what', appointment.service.name);
  body.append(...(isHelper(event) ? [time, name, what] : [name, what, time]), icons);
  body.append(element('span', 'sr-only', props.texts.more(block)));
  const nodes: Node[] = block.passive.map((part) => {
    const band = element('div', 'block-passive');
    band.style.top = `${part.top}%`;
    band.style.height = `${part.height}%`;
    return band;
  });
  return { domNodes: [...nodes, body] };
}

/** A tooltip for what is cut off, and the id by which tests and styles find the block. */
function nameBlock(target: HTMLElement, event: Calendar.Event, props: BookingCalendarProps): void {
  const block = event.extendedProps['block'] as Block | undefined;
  if (!block) {
    target.setAttribute('aria-hidden', 'true');
    return;
  }
  target.title = props.texts.block(block);
  target.dataset['appointment'] = block.appointment.id;
}

/** Initials in the person's colour; read aloud it is the block's name that says whose it is. */
function personMark({ name, colour }: NonNullable<Block['person']>): HTMLElement {
  const mark = element('span', 'person-mark', initialsOf(name));
  mark.setAttribute('aria-hidden', 'true');
  if (HEX.test(colour ?? '')) mark.style.setProperty('--person', colour ?? '');
  return mark;
}

function columnHead(column: Column, props: BookingCalendarProps): Calendar.Content {
  // A day has no initials.
  const isDay = isWallDate(column.staffId);
  const mark = element('span', isDay ? 'column-day' : 'column-mark', isDay ? '' : initialsOf(column.name));
  mark.setAttribute('aria-hidden', 'true');
  const name = element('span', column.isToday ? 'column-name is-today' : 'column-name', column.name);
  name.title = column.name;
  const load = element('span', 'column-load');
  const share = column.workingMinutes === 0 ? 0 : 1 - column.freeMinutes / column.workingMinutes;
  load.style.setProperty('--load', String(Math.round(share * 100) / 100));
  load.setAttribute('aria-hidden', 'true');
  return { domNodes: [mark, name, element('span', 'column-count', props.texts.column(column)), load] };
}

const TABLE_ROLES = ['table', 'rowgroup', 'row', 'columnheader', 'rowheader', 'cell', 'gridcell'];
const ROLE_SELECTOR = TABLE_ROLES.map((role) => `[role="${role}"]`).join(',');
const TABLE_ATTRIBUTES = ['colindex', 'rowindex', 'colcount', 'rowcount', 'colspan', 'rowspan'].map((a) => `aria-${a}`);
const ATTRIBUTE_SELECTOR = TABLE_ATTRIBUTES.map((attribute) => `[${attribute}]`).join(',');

/**
 * The engine draws a table in roles only (rows without cells), which screen readers misread and axe rejects. Blocks are named
 * buttons inside a named region instead; the roles are taken off whenever the engine puts them on.
 */
function fixRoles(container: HTMLElement): () => void {
  const strip = (): void => {
    for (const found of container.querySelectorAll(ROLE_SELECTOR)) found.removeAttribute('role');
    for (const found of container.querySelectorAll(ATTRIBUTE_SELECTOR)) {
      for (const attribute of TABLE_ATTRIBUTES) found.removeAttribute(attribute);
    }
    for (const labelled of container.querySelectorAll('.ec-header [aria-label], .ec-day[aria-label]')) {
      labelled.removeAttribute('aria-label');
    }
    // Blocks are what a keyboard scrolls by; where there are none, the day itself is.
    const day = container.querySelector('.ec-main');
    if (day?.querySelector('.ec-event')) day.removeAttribute('tabindex');
    else day?.setAttribute('tabindex', '0');
  };
  strip();
  const observer = new MutationObserver(strip);
  observer.observe(container, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['role', 'aria-label', ...TABLE_ATTRIBUTES],
  });
  return () => observer.disconnect();
}
