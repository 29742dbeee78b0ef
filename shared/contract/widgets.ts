/** Widgets of the home page whose numbers are counted: which are asked for, and their points. Read by workers/figures/, the panel (types) and tests. */
import { z } from 'zod';
import { COUNTED_NAMES, MAX_WIDGETS_ASKED } from '../widget-names.ts';
import { commaList, instantOut } from './parts.ts';

/** All names together, with their commas. */
const MAX_NAMES = 400;

export const widgetsQuery = z.object({
  names: commaList(COUNTED_NAMES, MAX_NAMES)
    .refine((names) => names.length <= MAX_WIDGETS_ASKED)
    .meta({
      type: 'string',
      example: 'conversion,sentiment',
      description: `at most ${MAX_WIDGETS_ASKED}; what the caller may not see is left out of the answer`,
    }),
});

export const widgetView = z.object({
  name: z.enum(COUNTED_NAMES),
  /** days of its period up to and with today */
  days: z.int(),
  /** the newest are counted, and there are more */
  more: z.boolean(),
  at: instantOut().meta({ description: 'when it was counted, at most a minute ago' }),
  points: z.array(
    z.object({
      key: z.string().meta({
        description: 'a day or a week’s first day, `3-14` (Wednesday, 14 to 15), a state, or an id',
        'x-external-id': true,
      }),
      name: z.string().nullable().meta({ description: 'of what the id means; null where the key says it' }),
      values: z.array(z.number()),
    }),
  ),
});
export type WidgetView = z.infer<typeof widgetView>;
export const widgetsResponse = z.object({ success: z.literal(true), data: z.array(widgetView) });
export type WidgetsResponse = z.infer<typeof widgetsResponse>;
