import type { CustomerView } from "@weft/contracts";
import type { Actor } from "../../platform/index.ts";
import { visibleFields } from "../../modules/access/index.ts";

/**
 * A customer as this caller may see them [ACC-4]: staff by the field classes of their roles, a channel's secret key whole, and whoever
 * is signed in as the customer; everyone else a first name.
 */
export function asSeenBy(actor: Actor, customer: CustomerView, isOwn: boolean): CustomerView {
  if (isOwn || visibleFields(actor).has("contact")) return customer;
  return { ...customer, familyName: null, email: null, phone: null, birthDate: null, address: null, cardNumber: null };
}
