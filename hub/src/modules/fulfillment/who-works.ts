import type { PlaceId } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";

/** Whether the actor works at a place: its device stands there, or their roles hold there or everywhere. */
export function worksAt({ actor }: Pick<Ctx, "actor">, placeId: PlaceId): boolean {
  if (actor.kind === "system" || actor.kind === "secret") return true;
  if (actor.device) return actor.device.placeId === placeId;
  return actor.staff !== null && (actor.staff.placeIds.length === 0 || actor.staff.placeIds.includes(placeId));
}
