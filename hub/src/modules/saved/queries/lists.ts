import type { SavedListView } from "@weft/contracts";
import type { ChannelId, PlaceId, RecordId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { idList, type Ctx, type ReadCtx, type Vault } from "../../../platform/index.ts";
import { carriesBetween, channelsSnapshot, standpointOf } from "../../channels/index.ts";
import { customerOf, recordsOf } from "../../customers/index.ts";
import type { ItemOption, ListId, ListItem } from "../domain/index.ts";
import { shareToken } from "../share.ts";
import { showingFor } from "./showing.ts";

/** A list as it is stored, with its items in the order in which they were saved. */
export type StoredList = {
  readonly id: ListId;
  readonly recordId: RecordId;
  readonly channelId: ChannelId | null;
  readonly placeId: PlaceId | null;
  readonly name: string | null;
  readonly version: number;
  readonly shareSerial: number;
  readonly isShared: boolean;
  readonly updatedAt: Date;
  readonly items: readonly ListItem[];
};

const COLUMNS = sql`l.id, l.record_id as "recordId", l.channel_id as "channelId", l.place_id as "placeId", l.name, l.version,
  l.share_serial as "shareSerial", l.share_hash is not null as "isShared", l.updated_at as "updatedAt"`;

/** The lists of a customer that are carried here [SAV-4], the oldest first: one over all linked records, each where it was begun. */
export async function listsOf(ctx: Pick<ReadCtx, "db" | "snapshots" | "actor">, recordIds: readonly RecordId[]): Promise<StoredList[]> {
  const { rows } = await sql<Omit<StoredList, "items">>`
    select ${COLUMNS} from saved.list l where l.record_id = any (${idList(recordIds)}) order by l.created_at, l.id`.execute(ctx.db);
  const carried = [];
  for (const row of rows) if (await isCarried(ctx, row)) carried.push(row);
  return withItems(ctx, carried);
}

/** Whether a list that was begun on another channel is seen here: like a cart, by itself where both are linked [CHA-5]. */
export async function isCarried(ctx: Pick<ReadCtx, "snapshots" | "actor">, list: Pick<StoredList, "channelId">): Promise<boolean> {
  return list.channelId === null || (await carriesBetween(ctx, { channelId: list.channelId }, standpointOf(ctx), "cart")).carried;
}

/** A list, locked until the end of the transaction; undefined when there is none. */
export async function lockList(ctx: Ctx, id: ListId): Promise<StoredList | undefined> {
  const { rows } = await sql<Omit<StoredList, "items">>`
    select ${COLUMNS} from saved.list l where l.id = ${id} for update`.execute(ctx.db);
  return (await withItems(ctx, rows))[0];
}

/** The list that a link opens. */
export async function listByShare(ctx: Pick<ReadCtx, "db">, hash: Buffer): Promise<StoredList | undefined> {
  const { rows } = await sql<Omit<StoredList, "items">>`select ${COLUMNS} from saved.list l where l.share_hash = ${hash}`.execute(ctx.db);
  return (await withItems(ctx, rows))[0];
}

type ItemRow = Omit<ListItem, "options"> & { readonly listId: ListId; readonly options: readonly ItemOption[] };

async function withItems(ctx: Pick<ReadCtx, "db">, lists: readonly Omit<StoredList, "items">[]): Promise<StoredList[]> {
  if (lists.length === 0) return [];
  const { rows } = await sql<ItemRow>`
    select list_id as "listId", id, variant_id as "variantId", options, quantity, added_at as "addedAt", added_channel_id as "addedChannelId", place_id as "placeId",
           price
      from saved.item where list_id = any (${idList(lists.map(({ id }) => id))}) order by added_at, id`.execute(ctx.db);
  const byList = Map.groupBy(rows, ({ listId }) => listId);
  return lists.map((list) => ({ ...list, items: byList.get(list.id) ?? [] }));
}

type Presenting = { readonly vault: Vault; readonly publicUrl: string };

/** Lists as they are shown to whoever asks, priced on their channel and at a store; whoever has only the link sees no prices of its owner's. */
export async function showLists(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "actor" | "now">,
  { vault, publicUrl }: Presenting,
  lists: readonly StoredList[],
  placeId: PlaceId | null,
  reader: "own" | "others" = "own",
): Promise<SavedListView[]> {
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const kindOf = (id: ChannelId | null) => (id === null ? null : (channels.get(id)?.kind ?? null));
  const [first] = lists;
  const recordIds = first && reader === "own" ? await recordsOf(ctx, await customerOf(ctx, first.recordId)) : [];
  const variants = lists.flatMap(({ items }) => items.map(({ variantId }): VariantId => variantId));
  const show = await showingFor(ctx, variants, placeId, { channelId: ctx.actor.channelId, recordIds, at: ctx.now });
  return lists.map((list) => ({
    id: list.id,
    name: list.name,
    version: list.version,
    shareUrl: list.isShared ? `${publicUrl}/shop/lists/${shareToken(vault, list)}` : null,
    begunOn: kindOf(list.channelId),
    items: list.items.flatMap((item) => {
      const shown = show(item.variantId);
      if (!shown) return [];
      const { id, options, quantity, addedAt, addedChannelId, price: priceThen } = item;
      return [
        { id, ...shown, options: [...options], quantity, addedAt: addedAt.toISOString(), priceThen, addedOn: kindOf(addedChannelId) },
      ];
    }),
    updatedAt: list.updatedAt.toISOString(),
  }));
}
