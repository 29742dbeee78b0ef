/** Recordings of calls: permission to hear one, its audio, what they take. Read by workers/telephony/recording/, the web apps (types only) and tests. */
import { z } from 'zod';
import { idParam, itemOf } from './parts.ts';

export const recordingParams = z.object({ id: idParam('call') });
/** Each play is one: it is written down who hears which call. */
export const playRequest = z.object({});
export const playView = z.object({
  url: z.string().meta({ description: 'path of the audio on this host, good for this person for half an hour' }),
  content_type: z.string(),
  bytes: z.int(),
});
export type PlayView = z.infer<typeof playView>;
export const playResponse = itemOf(playView);

export const audioQuery = z.object({ token: z.string().min(1).max(2_000) });

export const storageView = z.object({ recordings: z.int(), bytes: z.int() });
export type StorageView = z.infer<typeof storageView>;
export const storageResponse = itemOf(storageView);
