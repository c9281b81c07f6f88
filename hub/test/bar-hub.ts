import { ok, type HubEvent } from "@weft/kernel";
import { placesSnapshot } from "../src/modules/places/index.ts";
import { promisesSubscribers, promisingPlace, slotsFrom } from "../src/modules/promises/index.ts";
import { LYON, type SaleHub } from "./sale-hub.ts";

/**
 * Slots of four hours in Lyon; for each the bar makes so many cappuccinos of fifty seconds, and they can be taken until they begin. Its clock stands in
 * the second hour of a slot, so that none begins while a test runs.
 */
export async function barOf(hub: SaleHub, cups: number): Promise<void> {
  const slotRoom = `Bar: ${Math.ceil((cups * 50) / 60)}`;
  const settings = { slotMinutes: 240, slotOrders: 100, slotLeadMinutes: 0, collectReadyMinutes: 0, stations: "Bar", slotRoom };
  const ahead = (5 - (new Date().getUTCHours() % 4)) % 4;
  const zone = ahead === 0 ? "Etc/GMT" : `Etc/GMT-${ahead}`;
  await hub.rows("update places.place set settings = $2, time_zone = $3 where id = $1", [LYON, JSON.stringify(settings), zone]);
  await hub.rows("delete from promises.slot_booking");
  await hub.rows("delete from promises.queue_item");
  await hub.rows("delete from platform.outbox");
  hub.around.snapshots.invalidate();
}

type Fact = { readonly type: string; readonly data: Record<string, unknown> };

/** What the hub does within a second: facts reach whoever keeps what is taken, and what is in memory is read anew. Answers what was said besides. */
export async function tellOf(hub: SaleHub): Promise<Fact[]> {
  const told = ["order.placed.v1", "fulfillment.changed.v1", "fulfillment.moved.v1"];
  const facts = await hub.rows<Pick<HubEvent, "id" | "type" | "subject" | "data">>(
    "delete from platform.outbox where type = any ($1) returning id, type, subject, data",
    [told],
  );
  const time = new Date().toISOString();
  const events = facts.map((fact, index): HubEvent => ({ ...fact, source: "hub", time, position: index }));
  await hub.must(async (ctx) => {
    for (const { handleSet } of promisesSubscribers) await handleSet?.(ctx, events);
    return ok(null);
  });
  hub.around.snapshots.invalidate();
  return hub.rows<Fact>("delete from platform.outbox returning type, data");
}

/** The slots to come, from the one that is made for now. */
export async function nextSlotsOf(hub: SaleHub, most: number): Promise<Date[]> {
  const place = (await hub.around.snapshots.current(placesSnapshot)).places.get(LYON);
  if (!place) throw new Error("it is a store of the tests");
  return slotsFrom(promisingPlace(place), new Date(), most).map(({ startsAt }) => startsAt);
}
