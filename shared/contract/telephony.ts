/** What the phone agent gets back, and the calendar file behind an appointment's link. Read by workers/telephony/routes.ts and tests. */
import { z } from 'zod';

/** Every function's answer has a sentence to speak; refusals carry a code. Further fields are defined with each function. */
export const spokenResponse = z.looseObject({
  success: z.boolean(),
  message: z.string().meta({ description: 'ready to be spoken, in the language of the call' }),
  code: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
  understood: z
    .looseObject({ kind: z.string() })
    .optional()
    .meta({ description: 'how the words about time were read' }),
});

/** Who calls whom: dynamic variables (strings) and the signed route. */
export const inboundResponse = z.object({ call_inbound: z.looseObject({}) });

export const calendarFileParams = z.object({ file: z.string().max(1_100).meta({ example: 'token.ics' }) });
export const calendarFileResponse = z.string();
