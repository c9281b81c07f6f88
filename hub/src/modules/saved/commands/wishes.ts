import { asId, err, ok, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { auditServing, lockCustomer, type Served, servedCustomer, servedRecord } from "../../customers/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { isHeld, isTrue, type WaitingWish, type WishId, type WishKind } from "../domain/index.ts";
import type { SavedError } from "../errors.ts";
import { WishChanged } from "../events.ts";
import { isWishCarried, WISH_COLUMNS, wishesOf, type StoredWish } from "../queries/wishes.ts";
import { releaseOffers } from "./offer.ts";
import { factsFor, tellOfMenu, watchMenu } from "./tell.ts";

/** Who waits for more waits for nothing in particular. */
const MOST_WISHES = 100;

export type WishAsked = {
  readonly kind: WishKind;
  readonly sku: string | null;
  /** Null: anywhere. */
  readonly placeId: PlaceId | null;
  readonly nearId: PlaceId | null;
};

/**
 * Somebody waits to be told of something, once [SAV-7]. Asked again it is the same wish, also while a unit is held for it. What is so already is refused, so that nobody waits
 * for what is there. Publishes `wish.changed.v1`. Errors: `customer.unknown`, `wish.goods_unknown`, `wish.place_unknown`,
 * `wish.true_already`, `wish.too_many`.
 */
export async function makeWish(
  ctx: Ctx,
  customerId: string,
  asked: WishAsked,
): Promise<Result<{ readonly wish: StoredWish; readonly served: Served }, SavedError>> {
  const served = await servedCustomer(ctx, customerId);
  if (!served) return err({ code: "customer.unknown" });
  const refusal = await whyNot(ctx, asked);
  if (refusal) return err(refusal);
  await lockCustomer(ctx, served.recordId);
  const own = await wishesOf(ctx, served.recordIds);
  const standing = own.filter((one) => one.state === "waiting" || isHeld(one, ctx.now));
  const wanted = await toWish(ctx, served, asked);
  const same = standing.find((one) => one.kind === wanted.kind && one.variantId === wanted.variantId && one.placeId === wanted.placeId);
  if (same) return ok({ wish: same, served });
  if (standing.length >= MOST_WISHES) return err({ code: "wish.too_many", most: MOST_WISHES });
  const facts = await factsFor(ctx, [wanted]);
  const price = asked.kind === "cheaper" && wanted.variantId ? facts(wanted).priceAt(wanted.variantId, wanted.placeId) : null;
  if (asked.kind === "cheaper" && price === null) return err({ code: "wish.goods_unknown", sku: asked.sku });
  if (asked.kind !== "cheaper" && isTrue(wanted, facts(wanted))) return err({ code: "wish.true_already" });
  if (asked.kind === "new_on_menu" && asked.placeId) {
    await tellOfMenu(ctx, asked.placeId);
    await watchMenu(ctx, asked.placeId);
  }
  const wish: StoredWish = {
    ...wanted,
    price,
    state: "waiting",
    madeAt: ctx.now,
    toldAt: null,
    seenAt: null,
    because: null,
    offeredUntil: null,
    takenAt: null,
  };
  await insertWish(ctx, wish, asked.nearId ?? asked.placeId ?? ctx.actor.placeId);
  return ok({ wish, served });
}

async function whyNot(ctx: Ctx, { kind, sku, placeId }: WishAsked): Promise<SavedError | null> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const needsPlace = kind === "in_my_store" || kind === "new_on_menu";
  if (placeId === null ? needsPlace : !places.has(placeId)) return { code: "wish.place_unknown" };
  if (kind === "new_on_menu") return null;
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  return sku !== null && catalog.variantOfSku(sku) ? null : { code: "wish.goods_unknown", sku };
}

async function toWish(ctx: Ctx, { recordId }: Served, { kind, sku, placeId }: WishAsked): Promise<WaitingWish> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const variantId: VariantId | null = kind === "new_on_menu" || sku === null ? null : (catalog.variantOfSku(sku)?.variant.id ?? null);
  return { id: ctx.newId<WishId>(), recordId, channelId: ctx.actor.channelId, kind, variantId, placeId, price: null };
}

async function insertWish(ctx: Ctx, wish: StoredWish, nearId: PlaceId | null): Promise<void> {
  const price = wish.price && JSON.stringify(wish.price);
  await sql`
    insert into saved.wish (id, record_id, channel_id, kind, variant_id, place_id, near_id, price, made_at)
    values (${wish.id}, ${wish.recordId}, ${wish.channelId}, ${wish.kind}, ${wish.variantId}, ${wish.placeId}, ${nearId}, ${price}::jsonb, ${ctx.now})`.execute(
    ctx.db,
  );
  await publish(ctx, WishChanged, `wish/${wish.id}`, { wishId: wish.id, recordId: wish.recordId, state: "waiting" });
  await auditServing(ctx, "wishes.make", wish.recordId);
}

/** Somebody waits no more, or clears a note away: what was held for them is free. Errors: `wish.unknown`. */
export async function withdrawWish(ctx: Ctx, id: WishId): Promise<Result<null, SavedError>> {
  const { rows } = await sql<StoredWish>`select ${WISH_COLUMNS} from saved.wish w where w.id = ${id} for update`.execute(ctx.db);
  const wish = rows[0];
  if (!wish || !(await servedRecord(ctx, wish.recordId)) || !(await isWishCarried(ctx, wish))) return err({ code: "wish.unknown" });
  await releaseOffers(ctx, sql`w.id = ${id}`);
  await sql`delete from saved.wish where id = ${id}`.execute(ctx.db);
  await publish(ctx, WishChanged, `wish/${id}`, { wishId: id, recordId: wish.recordId, state: "withdrawn" });
  await auditServing(ctx, "wishes.withdraw", wish.recordId);
  return ok(null);
}

/** The notes of a customer were seen: the bell is quiet on every channel. Errors: `customer.unknown`. */
export async function seeWishes(ctx: Ctx, customerId: string): Promise<Result<null, SavedError>> {
  const served = await servedCustomer(ctx, customerId);
  if (!served) return err({ code: "customer.unknown" });
  const shown = (await wishesOf(ctx, served.recordIds)).filter(({ state, seenAt }) => state === "told" && seenAt === null);
  const { rows } = await sql<{ id: string; recordId: string }>`
    update saved.wish set seen_at = ${ctx.now}
     where id = any (${shown.map(({ id }) => id)}::uuid[]) and seen_at is null returning id, record_id as "recordId"`.execute(ctx.db);
  for (const { id, recordId } of rows) await publish(ctx, WishChanged, `wish/${id}`, { wishId: asId<WishId>(id), recordId, state: "seen" });
  return ok(null);
}
