/** How an event of the catalogue is declared. Called by the catalogues of the modules beside this file. */
import type { z } from 'zod';

/** Turns the body of one version into the body of the next. Pure; the result is checked by the present schema. */
type Upcaster = (body: Readonly<Record<string, unknown>>) => Record<string, unknown>;

export interface EventDefinition<Body = never> {
  /** what the body holds today: ids, instants, amounts and states, never names, numbers or free text */
  body: z.ZodType<Body>;
  /**
   * The row the event is about.
   * @param cause key of the command, for events that are about nothing else
   */
  entity(body: Body, cause: string): string;
  /** the first entry turns version 1 into version 2, and so on */
  upcasters: readonly Upcaster[];
}

/**
 * Declares an event. Its version is 1 and one more for each upcaster, so that a shape can't change its version without saying how older
 * bodies are read.
 */
export const defineEvent = <Body>(
  body: z.ZodType<Body>,
  entity: (body: NoInfer<Body>, cause: string) => string,
  upcasters: readonly Upcaster[] = [],
): EventDefinition<Body> => ({ body, entity, upcasters });

/** Version of a definition's present body. */
export const versionOf = (definition: Pick<EventDefinition, 'upcasters'>): number => definition.upcasters.length + 1;
