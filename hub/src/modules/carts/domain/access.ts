import type { ChannelId, DeviceId, StaffId } from "@weft/kernel";
import type { LoadedCart, StoredHolder } from "./cart.ts";
import { makerOf } from "./offer.ts";

/** Who asks for a cart, reduced to what decides. `tokenHash` is the SHA-256 in hex of the cart token they sent. */
export type Asker = {
  readonly kind: "anonymous" | "publishable" | "customer" | "device" | "secret" | "staff" | "system";
  readonly tokenHash: string | null;
  readonly deviceId: DeviceId | null;
  readonly staffId: StaffId | null;
  readonly channelId: ChannelId | null;
  /** Staff of the office see carts but hold none: they may read. */
  readonly readsAll: boolean;
  /** Staff who go on with the carts that any of them made for a customer [CRT-20]. */
  readonly servesAll: boolean;
};

export type CartRight = { readonly may: "use"; readonly as: StoredHolder | null } | { readonly may: "read" } | { readonly may: "nothing" };

/**
 * [CRT-7] An id opens nothing. A cart is used by whoever has a holder's token, by its own signed-in customer, by the till that
 * holds it (device, or its staff), and by the secret key of the channel it was opened on; staff of the office may read it. One that staff
 * made for its customer is used by them, and by whoever has the link that it was offered by [CRT-20].
 */
export function rightOn(cart: LoadedCart, asker: Asker): CartRight {
  const byToken = asker.tokenHash === null ? undefined : cart.holders.find((holder) => holder.tokenHash === asker.tokenHash);
  // A screen only shows: what it was given lets nobody who stands before it pay or empty the cart [CRT-14].
  if (byToken?.kind === "screen") return { may: "read" };
  if (byToken) return { may: "use", as: byToken };
  if (asker.kind === "system") return { may: "use", as: null };
  const byDevice = asker.deviceId === null ? undefined : cart.holders.find((holder) => holder.deviceId === asker.deviceId);
  if (byDevice) return { may: "use", as: byDevice };
  const maker = makerOf(cart);
  if (maker && asker.kind === "staff" && asker.servesAll) return { may: "use", as: maker };
  // What staff make for somebody is theirs once it is offered to them, and then as its link lets everybody.
  const link = maker && cart.holders.find((holder) => holder.kind === "link");
  if (cart.isMine && (!maker || link)) return { may: "use", as: link ?? cart.holders.find((holder) => holder.kind === "customer") ?? null };
  const byStaff = asker.staffId === null ? undefined : cart.holders.find((holder) => holder.staffId === asker.staffId);
  if (byStaff) return { may: "use", as: byStaff };
  if (asker.kind === "secret" && asker.channelId === cart.channelId) return { may: "use", as: null };
  return asker.kind === "staff" && asker.readsAll ? { may: "read" } : { may: "nothing" };
}
