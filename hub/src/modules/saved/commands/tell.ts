import type { Because } from "@weft/contracts";
import type { PlaceId, VariantId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import { publish, type Ctx, type ReadCtx } from "../../../platform/index.ts";
import { catalogSnapshot, type Catalog } from "../../catalog/index.ts";
import { placesSnapshot, type Place } from "../../places/index.ts";
import { goodsStates, isCounted } from "../../promises/index.ts";
import { isTrue, type WaitingWish, type WishFacts, type WishId } from "../domain/index.ts";
import { WishCameTrue } from "../events.ts";
import { pricesFor, type PriceAt } from "../queries/showing.ts";
import { WISH_COLUMNS } from "../queries/wishes.ts";
import { offerNext, windows } from "./offer.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots" | "now">;
type Telling = Ctx;

/** So many wishes are judged in one go. */
const AT_ONCE = 1000;

/** Tells who waits for some variants to be there again, after their stock or their sold-out mark changed [SAV-6]. Answers how many. */
export async function tellOfGoods(ctx: Telling, variantIds: readonly VariantId[]): Promise<number> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const meant = [...new Set(variantIds.flatMap((id) => [id, ...catalog.wholesWith(id)]))];
  return tellWhere(ctx, sql`w.kind = 'back_in_stock' and w.variant_id = any (${meant}::uuid[])`);
}

/** Tells of everything that is so now: prices and menus change by the clock, too. Answers how many. */
export async function tellAll(ctx: Telling, since: Date | null): Promise<number> {
  const fresh = since === null ? sql`true` : sql`w.made_at > ${since}`;
  let told = await tellWhere(ctx, sql`w.kind <> 'new_on_menu' and ${fresh}`);
  if (since === null) {
    const { rows } = await sql<{ placeId: PlaceId }>`select place_id as "placeId" from saved.menu order by place_id`.execute(ctx.db);
    for (const { placeId } of rows) told += await tellOfMenu(ctx, placeId);
  }
  return told;
}

/** Judges waiting wishes, some at a time in the order of their ids, and tells of those that are so. */
async function tellWhere(ctx: Telling, which: RawBuilder<unknown>): Promise<number> {
  let told = 0;
  for (let after: string | null = null; ;) {
    const page: { rows: WaitingWish[] } = await sql<WaitingWish>`
      select ${WISH_COLUMNS} from saved.wish w
       where w.state = 'waiting' and ${which} and (${after}::uuid is null or w.id > ${after}::uuid)
       order by w.id limit ${AT_ONCE}`.execute(ctx.db);
    if (page.rows.length === 0) return told;
    const windowOf = await windows(ctx);
    const [queued, others] = [page.rows.filter((wish) => windowOf(wish) > 0), page.rows.filter((wish) => windowOf(wish) === 0)];
    // Who waits at a store comes first: the others are told only of what is left.
    told += await tell(ctx, await offerNext(ctx, await judged(ctx, queued), windowOf));
    told += await tell(ctx, await judged(ctx, others));
    after = page.rows.at(-1)?.id ?? null;
    if (page.rows.length < AT_ONCE) return told;
  }
}

async function judged(ctx: Telling, wishes: readonly WaitingWish[]): Promise<(WaitingWish & CameTrue)[]> {
  if (wishes.length === 0) return [];
  const facts = await factsFor(ctx, wishes);
  return wishes.flatMap((wish) => {
    const { variantId } = wish;
    const because = isTrue(wish, facts(wish));
    return because && variantId ? [{ ...wish, because, variantId }] : [];
  });
}

type CameTrue = { readonly id: WishId; readonly because: Because; readonly variantId: VariantId };
type ToldRow = Pick<WaitingWish, "id" | "recordId" | "channelId" | "kind" | "placeId"> & { readonly variantId: VariantId };

/**
 * One guarded update decides who is told: of two that see it at once, or of one that is repeated after a kill, the second finds nothing [SAV-6].
 * What stock holds under the id of a wish is held for it [SAV-12].
 */
async function tell(ctx: Telling, cameTrue: readonly CameTrue[]): Promise<number> {
  if (cameTrue.length === 0) return 0;
  const { rows } = await sql<ToldRow>`
    with true_now as (
      select w.id, t."variantId", t.because from jsonb_to_recordset(${JSON.stringify(cameTrue.map(({ id, because, variantId }) => ({ id, because, variantId })))}::jsonb) as t (id uuid, "variantId" uuid, because jsonb)
        join saved.wish w on w.id = t.id where w.state = 'waiting' order by w.id for update of w
    )
    update saved.wish w set state = 'told', told_at = ${ctx.now}, because = t.because, variant_id = t."variantId",
           offered_until = (select h.expires_at from stock.read_hold h where h.line_id = w.id)
      from true_now t where w.id = t.id
    returning w.id, w.record_id as "recordId", w.channel_id as "channelId", w.kind, w.place_id as "placeId", w.variant_id as "variantId"`.execute(
    ctx.db,
  );
  for (const { id, recordId, channelId, kind, placeId, variantId } of rows)
    await publish(ctx, WishCameTrue, `wish/${id}`, { wishId: id, recordId, kind, variantId, placeId, channelId });
  return rows.length;
}

