import type { Because, WishedGoodsView, WishView } from "@weft/contracts";
import { asId, type ChannelId, type PlaceId, type RecordId, type UnitPrice, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { idList, type ReadCtx } from "../../../platform/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { carriesBetween, channelsSnapshot, standpointOf } from "../../channels/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { isHeld, type Offered, type WaitingWish, type WishId, type WishKind } from "../domain/index.ts";
import { showingFor } from "./showing.ts";

export type StoredWish = WaitingWish &
  Offered & {
    readonly state: "waiting" | "told";
    readonly madeAt: Date;
    readonly toldAt: Date | null;
    readonly seenAt: Date | null;
    readonly because: Because | null;
  };

/** Notes older than this are news no more: they are not shown. */
const NOTE_DAYS = 60;

export const WISH_COLUMNS = sql`w.id, w.record_id as "recordId", w.channel_id as "channelId", w.kind, w.state, w.variant_id as "variantId",
  w.place_id as "placeId", w.price, w.made_at as "madeAt", w.told_at as "toldAt", w.seen_at as "seenAt", w.because,
  w.offered_until as "offeredUntil", w.taken_at as "takenAt"`;

/** What a customer waits for and was told lately, over all linked records, as far as the link levels carry it here: notes first. */
export async function wishesOf(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "actor" | "now">,
  recordIds: readonly RecordId[],
): Promise<StoredWish[]> {
  const { rows } = await sql<StoredWish>`
    select ${WISH_COLUMNS} from saved.wish w
     where w.record_id = any (${idList(recordIds)})
       and (w.state = 'waiting' or w.told_at > ${ctx.now}::timestamptz - make_interval(days => ${NOTE_DAYS}::integer))
     order by w.told_at desc nulls last, w.made_at desc, w.id`.execute(ctx.db);
  const carried = [];
  for (const row of rows) if (await isWishCarried(ctx, row)) carried.push(row);
  return carried;
}

/** Whether a wish of another channel is seen here, like what it is about: the goods in a cart. */
export async function isWishCarried(ctx: Pick<ReadCtx, "snapshots" | "actor">, { channelId }: { readonly channelId: ChannelId | null }) {
  return channelId === null || (await carriesBetween(ctx, { channelId }, standpointOf(ctx), "cart")).carried;
}

/** Wishes as they are shown to whoever asks. */
export async function showWishes(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "actor" | "now">,
  wishes: readonly StoredWish[],
  recordIds: readonly RecordId[],
  storeId: PlaceId | null,
): Promise<WishView[]> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const asker = { channelId: ctx.actor.channelId, recordIds, at: ctx.now };
  const show = await showingFor(
    ctx,
    wishes.flatMap(({ variantId }) => variantId ?? []),
    storeId,
    asker,
  );
  return wishes.map((wish) => {
    const at = wish.placeId ?? placeOfReason(wish.because);
    return {
      id: wish.id,
      kind: wish.kind,
      state: wish.state,
      goods: (wish.variantId && show(wish.variantId)) ?? null,
      placeId: at,
      placeName: (at && places.get(at)?.name) ?? null,
      priceThen: wish.price,
      madeAt: wish.madeAt.toISOString(),
      madeOn: (wish.channelId && channels.get(wish.channelId)?.kind) ?? null,
      toldAt: wish.toldAt?.toISOString() ?? null,
      seenAt: wish.seenAt?.toISOString() ?? null,
      because: wish.because,
      heldUntil: isHeld(wish, ctx.now) ? (wish.offeredUntil?.toISOString() ?? null) : null,
    };
  });
}

/** Where it came true. */
function placeOfReason(because: Because | null): PlaceId | null {
  const placeId = because?.data?.placeId;
  return typeof placeId === "string" ? asId<PlaceId>(placeId) : null;
}

export type WishToMail = {
  readonly kind: WishKind;
  readonly variantId: VariantId;
  readonly placeName: string | null;
  readonly timeZone: string | null;
  /** Until when a unit is held for them; null when none is. */
  readonly heldUntil: Date | null;
  readonly slug: string;
  readonly name: WishedGoodsView["name"];
  readonly unitPrice: UnitPrice | null;
};

