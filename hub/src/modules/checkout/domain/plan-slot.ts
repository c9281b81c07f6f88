import {
  countsStations,
  slotFrom,
  takenOf,
  workOn,
  type MadeLine,
  type SlotRule,
  type SlottedPlace,
  type TakenRoom,
} from "../../promises/domain/index.ts";
import type { SaleFacts } from "./sale.ts";

/** What an order takes of the slot that begins at `starts_at`, as `fulfillment.plan` books it; `enforce` false: whatever room there is. */
export type NewSlotBooking = TakenRoom & {
  /** What its cart holds it as, which becomes it [PRM-24]. */
  readonly held_as: string;
  readonly starts_at: Date;
};

/** Until when the slot of a fulfillment lasts, which begins when it is due, and the room that it takes there; null: none was chosen. */
export type PlannedSlot = { readonly slot_until: Date | null; readonly slot: NewSlotBooking | null };

type Whose = Pick<SaleFacts, "mode"> & { readonly heldAs: string };

/** When something is wanted, in a slot that somebody chose or as soon as it is ready. */
export type Wanted = { readonly inSlot: boolean; readonly dueAt: Date | null; readonly promisedAt: Date | null };

const NO_SLOT: PlannedSlot = { slot_until: null, slot: null };

/** The room that lines take at the place that makes them ready: in the slot that was chosen [PRM-13], or in the one that they are made for [PRM-14]. */
export function planSlot(whose: Whose, place: SlottedPlace, lines: readonly MadeLine[], wanted: Wanted): PlannedSlot {
  const { inSlot, dueAt } = wanted;
  const rule = place.slots;
  if (!rule) return NO_SLOT;
  if (!inSlot || !dueAt) return { slot_until: null, slot: madeSoon(whose, { ...place, slots: rule }, lines, wanted) };
  const taken = takenOf({ ...place, slots: rule }, dueAt, workOn(lines), { kind: "slot", enforce: whose.mode === "live" });
  return { slot_until: slotUntil(dueAt, rule), slot: { ...taken, held_as: whose.heldAs, starts_at: dueAt } };
}

/** What is wanted as soon as possible takes room where the work of stations is counted; of what was sold before the hub heard of it nothing is left to make. */
function madeSoon(
  { mode, heldAs }: Whose,
  place: SlottedPlace & { readonly slots: SlotRule },
  lines: readonly MadeLine[],
  { promisedAt }: Wanted,
): NewSlotBooking | null {
  const slot = countsStations(place.slots) && promisedAt && mode === "live" ? slotFrom(place, promisedAt) : undefined;
  const work = workOn(lines);
  if (!slot || Object.keys(work.at).length === 0) return null;
  return { ...takenOf(place, slot.startsAt, work, { kind: "soon", enforce: true }), held_as: heldAs, starts_at: slot.startsAt };
}

export const slotUntil = (dueAt: Date, rule: SlotRule): Date => new Date(dueAt.getTime() + rule.minutes * 60_000);
