import { accessInvariants } from "./modules/access/invariants.ts";
import { cartInvariants } from "./modules/carts/invariants.ts";
import { catalogInvariants } from "./modules/catalog/invariants.ts";
import { channelsInvariants } from "./modules/channels/invariants.ts";
import { checkoutInvariants } from "./modules/checkout/invariants.ts";
import { companiesInvariants } from "./modules/companies/invariants.ts";
import { consentInvariants } from "./modules/consent/invariants.ts";
import { customerInvariants } from "./modules/customers/invariants.ts";
import { fulfillmentInvariants } from "./modules/fulfillment/invariants.ts";
import { insightsInvariants } from "./modules/insights/invariants.ts";
import { integrationsInvariants } from "./modules/integrations/invariants.ts";
import { ledgerInvariants } from "./modules/ledger/invariants.ts";
import { loyaltyInvariants } from "./modules/loyalty/invariants.ts";
import { messagesInvariants } from "./modules/messages/invariants.ts";
import { ordersInvariants } from "./modules/orders/invariants.ts";
import { parityInvariants } from "./modules/parity/invariants.ts";
import { paymentsInvariants } from "./modules/payments/invariants.ts";
import { placesInvariants } from "./modules/places/invariants.ts";
import { pricingInvariants } from "./modules/pricing/invariants.ts";
import { privacyInvariants } from "./modules/privacy/invariants.ts";
import { returnsInvariants } from "./modules/returns/invariants.ts";
import { batchesInvariants } from "./modules/batches/invariants.ts";
import { bookingsInvariants } from "./modules/bookings/invariants.ts";
import { savedInvariants } from "./modules/saved/invariants.ts";
import { stockInvariants } from "./modules/stock/invariants.ts";
import { tasksInvariants } from "./modules/tasks/invariants.ts";
import { tillInvariants } from "./modules/till/invariants.ts";
import { touchpointsInvariants } from "./modules/touchpoints/invariants.ts";
import { tourInvariants } from "./modules/tour/invariants.ts";
import type { Invariant } from "./platform/index.ts";

/** Everything that must be true of the data at every moment, from low modules to high. Taken from the files, so that a check loads no routes. */
export const INVARIANTS: readonly Invariant[] = [
  ...accessInvariants,
  ...placesInvariants,
  ...channelsInvariants,
  ...catalogInvariants,
  ...batchesInvariants,
  ...customerInvariants,
  ...pricingInvariants,
  ...stockInvariants,
  ...ledgerInvariants,
  ...companiesInvariants,
  ...consentInvariants,
  ...loyaltyInvariants,
  ...paymentsInvariants,
  ...privacyInvariants,
  ...cartInvariants,
  ...touchpointsInvariants,
  ...ordersInvariants,
  ...savedInvariants,
  ...bookingsInvariants,
  ...fulfillmentInvariants,
  ...checkoutInvariants,
  ...returnsInvariants,
  ...messagesInvariants,
  ...tillInvariants,
  ...insightsInvariants,
  ...tasksInvariants,
  ...parityInvariants,
  ...integrationsInvariants,
  ...tourInvariants,
];
