import type { CustomerId, RecordId } from "@weft/kernel";
import { livePresenter, type LivePresenter, type ReadCtx } from "../../platform/index.ts";
import { visibleFields } from "../../modules/access/index.ts";
import { BookingChanged } from "../../modules/bookings/events.ts";
import { CartHandedOver, CartOffered, CartOpened, CurrentCartChanged, OfferEnded } from "../../modules/carts/events.ts";
import { ConsentGiven, ConsentWithdrawn, PreferencesChanged } from "../../modules/consent/events.ts";
import { CustomerChanged, CustomerLinked, CustomerOpened, CustomerSignedIn, CustomerUnlinked } from "../../modules/customers/events.ts";
import { customerOf, isOpenedAtTill } from "../../modules/customers/index.ts";
import { FulfillmentChanged } from "../../modules/fulfillment/events.ts";
import {
  MemberEnrolled,
  PartnerPoints,
  PointsBurned,
  PointsExpired,
  PointsGivenBack,
  PointsGranted,
  PointsTakenBack,
  PointsTransferred,
  PoolChanged,
  ReferralThanked,
} from "../../modules/loyalty/events.ts";
import { MessageSent } from "../../modules/messages/events.ts";
import { OrderCanceled, OrderChanged, OrderClaimed, OrderPlaced } from "../../modules/orders/events.ts";
import { ListChanged, WishCameTrue, WishChanged } from "../../modules/saved/events.ts";

/** What changes of a customer's carts, what is proposed to them, lists, wishes, bookings, orders, points, card, profile and timeline. Each of these facts names a record, or the customer of then. */
const FACTS = [
  CartOpened,
  CartHandedOver,
  CurrentCartChanged,
  CartOffered,
  OfferEnded,
  OrderPlaced,
  OrderClaimed,
  OrderChanged,
  OrderCanceled,
  FulfillmentChanged,
  MemberEnrolled,
  PartnerPoints,
  PointsBurned,
  PointsExpired,
  PointsGivenBack,
  PointsGranted,
  PointsTakenBack,
  PointsTransferred,
  PoolChanged,
  ReferralThanked,
  ConsentGiven,
  ConsentWithdrawn,
  PreferencesChanged,
  CustomerChanged,
  CustomerLinked,
  CustomerUnlinked,
  CustomerSignedIn,
  CustomerOpened,
  MessageSent,
  ListChanged,
  WishChanged,
  WishCameTrue,
  BookingChanged,
];

/**
 * Tells whoever follows a customer that something about them changed on some channel. It carries nothing: what a screen may see it asks
 * for, with its own rights.
 */
export const customerLive: LivePresenter = livePresenter({
  kind: "customer",
  affectedBy: FACTS.map((event) => ({ event, subject: ({ data }, ctx) => subjectsOf(ctx, data) })),
  async authorize(ctx, id, _token) {
    const { actor } = ctx;
    const customerId = id as CustomerId; // compared with customers' ids, and with nothing else
    if (actor.customer && (await customerOf(ctx, actor.customer.recordId)) === customerId) return "any";
    if (actor.staff && visibleFields(actor).has("contact")) return "any";
    return actor.staff && (await isOpenedAtTill(ctx, id)) ? "any" : null;
  },
  present: async (ctx) => ({ version: ctx.now.getTime(), patch: null }),
});

type Named = {
  readonly recordId?: string | null;
  readonly customerIdThen?: string | null;
  readonly absorbed?: readonly string[];
  readonly restored?: readonly string[];
};

/** The customer now: a record may have been linked since. Ids that a merge took away or its undoing gave back are told too: screens follow them. */
async function subjectsOf(ctx: ReadCtx, data: unknown): Promise<string[]> {
  const { recordId, customerIdThen, absorbed = [], restored = [] } = data as Named; // the facts above
  const now = recordId ? [await customerOf(ctx, recordId as RecordId)] : [];
  const ids = new Set([...now, ...(customerIdThen ? [customerIdThen] : []), ...absorbed, ...restored]);
  return [...ids].map((id) => `customer/${id}`);
}