/** How it is now, for these wishes: stock in one statement, price groups in another, the rest from memory. */
export async function factsFor(ctx: Reader, wishes: readonly WaitingWish[]): Promise<(wish: WaitingWish) => WishFacts> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const serving = [...places.values()].filter(serves).map(({ id }) => id);
  const waitsForStock = wishes.filter(({ kind }) => kind === "back_in_stock");
  const asked = waitsForStock.some(({ placeId }) => placeId === null) ? serving : waitsForStock.flatMap(({ placeId }) => placeId ?? []);
  const variants = [...new Set(waitsForStock.flatMap(({ variantId }) => variantId ?? []))];
  const stateAt = variants.length === 0 ? null : await goodsStates(ctx, variants, [...new Set(asked)]);
  const priceOf = await pricesOf(ctx, wishes);
  const isThere = (variantId: VariantId, placeId: PlaceId): boolean => {
    const goods = catalog.variantOf(variantId);
    const state = stateAt?.(variantId, placeId);
    const place = places.get(placeId);
    if (!goods?.variant.isActive || !state || !place || !serves(place) || !catalog.isSoldAt(goods.product.id, placeId)) return false;
    return state.soldOut === null && (!isCounted(catalog, goods) || (state.available ?? 0) > 0);
  };
  return (wish) => ({
    places: serving,
    isThere,
    isSoldAt: (variantId, placeId) => {
      const goods = catalog.byVariant(variantId);
      return goods !== undefined && catalog.isSoldAt(goods.productId, placeId) && catalog.isSoldOn(goods.productId, wish.channelId);
    },
    priceAt: priceOf(wish),
  });
}

const serves = ({ kind, status }: Pick<Place, "kind" | "status">): boolean => kind !== "warehouse" && status === "active";

/** The prices that a wish's customer pays on its channel: by their groups, as when it was made. */
async function pricesOf(ctx: Reader, wishes: readonly WaitingWish[]): Promise<(wish: WaitingWish) => PriceAt> {
  const priced = wishes.filter(({ kind }) => kind === "cheaper" || kind === "in_my_store");
  if (priced.length === 0) return () => () => null;
  const records = [...new Set(priced.map(({ recordId }) => recordId))];
  const { rows } = await sql<{ recordId: string; groups: string[] }>`
    select r.id as "recordId", array(
             select distinct g.customer_group from pricing.read_customer_group g
              where g.record_id in (select customers.records_of(r.id)) order by 1) as groups
      from unnest(${records}::uuid[]) r (id)`.execute(ctx.db);
  const groupsOf = new Map(rows.map(({ recordId, groups }) => [recordId, groups]));
  const known = new Map<string, PriceAt>();
  for (const { recordId, channelId } of priced) {
    const customerGroups = groupsOf.get(recordId) ?? [];
    const key = [channelId, ...customerGroups].join(" ");
    if (!known.has(key)) known.set(key, await pricesFor(ctx, { channelId, customerGroups, at: ctx.now }));
  }
  return ({ recordId, channelId }) => known.get([channelId, ...(groupsOf.get(recordId) ?? [])].join(" ")) ?? (() => null);
}

/** Keeps what a store's menu is now, for who begins to wait for something new there [SAV-9]. */
export async function watchMenu(ctx: Telling, placeId: PlaceId): Promise<void> {
  const now = menuAt(await ctx.snapshots.current(catalogSnapshot), placeId);
  await sql`
    insert into saved.menu (place_id, product_ids, at) values (${placeId}, ${now.map(({ id }) => id)}::uuid[], ${ctx.now})
    on conflict (place_id) do update set (product_ids, at) = (excluded.product_ids, excluded.at)`.execute(ctx.db);
}

/** Tells who waits for something new on a store's menu, under the lock of what it was. Nobody waits for what is told: it is forgotten. */
export async function tellOfMenu(ctx: Telling, placeId: PlaceId): Promise<number> {
  const { rows } = await sql<{ productIds: string[] }>`
    select product_ids as "productIds" from saved.menu where place_id = ${placeId} for update`.execute(ctx.db);
  if (!rows[0]) return 0;
  const known = new Set(rows[0].productIds);
  const added = menuAt(await ctx.snapshots.current(catalogSnapshot), placeId).filter(({ id }) => !known.has(id));
  const variantId = added[0]?.variants[0]?.id;
  if (variantId === undefined) return 0;
  const waiting = await sql<{ id: WishId }>`
    select id from saved.wish where kind = 'new_on_menu' and state = 'waiting' and place_id = ${placeId} order by id`.execute(ctx.db);
  const because: Because = { kind: "new_on_menu", data: { placeId, count: added.length } };
  await sql`delete from saved.menu where place_id = ${placeId}`.execute(ctx.db);
  return tell(
    ctx,
    waiting.rows.map(({ id }) => ({ id, because, variantId })),
  );
}

function menuAt(catalog: Catalog, placeId: PlaceId) {
  return catalog.menu.filter(({ id }) => catalog.isSoldAt(id, placeId));
}
