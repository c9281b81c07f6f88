import { accessEndpoints } from "./access.ts";
import { boardsEndpoints } from "./boards.ts";
import { cartsEndpoints } from "./carts.ts";
import { catalogEditingEndpoints } from "./catalog-editing.ts";
import { catalogEndpoints } from "./catalog.ts";
import { channelsEndpoints } from "./channels.ts";
import { companiesEndpoints } from "./companies.ts";
import { consentEndpoints } from "./consent.ts";
import { customersEndpoints } from "./customers.ts";
import { identifierEndpoints } from "./identifiers.ts";
import { importsEndpoints } from "./imports.ts";
import { insightsEndpoints } from "./insights.ts";
import { loyaltyEndpoints } from "./loyalty.ts";
import { matchingEndpoints } from "./matching.ts";
import { messagesEndpoints } from "./messages.ts";
import { platformEndpoints } from "./operations.ts";
import { checkoutEndpoints, fulfillmentEndpoints } from "./checkout.ts";
import { ordersEndpoints } from "./orders.ts";
import type { OperationId } from "./paths.ts";
import { placesEndpoints } from "./places.ts";
import { privacyEndpoints } from "./privacy.ts";
import { promisesEndpoints } from "./promises.ts";
import { pricesEndpoints, promotionsEndpoints } from "./promotions.ts";
import { returnsEndpoints } from "./returns.ts";
import type { Endpoint } from "./shared.ts";
import { stockEndpoints } from "./stock.ts";
import { tasksEndpoints } from "./tasks.ts";
import { todayEndpoints } from "./today.ts";
import { tillEndpoints } from "./till.ts";
import { tourEndpoints } from "./tour.ts";
import { touchpointsEndpoints } from "./touchpoints.ts";

/** Every operation with its schemas. One without a path, or a path without one, does not compile. */
export const ENDPOINTS = {
  ...accessEndpoints,
  ...placesEndpoints,
  ...channelsEndpoints,
  ...catalogEndpoints,
  ...catalogEditingEndpoints,
  ...customersEndpoints,
  ...matchingEndpoints,
  ...identifierEndpoints,
  ...stockEndpoints,
  ...consentEndpoints,
  ...privacyEndpoints,
  ...companiesEndpoints,
  ...loyaltyEndpoints,
  ...promisesEndpoints,
  ...promotionsEndpoints,
  ...pricesEndpoints,
  ...cartsEndpoints,
  ...checkoutEndpoints,
  ...ordersEndpoints,
  ...returnsEndpoints,
  ...fulfillmentEndpoints,
  ...boardsEndpoints,
  ...messagesEndpoints,
  ...touchpointsEndpoints,
  ...importsEndpoints,
  ...insightsEndpoints,
  ...tillEndpoints,
  ...tasksEndpoints,
  ...todayEndpoints,
  ...tourEndpoints,
  ...platformEndpoints,
} satisfies Record<OperationId, Endpoint>;

export type Endpoints = typeof ENDPOINTS;
