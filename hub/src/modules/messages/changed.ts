import { asId, type OrderId } from "@weft/kernel";
import type { Ctx, Vault } from "../../platform/index.ts";
import { fulfillmentsOf, type WholeFulfillment } from "../fulfillment/index.ts";
import { changesOfOrder, namesOf, readOrder, type BookEntry, type Names, type StoredChange } from "../orders/index.ts";
import { addressed, openCodes, reachOfBuyer } from "./buyer.ts";
import { queueMessage } from "./commands.ts";
import { amendedMail, amendedText, type AmendedNews, type Brand } from "./templates/index.ts";

type Deps = { readonly brand: Brand; readonly vault: Vault; readonly publicUrl: string };

type Moved = { readonly orderLineId: string; readonly quantity: number; readonly total: number };

/** `changeId`: the version that did it; `isByStaff`: an order that staff canceled as a whole has none, as what they cancel of one that was handed over in part. */
type Amended = {
  readonly orderId: string;
  readonly changeId?: string | undefined;
  readonly isByStaff?: boolean | undefined;
  readonly restCanceled?: readonly Moved[] | undefined;
};

const WAYS: ReadonlySet<string> = new Set(["collect_instead", "ship_instead", "collect_elsewhere"]);

/**
 * Tells the buyer of an order what staff changed of it, or that it reaches them another way than before, with the money that follows [MSG-20]. Who
 * changes their own goods or address has just read it on the page, and is written nothing.
 */
export async function writeChanged(ctx: Ctx, { brand, vault, publicUrl }: Deps, fact: Amended): Promise<void> {
  const { changeId, isByStaff, restCanceled } = fact;
  if (changeId === undefined && isByStaff !== true && restCanceled === undefined) return;
  const orderId = asId<OrderId>(fact.orderId); // ids in events are texts
  const change = (await changesOfOrder(ctx, orderId)).find(({ id }) => id === changeId);
  if (changeId !== undefined && (!change || !isTold(change))) return;
  const entry = await readOrder(ctx, orderId);
  const reach = entry && (await reachOfBuyer(ctx, orderId, entry.order.record_id, entry.order.channel_id));
  const to = reach?.phone ?? reach?.email;
  if (!entry || !reach || !to) return;
  const parts = await fulfillmentsOf(ctx, orderId);
  const news = newsOf({ entry, change, parts, names: await namesOf(ctx.snapshots), restCanceled }, openCodes(vault, parts), publicUrl);
  const isText = reach.phone !== null;
  await queueMessage(ctx, {
    ...addressed(entry, to),
    kind: isText ? "sms" : "email",
    template: news.isCanceled ? "order_canceled" : "order_changed",
    rendered: (isText ? amendedText : amendedMail)(brand, reach.locale, news),
    cause: changeId !== undefined ? `change ${changeId}` : `order ${orderId} ${restCanceled ? "rest " : ""}canceled`,
  });
}

const isTold = ({ isByCustomer, actions }: StoredChange): boolean => !isByCustomer || actions.some(({ kind }) => WAYS.has(kind));

type Known = {
  readonly entry: BookEntry;
  readonly change: StoredChange | undefined;
  readonly parts: readonly WholeFulfillment[];
  readonly names: Names;
  readonly restCanceled: readonly Moved[] | undefined;
};

function newsOf({ entry, change, parts, names, restCanceled = [] }: Known, codes: readonly string[], publicUrl: string): AmendedNews {
  const { order } = entry;
  const actions = change?.actions ?? [];
  const isNewWay = actions.some(({ kind }) => WAYS.has(kind));
  return {
    number: order.number,
    isCanceled: order.state === "canceled",
    added: moved(entry, actions, "add_line"),
    removed: [...moved(entry, actions, "remove_units"), ...namedAs(entry, restCanceled)],
    way: isNewWay ? wayOf(parts, names) : null,
    codes: isNewWay ? codes : [],
    hasNewAddress: actions.some(({ kind }) => kind === "change_address"),
    hasNewContact: actions.some(({ kind }) => kind === "change_contact"),
    difference: (change?.added ?? 0) - (change?.removed ?? 0) - restCanceled.reduce((sum, { total }) => sum + total, 0),
    owed: change?.owedAfter ?? order.total - order.canceled_amount - order.returned_amount,
    due: order.due,
    isPaid: order.paid > 0,
    currency: order.currency,
    timeZone: order.time_zone,
    url: `${publicUrl}/shop/orders/${order.id}`,
  };
}

function moved(entry: BookEntry, actions: StoredChange["actions"], kind: "add_line" | "remove_units"): AmendedNews["added"] {
  return namedAs(
    entry,
    actions.filter((action) => action.kind === "add_line" || action.kind === "remove_units").filter((action) => action.kind === kind),
  );
}

function namedAs({ lines }: BookEntry, units: readonly Moved[]): AmendedNews["added"] {
  return units.flatMap(({ orderLineId, quantity, total }) => {
    const line = lines.find(({ id }) => id === orderLineId);
    return line ? [{ name: line.name, unit: line.unit, quantity, total }] : [];
  });
}

/** How what is still to come reaches its buyer: all of it the same way after such a change. */
function wayOf(parts: readonly WholeFulfillment[], names: Names): AmendedNews["way"] {
  const open = parts.filter(({ fulfillment }) => fulfillment.done_at === null);
  const [first] = open;
  if (!first) return null;
  const { kind, place_id: placeId, due_at: dueAt } = first.fulfillment;
  const promised = open.flatMap(({ fulfillment: { promised_at: at } }) => at ?? []);
  const last = promised.reduce<Date | null>((latest, at) => (latest === null || at > latest ? at : latest), null);
  return { kind: kind === "ship" ? "ship" : "collect", placeName: names.placeName(placeId) ?? "", at: dueAt ?? last };
}
