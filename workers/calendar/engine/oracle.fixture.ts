/**
 * An oracle for the engine: minute by minute, straight from the rules, with wall clocks read from Temporal. Slow and
 * independent of hours.ts, intervals.ts and availability.ts; imported by tests only.
 *
 * Its reading of the rules: a minute is working when the branch's clock then shows a time inside the branch's and the person's hours of
 * that weekday, breaks and absences taken out, extra shifts put in; a visit at t fits when every minute of every active segment is working
 * and neither it nor the buffers around the visit touch what the person has; resources have units left from start to end of the visit (with
 * buffers) or of their segment; passive segments and waiting need the branch open.
 */
import { Temporal } from 'temporal-polyfill';
import type { BusyRow } from '../salon.fixture.ts';
import type {
  BranchBody,
  ExceptionBody,
  HoursBody,
  ResourceBody,
  ResourceRequirement,
  ScheduleItem,
  ServiceBody,
  StaffBody,
} from '../master-data.ts';

interface Wall {
  date: string;
  weekday: number;
  minute: number;
}

export class Oracle {
  readonly #items: readonly ScheduleItem[];
  readonly #busy: Readonly<Record<string, readonly BusyRow[]>>;
  readonly #branchId: string;
  readonly #branch: BranchBody;
  readonly #walls = new Map<number, Wall>();
  readonly #open = new Map<number, boolean>();
  readonly #works = new Map<string, boolean>();
  readonly nowMs: number;

  constructor(
    items: readonly ScheduleItem[],
    branchId: string,
    busy: Readonly<Record<string, readonly BusyRow[]>>,
    nowMs: number,
  ) {
    this.#items = items;
    this.#busy = busy;
    this.#branchId = branchId;
    this.#branch = this.#body<BranchBody>('branch', branchId);
    this.nowMs = nowMs;
  }

