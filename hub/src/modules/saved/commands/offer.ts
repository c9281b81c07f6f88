import { err, ok, type CartId, type LineId, type Result } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { loadCart, mayUseCart, operate, type CartError } from "../../carts/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { isHeld, type WaitingWish, type WishId } from "../domain/index.ts";
import type { SavedError } from "../errors.ts";
import { WishChanged } from "../events.ts";
import { isWishCarried, WISH_COLUMNS, type StoredWish } from "../queries/wishes.ts";
import { auditServing, servedRecord } from "../../customers/index.ts";

type WindowOf = (wish: Pick<WaitingWish, "kind" | "variantId" | "placeId">) => number;

/**
 * For how many minutes a unit is held for whoever waits for goods at a store, as the store says [SAV-12]; 0: they are told alone, as of what
 * is not counted, is counted by its parts, is not sold by the piece, or has options to choose.
 */
export async function windows(ctx: Pick<Ctx, "snapshots">): Promise<WindowOf> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  return ({ kind, variantId, placeId }) => {
    const goods = kind === "back_in_stock" && variantId !== null && placeId !== null ? catalog.variantOf(variantId) : undefined;
    if (!goods || !placeId || !goods.product.isTracked || catalog.partsOf(goods.variant.id).length > 0) return 0;
    if (goods.product.unit !== "piece" || goods.product.optionGroups.length > 0) return 0;
    return places.get(placeId)?.settings.waitingListMinutes ?? 0;
  };
}

type Offer = WaitingWish & { readonly variantId: NonNullable<WaitingWish["variantId"]> };

/**
 * Holds one unit each for those who wait at a store, who asked first first, until there are no more [SAV-12]. Stock holds it under the id of
 * the wish and gives it to nobody else until its time, to the second [STK-4]; then the next one is offered it. The wishes are locked before
 * the levels, and levels in their order [STK-5]. Answers those for whom a unit is held.
 */
export async function offerNext<Wish extends Offer>(ctx: Ctx, wishes: readonly Wish[], minutesOf: WindowOf): Promise<Wish[]> {
  if (wishes.length === 0) return [];
  const { rows } = await sql<{ id: WishId }>`
    select w.id from saved.wish w where w.id = any (${wishes.map(({ id }) => id)}::uuid[]) and w.state = 'waiting' order by w.id for update`.execute(
    ctx.db,
  );
  const waiting = new Set(rows.map(({ id }) => id));
  const levelOf = ({ variantId, placeId }: Offer): string => `${variantId} ${placeId}`;
  const inTurn = Map.groupBy(
    wishes.filter(({ id }) => waiting.has(id)).toSorted((a, b) => (levelOf(a) < levelOf(b) ? -1 : 1)),
    levelOf,
  );
  const offered: Wish[] = [];
  for (const queue of inTurn.values())
    for (const wish of queue.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      if (!(await holdOne(ctx, wish, minutesOf(wish)))) break;
      offered.push(wish);
    }
  return offered;
}

async function holdOne(ctx: Ctx, { id, variantId, placeId }: Offer, minutes: number): Promise<boolean> {
  const { rows } = await sql<{ granted: boolean }>`
    select granted from stock.hold_lines(${id}, array[${id}]::uuid[], array[${variantId}]::uuid[], array[${placeId}]::uuid[], array[1], ${minutes}, ${minutes})`.execute(
    ctx.db,
  );
  return rows[0]?.granted === true;
}

/**
 * Puts what is held for a wish into a cart, which takes the hold over: both under the lock of the level, so that nobody comes between, and
 * once [SAV-13]. The id of the wish is the cart's operation. Errors: `wish.unknown`, `wish.offer_over`, `wish.not_taken`, those of the cart.
 */
export async function takeOffer(
  ctx: Ctx,
  id: WishId,
  cartId: CartId,
): Promise<Result<{ readonly cartId: CartId; readonly lineId: LineId }, SavedError | CartError>> {
  const cart = await loadCart(ctx, cartId);
  if (!cart || !mayUseCart(ctx.actor, cart)) return err({ code: "cart.unknown" });
  // The cart is locked before the wish: the first lock of every command.
  const empty = await operate(ctx, { cartId, operations: [] });
  if (!empty.ok) return empty;
  const { rows } = await sql<StoredWish>`select ${WISH_COLUMNS} from saved.wish w where w.id = ${id} for update`.execute(ctx.db);
  const wish = rows[0];
  if (!wish || !(await servedRecord(ctx, wish.recordId)) || !(await isWishCarried(ctx, wish))) return err({ code: "wish.unknown" });
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const goods = wish.variantId === null ? undefined : catalog.byVariant(wish.variantId);
  if (!goods || !wish.placeId || !isHeld(wish, ctx.now)) return err({ code: "wish.offer_over" });
  await sql`select stock.release_cart(${id})`.execute(ctx.db);
  await sql`update saved.wish set taken_at = ${ctx.now} where id = ${id}`.execute(ctx.db);
  const add = { id, kind: "add" as const, sku: goods.sku, quantity: 1, options: [], placeId: wish.placeId };
  const done = await operate(ctx, { cartId, operations: [add] });
  if (!done.ok) return done;
  const [result] = done.value.results;
  if (!result?.lineId || result.outcome === "refused") return err({ code: "wish.not_taken", because: result?.code ?? "cart.unknown" });
  await publish(ctx, WishChanged, `wish/${id}`, { wishId: id, recordId: wish.recordId, state: "taken" });
  await auditServing(ctx, "wishes.take", wish.recordId);
  return ok({ cartId, lineId: result.lineId as LineId }); // an id of a line by the contract
}

/** Gives back what is held for some wishes, whose rows go in the same transaction: the next ones are offered it. */
export async function releaseOffers(ctx: Pick<Ctx, "db">, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    select stock.release_cart(w.id) from (
      select w.id from saved.wish w where ${which} and w.offered_until > now() and w.taken_at is null
       order by w.variant_id, w.place_id, w.id for update) w`.execute(ctx.db);
}
