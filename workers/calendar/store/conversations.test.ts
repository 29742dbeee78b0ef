/** What the object remembers of its calls beside their rows has an end, whoever writes. */
import { expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { EMPTY_CONVERSATION } from '../rules/conversation.ts';
import { memoryCalendar } from './calendar.fixture.ts';

const NOW = asInstant(Date.UTC(2026, 10, 22, 9));
const CALLS = 5_001;

it('forgets that it has seen a call once thousands of others were saved, and reads its row again', () => {
  const { conversations } = memoryCalendar().store;
  const lost = { ...EMPTY_CONVERSATION, lostSlots: 2 };
  conversations.save('call_first', lost, NOW);
  expect(conversations.seen('call_first', NOW)).toMatchObject({ firstSeen: false, lostSlots: 2 });
  for (let n = 0; n < CALLS; n++) conversations.save(`call_${n}`, EMPTY_CONVERSATION, NOW);
  expect(conversations.seen('call_first', NOW)).toMatchObject({ firstSeen: true, lostSlots: 2 });
  expect(conversations.seen(`call_${CALLS - 1}`, NOW)).toMatchObject({ firstSeen: false });
});
