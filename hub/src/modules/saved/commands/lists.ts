import type { ListOperation, ListOperationResultView } from "@weft/contracts";
import { asIdOrNull, err, ok, type PlaceId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type Vault } from "../../../platform/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { auditServing, customerOf, lockCustomer, recordsOf, servedCustomer, servedRecord } from "../../customers/index.ts";
import { customerGroupsOf } from "../../pricing/index.ts";
import { applyToList, type ListId, type ListItem, type WantedChange } from "../domain/index.ts";
import type { SavedError } from "../errors.ts";
import { ListChanged } from "../events.ts";
import { isCarried, listsOf, lockList, type StoredList } from "../queries/lists.ts";
import { pricesFor, type PriceAt } from "../queries/showing.ts";
import { shareHash, shareToken } from "../share.ts";

/** More lists than these are a folder, and nobody finds anything in it. */
const MOST_LISTS = 30;

export type OperatedList = { readonly list: StoredList; readonly results: readonly ListOperationResultView[] };

/**
 * Begins a list for a customer, with its first items. Without a name it is the one that the heart saves to: there is one over all linked
 * records, under the customer's lock, and the one that is there is answered [SAV-3]. Publishes `list.changed.v1`.
 * Errors: `customer.unknown`, `list.too_many`.
 */
export async function openList(
  ctx: Ctx,
  customerId: string,
  { name, operations }: { readonly name: string | null; readonly operations: readonly ListOperation[] },
): Promise<Result<OperatedList, SavedError>> {
  const served = await servedCustomer(ctx, customerId);
  if (!served) return err({ code: "customer.unknown" });
  await lockCustomer(ctx, served.recordId);
  const lists = await listsOf(ctx, served.recordIds);
  const standing = name === null ? lists.find((list) => list.name === null) : undefined;
  if (!standing && lists.length >= MOST_LISTS) return err({ code: "list.too_many", most: MOST_LISTS });
  const id = standing?.id ?? (await insertList(ctx, served.recordId, name));
  return operateList(ctx, id, operations);
}

async function insertList(ctx: Ctx, recordId: RecordId, name: string | null): Promise<ListId> {
  const id = ctx.newId<ListId>();
  await sql`
    insert into saved.list (id, record_id, channel_id, place_id, name, created_at, updated_at)
    values (${id}, ${recordId}, ${ctx.actor.channelId}, ${ctx.actor.placeId}, ${name}, ${ctx.now}, ${ctx.now})`.execute(ctx.db);
  await publish(ctx, ListChanged, `list/${id}`, { listId: id, recordId, version: 1, isRemoved: false });
  return id;
}

/**
 * Applies operations in order under the list's lock and answers each by itself; one that came before changes nothing [SAV-1].
 * Publishes `list.changed.v1` when something changed. Errors: `list.unknown`.
 */
export async function operateList(ctx: Ctx, id: ListId, operations: readonly ListOperation[]): Promise<Result<OperatedList, SavedError>> {
  const list = await usableList(ctx, id);
  if (!list) return err({ code: "list.unknown" });
  const { rows } = await sql<{ id: string; code: string | null }>`
    select id, code from saved.operation where list_id = ${id} and id = any (${operations.map((operation) => operation.id)}::uuid[])`.execute(
    ctx.db,
  );
  const before = new Map(rows.map((row) => [row.id, row.code]));
  const fresh = [...new Map(operations.map((operation) => [operation.id, operation])).values()].filter((one) => !before.has(one.id));
  const { channelId } = ctx.actor;
  const after = applyToList(list, await resolved(ctx, list, fresh), { at: ctx.now, channelId });
  for (const { id: operationId, code } of after.outcomes)
    await sql`insert into saved.operation (list_id, id, code) values (${id}, ${operationId}, ${code})`.execute(ctx.db);
  const changed = after.outcomes.some(({ code }) => code === null);
  const stored = changed ? await writeList(ctx, list, after) : list;
  const codes = new Map([...before, ...after.outcomes.map(({ id: operationId, code }) => [operationId, code] as const)]);
  const results = operations.map((operation) => {
    const code = codes.get(operation.id) ?? null;
    const outcome = code !== null ? ("refused" as const) : before.has(operation.id) ? ("repeated" as const) : ("applied" as const);
    return { id: operation.id, outcome, code };
  });
  return ok({ list: stored, results });
}

