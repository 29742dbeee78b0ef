/**
 * `npm run prove usage-ingest [rounds]`: batches of a thousand metered events beside single commands in one run, what the object grows an event,
 * whether every duplicate is found, and what D1 and the feed see. The work is done inside workerd (workers/metering/ingest.workerd.test.ts).
 */

/** Events a second in batches, as a multiple of single commands in the same run. */
const LEAST_RATIO = 15;
/** Of the object's file. */
const MOST_BYTES_AN_EVENT = 60;

const LINE =
  /usage-ingest: seed (\d+), (\d+) events, (\d+) single commands a second, (\d+) events a second in batches, (\d+) with their files, ([\d.]+) bytes an event, (\d+) duplicates, (\d+) rows of the feed, (\d+) of price lines/;

/** Reads what the run told of itself. @throws where it told nothing */
export function ingestOutcome(output: string): { seed: string; counts: string; ok: boolean } {
  const told = LINE.exec(output);
  if (!told) throw new Error(output.slice(-4_000));
  const [, seed = ''] = told;
  const [events = 0, single = 0, batch = 0, whole = 0, bytes = 0, duplicates = 0, feed = 0, lines = 0] = told
    .slice(2)
    .map(Number);
  const ratio = batch / single;
  return {
    seed,
    counts: `${events} events: ${batch} a second in batches, ${single} by single commands (${ratio.toFixed(1)} ×, aim ${LEAST_RATIO}), ${whole} with their files; ${bytes} bytes an event (aim ${MOST_BYTES_AN_EVENT}); ${duplicates} of ${events} duplicates found; D1: ${feed} rows of the feed, ${lines} price lines`,
    ok: ratio >= LEAST_RATIO && bytes <= MOST_BYTES_AN_EVENT && duplicates === events,
  };
}
