import type { ChannelId, OrderId, RecordId } from "@weft/kernel";
import type { Ctx, Vault } from "../../platform/index.ts";
import { reachOf } from "../customers/index.ts";
import type { WholeFulfillment } from "../fulfillment/index.ts";
import { contactOf, type BookEntry } from "../orders/index.ts";
import type { NewMessage } from "./domain.ts";
import { wishesOf } from "./reader.ts";
import { shownOf } from "./shown-of.ts";
import { localeIn } from "./templates/index.ts";

/** What every message about an order has in common. */
export const addressed = ({ order }: BookEntry, to: string): Pick<NewMessage, "recordId" | "kind" | "channelId" | "to" | "shown"> => ({
  shown: shownOf({ order }),
  recordId: order.record_id,
  kind: "email",
  channelId: order.channel_id,
  to,
});

/** Where a buyer is written to. */
export type Reach = { readonly email: string | null; readonly phone: string | null; readonly locale: ReturnType<typeof localeIn> };

/**
 * Where the buyer of an order is told of it, and in which language: what they left with the order, else what is known of them. `phone`
 * where a text message is to tell them: they asked for that, or nobody knows a mail address of theirs [MSG-10].
 */
export async function reachOfBuyer(ctx: Ctx, orderId: OrderId, recordId: RecordId | null, channelId: ChannelId): Promise<Reach> {
  const left = await contactOf(ctx, orderId);
  const known = recordId ? await reachOf(ctx, recordId) : null;
  const [email, phone] = [left?.email ?? known?.email ?? null, left?.phone ?? known?.phone ?? null];
  const wishes = recordId && (email ?? phone) !== null ? await wishesOf(ctx, recordId, channelId) : null;
  const isText = wishes?.channel === "sms" || email === null;
  return { email, phone: isText ? phone : null, locale: localeIn(wishes?.language ?? left?.language ?? known?.locale ?? null) };
}

/** Where the buyer of an order reads mail; null when no address of theirs is known. */
export async function mailOf(...buyer: Parameters<typeof reachOfBuyer>): Promise<(Reach & { readonly email: string }) | null> {
  const reach = await reachOfBuyer(...buyer);
  return reach.email === null ? null : { ...reach, email: reach.email };
}

/** The codes that still open these at their counters. */
export function openCodes(vault: Vault, fulfillments: readonly WholeFulfillment[]): string[] {
  return fulfillments.flatMap(({ fulfillment: { code_sealed, done_at } }) => {
    const code = code_sealed !== null && done_at === null ? vault.open(code_sealed) : null;
    return code === null ? [] : [code];
  });
}
