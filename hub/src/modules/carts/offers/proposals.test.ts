import type { CartOperation } from "@weft/contracts";
import { ok, type CartId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BEANS, CROISSANT, LYON, MUG, saleHub, tillActor, visitor, type SaleHub } from "../../../../test/sale-hub.ts";
import type { Actor } from "../../../platform/index.ts";
import { eraseCarts, loadCart, openCart, operate, showCart } from "../index.ts";
import { takeOver } from "../commands/take-over.ts";
import { declineOffer, revokeOffer } from "./end.ts";
import { proposeTicket } from "./propose.ts";
import { proposalsOf, offerById, stateOfOffer, type StoredOffer } from "./stored.ts";
import { takeProposal } from "./take.ts";
import { offerToken } from "./token.ts";

let hub: SaleHub;
let customer: Awaited<ReturnType<SaleHub["customer"]>>;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const goods of [MUG, BEANS, CROISSANT]) await hub.stock(goods, LYON, 50);
  customer = await hub.customer();
});

const DAY = 86_400_000;
const NOTE = "The grinder we spoke about";

const add = (goods: number, quantity: number, note?: string) =>
  ({ id: crypto.randomUUID(), kind: "add", sku: `SKU-${goods}`, quantity, options: [], ...(note && { note }) }) as CartOperation; // as the contract reads it

async function cartOf(actor: Actor, lines: readonly CartOperation[], isTicket: boolean): Promise<CartId> {
  const wanted = { placeId: LYON, fulfillment: "take_away" as const, operations: lines, isTicket };
  const opened = await hub.must((ctx) => openCart(ctx, { ...wanted, ...(isTicket && { recordId: customer.customer.recordId }) }), actor);
  return opened.stored.id;
}
const ticket = () => cartOf(tillActor(), [add(MUG, 2, "with a gift ribbon"), add(BEANS, 1)], true);
const propose = (cartId: CartId, actor: Actor = tillActor()) =>
  hub.run(
    (ctx) => proposeTicket(ctx, hub.vault, cartId, { validUntil: new Date(Date.now() + 7 * DAY), holdsStock: false, note: NOTE }),
    actor,
  );
async function proposed(): Promise<{ readonly offer: StoredOffer; readonly token: string }> {
  const made = await propose(await ticket());
  if (!made.ok) throw new Error(made.error.code);
  return { offer: made.value, token: offerToken(hub.vault, made.value.id) };
}
const stored = async (id: CartId, actor: Actor = customer) => {
  const cart = await loadCart({ ...hub.around, actor, db: hub.db }, id);
  if (!cart) throw new Error("the cart is gone");
  return cart;
};
const standing = () => proposalsOf({ db: hub.db, now: new Date() }, [customer.customer.recordId]);
const stateOf = async ({ id }: StoredOffer) => {
  const offer = await offerById({ db: hub.db }, id);
  return offer && stateOfOffer(offer, new Date());
};

