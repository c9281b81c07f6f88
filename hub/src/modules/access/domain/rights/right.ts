import type { OperationId, Role } from "@weft/contracts";
import { ADVISORS, ALL_STAFF, COUNTER } from "../role-sets.ts";

export type DeviceKind = "till" | "board" | "kiosk";

/**
 * Which callers an operation is open to [ACC-1]. A right says that this *kind* of caller may ask; whose data it then gets is decided
 * where the data is: `own` customer, `channel` of the key, place of the device, places and field classes of the staff.
 */
export type Right = {
  /** Nobody needs to be known; so every other kind may, too. */
  readonly anonymous?: true;
  readonly publishable?: true;
  /** Whoever holds the token of that cart; `carts` compares its hash. */
  readonly cartToken?: true;
  readonly customer?: "own";
  readonly secret?: "channel";
  readonly device?: readonly DeviceKind[];
  readonly staff?: readonly Role[];
  /** Staff only while they stand at an enrolled till. */
  readonly at?: "till";
};

/** A row for every operation whose name begins with one of these nouns: `RightsOf<"lists">` asks for `lists.open` and all others. */
export type RightsOf<Noun extends string> = Readonly<Record<Extract<OperationId, `${Noun}.${string}`>, Right>>;

/** What a shop window shows: to any key, session or device of the retailer. */
export const SHOP_WINDOW: Right = {
  publishable: true,
  customer: "own",
  secret: "channel",
  device: ["till", "board", "kiosk"],
  staff: ALL_STAFF,
};
export const TILL_STAFF: Right = { staff: COUNTER, at: "till" };
export const OWN_ORDER: Right = { cartToken: true, customer: "own", secret: "channel" };
export const CART_HOLDERS: Right = { cartToken: true, customer: "own", secret: "channel", device: ["till"], staff: ADVISORS };
export const ABOUT_CUSTOMER: Right = {
  customer: "own",
  secret: "channel",
  staff: ["owner", "manager", "agent", "privacy_officer", "read_only"],
};
