import { readSlotRoom, readWindows, type Place, type Settings } from "../places/index.ts";
import type { PromisingPlace, SlotRule } from "./domain/index.ts";

/** A place as its promises depend on it. */
export function promisingPlace({ kind, status, hours, timeZone, settings }: Place): PromisingPlace {
  const { collectReadyMinutes, stations } = settings;
  const isServing = kind !== "warehouse" && status === "active";
  return { isServing, hours, timeZone, collectReadyMinutes, slots: slotRule(settings), hasStations: stations.trim() !== "" };
}

/** Read once for settings that stay the same: a cart asks for it three times on its way to the order. */
const rules = new WeakMap<Settings, SlotRule | null>();

/** How a place takes orders for later; null: at any time [PRM-11]. */
function slotRule(settings: Settings): SlotRule | null {
  let rule = rules.get(settings);
  if (rule === undefined) rules.set(settings, (rule = readSlotRule(settings)));
  return rule;
}

function readSlotRule({
  slotMinutes,
  slotOrders,
  slotWorkMinutes,
  slotLeadMinutes,
  slotDaysAhead,
  slotWindows,
  slotRoom,
}: Settings): SlotRule | null {
  if (slotMinutes === 0) return null;
  return {
    minutes: slotMinutes,
    orders: slotOrders,
    workSeconds: slotWorkMinutes * 60,
    leadMinutes: slotLeadMinutes,
    daysAhead: slotDaysAhead,
    windows: slotWindows.trim() === "" ? null : (readWindows(slotWindows) ?? null),
    rooms: readSlotRoom(slotRoom) ?? [],
  };
}
