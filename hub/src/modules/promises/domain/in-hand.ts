import { promiseFor, type PromisedGoods, type PromisingPlace } from "./promise.ts";

/** A street is longer than the line on the map, and people walk about 4.8 km in an hour. */
const DETOUR = 1.3;
const METERS_PER_MINUTE = 80;

/** Minutes on foot, estimated from the distance alone: no map of streets is asked. */
export const minutesOnFoot = (distanceMeters: number): number => Math.ceil((distanceMeters * DETOUR) / METERS_PER_MINUTE);

/** Something that a place makes in a minute, without a stock: what stands for an order when nobody has said yet what it will be. */
const SOMETHING: PromisedGoods = { inAssortment: true, soldOut: null, tracked: false, available: null, prepSeconds: 60, unit: "piece" };

export type InHand = {
  /** When somebody who sets off now and orders on the way holds what they ordered. */
  readonly at: Date;
  /** The way there. */
  readonly travelMinutes: number;
};

/** When something ordered now is in the hands of whoever goes there on foot [PRM-81]: ready, and they are there. Null: it serves nobody. */
export function inHandAt(place: PromisingPlace, distanceMeters: number, at: Date): InHand | null {
  const { promiseAt } = promiseFor(SOMETHING, place, 1, at);
  if (promiseAt === null) return null;
  const travelMinutes = minutesOnFoot(distanceMeters);
  return { at: new Date(Math.max(promiseAt.getTime(), at.getTime() + travelMinutes * 60_000)), travelMinutes };
}
