import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CAPPUCCINO, CROISSANT, LYON, saleHub, tillActor, visitor, type SaleHub } from "../../../test/sale-hub.ts";
import { operate } from "../../modules/carts/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { availabilityOf } from "./query.ts";

const INLINE = [{ kind: "card", token: "inline" }] as const;
const DAY = 24 * 60;
const CLOSED = Array.from({ length: 7 }, () => []);

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(CROISSANT, LYON, 100_000);
});
afterEach(() => hub.open());
afterAll(() => hub.close());

/** Every day from an hour of Lyon, relative to the present one, for some minutes. */
function hours(fromNow: number, long: number) {
  const [hour = "0", minute = "0"] = new Date()
    .toLocaleTimeString("en-GB", { timeZone: "Europe/Paris", hour: "2-digit", minute: "2-digit" })
    .split(":");
  const from = (Number(hour) * 60 + Number(minute) + fromNow + DAY) % DAY;
  return Array.from({ length: 7 }, () => [{ from, until: from + long }]);
}

/** What `GET /v1/availability` answers for one line, at the same instant. */
async function available(goods: number, quantity: number) {
  const ctx: ReadCtx = { ...hub.around, db: hub.db, now: new Date(), actor: visitor() };
  const [promise] = (await availabilityOf(ctx, { sku: `SKU-${goods}`, storeId: LYON, quantity, limit: 1 })) ?? [];
  if (!promise) throw new Error("the test's goods are unknown");
  return promise;
}

const seconds = (instant: Date | string | null | undefined) => (instant ? new Date(instant).getTime() / 1000 : null);

describe("[PRM-4] availability, the cart and its completion", () => {
  it("promise the same, whatever the hours of the place", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -600, max: 600 }),
        fc.integer({ min: 20, max: 900 }),
        fc.constantFrom(CROISSANT, CAPPUCCINO),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom("take_away" as const, "collect" as const),
        async (fromNow, long, goods, quantity, kind) => {
          await hub.open(hours(fromNow, long));
          const cart = await hub.cart([[goods, quantity]]);
          const promise = await available(goods, quantity);
          expect(cart.view.promise?.method).toBe(promise.method);
          expect(Math.abs((seconds(cart.view.promise?.promiseAt) ?? 0) - (seconds(promise.promiseAt) ?? 0))).toBeLessThan(20);

          const fulfillment = { kind, placeId: null, dining: "take_away", dueAt: null } as const;
          const done = await hub.complete(cart, INLINE, { fulfillment });
          if (kind === "take_away" && promise.method === "collect")
            expect(done).toMatchObject({
              kind: "refused",
              error: { code: "cart.requirements_unmet", requirements: [{ code: `promise.${promise.because?.kind}` }] },
            });
          else {
            const view = done.kind === "placed" ? done.view : undefined;
            expect(Math.abs((seconds(view?.fulfillments[0]?.promisedAt) ?? 0) - (seconds(promise.promiseAt) ?? 0))).toBeLessThan(20);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it("at a time of choice keep it while the place is open then, and refuse it when it is not", async () => {
    await hub.open(hours(-60, 600));
    const at = (minutes: number) =>
      ({ kind: "collect", placeId: null, dining: "take_away", dueAt: new Date(Date.now() + minutes * 60_000) }) as const;
    const cart = await hub.cart([[CAPPUCCINO, 1]]);
    expect(await hub.complete(cart, INLINE, { fulfillment: at(700) })).toMatchObject({
      kind: "refused",
      error: { requirements: [{ code: "promise.closed_then" }] },
    });
    const wanted = at(300);
    const done = await hub.complete(cart, INLINE, { fulfillment: wanted });
    expect(done).toMatchObject({ kind: "placed", view: { fulfillments: [{ promisedAt: wanted.dueAt.toISOString() }] } });
  });
});

describe("[PRM-5] hours", () => {
  it("keep nothing from leaving at a till: the goods are in the customer's hand", async () => {
    await hub.open(CLOSED);
    const ticket = await hub.cart([[CROISSANT, 1]], { actor: tillActor() });
    const here = { kind: "take_away", placeId: LYON, dining: "take_away", dueAt: null } as const;
    const { cart } = await hub.must(
      (ctx) => operate(ctx, { cartId: ticket.id, operations: [{ id: ctx.newId(), kind: "setFulfillment", fulfillment: here }] }),
      ticket.actor,
    );
    expect(cart.requirements).toEqual([]);
    expect(await hub.sell(ticket, [{ kind: "cash", received: 1000 }])).toMatchObject({ ok: true });
  });

  it("of a place that never opens refuse every order", async () => {
    await hub.open(CLOSED);
    const cart = await hub.cart([[CAPPUCCINO, 1]]);
    expect(cart.view.requirements.map(({ code }) => code)).toEqual(["promise.place_closed"]);
  });
});
