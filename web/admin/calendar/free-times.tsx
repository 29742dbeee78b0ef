/** Free times of a day to choose from, and what is offered instead of a lost one. Drawn by the forms that book and move. */
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { OfferedSlot } from '../../../shared/contract/appointments.ts';
import type {
  SimpleAvailabilityRequest,
  SimpleAvailabilityResponse,
  SlotView,
} from '../../../shared/contract/availability.ts';
import { shortWallDate } from '../../ui/format.ts';
import { skeletonKeys } from '../../ui/skeleton-keys.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';

/** Chips shown at most; a day of 15-minute steps has more than anybody reads. */
const MAX_CHIPS = 40;
const SKELETON_CHIPS = 8;

export interface FreeAsked {
  services: readonly { id: string; minutes?: number | undefined }[];
  branchId: string;
  date: string;
  /** empty: anybody */
  staffId: string;
}

interface FreeTimesProps {
  asked: FreeAsked;
  /** null: what stands in the field is no time */
  chosen: string | null;
  onChoose: (slot: SlotView) => void;
  /** a free time of another day, offered where this one has none */
  onElsewhere?: (slot: SlotView) => void;
  onLoaded?: (slots: readonly SlotView[]) => void;
}

export function FreeTimes({ asked, chosen, onChoose, onElsewhere, onLoaded }: FreeTimesProps) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const { services, branchId, date, staffId } = asked;
  const [only] = services;
  const where = { date, branch_id: branchId, ...(staffId !== '' && { staff_id: staffId }) };
  const loaded = useAnswer<SimpleAvailabilityResponse>(
    `${date}/${staffId}/${services.map((one) => `${one.id}:${one.minutes ?? ''}`).join(',')}`,
    () =>
      services.length === 1 && only
        ? api.post('/api/v2/availability/simple', {
            ...where,
            service_id: only.id,
            ...(only.minutes !== undefined && { duration_minutes: only.minutes }),
          } satisfies SimpleAvailabilityRequest)
        : api.post('/api/v2/availability/composite', {
            ...where,
            services: services.map(({ id }) => ({ service_id: id })),
          }),
    { language },
  );
  const told = useRef(onLoaded);
  told.current = onLoaded;
  useEffect(() => {
    if (loaded.body) told.current?.(loaded.body.slots);
  }, [loaded.body]);
  // Not being able to suggest must not keep anybody from choosing: the time field below stays.
  if (loaded.fault !== null) return null;
  const slots = [...new Map((loaded.body?.slots ?? []).map((slot) => [slot.start, slot])).values()].slice(0, MAX_CHIPS);
  const next = onElsewhere === undefined ? [] : (loaded.body?.next_available_slots ?? []);
  return (
    <div>
      <Text mb={6}>{t('move.free')}</Text>
      {loaded.body === null ? (
        <div className="free-times" role="status" aria-label={t('move.loading')}>
          {skeletonKeys(SKELETON_CHIPS).map((key) => (
            <Skeleton key={key} className="free-time" />
          ))}
        </div>
      ) : slots.length === 0 ? (
        <Stack gap="xs" align="flex-start">
          <Text c="dimmed">{t('move.none')}</Text>
          <SlotOffers
            offers={next.map((slot) => ({ ...slot, time: slot.start }))}
            onTake={({ starts_at }) => {
              const slot = next.find((one) => one.starts_at === starts_at);
              if (slot) onElsewhere?.(slot);
            }}
          />
        </Stack>
      ) : (
        <fieldset className="free-times" aria-label={t('move.free')}>
          {slots.map((slot) => (
            <button
              key={slot.start}
              type="button"
              className="free-time"
              aria-pressed={slot.start === chosen}
              onClick={() => onChoose(slot)}
            >
              {slot.start}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}

interface SlotOffersProps {
  offers: readonly OfferedSlot[];
  isBusy?: boolean;
  onTake: (slot: OfferedSlot) => void;
}

/** Other times, each with its day and person. */
export function SlotOffers({ offers, isBusy = false, onTake }: SlotOffersProps) {
  const { t, language } = useWords();
  return offers.map((slot) => (
    <Button
      key={`${slot.starts_at}${slot.staff_id}`}
      size="xs"
      variant="default"
      disabled={isBusy}
      onClick={() => onTake(slot)}
    >
      {t('move.alternative', { date: shortWallDate(slot.date, language), time: slot.time, staff: slot.staff_name })}
    </Button>
  ));
}