  #body<T>(kind: string, id: string): T {
    const item = this.#items.find((one) => one.kind === kind && one.id === id);
    if (!item) throw new Error(`no ${kind} ${id}`);
    return item.body as T;
  }

  /** What the branch's clock shows at an epoch minute. */
  wall(minute: number): Wall {
    const known = this.#walls.get(minute);
    if (known) return known;
    const at = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(this.#branch.timeZone);
    const made = { date: at.toPlainDate().toString(), weekday: at.dayOfWeek % 7, minute: at.hour * 60 + at.minute };
    this.#walls.set(minute, made);
    return made;
  }

  static #in(minute: number, from: string, to: string): boolean {
    const parse = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
    return minute >= parse(from) && minute < parse(to);
  }

  #weekly(kind: HoursBody['ownerKind'], id: string, wall: Wall, branchId: string | null): boolean {
    return this.#items.some((item) => {
      if (item.kind !== 'hours') return false;
      const h = item.body;
      if (h.ownerKind !== kind || h.ownerId !== id || h.weekday !== wall.weekday) return false;
      if (branchId !== null && h.branchId !== null && h.branchId !== branchId) return false;
      if (h.validFrom !== null && wall.date < h.validFrom) return false;
      if (h.validUntil !== null && wall.date > h.validUntil) return false;
      return (
        h.periods.some((p) => Oracle.#in(wall.minute, p.from, p.to)) &&
        !h.breaks.some((p) => Oracle.#in(wall.minute, p.from, p.to))
      );
    });
  }

  #exception(
    kind: ExceptionBody['ownerKind'],
    id: string,
    wall: Wall,
    matches: (e: ExceptionBody) => boolean,
  ): boolean {
    return this.#items.some((item) => {
      if (item.kind !== 'exception') return false;
      const e = item.body;
      if (e.ownerKind !== kind || e.ownerId !== id || wall.date < e.fromDate || wall.date > e.toDate || !matches(e))
        return false;
      return e.fromTime === null || e.toTime === null || Oracle.#in(wall.minute, e.fromTime, e.toTime);
    });
  }

  #closed(wall: Wall): boolean {
    const taken = (e: ExceptionBody): boolean => e.kind !== 'extra_shift' && e.kind !== 'public_holiday';
    return (
      this.#exception('branch', this.#branchId, wall, taken) ||
      this.#exception('company', this.#branch.companyId, wall, taken)
    );
  }

  #isOpen(minute: number): boolean {
    const known = this.#open.get(minute);
    if (known !== undefined) return known;
    const wall = this.wall(minute);
    const holiday = (e: ExceptionBody): boolean => e.kind === 'public_holiday';
    const holy =
      this.#exception('branch', this.#branchId, wall, holiday) ||
      this.#exception('company', this.#branch.companyId, wall, holiday);
    const regular = this.#weekly('branch', this.#branchId, wall, null) && !holy;
    const special = this.#exception('branch', this.#branchId, wall, (e) => e.kind === 'extra_shift');
    const made = (regular || special) && !this.#closed(wall);
    this.#open.set(minute, made);
    return made;
  }

  #outside(staffId: string, minute: number): boolean {
    const wall = this.wall(minute);
    const shift = this.#exception(
      'staff',
      staffId,
      wall,
      (e) => e.kind === 'extra_shift' && e.outsideBranchHours && (e.branchId === null || e.branchId === this.#branchId),
    );
    return shift && !this.#closed(wall) && !this.#exception('staff', staffId, wall, (e) => e.kind !== 'extra_shift');
  }

  works(staffId: string, minute: number): boolean {
    const key = `${staffId}/${minute}`;
    const known = this.#works.get(key);
    if (known !== undefined) return known;
    const body = this.#body<StaffBody>('staff', staffId);
    const wall = this.wall(minute);
    const shift = this.#exception(
      'staff',
      staffId,
      wall,
      (e) =>
        e.kind === 'extra_shift' && !e.outsideBranchHours && (e.branchId === null || e.branchId === this.#branchId),
    );
    const away = this.#exception('staff', staffId, wall, (e) => e.kind !== 'extra_shift');
    const inside = this.#isOpen(minute) && (this.#weekly('staff', staffId, wall, this.#branchId) || shift) && !away;
    const made = body.active && body.branchIds.includes(this.#branchId) && (inside || this.#outside(staffId, minute));
    this.#works.set(key, made);
    return made;
  }

  #someoneThere(minute: number): boolean {
    if (this.#isOpen(minute)) return true;
    return this.#items.some(
      (item) =>
        item.kind === 'staff' &&
        item.body.active &&
        item.body.branchIds.includes(this.#branchId) &&
        this.#outside(item.id, minute),
    );
  }

  #rows(id: string): BusyRow[] {
    return (this.#busy[id] ?? []).filter((row) => (row.expires ?? Number.POSITIVE_INFINITY) > this.nowMs);
  }

  #staffFree(staffId: string, from: number, to: number): boolean {
    return !this.#rows(staffId).some((row) => row.from < to && row.to > from);
  }

  /** Units of a resource in use at a minute; group sessions count once. */
  #used(resourceId: string, minute: number): number {
    const sessions = new Map<string, number>();
    let sum = 0;
    for (const row of this.#rows(resourceId)) {
      if (minute < row.from || minute >= row.to) continue;
      if (row.share) sessions.set(row.share, row.units ?? 1);
      else sum += row.units ?? 1;
    }
    for (const units of sessions.values()) sum += units;
    return sum;
  }

  #resourceUsable(id: string, minute: number): boolean {
    const body = this.#body<ResourceBody>('resource', id);
    if (!body.active || body.branchId !== this.#branchId) return false;
    const wall = this.wall(minute);
    const own = this.#items.some(
      (item) => item.kind === 'hours' && item.body.ownerKind === 'resource' && item.body.ownerId === id,
    );
    const regular = !own || this.#weekly('resource', id, wall, null);
    const extra = this.#exception('resource', id, wall, (e) => e.kind === 'extra_shift');
    return (regular || extra) && !this.#exception('resource', id, wall, (e) => e.kind !== 'extra_shift');
  }

  /** Some choice of resources bears all requirements: usable in [from, to), with units left in [from − before, to + after). */
  resourcesFree(
    requirements: readonly ResourceRequirement[],
    from: number,
    to: number,
    before: number,
    after: number,
    chosen: Map<string, number> = new Map(),
  ): boolean {
    const [first, ...rest] = requirements;
    if (!first) {
      return this.#chosenFree(chosen, from, to, before, after);
    }
    return first.anyOf.some((id) => {
      const next = new Map(chosen);
      next.set(id, (next.get(id) ?? 0) + first.units);
      return this.resourcesFree(rest, from, to, before, after, next);
    });
  }

  /** The branch has such resources at all; a service that asks for what is not there is not set up, also not for a session that exists. */
  #conceivable(requirements: readonly ResourceRequirement[], chosen: Map<string, number> = new Map()): boolean {
    const [first, ...rest] = requirements;
    if (!first) return true;
    return first.anyOf.some((id) => {
      const { active, branchId, capacity } = this.#body<ResourceBody>('resource', id);
      const units = (chosen.get(id) ?? 0) + first.units;
      return (
        active &&
        branchId === this.#branchId &&
        units <= capacity &&
        this.#conceivable(rest, new Map([...chosen, [id, units]]))
      );
    });
  }

  /** The branch's own length where it has one. */
  #lengthHere(body: ServiceBody): number {
    let minutes = body.durationMinutes;
    for (const one of body.branchOverrides)
      if (one.branchId === this.#branchId && one.durationMinutes !== null) minutes = one.durationMinutes;
    return minutes;
  }

  #able(body: ServiceBody, wanted: string | null): { id: string; duration: number }[] {
    return body.staff
      .filter((s) => {
        const person = this.#body<StaffBody>('staff', s.staffId);
        return person.active && person.branchIds.includes(this.#branchId) && (wanted === null || wanted === s.staffId);
      })
      .map((s) => ({ id: s.staffId, duration: s.durationMinutes ?? this.#lengthHere(body) }));
  }

  /**
   * A visit for this service may start at t. @param people who must do each segment of a composite service; undefined: anybody
   */
  fits(
    serviceId: string,
    start: number,
    staffId: string | null,
    partySize = 1,
    people: readonly (string | null | undefined)[] = [],
  ): boolean {
    const body = this.#body<ServiceBody>('service', serviceId);
    if (body.segments.length === 0)
      return this.#able(body, staffId).some((who) => this.#fitsSingle(serviceId, body, who, start, partySize));
    // Every choice of gaps, shortest first.
    const gaps = (i: number, taken: number[]): boolean => {
      if (i === body.segments.length) return this.#fitsChain(body, start, taken, staffId, people);
      const s = body.segments[i];
      if (!s) return false;
      for (let gap = i === 0 ? 0 : s.gapMinMinutes; gap <= (i === 0 ? 0 : s.gapMaxMinutes); gap++)
        if (gaps(i + 1, [...taken, gap])) return true;
      return false;
    };
    return gaps(0, []);
  }

  #fitsSingle(
    serviceId: string,
    body: ServiceBody,
    who: { id: string; duration: number },
    start: number,
    partySize: number,
  ): boolean {
    const end = start + who.duration;
    for (let m = start; m < end; m++) if (!this.works(who.id, m)) return false;
    const [from, to] = [start - body.bufferBeforeMinutes, end + body.bufferAfterMinutes];
    if (body.maxPerSlot > 1 && this.#conceivable(body.resources)) {
      const share = `${serviceId}|${who.id}|${start}|${who.duration}`;
      const session = this.#rows(who.id).filter((row) => row.share === share);
      const others = this.#rows(who.id).some((row) => row.share !== share && row.from < to && row.to > from);
      if (session.length > 0)
        return !others && session.reduce((sum, row) => sum + (row.units ?? 1), 0) + partySize <= body.maxPerSlot;
    }
    return (
      this.#staffFree(who.id, from, to) &&
      this.resourcesFree(body.resources, start, end, body.bufferBeforeMinutes, body.bufferAfterMinutes)
    );
  }

  #fitsChain(
    body: ServiceBody,
    start: number,
    gaps: readonly number[],
    wanted: string | null,
    people: readonly (string | null | undefined)[],
  ): boolean {
    const parts: { from: number; to: number; at: number }[] = [];
    let at = start;
    body.segments.forEach((s, i) => {
      at += gaps[i] ?? 0;
      parts.push({ from: at, to: at + s.durationMinutes, at: i });
      at += s.durationMinutes;
    });
    for (let m = start; m < at; m++) if (!this.#someoneThere(m)) return false;
    if (!this.resourcesFree(body.resources, start, at, body.bufferBeforeMinutes, body.bufferAfterMinutes)) return false;
    const active = parts.filter((p) => body.segments[p.at]?.kind === 'active');
    const everybody = this.#able(body, null).map((o) => o.id);
    const free = (id: string, p: { from: number; to: number; at: number }): boolean => {
      for (let m = p.from; m < p.to; m++) if (!this.works(id, m)) return false;
      const before = p === active[0] ? body.bufferBeforeMinutes : 0;
      const after = p === active.at(-1) ? body.bufferAfterMinutes : 0;
      return this.#staffFree(id, p.from - before, p.to + after);
    };
    for (const p of parts) {
      const s = body.segments[p.at];
      if (s && !this.resourcesFree(s.resources, p.from, p.to, 0, 0)) return false;
    }
    const allowed = (p: { at: number }): string[] => {
      const s = body.segments[p.at];
      const list = everybody
        .filter((id) => !s || s.staffIds.length === 0 || s.staffIds.includes(id))
        .filter((id) => people[p.at] === undefined || people[p.at] === id);
      return wanted !== null && list.includes(wanted) ? [wanted] : list;
    };
    // Who asks for a person wants to be served by them, at least in part.
    if (wanted !== null && !active.some((p) => allowed(p).includes(wanted))) return false;
    if (!body.sameStaff) return active.every((p) => allowed(p).some((id) => free(id, p)));
    return everybody.some((id) => active.every((p) => allowed(p).includes(id) && free(id, p)));
  }

  /**
   * A visit of several services may start at t. The next service follows at once, unless one person or one resource serves both, or who
   * serves is not one person alone: then both buffers pass first. Where what lies between two services further apart is shorter than their
   * buffers, the later one waits for the rest, whoever serves.
   */
  fitsVisit(services: readonly string[], start: number): boolean {
    const bodies = services.map((id) => this.#body<ServiceBody>('service', id));
    return this.#fitsFrom(bodies, 0, start, null);
  }

  #shortest(body: ServiceBody): number {
    if (body.segments.length === 0) return Math.min(...this.#able(body, null).map((who) => who.duration));
    return body.segments.reduce((sum, s, i) => sum + s.durationMinutes + (i > 0 ? s.gapMinMinutes : 0), 0);
  }

  #fitsFrom(
    bodies: readonly ServiceBody[],
    at: number,
    earliest: number,
    previous: { person: string | null; resources: ReadonlySet<string> } | null,
  ): boolean {
    const body = bodies[at];
    if (!body) return true;
    const { bufferBeforeMinutes: before, bufferAfterMinutes: after } = body;
    let wait = 0;
    for (let i = 0; i < at - 1; i++) {
      const between = bodies.slice(i + 1, at).reduce((sum, one) => sum + this.#shortest(one), 0);
      wait = Math.max(wait, (bodies[i]?.bufferAfterMinutes ?? 0) + before - between);
    }
    const apart = (bodies[at - 1]?.bufferAfterMinutes ?? 0) + before;
    const everybody = this.#able(body, null);
    const isChain = body.segments.length > 1;
    const crews: (string | null)[] = isChain && !body.sameStaff ? [null] : everybody.map((who) => who.id);
    for (const chosen of this.#choicesOf(body.resources)) {
      for (const person of crews) {
        const mayTake = new Set([
          ...chosen.keys(),
          ...body.segments.flatMap((s) => s.resources.flatMap((r) => r.anyOf)),
        ]);
        const inCommon =
          previous !== null &&
          (previous.person === null ||
            person === null ||
            previous.person === person ||
            [...mayTake].some((id) => previous.resources.has(id)));
        const start = previous === null ? earliest : earliest + (apart > wait && inCommon ? apart : wait);
        for (const end of this.#endsOf(body, start, person)) {
          let there = true;
          for (let m = Math.min(earliest, start); m < end && there; m++) there = this.#someoneThere(m);
          if (!there || !this.#chosenFree(chosen, start, end, before, after)) continue;
          if (this.#fitsFrom(bodies, at + 1, end, { person, resources: mayTake })) return true;
        }
      }
    }
    return false;
  }

  /** Every end that a service begun at a minute may have, by one person or (null) by whom its parts may have. */
  #endsOf(body: ServiceBody, start: number, person: string | null): Set<number> {
    const ends = new Set<number>();
    const everybody = this.#able(body, null);
    const parts = body.segments.length === 0 ? null : body.segments;
    const active = parts?.flatMap((s, i) => (s.kind === 'active' ? [i] : [])) ?? [0];
    const free = (id: string, i: number, from: number, to: number): boolean => {
      for (let m = from; m < to; m++) if (!this.works(id, m)) return false;
      const before = i === active[0] ? body.bufferBeforeMinutes : 0;
      const after = i === active.at(-1) ? body.bufferAfterMinutes : 0;
      return this.#staffFree(id, from - before, to + after);
    };
    if (parts === null) {
      const who = everybody.find((one) => one.id === person);
      if (who && free(who.id, 0, start, start + who.duration)) ends.add(start + who.duration);
      return ends;
    }
    const go = (i: number, at: number): void => {
      const s = parts[i];
      if (!s) {
        ends.add(at);
        return;
      }
      for (let gap = i === 0 ? 0 : s.gapMinMinutes; gap <= (i === 0 ? 0 : s.gapMaxMinutes); gap++) {
        const [from, to] = [at + gap, at + gap + s.durationMinutes];
        if (!this.resourcesFree(s.resources, from, to, 0, 0)) continue;
        const allowed = everybody
          .map((one) => one.id)
          .filter((id) => (person === null || id === person) && (s.staffIds.length === 0 || s.staffIds.includes(id)));
        if (s.kind === 'passive' || allowed.some((id) => free(id, i, from, to))) go(i + 1, to);
      }
    };
    go(0, start);
    return ends;
  }

  /** Every way to meet the requirements with what the branch has. */
  #choicesOf(
    requirements: readonly ResourceRequirement[],
    chosen: Map<string, number> = new Map(),
  ): Map<string, number>[] {
    const [first, ...rest] = requirements;
    if (!first) return [chosen];
    return first.anyOf.flatMap((id) =>
      this.#choicesOf(rest, new Map([...chosen, [id, (chosen.get(id) ?? 0) + first.units]])),
    );
  }
  #chosenFree(chosen: ReadonlyMap<string, number>, from: number, to: number, before: number, after: number): boolean {
    for (const [id, units] of chosen) {
      const { capacity } = this.#body<ResourceBody>('resource', id);
      for (let m = from; m < to; m++) if (!this.#resourceUsable(id, m)) return false;
      for (let m = from - before; m < to + after; m++) if (this.#used(id, m) + units > capacity) return false;
    }
    return true;
  }

  /** What should be offered on these days: starts on the step of the branch's clock, and the first of a stretch too short to hold one. */
  offers(
    serviceId: string,
    from: number,
    to: number,
    staffId: string | null,
    partySize = 1,
  ): { fits: Set<number>; offered: number[] } {
    const { slotStepMinutes } = this.#body<ServiceBody>('service', serviceId);
    const fits = new Set<number>();
    const offered: number[] = [];
    let stretch: number[] = [];
    const flush = (): void => {
      const onGrid = stretch.filter((m) => this.wall(m).minute % slotStepMinutes === 0);
      offered.push(...(onGrid.length > 0 ? onGrid : stretch.slice(0, 1)));
      stretch = [];
    };
    for (let m = from; m < to; m++) {
      if (this.fits(serviceId, m, staffId, partySize)) {
        fits.add(m);
        stretch.push(m);
      } else flush();
    }
    flush();
    return { fits, offered };
  }
}