describe("[CRT-41] what an adviser proposes", () => {
  it("is the ticket, held by them and no register, for its customer to see at once, and none of the customer's own carts", async () => {
    const own = await cartOf(customer, [add(CROISSANT, 1)], false);
    const { offer } = await proposed();
    expect(offer).toMatchObject({ kind: "proposal", note: NOTE, mayChange: true, customer: { known: true } });
    expect((await standing()).map(({ id }) => id)).toEqual([offer.id]);
    const cart = await stored(offer.cartId);
    expect(cart.holders.map(({ kind }) => kind).toSorted()).toEqual(["link", "staff"]);
    expect([cart.current, cart.lines[0]?.note, (await stored(own)).lines.length]).toEqual([false, "with a gift ribbon", 1]);
    expect(await hub.broken()).toEqual([]);
  });

  it("is for somebody who is known, made of a ticket, by who stands at a till", async () => {
    const nobody = await hub.must(
      (ctx) => openCart(ctx, { placeId: LYON, fulfillment: "take_away", operations: [add(MUG, 1)], isTicket: true }),
      tillActor(),
    );
    expect(await propose(nobody.stored.id)).toMatchObject({ ok: false, error: { code: "customer.unknown" } });
    const own = await cartOf(customer, [add(MUG, 1)], false);
    expect(await propose(own)).toMatchObject({ ok: false, error: { code: "cart.unknown" } });
    expect(await propose(await ticket(), visitor())).toMatchObject({ ok: false, error: { code: "cart.unknown" } });
  });

  it("goes over line by line into its customer's own cart, beside what is there, with its note and who advised it", async () => {
    const own = await cartOf(customer, [add(CROISSANT, 1)], false);
    const { offer, token } = await proposed();
    const [first] = (await stored(offer.cartId)).lines;
    const one = await hub.run((ctx) => takeProposal(ctx, token, { cartId: own, lineIds: [first?.id ?? ""] }), customer);
    expect(one.ok).toBe(true);
    const after = await stored(own);
    expect(after.lines.map(({ sku, note }) => [sku, note])).toEqual([
      [`SKU-${CROISSANT}`, undefined],
      [`SKU-${MUG}`, "with a gift ribbon"],
    ]);
    expect(after.lines[1]?.addedBy).toMatchObject({ staffId: tillActor().staff?.id, placeId: LYON });
    expect([await stateOf(offer), (await stored(offer.cartId)).lines.length]).toEqual(["open", 1]);
    await hub.must((ctx) => takeProposal(ctx, token, { cartId: own, lineIds: null }), customer);
    expect([await stateOf(offer), (await standing()).length, (await stored(own)).lines.length]).toEqual(["taken", 0, 3]);
    expect(await hub.broken()).toEqual([]);
  });

  it("is taken by nobody else, and into nobody else's cart", async () => {
    const { token } = await proposed();
    const stranger = await hub.customer();
    const theirs = await cartOf(stranger, [add(CROISSANT, 1)], false);
    expect(await hub.run((ctx) => takeProposal(ctx, token, { cartId: theirs, lineIds: null }), stranger)).toMatchObject({
      error: { code: "offer.unknown" },
    });
    expect(await hub.run((ctx) => takeProposal(ctx, token, { cartId: theirs, lineIds: null }), customer)).toMatchObject({
      error: { code: "cart.not_yours" },
    });
  });

  it("is paid at home by its customer, attributed to who proposed it", async () => {
    const { offer } = await proposed();
    const view = await showCart(hub.around.snapshots, await stored(offer.cartId), new Date());
    const placed = await hub.complete({ id: offer.cartId, actor: customer, view }, [{ kind: "card", token: "inline" }]);
    if (placed.kind !== "placed") throw new Error(JSON.stringify(placed));
    expect(placed.view.contributions.find(({ step }) => step === "cart")).toMatchObject({ staffName: "Jordi Puig" });
    expect(await stateOf(offer)).toBe("ordered");
  });

  it("goes on at a till that has opened its customer, is withdrawn by who made it alone, and is declined", async () => {
    const { offer } = await proposed();
    const other = { ...tillActor(), staff: { ...(tillActor().staff as NonNullable<Actor["staff"]>), id: crypto.randomUUID() as never } }; // an id of a test
    expect(await hub.run((ctx) => revokeOffer(ctx, offer.id), other)).toMatchObject({ error: { code: "offer.unknown" } });
    expect(await hub.run((ctx) => takeOver(ctx, offer.cartId), tillActor())).toMatchObject({ error: { code: "cart.not_yours" } });
    await hub.must((ctx) => revokeOffer(ctx, offer.id), tillActor());
    expect([await stateOf(offer), (await standing()).length]).toEqual(["revoked", 0]);
    const declined = await proposed();
    await hub.must((ctx) => declineOffer(ctx, declined.token, "Too many cups"), visitor());
    expect(await stateOf(declined.offer)).toBe("declined");
  });

  it("changes while it is looked at, as its customer likes; an erasure ends it", async () => {
    const { offer } = await proposed();
    const [first] = (await stored(offer.cartId)).lines;
    const change = { id: crypto.randomUUID(), kind: "setQuantity", lineId: first?.id ?? "", quantity: 1 } as CartOperation; // as the contract reads it
    await hub.must((ctx) => operate(ctx, { cartId: offer.cartId, operations: [change] }), customer);
    expect((await stored(offer.cartId)).lines[0]?.quantity).toBe(1);
    await hub.must(async (ctx) => ok(await eraseCarts(ctx, [customer.customer.recordId])));
    expect([await stateOf(offer), (await standing()).length]).toEqual(["revoked", 0]);
    expect(await hub.broken()).toEqual([]);
  });
});
