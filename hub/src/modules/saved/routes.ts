import { asId, asIdOrNull, err, ok, type CartId, type LineId, type PlaceId, type Result } from "@weft/kernel";
import { read, write, type Ctx, type Route, type Vault } from "../../platform/index.ts";
import { CART_PROBLEMS } from "../carts/index.ts";
import { openList, operateList, removeList, shareList } from "./commands/lists.ts";
import { moveFromCart, moveToCart } from "./commands/move.ts";
import { takeOffer } from "./commands/offer.ts";
import { servedCustomer } from "../customers/index.ts";
import { makeWish, seeWishes, withdrawWish } from "./commands/wishes.ts";
import type { ListId, WishId } from "./domain/index.ts";
import { SAVED_PROBLEMS, type SavedError } from "./errors.ts";
import { listByShare, listsOf, showLists, type StoredList } from "./queries/lists.ts";
import { readOffers } from "./queries/offers.ts";
import { readDemand, showWishes, wishesOf } from "./queries/wishes.ts";
import { shareHash } from "./share.ts";

const problems = SAVED_PROBLEMS;
const PROBLEMS = { problems };
const UNKNOWN: SavedError = { code: "list.unknown" };
const NOBODY: SavedError = { code: "customer.unknown" };

export type SavedDeps = {
  readonly vault: Vault;
  /** The address that links begin with. */
  readonly publicUrl: string;
};

const listId = (text: string): ListId => asId<ListId>(text); // the contract takes only UUIDs, here and below
const placeOf = (text: string | undefined): PlaceId | null => asIdOrNull<PlaceId>(text);
/** Reads of somebody else's data are audited. */
const audited = ({ params }: { readonly params: { readonly id: string } }): string | null =>
  params.id === "me" ? null : `customer/${params.id}`;

export const savedRoutes = (deps: SavedDeps): readonly Route[] => [...listRoutes(deps), ...wishRoutes];

function listRoutes(deps: SavedDeps): readonly Route[] {
  const answered = async (ctx: Ctx, list: StoredList) => {
    const [view] = await showLists(ctx, deps, [list], ctx.actor.placeId);
    return view ? ok(view) : err(UNKNOWN);
  };
  const afterwards = async <E>(ctx: Ctx, done: Result<StoredList, E>) => (done.ok ? answered(ctx, done.value) : done);
  return [
    read(
      "lists.ofCustomer",
      async (ctx, { params, query }) => {
        const served = await servedCustomer(ctx, params.id);
        if (!served) return err(NOBODY);
        return ok({ items: await showLists(ctx, deps, await listsOf(ctx, served.recordIds), placeOf(query.storeId)) });
      },
      { problems, audit: audited },
    ),
    write(
      "lists.open",
      async (ctx, { params, body }) => {
        const done = await openList(ctx, params.id, body);
        if (!done.ok) return done;
        const list = await answered(ctx, done.value.list);
        return list.ok ? ok({ list: list.value, results: [...done.value.results] }) : list;
      },
      PROBLEMS,
    ),
    write(
      "lists.operate",
      async (ctx, { params, body }) => {
        const done = await operateList(ctx, listId(params.id), body.operations);
        if (!done.ok) return done;
        const list = await answered(ctx, done.value.list);
        return list.ok ? ok({ list: list.value, results: [...done.value.results] }) : list;
      },
      PROBLEMS,
    ),
    write("lists.remove", (ctx, { params }) => removeList(ctx, listId(params.id)), PROBLEMS),
    write("lists.share", async (ctx, { params }) => afterwards(ctx, await shareList(ctx, deps.vault, listId(params.id), true)), PROBLEMS),
    write(
      "lists.unshare",
      async (ctx, { params }) => afterwards(ctx, await shareList(ctx, deps.vault, listId(params.id), false)),
      PROBLEMS,
    ),
    read(
      "lists.shared",
      async (ctx, { params, query }) => {
        const list = await listByShare(ctx, shareHash(params.token));
        const [view] = list ? await showLists(ctx, deps, [list], placeOf(query.storeId), "others") : [];
        return view ? ok({ id: view.id, name: view.name, items: view.items }) : err(UNKNOWN);
      },
      PROBLEMS,
    ),
    write(
      "lists.toCart",
      async (ctx, { params, body }) => {
        const done = await moveToCart(ctx, listId(params.id), { cartId: asId<CartId>(body.cartId), itemIds: body.itemIds });
        if (!done.ok) return done;
        const list = await answered(ctx, done.value.list);
        return list.ok ? ok({ list: list.value, moved: [...done.value.moved], refused: [...done.value.refused] }) : list;
      },
      { problems: { ...CART_PROBLEMS, ...problems } },
    ),
    write(
      "lists.fromCart",
      async (ctx, { params, body }) => {
        const line = { operationId: body.id, cartId: asId<CartId>(body.cartId), lineId: asId<LineId>(body.lineId) };
        return afterwards(ctx, await moveFromCart(ctx, listId(params.id), line));
      },
      { problems: { ...CART_PROBLEMS, ...problems } },
    ),
  ];
}

const wishRoutes: readonly Route[] = [
  read(
    "wishes.ofCustomer",
    async (ctx, { params, query }) => {
      const served = await servedCustomer(ctx, params.id);
      if (!served) return err(NOBODY);
      const wishes = await wishesOf(ctx, served.recordIds);
      const items = await showWishes(ctx, wishes, served.recordIds, placeOf(query.storeId));
      return ok({ items, unseen: wishes.filter(({ state, seenAt }) => state === "told" && seenAt === null).length });
    },
    { problems, audit: audited },
  ),
  write(
    "wishes.make",
    async (ctx, { params, body }) => {
      const { kind, sku = null, placeId, storeId } = body;
      const made = await makeWish(ctx, params.id, { kind, sku, placeId: asIdOrNull<PlaceId>(placeId), nearId: placeOf(storeId) });
      if (!made.ok) return made;
      const [view] = await showWishes(ctx, [made.value.wish], made.value.served.recordIds, placeOf(storeId));
      return view ? ok(view) : err<SavedError>({ code: "wish.unknown" });
    },
    PROBLEMS,
  ),
  write("wishes.withdraw", (ctx, { params }) => withdrawWish(ctx, asId<WishId>(params.id)), PROBLEMS),
  write("wishes.take", (ctx, { params, body }) => takeOffer(ctx, asId<WishId>(params.id), asId<CartId>(body.cartId)), {
    problems: { ...CART_PROBLEMS, ...problems },
  }),
  read("wishes.offers", async (ctx, { query }) => ok({ items: await readOffers(ctx, placeOf(query.storeId)) }), PROBLEMS),
  write("wishes.see", (ctx, { params }) => seeWishes(ctx, params.id), PROBLEMS),
  read(
    "wishes.demand",
    async (ctx, { query }) =>
      ok({ items: await readDemand(ctx, { storeId: placeOf(query.storeId), sku: query.sku ?? null, limit: query.limit }) }),
    PROBLEMS,
  ),
];
