import type { HubEvent } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LYON, MUG, PARIS, saleHub, tillActor, visitor, type SaleHub } from "../../../test/sale-hub.ts";
import { dbOn, type Actor, type ReadCtx } from "../../platform/index.ts";
import { boardName, queueOf, ticketsOf } from "./queue.ts";
import { queueLive } from "./routes.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 100));

const as = (actor: Actor): ReadCtx => ({ ...hub.around, db: dbOn(hub.pool), now: new Date(), actor });

async function order(name: string): Promise<void> {
  const cart = await hub.cart([[MUG, 1]], { actor: visitor() });
  const done = await hub.complete(cart, [{ kind: "card", token: "inline" }], {
    contact: { name, email: "someone@example.com", phone: null },
  });
  if (done.kind !== "placed") throw new Error("not placed");
}

describe("the board of a place", () => {
  it("[BRD-2] shows a first name and an initial, whatever was left", () => {
    expect(boardName("Maria del Mar Puig")).toBe("Maria P.");
    expect(boardName("  Léa ")).toBe("Léa");
    expect(boardName("   ")).toBeNull();
    expect(boardName(null)).toBeNull();
  });

  it("[BRD-1] [BRD-2] shows an order at once, with nothing of its buyer but that name, or not even that where the place calls numbers, and forgets what nobody fetches", async () => {
    await order("Maria Puig");
    const queue = await queueOf(as(tillActor()), LYON, new Date());
    const [ticket] = queue.preparing;
    expect(ticket).toEqual({ id: expect.any(String), number: expect.any(String), name: "Maria P.", since: expect.any(String) });
    expect(JSON.stringify(queue)).not.toMatch(/example\.com|Puig/);
    await hub.rows(`update places.place set settings = settings || '{"boardCalls": "numbers"}' where id = $1`, [LYON]);
    hub.around.snapshots.invalidate();
    expect((await queueOf(as(tillActor()), LYON, new Date())).preparing).toEqual([{ ...ticket, name: null }]);
    await hub.rows(`update places.place set settings = settings - 'boardCalls' where id = $1`, [LYON]);
    hub.around.snapshots.invalidate();
    const later = await queueOf(as(tillActor()), LYON, new Date(Date.now() + 4 * 3_600_000));
    expect(later.preparing).toEqual([]);
  });

  it("[BRD-1] holds at most twelve tickets in a column, the oldest in preparation on top, and says how many there are", async () => {
    for (let n = 0; n < 14; n++) await order(`Buyer ${n}`);
    const { preparing, count } = await queueOf(as(tillActor()), LYON, new Date());
    expect(preparing).toHaveLength(12);
    expect(count.preparing).toBeGreaterThanOrEqual(14);
    expect([...preparing].sort((a, b) => a.since.localeCompare(b.since))).toEqual(preparing);
    expect(ticketsOf([], [], new Date())).toEqual({ preparing: [], ready: [], count: { preparing: 0, ready: 0 } });
  });

  it("is followed by who works at the place, and changes with each order there", async () => {
    expect(await queueLive.authorize(as(tillActor()), LYON, null)).toBe("board");
    expect(await queueLive.authorize(as(tillActor(PARIS)), LYON, null)).toBeNull();
    expect(await queueLive.authorize(as(visitor()), LYON, null)).toBeNull();
    await hub.published();
    await order("Pau");
    const placed = (await hub.published()).find(({ type }) => type === "order.placed.v1");
    const event = { ...placed, id: "", source: "", time: "", position: 1 } as HubEvent; // what the log adds is not looked at
    const affected = queueLive.affectedBy.find(({ type }) => type === event.type);
    expect(await affected?.subject(event, as(tillActor()))).toBe(`queue/${LYON}`);
  });
});
