import { err, newId, ok, type CartId, type ChannelId, type LineId, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite, readDevice } from "../../access/index.ts";
import { loadCart, lockCart, mayUseCart, operate, passToTill, type CartError, type Claimed, type LoadedCart } from "../../carts/index.ts";
import { seatSent } from "../../fulfillment/index.ts";
import { placesSnapshot, readTables, type Zone } from "../../places/index.ts";
import { publish, type Ctx, type ReadCtx } from "../../../platform/index.ts";
import { isParkedHere, standingAt } from "../commands/parked.ts";
import type { TillError } from "../errors.ts";
import { TabChanged } from "../events.ts";

/** Guests at a table, whose ticket is open. */
export type Tab = {
  readonly cartId: CartId;
  readonly placeId: PlaceId;
  readonly channelId: ChannelId;
  readonly table: string;
  /** What they are called, where a table has several. */
  readonly name: string | null;
  /** Which course a line is of, from 1; one that is not named is wanted at once. */
  readonly courses: Readonly<Record<LineId, number>>;
  readonly openedBy: string | null;
  readonly deviceName: string;
  readonly openedAt: Date;
};

const COLUMNS = sql`t.cart_id as "cartId", t.place_id as "placeId", t.channel_id as "channelId", t.table_name as "table", t.name, t.courses,
  t.opened_by as "openedBy", t.device_name as "deviceName", t.opened_at as "openedAt"`;
const MOST_SHOWN = 150;

export async function tabOf(ctx: Pick<ReadCtx, "db">, cartId: CartId): Promise<Tab | undefined> {
  const { rows } = await sql<Tab>`select ${COLUMNS} from till.tab t where t.cart_id = ${cartId}`.execute(ctx.db);
  return rows[0];
}

export type WantedTab = {
  readonly table: string;
  readonly name: string | null;
  /** Left out: they stay as they are. */
  readonly courses?: Readonly<Record<string, number>> | undefined;
};

/**
 * Puts a ticket at a table of this store, moves it to another one, calls its guests by another name, or says which course its lines are of [TBL-2].
 * Who first sits down eats here, at those prices and taxes [TBL-3]. The till that has it may, and any till of the store while it waits there.
 * Errors: `till.not_a_till`, `till.table_unknown`, `cart.unknown`, `cart.closed`, `cart.completing`. Publishes `till.tab_changed.v1`.
 */
export async function setTab(ctx: Ctx, cartId: CartId, wanted: WantedTab): Promise<Result<Tab, TillError | CartError>> {
  const here = standingAt(ctx);
  if (!here) return err({ code: "till.not_a_till" });
  const cart = (await lockCart(ctx, cartId))?.cart;
  const mayUse = cart !== undefined && mayUseCart(ctx.actor, cart);
  if (!cart || !(mayUse || (await isParkedHere(ctx, cartId, here)))) return err({ code: "cart.unknown" });
  const before = await tabOf(ctx, cartId);
  if (before && before.placeId !== here.placeId) return err({ code: "cart.unknown" });
  const zones = await zonesAt(ctx, here.placeId);
  // A table that was taken out of the store meanwhile keeps its guests until they pay.
  const isTable = zones.some(({ tables }) => tables.some(({ name }) => name === wanted.table)) || before?.table === wanted.table;
  if (!isTable) return err({ code: "till.table_unknown", table: wanted.table });
  if (cart.state === "completing") return err({ code: "cart.completing" });
  if (cart.state !== "open" && cart.state !== "checkout") return err({ code: "cart.closed", state: cart.state, orderId: cart.orderId });
  if (!before) {
    const seated = await eatHere(ctx, cart, here.placeId);
    if (!seated.ok) return seated;
  }
  const courses = wanted.courses === undefined ? null : JSON.stringify(wanted.courses);
  const deviceName = (await readDevice(ctx, here.deviceId))?.name ?? "";
  const { rows } = await sql<Tab>`
    insert into till.tab as t (cart_id, place_id, channel_id, table_name, name, courses, opened_by, device_name, opened_at)
    values (${cartId}, ${here.placeId}, ${here.channelId}, ${wanted.table}, ${wanted.name}, coalesce(${courses}::jsonb, '{}'),
            ${ctx.actor.staff?.name.split(" ")[0] ?? null}, ${deviceName}, ${ctx.now})
    on conflict (cart_id) do update set table_name = excluded.table_name, name = excluded.name, courses = coalesce(${courses}::jsonb, t.courses)
    returning ${COLUMNS}`.execute(ctx.db);
  const [tab] = rows;
  if (!tab) throw new Error("an upsert without a condition has a row");
  if (before && before.table !== tab.table) await seatSent(ctx, tab);
  await tellTab(ctx, tab);
  return ok(tab);
}

