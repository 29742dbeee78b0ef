/** Bookings that a typed line means: asked once the typing rests, and what an older line meant is dropped. Called by palette.tsx. */
import { useEffect, useMemo, useState } from 'react';
import { asInstant } from '../../../shared/clock.ts';
import type { Me } from '../../../shared/contract/identity.ts';
import type { SpokenContext } from '../../../shared/spoken-time/index.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { isBooking, readLine, type ReadLine } from './line.ts';
import { type Offers, offersFor } from './offers.ts';
import { useNames } from './use-names.ts';

export interface LineOffers {
  /** null: the line is about no booking */
  line: ReadLine | null;
  /** null: not asked, or not there yet */
  offers: Offers | null;
  /** asks once more: what was offered is gone */
  renew: () => void;
}

/** @param typed as it stands, @param rested once it rests */
export function useOffers(typed: string, rested: string, branch: Me['branches'][number] | undefined): LineOffers {
  const { api, me } = useAdmin();
  const { language } = useWords();
  const mayCreate = useMay('create_customers');
  const names = useNames(me.tenant.type === 'business' ? (branch?.id ?? null) : null);
  const [asked, setAsked] = useState<{ text: string; offers: Offers } | null>(null);
  const [round, setRound] = useState(0);
  const reading = useMemo(() => {
    if (names === null || branch === undefined) return null;
    const context: SpokenContext = {
      now: asInstant(Date.now()),
      zone: branch.time_zone,
      language,
      openOn: names.openOn,
    };
    return { ...names, branches: me.branches, context, branch };
  }, [names, branch, language, me]);
  const line = useMemo(() => {
    const read = reading === null || typed.trim() === '' ? null : readLine(typed, reading, reading.context);
    return read !== null && isBooking(read) ? read : null;
  }, [typed, reading]);
  const wanted = line !== null && typed === rested ? rested : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks the same anew
  useEffect(() => {
    if (wanted === null || reading === null) return;
    const controller = new AbortController();
    const { services, staff, branches, branch: at } = reading;
    void offersFor(wanted, {
      api,
      signal: controller.signal,
      services,
      staff,
      branches,
      context: { ...reading.context, now: asInstant(Date.now()) },
      branchId: at.id,
      zoneOf: (id) => branches.find((one) => one.id === id)?.time_zone ?? at.time_zone,
      mayCreate,
    }).then((offers) => {
      if (!controller.signal.aborted) setAsked({ text: wanted, offers });
    });
    return () => controller.abort();
  }, [wanted, reading, api, mayCreate, round]);
  return {
    line,
    offers: line !== null && asked?.text === typed ? asked.offers : null,
    renew: () => {
      setAsked(null);
      setRound((n) => n + 1);
    },
  };
}