/** What came true, for whoever writes about it; undefined when it was erased, or the goods are gone. */
export async function readCameTrue(ctx: Pick<ReadCtx, "db" | "snapshots" | "now">, id: string): Promise<WishToMail | undefined> {
  const { rows } = await sql<StoredWish>`select ${WISH_COLUMNS} from saved.wish w where w.id = ${id} and w.state = 'told'`.execute(ctx.db);
  const wish = rows[0];
  if (!wish?.variantId) return undefined;
  const at = wish.placeId ?? placeOfReason(wish.because);
  const show = await showingFor(ctx, [wish.variantId], at, { channelId: wish.channelId, recordIds: [wish.recordId], at: ctx.now });
  const goods = show(wish.variantId);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  if (!goods) return undefined;
  const { slug, name, unitPrice } = goods;
  const place = at === null ? undefined : places.get(at);
  return {
    kind: wish.kind,
    variantId: wish.variantId,
    placeName: place?.name ?? null,
    timeZone: place?.timeZone ?? null,
    heldUntil: isHeld(wish, ctx.now) ? wish.offeredUntil : null,
    slug,
    name,
    unitPrice,
  };
}

type DemandQuery = { readonly storeId: PlaceId | null; readonly sku: string | null; readonly limit: number };

/**
 * What is wanted most [SAV-10]: customers who wait for goods or have saved them, each counted once whatever they asked on how many channels.
 * Of a store it counts what was wanted there and in the stores of its group.
 */
export async function readDemand(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "actor" | "now">,
  { storeId, sku, limit }: DemandQuery,
): Promise<WishedGoodsView[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const variantId = sku === null ? null : catalog.variantOfSku(sku)?.variant.id;
  if (variantId === undefined) return [];
  const near = storeId === null ? null : await placesNear(ctx, storeId);
  const { rows } = await sql<{ variantId: VariantId; waiting: number; saved: number; wanted: number }>`
    with asked as (
      select w.variant_id, w.record_id, true as waits from saved.wish w
       where w.state = 'waiting' and w.variant_id is not null and (${variantId}::uuid is null or w.variant_id = ${variantId})
         and (${near === null} or coalesce(w.near_id, w.place_id) = any (${idList(near ?? [])}))
       union all
      select i.variant_id, l.record_id, false from saved.item i join saved.list l on l.id = i.list_id
       where (${variantId}::uuid is null or i.variant_id = ${variantId}) and (${near === null} or i.place_id = any (${idList(near ?? [])}))
    ), whose as (
      select a.variant_id, a.waits, coalesce(c.customer_id, a.record_id) as customer
        from asked a left join customers.read_record_customer c on c.record_id = a.record_id
    )
    select variant_id as "variantId", count(distinct customer) filter (where waits)::integer as waiting,
           count(distinct customer) filter (where not waits)::integer as saved, count(distinct customer)::integer as wanted
      from whose group by variant_id order by wanted desc, waiting desc, variant_id limit ${limit}`.execute(ctx.db);
  const ids = rows.map((row) => row.variantId);
  const show = await showingFor(ctx, ids, storeId, { channelId: ctx.actor.channelId, recordIds: [], at: ctx.now });
  return rows.flatMap(({ variantId: id, ...counts }) => {
    const goods = show(id);
    return goods ? [{ ...goods, ...counts }] : [];
  });
}

/** A store and those of its nearest group. */
async function placesNear(ctx: Pick<ReadCtx, "snapshots">, storeId: PlaceId): Promise<PlaceId[]> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const [group] = places.get(storeId)?.groupIds ?? [];
  if (group === undefined) return [storeId];
  return [...places.values()].filter(({ id, groupIds }) => id === storeId || groupIds[0] === group).map(({ id }) => id);
}

export type WishKey = { readonly id: WishId; readonly recordId: RecordId; readonly channelId: ChannelId | null };
