/** Compiled from shared/i18n/web/palette.en.ts by dev/messages/compile.ts: change that file, then run `npm run messages`. */
import type { paletteDe } from './palette.de.ts';

export const paletteEn: typeof paletteDe = {
  "palette.hint": "Name, number, page or “lukas fri 15 haircut”",
  "palette.rows": "Results",
  "palette.pages": "Pages",
  "palette.actions": "Actions",
  "palette.book": "Book",
  "palette.new_appointment": "New appointment",
  "palette.new_customer": "Add customer",
  "palette.block": "Block time",
  "palette.offer": (d: { customer: string | number; service: string | number; staff: string | number }): string => d.customer + " · " + d.service + " with " + d.staff,
  "palette.new": (d: { name: string | number }): string => d.name + " (new)",
  "palette.when": (d: { date: string | number; from: string | number; to: string | number }): string => d.date + ", " + d.from + "–" + d.to,
  "palette.form": "Open in the booking form",
  "palette.who": "Who is coming? Please add a name or a number.",
  "palette.nobody": "Nobody found. New customers are added in the booking form.",
  "palette.no_service": "This service is not offered at this branch.",
  "palette.taken": (d: { time: string | number }): string => "Nothing is free at " + d.time + ". Possible instead:",
  "palette.nothing_free": "Nothing is free in that time.",
  "palette.nothing": "Nothing found.",
  "palette.looking": "Searching …",
  "palette.offline": "You are offline. Pages still open; searching and booking need a connection.",
  "palette.key_choose": "↑ ↓ choose",
  "palette.key_run": "Enter run",
  "palette.key_close": "Esc close",
};
