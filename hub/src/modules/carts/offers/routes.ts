import { asId, err, ok, type CartId, type PlaceId, type Result } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, write, type Ctx, type ReadCtx, type Route } from "../../../platform/index.ts";
import { rightOn, type OfferId, type OfferKind, type OfferState } from "../domain/index.ts";
import { CART_PROBLEMS, type CartError } from "../errors.ts";
import { loadCart } from "../queries/load-cart.ts";
import { askerOf } from "../tokens.ts";
import { declineOffer, revokeOffer } from "./end.ts";
import { makeOffer, renewOffer } from "./make.ts";
import { openForCustomer } from "./open-for-customer.ts";
import { servedCustomer } from "../../customers/index.ts";
import { proposeTicket } from "./propose.ts";
import { takeProposal } from "./take.ts";
import { presentOffers, presentOpened, presentProposals, type OfferPort } from "./present.ts";
import { listOffers, offerByToken, offersOfCart, proposalsOf, type StoredOffer } from "./stored.ts";

const problems = CART_PROBLEMS;
const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** Carts that staff make for customers, and the links by which they get to them [CRT-20]. */
export const offerRoutes = (port: OfferPort): readonly Route[] => [...staffRoutes(port), ...linkRoutes];

function staffRoutes(port: OfferPort): readonly Route[] {
  const shown = async (ctx: Ctx, done: Result<StoredOffer, CartError>) => {
    if (!done.ok) return done;
    const [view] = await presentOffers(ctx, port, [done.value]);
    return view ? ok(view) : err<CartError>({ code: "offer.unknown" });
  };
  return [
    write(
      "carts.openForCustomer",
      (ctx, { body }) => openForCustomer(ctx, { customerId: body.customerId, placeId: asId<PlaceId>(body.placeId) }), // ids by the contract, here and below
      { problems },
    ),
    write(
      "offers.make",
      async (ctx, { params, body: { validUntil, ...terms } }) =>
        shown(ctx, await makeOffer(ctx, port.vault, asId<CartId>(params.id), { ...terms, validUntil: new Date(validUntil) })),
      { problems },
    ),
    read(
      "offers.ofCart",
      async (ctx, { params }) => {
        const cart = await loadCart(ctx, asId<CartId>(params.id));
        if (!cart || rightOn(cart, askerOf(ctx.actor)).may === "nothing") return err<CartError>({ code: "cart.unknown" });
        return ok({ items: await presentOffers(ctx, port, await offersOfCart(ctx, cart.id)) });
      },
      { problems, audit: ({ params }) => `cart/${params.id}` },
    ),
    read("offers.list", (ctx, { query }) => listed(ctx, port, query), { problems, audit: () => "offers" }),
    write(
      "offers.renew",
      async (ctx, { params, body }) => shown(ctx, await renewOffer(ctx, asId<OfferId>(params.id), new Date(body.validUntil))),
      { problems },
    ),
    write(
      "offers.propose",
      async (ctx, { params, body: { validUntil, ...terms } }) =>
        shown(ctx, await proposeTicket(ctx, port.vault, asId<CartId>(params.id), { ...terms, validUntil: new Date(validUntil) })),
      { problems },
    ),
    read(
      "offers.ofCustomer",
      async (ctx, { params }) => {
        const served = await servedCustomer(ctx, params.id);
        if (!served) return err<CartError>({ code: "customer.unknown" });
        return ok({ items: await presentProposals(ctx, port, await proposalsOf(ctx, served.recordIds)) });
      },
      { problems, audit: ({ params }) => (params.id === "me" ? null : `customer/${params.id}`) },
    ),
    write(
      "offers.take",
      async (ctx, { params, body: { cartId, lineIds } }) => {
        const taken = await takeProposal(ctx, params.token, { cartId: asId<CartId>(cartId), lineIds });
        return taken.ok ? ok(taken.value) : taken;
      },
      { problems },
    ),
    write("offers.revoke", async (ctx, { params }) => shown(ctx, await revokeOffer(ctx, asId<OfferId>(params.id))), { problems }),
  ];
}

type Query = {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly state?: OfferState | undefined;
  readonly kind?: OfferKind | undefined;
};

async function listed(ctx: ReadCtx, port: OfferPort, { limit, cursor, state, kind }: Query) {
  const after = readCursor(Cursor, cursor);
  const placeIds = ctx.actor.staff?.placeIds ?? [];
  const rows = await listOffers(ctx, { limit, after, state, kind, placeIds });
  const page = pageFrom(
    rows,
    limit,
    (row) => row,
    ({ madeAt, id }) => [madeAt.toISOString(), id],
  );
  return ok({ ...page, items: await presentOffers(ctx, port, page.items) });
}

const linkRoutes: readonly Route[] = [
  read(
    "offers.open",
    async (ctx, { params }) => {
      const offer = await offerByToken(ctx, params.token);
      return offer ? ok(await presentOpened(ctx, offer)) : err<CartError>({ code: "offer.unknown" });
    },
    { problems },
  ),
  write(
    "offers.decline",
    async (ctx, { params, body }) => {
      const done = await declineOffer(ctx, params.token, body.reason === "" ? null : body.reason);
      return done.ok ? ok(await presentOpened(ctx, done.value)) : done;
    },
    { problems },
  ),
];
