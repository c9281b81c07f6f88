import type { TableTabView, TicketTabView } from "@weft/contracts";
import { asId, err, ok, type CartId, type LineId, type PlaceId, type Result } from "@weft/kernel";
import { CART_PROBLEMS, showCart, type CartError } from "../../carts/index.ts";
import { sentOf } from "../../fulfillment/index.ts";
import { OrderPlaced } from "../../orders/events.ts";
import { job, livePresenter, read, write, type Job, type ReadCtx, type Route } from "../../../platform/index.ts";
import { standingAt } from "../commands/parked.ts";
import { TILL_PROBLEMS, type TillError } from "../errors.ts";
import { TabChanged } from "../events.ts";
import { followTab, sendCourse, unsentOf } from "./courses.ts";
import { moveTabLines } from "./move-lines.ts";
import { forgetTabs, setTab, tabsHere, zonesAt, type ShownTab, type Tab } from "./tabs.ts";

const problems = { ...CART_PROBLEMS, ...TILL_PROBLEMS };

/** Tables of a store, and the tickets that are open at them. */
export const tablesRoutes: readonly Route[] = [
  read(
    "till.tables",
    async (ctx) => {
      const here = standingAt(ctx);
      if (!here) return err<TillError>({ code: "till.not_a_till" });
      const zones = (await zonesAt(ctx, here.placeId)).map(({ name, tables }) => ({ name, tables: [...tables] }));
      const tabs = await tabsHere(ctx);
      const sent = await sentOf(
        ctx,
        tabs.map(({ tab }) => tab.cartId),
      );
      return ok({ zones, tabs: await Promise.all(tabs.map((one) => present(ctx, one, sent))), version: ctx.now.getTime() });
    },
    { problems },
  ),
  write(
    "till.setTab",
    async (ctx, { params, body: { table, name, courses } }) =>
      shown(
        ctx,
        await setTab(ctx, cartIdOf(params), {
          table,
          name: name?.trim() || null,
          courses: courses && Object.fromEntries(courses.map(({ lineId, course }) => [lineId, course])),
        }),
      ),
    { problems },
  ),
  write("till.sendCourse", async (ctx, { params, body }) => shown(ctx, await sendCourse(ctx, cartIdOf(params), body.course)), { problems }),
  write(
    "till.moveLines",
    async (ctx, { params, body: { toCartId, opens = null, lines, paid } }) => {
      const wanted = lines.map(({ lineId, quantity, partId }) => ({
        lineId: asId<LineId>(lineId),
        quantity,
        partId: asId<LineId>(partId),
      }));
      const moved = await moveTabLines(ctx, cartIdOf(params), { toCartId: asId<CartId>(toCartId), opens, lines: wanted, paid });
      if (!moved.ok) return moved;
      const { from, cart, to } = moved.value;
      return ok({ cart, tab: await presentTab(ctx, from), to: { cartId: to.cartId, table: to.table, name: to.name } });
    },
    { problems },
  ),
  write("till.tellTaken", async (ctx, { params }) => shown(ctx, await followTab(ctx, cartIdOf(params))), { problems }),
];

const cartIdOf = ({ id }: { readonly id: string }): CartId => asId<CartId>(id); // an id by the contract

async function shown(ctx: Pick<ReadCtx, "db">, result: Result<Tab, TillError | CartError>) {
  return result.ok ? ok(await presentTab(ctx, result.value)) : result;
}

/** A tab as the till that has its ticket shows it. */
export async function presentTab(ctx: Pick<ReadCtx, "db">, { cartId, table, name, courses }: Tab): Promise<TicketTabView> {
  const sent = await sentOf(ctx, [cartId]);
  return {
    table,
    name,
    courses: Object.entries(courses).map(([lineId, course]) => ({ lineId, course })),
    sent: [...sent].map(([lineId, quantity]) => ({ lineId, quantity })),
  };
}

async function present(
  ctx: Pick<ReadCtx, "snapshots" | "now">,
  { tab, cart, isWaiting }: ShownTab,
  sent: ReadonlyMap<LineId, number>,
): Promise<TableTabView> {
  const { lines, totals, customer } = await showCart(ctx.snapshots, cart, ctx.now);
  return {
    cartId: tab.cartId,
    table: tab.table,
    name: tab.name ?? customer?.givenName ?? null,
    items: unitsIn(lines),
    unsent: unitsIn(unsentOf(lines, sent)),
    total: totals.total,
    openedAt: tab.openedAt.toISOString(),
    openedBy: tab.openedBy,
    deviceName: tab.deviceName,
    isWaiting,
  };
}

const unitsIn = (lines: readonly { readonly quantity: number; readonly unit: string }[]): number =>
  lines.reduce((sum, { quantity, unit }) => sum + (unit === "gram" ? 1 : quantity), 0);

/** What changes at the tables of a store: its tills ask for it themselves, each for those of its channel. */
export const tablesLive = livePresenter({
  kind: "tables",
  affectedBy: [TabChanged, OrderPlaced].map((event) => ({
    event,
    subject: ({ data }) => {
      const { placeId } = data as { readonly placeId: string | null }; // both facts name their place
      return placeId && `tables/${placeId}`;
    },
  })),
  authorize: async ({ actor: { device } }, id) => (device?.kind === "till" && device.placeId === asId<PlaceId>(id) ? "till" : null), // compared with places alone
  present: async () => ({ version: Date.now(), patch: null }),
});

export const tablesJobs: readonly Job[] = [job("till.forget_tabs", ({ write: keep }) => keep(forgetTabs), { cron: "14 3 * * *" })];
