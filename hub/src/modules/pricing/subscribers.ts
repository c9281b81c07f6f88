import type { RecordId } from "@weft/kernel";
import { on, setSubscriber, subscriber } from "../../platform/index.ts";
import { MemberEnrolled, TierChanged } from "../loyalty/events.ts";
import { OrderPlaced } from "../orders/events.ts";
import { joinCustomerGroup, leaveCustomerGroup } from "./commands/index.ts";
import { BUYERS, MEMBERS, tierGroup } from "./domain/index.ts";

/** Members have the members' prices from about a second after they enrolled; a cart is priced again at its next operation. */
export const pricingSubscribers = [
  // In one statement a turn: whoever loads a chain with its members waits for a thousand turns, not for a hundred thousand inserts.
  setSubscriber("pricing.members", [MemberEnrolled], (ctx, events) =>
    // The events carry ids as text; these were records' when they were published.
    joinCustomerGroup(
      ctx,
      events.map(({ data }) => (data as { recordId: RecordId }).recordId),
      MEMBERS,
    ),
  ),
  subscriber("pricing.tiers", [
    on(TierChanged, async (ctx, { data }) => {
      const recordId = data.recordId as RecordId; // it was a record's when the event was published
      if (data.before !== null) await leaveCustomerGroup(ctx, recordId, tierGroup(data.before));
      if (data.after !== null) await joinCustomerGroup(ctx, [recordId], tierGroup(data.after));
    }),
  ]),
  // Who has bought something has no first order any more. Of people whom nobody knows, no promotion asks it.
  setSubscriber("pricing.buyers", [OrderPlaced], (ctx, events) =>
    joinCustomerGroup(
      ctx,
      events.flatMap(({ data }) => {
        const { recordId, customerIdThen } = data as { recordId: RecordId | null; customerIdThen: string | null }; // as above
        return recordId && customerIdThen ? [recordId] : [];
      }),
      BUYERS,
    ),
  ),
];
