import type { OperationId } from "@weft/contracts";
import { ACCESS_RIGHTS } from "./rights/access.ts";
import { BOOKINGS_RIGHTS } from "./rights/bookings.ts";
import { CARTS_RIGHTS } from "./rights/carts.ts";
import { CATALOG_RIGHTS } from "./rights/catalog.ts";
import { CHANNELS_RIGHTS } from "./rights/channels.ts";
import { COMPANIES_RIGHTS } from "./rights/companies.ts";
import { CUSTOMERS_RIGHTS } from "./rights/customers.ts";
import { FULFILLMENT_RIGHTS } from "./rights/fulfillment.ts";
import { IMPORTS_RIGHTS } from "./rights/imports.ts";
import { INSIGHTS_RIGHTS } from "./rights/insights.ts";
import { JOURNAL_RIGHTS } from "./rights/journal.ts";
import { LOYALTY_RIGHTS } from "./rights/loyalty.ts";
import { MESSAGES_RIGHTS } from "./rights/messages.ts";
import { ORDERS_RIGHTS } from "./rights/orders.ts";
import { PAYMENTS_RIGHTS } from "./rights/payments.ts";
import { PLACES_RIGHTS } from "./rights/places.ts";
import { PLATFORM_RIGHTS } from "./rights/platform.ts";
import { PRICING_RIGHTS } from "./rights/pricing.ts";
import { PRIVACY_RIGHTS } from "./rights/privacy.ts";
import { PROMISES_RIGHTS } from "./rights/promises.ts";
import { RECALLS_RIGHTS } from "./rights/recalls.ts";
import { RETURNS_RIGHTS } from "./rights/returns.ts";
import type { Right } from "./rights/right.ts";
import { SAVED_RIGHTS } from "./rights/saved.ts";
import { STOCK_RIGHTS } from "./rights/stock.ts";
import { TILL_RIGHTS } from "./rights/till.ts";
import { TOUCHPOINTS_RIGHTS } from "./rights/touchpoints.ts";
import { TOUR_RIGHTS } from "./rights/tour.ts";
import { WORK_RIGHTS } from "./rights/work.ts";

/**
 * Which callers each operation is open to [ACC-1]: one row per operation, in the file that names its noun. A row that is missing does not
 * compile there, a noun without a file does not compile here.
 */
export const RIGHTS: Readonly<Record<OperationId, Right>> = {
  ...ACCESS_RIGHTS,
  ...PLACES_RIGHTS,
  ...CHANNELS_RIGHTS,
  ...CATALOG_RIGHTS,
  ...CUSTOMERS_RIGHTS,
  ...STOCK_RIGHTS,
  ...PRIVACY_RIGHTS,
  ...SAVED_RIGHTS,
  ...BOOKINGS_RIGHTS,
  ...COMPANIES_RIGHTS,
  ...LOYALTY_RIGHTS,
  ...PRICING_RIGHTS,
  ...RECALLS_RIGHTS,
  ...PROMISES_RIGHTS,
  ...CARTS_RIGHTS,
  ...PAYMENTS_RIGHTS,
  ...ORDERS_RIGHTS,
  ...RETURNS_RIGHTS,
  ...FULFILLMENT_RIGHTS,
  ...MESSAGES_RIGHTS,
  ...TOUCHPOINTS_RIGHTS,
  ...INSIGHTS_RIGHTS,
  ...IMPORTS_RIGHTS,
  ...TILL_RIGHTS,
  ...JOURNAL_RIGHTS,
  ...WORK_RIGHTS,
  ...TOUR_RIGHTS,
  ...PLATFORM_RIGHTS,
};