/** The zones of a place with their tables; none where it serves at its counter alone. */
export async function zonesAt(ctx: Pick<ReadCtx, "snapshots">, placeId: PlaceId): Promise<readonly Zone[]> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  return readTables(places.get(placeId)?.settings.tables ?? "") ?? [];
}

async function eatHere(ctx: Ctx, { id, wanted, placeId: at }: LoadedCart, placeId: PlaceId): Promise<Result<unknown, CartError>> {
  if (wanted?.kind === "take_away" && wanted.dining === "eat_in" && at === placeId) return ok(null);
  const fulfillment = { kind: "take_away" as const, placeId, dining: "eat_in" as const, dueAt: null };
  return operate(ctx, { cartId: id, operations: [{ id: newId(), kind: "setFulfillment", fulfillment }] });
}

/**
 * Goes on at the caller's till with a ticket of a table that another till of the store has open: that one was left, or came to harm [TBL-9]. What it
 * has not told the hub yet is not on it. Who did it is in the audit. Errors: `till.not_a_till`, `till.no_tab`, `cart.unknown`, `cart.closed`, `cart.completing`.
 */
export async function takeOverTab(ctx: Ctx, cartId: CartId): Promise<Result<Claimed, TillError | CartError>> {
  const here = standingAt(ctx);
  if (!here) return err({ code: "till.not_a_till" });
  await lockCart(ctx, cartId); // first, as everywhere
  const tab = await tabOf(ctx, cartId);
  if (tab?.placeId !== here.placeId || tab.channelId !== here.channelId) return err({ code: "till.no_tab" });
  const passed = await passToTill(ctx, cartId);
  if (!passed.ok) return passed;
  await sql`delete from till.parked_ticket where cart_id = ${cartId}`.execute(ctx.db);
  await auditWrite(ctx, { action: "till.takeOverTab", subject: `cart/${cartId}`, reason: `${tab.table}, from ${tab.deviceName}` });
  return passed;
}

/** Another till goes on with it; nothing where it is at no table. */
export async function noteTabTill(ctx: Ctx, cartId: CartId): Promise<Tab | undefined> {
  const here = standingAt(ctx);
  const tab = await tabOf(ctx, cartId);
  if (!tab || !here) return tab;
  const deviceName = (await readDevice(ctx, here.deviceId))?.name ?? "";
  await sql`update till.tab set device_name = ${deviceName} where cart_id = ${cartId}`.execute(ctx.db);
  await tellTab(ctx, tab);
  return { ...tab, deviceName };
}

export const tellTab = (ctx: Ctx, { cartId, placeId }: Tab): Promise<void> =>
  publish(ctx, TabChanged, `cart/${cartId}`, { cartId, placeId });

/** A tab as the tables of its store show it. */
export type ShownTab = {
  readonly tab: Tab;
  readonly cart: LoadedCart;
  /** It waits for any till; else the one that had it last has it. */
  readonly isWaiting: boolean;
};

/** The tabs that are open at the caller's store, the oldest first [TBL-4]: they stay until they are paid or given up, however long that takes. */
export async function tabsHere(ctx: ReadCtx): Promise<ShownTab[]> {
  const here = standingAt(ctx);
  if (!here) return [];
  const { rows } = await sql<Tab & { isWaiting: boolean }>`
    select ${COLUMNS}, p.cart_id is not null as "isWaiting"
      from till.tab t join carts.read_open o on o.id = t.cart_id left join till.parked_ticket p on p.cart_id = t.cart_id
     where t.place_id = ${here.placeId} and t.channel_id = ${here.channelId} order by t.opened_at, t.cart_id limit ${MOST_SHOWN}`.execute(
    ctx.db,
  );
  const found: ShownTab[] = [];
  for (const { isWaiting, ...tab } of rows) {
    const cart = await loadCart(ctx, tab.cartId);
    if (cart) found.push({ tab, cart, isWaiting });
  }
  return found;
}

/** Forgets, a day after they sat down, who was at which table and has paid or gone. */
export async function forgetTabs(ctx: Ctx): Promise<void> {
  await sql`
    delete from till.tab t where t.opened_at < ${ctx.now}::timestamptz - interval '1 day'
       and not exists (select from carts.read_open o where o.id = t.cart_id)`.execute(ctx.db);
}
