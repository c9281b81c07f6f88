import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BEANS, CROISSANT, LYON, MUG, PARIS, visitor } from "../../../test/sale-hub.ts";
import { DEPOT, HOME, SHIP, shipHub, storesShip, type ShipHub } from "../../../test/ship-hub.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { shippingOf } from "./query.ts";

let hub: ShipHub;
beforeAll(async () => {
  hub = await shipHub();
  await storesShip(hub, [PARIS]);
}, 90_000);
afterAll(() => hub.close());

const CARD = [{ kind: "card", token: "inline" }] as const;

it("[PRM-9] availability, the cart and its completion promise a parcel alike: from where, until when, and why not", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(MUG, BEANS, CROISSANT),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 4 }),
      fc.constantFrom("FR", "IT"),
      async (goods, quantity, atDepot, inParis, country) => {
        // Each history begins with shelves that nobody has touched.
        await hub.rows("delete from stock.allocation");
        await hub.rows("select stock.release_cart(id) from carts.cart where state = 'open'");
        await hub.rows("update stock.level set allocated = 0, held = 0");
        // What is short is refused before anything else is looked at: what may not travel at all is there.
        await hub.stock(goods, DEPOT, goods === CROISSANT ? quantity : atDepot);
        await hub.stock(goods, LYON, quantity);
        await hub.stock(goods, PARIS, inParis);
        const address = country === "FR" ? HOME : { ...HOME, country, postcode: "20121" };
        const ctx: ReadCtx = { ...hub.around, db: hub.db, now: new Date(), actor: visitor() };
        const said = await shippingOf(ctx, { sku: `SKU-${goods}`, quantity, limit: 1, shipTo: country });
        const cart = await hub.shipped([], { address });
        const { cart: view, codes } = await hub.change(cart, { kind: "add", sku: `SKU-${goods}`, quantity, options: [] });
        if (!said?.promiseAt) {
          // A line that is short is refused at once; whatever else is in the way is a requirement of the cart.
          const reasons = [...codes, ...view.requirements.map(({ code }) => code)].filter((code) => code !== null);
          expect(reasons.some((code) => code.endsWith(SAID_AS[said?.because?.kind ?? ""] ?? "nothing"))).toBe(true);
          return;
        }
        expect(view.place?.id).toBe(said.place?.id);
        expect(view.promise).toMatchObject({ method: "ship", promiseAt: said.promiseAt, because: null });
        const done = await hub.complete({ ...cart, view }, CARD, { fulfillment: SHIP });
        if (done.kind !== "placed") throw new Error(JSON.stringify(done));
        expect(done.view.fulfillments[0]).toMatchObject({ placeId: said.place?.id, promisedAt: said.promiseAt });
      },
    ),
    { numRuns: 25 },
  );
});

/** How each reason of availability is called in a cart. */
const SAID_AS: Readonly<Record<string, string>> = {
  stock_short: "stock.insufficient",
  not_shippable: "not_shippable",
  not_shipped_to: "not_shipped_to",
};
