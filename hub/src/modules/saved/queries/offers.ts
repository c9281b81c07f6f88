import type { WishOfferView } from "@weft/contracts";
import type { CustomerId, PlaceId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { mayActAt } from "../../access/index.ts";
import { customersByIds } from "../../customers/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { showingFor } from "./showing.ts";

type Row = {
  readonly wishId: string;
  readonly customerId: CustomerId;
  readonly variantId: VariantId;
  readonly placeId: PlaceId;
  readonly until: Date;
  readonly waiting: number;
};

/** More open offers than anybody reads; they end by themselves. */
const MOST = 200;

/** For whom goods are held now at the places that staff reach, the next to end first [SAV-12]. */
export async function readOffers(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "actor" | "now">,
  storeId: PlaceId | null,
): Promise<WishOfferView[]> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const { rows } = await sql<Row>`
    select w.id as "wishId", customers.customer_of(w.record_id) as "customerId", w.variant_id as "variantId", w.place_id as "placeId",
           w.offered_until as until,
           (select count(*)::integer from saved.wish n
             where n.kind = 'back_in_stock' and n.state = 'waiting' and n.variant_id = w.variant_id and n.place_id = w.place_id) as waiting
      from saved.wish w
     where w.offered_until > ${ctx.now} and w.taken_at is null and (${storeId}::uuid is null or w.place_id = ${storeId})
     order by w.offered_until, w.id limit ${MOST}`.execute(ctx.db);
  const own = rows.filter(({ placeId }) => mayActAt(ctx.actor, placeId));
  const asker = { channelId: ctx.actor.channelId, recordIds: [], at: ctx.now };
  const show = await showingFor(
    ctx,
    own.map(({ variantId }) => variantId),
    storeId,
    asker,
  );
  const people = await customersByIds(ctx, [...new Set(own.map(({ customerId }) => customerId))]);
  const nameOf = new Map(people.map(({ id, givenName, familyName }) => [id, [givenName, familyName].filter(Boolean).join(" ") || null]));
  return own.flatMap(({ variantId, until, ...row }): WishOfferView[] => {
    const goods = show(variantId);
    const customerName = nameOf.get(row.customerId) ?? null;
    const placeName = places.get(row.placeId)?.name ?? "";
    return goods ? [{ ...row, goods, customerName, placeName, until: until.toISOString() }] : [];
  });
}
