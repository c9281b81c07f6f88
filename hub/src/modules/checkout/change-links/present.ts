import type { ChangeLinkView, OpenedChangeLinkView } from "@weft/contracts";
import type { Ctx, Vault } from "../../../platform/index.ts";
import { readOrder, type BookEntry } from "../../orders/index.ts";
import { prepareChange, type ChangeReader, type PreparedChange } from "../prepare-change.ts";
import { changeLinkUrl, type ChangeLink } from "./stored.ts";

export type LinkPort = { readonly publicUrl?: string; readonly vault: Vault };

const factsOf = ({ orderId, state, difference, currency, validUntil, actor }: ChangeLink) => ({
  orderId,
  state,
  difference: { amount: difference, currency },
  validUntil: validUntil.toISOString(),
  staffName: actor.staff?.name ?? "",
});

/** A link as staff see it. */
export function presentChangeLink({ publicUrl = "", vault }: LinkPort, link: ChangeLink): ChangeLinkView {
  const { id, state, madeAt } = link;
  return { ...factsOf(link), id, madeAt: madeAt.toISOString(), url: state === "open" ? changeLinkUrl({ publicUrl, vault }, id) : null };
}

/**
 * A link as whoever has it sees it: what it changes is judged as it is now, by the right of who offered it. What cannot be changed so any more is
 * outdated, and what is over is over, before the clock has ended it.
 */
export async function presentOpenedLink(ctx: ChangeReader, link: ChangeLink): Promise<OpenedChangeLinkView | null> {
  const entry = await readOrder(ctx, link.orderId);
  if (!entry) return null;
  const { order } = entry;
  const isOver = link.state === "open" && link.validUntil <= ctx.now;
  const prepared =
    link.state === "open" && link.wish && !isOver ? await prepareChange({ ...ctx, actor: offererOf(link) }, link.orderId, link.wish) : null;
  const state = isOver ? "expired" : prepared && !prepared.ok ? "outdated" : link.state;
  return {
    ...factsOf(link),
    state,
    orderNumber: order.number,
    placeId: prepared?.ok ? (prepared.value.target?.fulfillment.place_id ?? order.place_id) : order.place_id,
    timeZone: order.time_zone,
    change: prepared?.ok ? changeOf(entry, prepared.value) : null,
  };
}

/** The right to change it was checked when it was offered, by whoever offered it; who pays needs the link alone. */
export const offererOf = ({ actor }: ChangeLink): Ctx["actor"] => ({ ...actor, kind: "system" });

function changeOf({ order, lines }: BookEntry, prepared: PreparedChange): NonNullable<OpenedChangeLinkView["change"]> {
  const money = (amount: number) => ({ amount, currency: order.currency });
  const { addedTotal, removedTotal, removed, switched, assessed } = prepared;
  const before = order.total - order.canceled_amount - order.returned_amount;
  return {
    added: prepared.lines.map(({ name, ordered, total }) => ({ name, quantity: ordered, total: money(total) })),
    removed: removed.flatMap(({ orderLineId, quantity, total }) => {
      const line = lines.find(({ id }) => id === orderLineId);
      return line ? [{ name: line.name, quantity, total: money(total) }] : [];
    }),
    way: switched === null ? null : switched.kind === "ship" ? "ship" : "collect",
    promisedAt: (switched?.promisedAt ?? assessed?.promise?.promiseAt)?.toISOString() ?? null,
    owed: money(before + addedTotal - removedTotal),
  };
}