/** A list that this caller may see and change, locked: its customer's own, and carried here [SAV-4]. */
export async function usableList(ctx: Ctx, id: ListId): Promise<StoredList | undefined> {
  const list = await lockList(ctx, id);
  if (!list || !(await servedRecord(ctx, list.recordId)) || !(await isCarried(ctx, list))) return undefined;
  return list;
}

async function resolved(ctx: Ctx, list: StoredList, operations: readonly ListOperation[]): Promise<WantedChange[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const priceAt = operations.some(({ kind }) => kind === "add") ? await pricesToOwner(ctx, list) : () => null;
  return operations.map((operation) => {
    if (operation.kind !== "add") return operation;
    const { id, kind, quantity, options } = operation;
    const variantId = catalog.bySku(operation.sku)?.variantId ?? null;
    const placeId = asIdOrNull<PlaceId>(operation.placeId) ?? ctx.actor.placeId; // a UUID by the contract
    return { id, kind, variantId, quantity, options, placeId, price: variantId && priceAt(variantId, placeId) };
  });
}

/** What goods cost the owner of a list where they are saved: remembered with them, to see later whether they cost less [SAV-14]. */
export async function pricesToOwner(ctx: Ctx, { recordId }: Pick<StoredList, "recordId">): Promise<PriceAt> {
  const customerGroups = await customerGroupsOf(ctx, await recordsOf(ctx, await customerOf(ctx, recordId)));
  return pricesFor(ctx, { channelId: ctx.actor.channelId, customerGroups, at: ctx.now });
}

/** Writes what differs, raises the version and tells the screens. */
export async function writeList(
  ctx: Ctx,
  before: StoredList,
  after: { readonly name: string | null; readonly items: readonly ListItem[] },
): Promise<StoredList> {
  const kept = new Set(after.items.map(({ id }) => id));
  const gone = before.items.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  if (gone.length > 0) await sql`delete from saved.item where list_id = ${before.id} and id = any (${gone}::uuid[])`.execute(ctx.db);
  const known = new Map(before.items.map((item) => [item.id, item]));
  for (const item of after.items)
    if (known.get(item.id)?.quantity !== item.quantity)
      await sql`
        insert into saved.item (list_id, id, variant_id, options, quantity, added_at, added_channel_id, place_id, price)
        values (${before.id}, ${item.id}, ${item.variantId}, ${JSON.stringify(item.options)}::jsonb, ${item.quantity}, ${item.addedAt}, ${item.addedChannelId}, ${item.placeId},
                ${item.price && JSON.stringify(item.price)}::jsonb)
        on conflict (list_id, id) do update set quantity = excluded.quantity`.execute(ctx.db);
  const version = before.version + 1;
  await sql`
    update saved.list set name = ${after.name}, version = ${version}, updated_at = ${ctx.now} where id = ${before.id}`.execute(ctx.db);
  await tellList(ctx, before, version);
  return { ...before, name: after.name, items: after.items, version, updatedAt: ctx.now };
}

async function tellList(ctx: Ctx, { id, recordId }: StoredList, version: number, isRemoved = false): Promise<void> {
  await publish(ctx, ListChanged, `list/${id}`, { listId: id, recordId, version, isRemoved });
  await auditServing(ctx, isRemoved ? "lists.remove" : "lists.operate", recordId);
}

/** Gives a list up, with its items and its link. Gone already is `list.unknown`. */
export async function removeList(ctx: Ctx, id: ListId): Promise<Result<null, SavedError>> {
  const list = await usableList(ctx, id);
  if (!list) return err({ code: "list.unknown" });
  await sql`delete from saved.list where id = ${id}`.execute(ctx.db);
  await tellList(ctx, list, list.version + 1, true);
  return ok(null);
}

/** Shares a list by a link, or ends that: the next link is another one [SAV-5]. Errors: `list.unknown`. */
export async function shareList(ctx: Ctx, vault: Vault, id: ListId, isShared: boolean): Promise<Result<StoredList, SavedError>> {
  const list = await usableList(ctx, id);
  if (!list) return err({ code: "list.unknown" });
  if (list.isShared === isShared) return ok(list);
  const shareSerial = isShared ? list.shareSerial : list.shareSerial + 1;
  const hash = isShared ? shareHash(shareToken(vault, list)) : null;
  await sql`update saved.list set share_serial = ${shareSerial}, share_hash = ${hash}, version = version + 1 where id = ${id}`.execute(
    ctx.db,
  );
  await tellList(ctx, list, list.version + 1);
  return ok({ ...list, shareSerial, isShared, version: list.version + 1 });
}
