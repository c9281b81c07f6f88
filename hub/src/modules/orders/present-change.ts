import type { OrderVersionView } from "@weft/contracts";
import type { ChangeAction, StoredChange } from "./changes.ts";
import type { Names } from "./domain.ts";

/** A version of an order as screens and the API show it. */
export function presentChange(change: StoredChange, currency: string, names: Names): OrderVersionView {
  const money = (amount: number) => ({ amount, currency });
  const { id, number, at, isByCustomer, staffName, placeId, channelId, reason, actions, added, removed, owedAfter } = change;
  return {
    id,
    number,
    at: at.toISOString(),
    by: isByCustomer ? "customer" : "staff",
    staffName,
    placeName: placeId && names.placeName(placeId),
    channelKind: channelId && names.channelKind(channelId),
    reason,
    actions: actions.map((action) => presentAction(action, money)),
    added: money(added),
    removed: money(removed),
    owedAfter: money(owedAfter),
  };
}

function presentAction(
  action: ChangeAction,
  money: (amount: number) => { amount: number; currency: string },
): OrderVersionView["actions"][number] {
  if (action.kind === "add_line" || action.kind === "remove_units")
    return { kind: action.kind, orderLineId: action.orderLineId, quantity: action.quantity, total: money(action.total) };
  return { kind: action.kind, orderLineId: null, quantity: null, total: null };
}
