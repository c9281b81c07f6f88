import type { RecordId } from "@weft/kernel";
import { on, subscriber } from "../../platform/index.ts";
import { MemberEnrolled } from "../loyalty/events.ts";
import { joinCustomerGroup } from "./commands/index.ts";

/** The group that price lists and codes for members of the loyalty program ask for. */
const MEMBERS = "member";

/** Members have the members' prices from about a second after they enrolled; a cart is priced again at its next operation. */
export const pricingSubscribers = [
  subscriber("pricing.members", [
    on(MemberEnrolled, async (ctx, { data: { recordId } }) => {
      // The event carries ids as text; this one was a record's when it was published.
      await joinCustomerGroup(ctx, recordId as RecordId, MEMBERS);
    }),
  ]),
];
