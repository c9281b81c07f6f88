import type { CartView } from "@weft/contracts";
import { asId, asIdOrNull, err, ok, type CartId, type PlaceId } from "@weft/kernel";
import { read, write, type Actor, type ReadCtx, type Route, type ShownTouch, type Vault } from "../../platform/index.ts";
import { recordIdOf } from "../customers/index.ts";
import { abandonCart } from "./commands/abandon.ts";
import { undoAdoption } from "./commands/adopt.ts";
import { claimHandover, offerHandover } from "./commands/hand-over.ts";
import { openCart } from "./commands/open-cart.ts";
import { operate } from "./commands/operate.ts";
import { redeem } from "./commands/redeem.ts";
import { takeOver } from "./commands/take-over.ts";
import { companionRoutes } from "./companion-routes.ts";
import { rightOn, type LoadedCart } from "./domain/index.ts";
import { CART_PROBLEMS, type CartError } from "./errors.ts";
import { cartToGoOnWith } from "./queries/current-cart.ts";
import { mayUseCart } from "./may-use.ts";
import { offerRoutes } from "./offers/routes.ts";
import { loadCart } from "./queries/load-cart.ts";
import { ownerOfShown, showCart } from "./queries/show-cart.ts";
import { askerOf } from "./tokens.ts";

const id = (text: string) => asId<CartId>(text); // the contract takes only UUIDs

export type CartDeps = {
  /** The address that QR codes begin with. */
  readonly publicUrl: string;
  readonly vault: Vault;
};

export const cartRoutes = (deps: CartDeps): readonly Route[] => [
  write(
    "carts.open",
    async (ctx, { body }) => {
      const opened = await openCart(ctx, {
        placeId: asIdOrNull<PlaceId>(body.placeId),
        fulfillment: body.fulfillment,
        operations: body.operations,
        isTicket: body.ticket || ctx.actor.device !== null,
      }); // an id by the contract
      if (!opened.ok) return opened;
      const { cart, token, results } = opened.value;
      return ok({ cart, token, results: [...results] });
    },
    { problems: CART_PROBLEMS, shown: ({ cart }, _input, actor) => shownCart(cart, actor) },
  ),
  read(
    "carts.read",
    async (ctx, { params }) => {
      const cart = await readable(ctx, id(params.id));
      return cart ? ok(await showCart(ctx.snapshots, cart, ctx.now)) : err<CartError>({ code: "cart.unknown" });
    },
    { problems: CART_PROBLEMS, shown: (cart, _input, actor) => shownCart(cart, actor) },
  ),
  read(
    "carts.address",
    async (ctx, { params }) => {
      const cart = await loadCart(ctx, id(params.id));
      return cart && mayUseCart(ctx.actor, cart) ? ok({ address: cart.address }) : err<CartError>({ code: "cart.unknown" });
    },
    { problems: CART_PROBLEMS, audit: ({ params }, { address }) => address && `cart/${params.id}` },
  ),
  read("carts.current", readCurrent, {
    problems: CART_PROBLEMS,
    shown: (cart, _input, actor) => cart && shownCart(cart, actor),
    audit: (_input, cart) => (cart?.customer ? `customer/${cart.customer.id}` : null),
  }),
  write(
    "carts.operate",
    async (ctx, { params, body }) => {
      const done = await operate(ctx, { cartId: id(params.id), operations: body.operations });
      return done.ok ? ok({ cart: done.value.cart, results: [...done.value.results] }) : done;
    },
    { problems: CART_PROBLEMS, shown: ({ cart }, _input, actor) => shownCart(cart, actor) },
  ),
  write(
    "carts.redeem",
    async (ctx, { params, body }) => {
      const recordId = await recordIdOf(ctx, params.id);
      const done = recordId ? await redeem(ctx, recordId, body) : err<CartError>({ code: "cart.none" });
      return done.ok ? ok(done.value) : done;
    },
    { problems: CART_PROBLEMS, shown: ({ cart }, _input, actor) => shownCart(cart, actor) },
  ),
  write(
    "carts.offerHandover",
    async (ctx, { params, body }) => {
      const offered = await offerHandover(ctx, id(params.id), body.mode);
      if (!offered.ok) return offered;
      const { code, mode, expiresAt } = offered.value;
      return ok({ code, mode, url: `${deps.publicUrl}/shop/handover/${code}`, expiresAt: expiresAt.toISOString() });
    },
    { problems: CART_PROBLEMS },
  ),
  write(
    "carts.claimHandover",
    async (ctx, { params }) => {
      const claimed = await claimHandover(ctx, params.code);
      return claimed.ok ? ok({ cart: await showCart(ctx.snapshots, claimed.value.cart, ctx.now), token: claimed.value.token }) : claimed;
    },
    { problems: CART_PROBLEMS, shown: ({ cart }, _input, actor) => shownCart(cart, actor) },
  ),
  ...companionRoutes(deps.vault),
  ...offerRoutes(deps),
  write(
    "carts.takeOver",
    async (ctx, { params }) => {
      const taken = await takeOver(ctx, id(params.id));
      return taken.ok ? ok({ cart: await showCart(ctx.snapshots, taken.value.cart, ctx.now), token: taken.value.token }) : taken;
    },
    { problems: CART_PROBLEMS, shown: ({ cart }, _input, actor) => shownCart(cart, actor) },
  ),
  write(
    "carts.undoAdoption",
    async (ctx, { params }) => {
      const undone = await undoAdoption(ctx, id(params.id));
      return undone.ok ? ok(await showCart(ctx.snapshots, undone.value, ctx.now)) : undone;
    },
    { problems: CART_PROBLEMS },
  ),
  write("carts.abandon", (ctx, { params }) => abandonCart(ctx, id(params.id)), { problems: CART_PROBLEMS }),
];

async function readable(ctx: ReadCtx, cartId: CartId): Promise<LoadedCart | null> {
  const cart = await loadCart(ctx, cartId);
  return cart && rightOn(cart, askerOf(ctx.actor)).may !== "nothing" ? cart : null;
}

async function readCurrent(ctx: ReadCtx, { params }: { readonly params: { readonly id: string } }) {
  const recordId = await recordIdOf(ctx, params.id);
  if (!recordId) return err<CartError>({ code: "cart.none" });
  const cartId = await cartToGoOnWith(ctx, recordId);
  const cart = cartId ? await loadCart(ctx, cartId) : null;
  // Having no cart is no failure: most people who open the shop have none.
  return ok(cart && (await showCart(ctx.snapshots, cart, ctx.now)));
}

/**
 * What of a cart a channel was shown: version, lines with their unit price, the promise of the place, the total. It is shown to who is
 * signed in; at a till, or to a visitor, to the one whose cart it is.
 */
function shownCart(cart: CartView, actor: Actor): ShownTouch | null {
  if (actor.channelId === null) return null;
  return {
    recordId: actor.customer?.recordId ?? ownerOfShown(cart),
    channelId: actor.channelId,
    placeId: actor.device?.placeId ?? null,
    subject: `cart/${cart.id}`,
    version: cart.version,
    kind: "cart.shown",
    shown: {
      cart: {
        id: cart.id,
        version: cart.version,
        total: cart.totals.total,
        lines: cart.lines.map(({ sku, quantity, unitPrice }) => ({ sku, quantity, unitPrice })),
      },
      ...(cart.place && { promise: { placeId: cart.place.id, at: cart.fulfillment?.dueAt ?? null } }),
      points: cart.totals.points,
    },
  };
}
