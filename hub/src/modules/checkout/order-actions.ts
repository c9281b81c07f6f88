import type { OrderActionsView } from "@weft/contracts";
import type { LineId } from "@weft/kernel";
import { fulfillmentsOf, type WholeFulfillment } from "../fulfillment/index.ts";
import type { BookEntry } from "../orders/index.ts";
import { closedBy, isOpenToChange, removableOf, type ChangeablePart } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";
import { changeableOrder, type OrderReader } from "./prepare-change.ts";
import { stageOf } from "./stage-of.ts";
import { switchable } from "./switch-way.ts";

type Action = OrderActionsView["actions"][number];
type Obstacle = Action["because"];

/**
 * What its caller can do with an order now, and why not [CHK-24]: the very rules that the commands ask, so that no screen offers what is refused.
 */
export async function orderActions(ctx: OrderReader, { order, lines }: Pick<BookEntry, "order" | "lines">): Promise<OrderActionsView> {
  const { id: orderId, version } = order;
  const changeable = await changeableOrder(ctx, orderId);
  const parts = await fulfillmentsOf(ctx, orderId);
  const stages = parts.map(stageOf);
  const never = changeable.ok ? null : obstacle(changeable.error);
  const goods = lines.filter(({ kind, ordered, canceled, returned }) => kind === "goods" && ordered > canceled + returned);
  const closed = closedPart(stages);
  const isShipped = parts.some(({ fulfillment }) => fulfillment.kind === "ship");
  const given: [Action["action"], Obstacle][] = [
    ["cancel", never ?? whyNotCanceled(order.state, stages)],
    ["remove_units", never ?? (goods.some(({ id }) => removableOf(stages, id) > 0) ? null : closed)],
    ["add_lines", never ?? (stages.some(isOpenToChange) ? null : closed)],
    ...switches(parts).map(([action, because]): [Action["action"], Obstacle] => [action, never ?? because]),
    ...(isShipped
      ? [["change_address", never ?? (parts.some(isOpenShipment) ? null : closed)] satisfies [Action["action"], Obstacle]]
      : []),
    ["change_contact", never],
  ];
  return {
    orderId,
    version,
    actions: given.map(([action, because]) => ({ action, allowed: because === null, because })),
    lines: goods.map(({ id }) => ({
      orderLineId: id,
      removable: never ? 0 : removableOf(stages, id),
      because: never ?? whyNotRemoved(stages, id),
    })),
  };
}

const WAYS = [
  ["collect", "collect_instead"],
  ["collect_elsewhere", "collect_elsewhere"],
  ["ship", "ship_instead"],
] as const;

/** Fetched instead of sent, and the other way round [CHK-31], or at another store [CHK-44]: the first part that somebody has begun with closes it. */
function switches(parts: readonly WholeFulfillment[]): [Action["action"], Obstacle][] {
  return WAYS.flatMap(([to, action]) => {
    const about = switchable(parts, to);
    const begun = about.find(({ fulfillment }) => !isOpenToChange(fulfillment));
    // Goods that are not there yet come to the place that sold them.
    const waits = about.some(({ fulfillment }) => fulfillment.awaits_on !== null);
    return about.length === 0 || waits ? [] : [[action, begun ? obstacle(closedBy(stageOf(begun), null)) : null]];
  });
}

const isOpenShipment = ({
  fulfillment,
}: {
  readonly fulfillment: { readonly kind: string; readonly state: ChangeablePart["state"] };
}): boolean => fulfillment.kind === "ship" && isOpenToChange(fulfillment);

function obstacle({ code, ...data }: CheckoutError): NonNullable<Obstacle> {
  return { code, data };
}

/** The part that went furthest says why nothing more can be changed. */
function closedPart(stages: readonly ChangeablePart[]): NonNullable<Obstacle> {
  const closed = stages.findLast((stage) => !isOpenToChange(stage));
  return obstacle(closed ? closedBy(closed, null) : { code: "order.not_changeable", because: "handed_over" });
}

function whyNotRemoved(stages: readonly ChangeablePart[], line: LineId): Obstacle {
  if (removableOf(stages, line) > 0) return null;
  const closed = stages.findLast((stage) => !isOpenToChange(stage) && stage.lines.some(({ orderLineId }) => orderLineId === line));
  return closed ? obstacle(closedBy(closed, line)) : closedPart(stages);
}

const ENDED: ReadonlySet<string> = new Set(["collected", "dispatched", "delivered", "canceled", "rejected", "not_collected"]);

/** As `cancelOrder` decides it: everything that has not ended must still be open. */
function whyNotCanceled(state: BookEntry["order"]["state"], stages: readonly ChangeablePart[]): Obstacle {
  const open = stages.filter((stage) => !ENDED.has(stage.state));
  if (state !== "placed" || open.length === 0) return closedPart(stages);
  const begun = open.find((stage) => !isOpenToChange(stage));
  return begun ? obstacle(closedBy(begun, null)) : null;
}
