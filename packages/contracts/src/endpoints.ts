import { accessEndpoints } from "./access.ts";
import { adviceEndpoints } from "./advice.ts";
import { boardsEndpoints } from "./boards.ts";
import { cartsEndpoints } from "./carts.ts";
import { catalogEditingEndpoints } from "./catalog-editing.ts";
import { catalogEndpoints } from "./catalog.ts";
import { channelsEndpoints } from "./channels.ts";
import { companiesEndpoints } from "./companies.ts";
import { companyAccountsEndpoints } from "./company-accounts.ts";
import { consentEndpoints } from "./consent.ts";
import { customersEndpoints } from "./customers.ts";
import { tillCustomersEndpoints } from "./till-customers.ts";
import { identifierEndpoints } from "./identifiers.ts";
import { importsEndpoints } from "./imports.ts";
import { insightsEndpoints } from "./insights.ts";
import { parityEndpoints } from "./parity.ts";
import { kiosksEndpoints } from "./kiosks.ts";
import { loyaltyPartnerEndpoints } from "./loyalty-partners.ts";
import { loyaltySharingEndpoints } from "./loyalty-sharing.ts";
import { loyaltyEndpoints } from "./loyalty.ts";
import { matchingEndpoints } from "./matching.ts";
import { messagesEndpoints } from "./messages.ts";
import { platformEndpoints } from "./operations.ts";
import { checkoutEndpoints, fulfillmentEndpoints } from "./checkout.ts";
import { changeLinksEndpoints } from "./change-links.ts";
import { orderChangesEndpoints } from "./order-changes.ts";
import { ordersEndpoints } from "./orders.ts";
import type { OperationId } from "./paths.ts";
import { paymentsEndpoints } from "./payments.ts";
import { placesEndpoints } from "./places.ts";
import { privacyEndpoints } from "./privacy.ts";
import { promisesEndpoints } from "./promises.ts";
import { pricingSettingsEndpoints } from "./pricing-settings.ts";
import { pricesEndpoints, promotionsEndpoints } from "./promotions.ts";
import { shownPromotionsEndpoints } from "./shown-promotions.ts";
import { offersEndpoints } from "./offers.ts";
import { bookingsEndpoints } from "./bookings.ts";
import { savedEndpoints } from "./saved.ts";
import { recallsEndpoints } from "./recalls.ts";
import { returnRequestEndpoints } from "./return-requests.ts";
import { returnsEndpoints } from "./returns.ts";
import { unprovenEndpoints } from "./unproven-returns.ts";
import type { Endpoint } from "./shared.ts";
import { owedEndpoints } from "./owed.ts";
import { testPrintEndpoints } from "./till-test-prints.ts";
import { settlementsEndpoints } from "./settlements.ts";
import { queueEndpoints } from "./queue.ts";
import { stationsEndpoints } from "./stations.ts";
import { stockEndpoints } from "./stock.ts";
import { storedValueEndpoints } from "./stored-value.ts";
import { tasksEndpoints } from "./tasks.ts";
import { todayEndpoints } from "./today.ts";
import { eReceiptEndpoints } from "./till-e-receipts.ts";
import { giftReceiptEndpoints } from "./till-gift-receipts.ts";
import { tillEndpoints } from "./till.ts";
import { tillTablesEndpoints } from "./till-tables.ts";
import { tillJournalEndpoints } from "./till-entries.ts";
import { journalEndpoints } from "./till-journal.ts";
import { tourEndpoints } from "./tour.ts";
import { touchpointsEndpoints } from "./touchpoints.ts";
import { walletEndpoints } from "./wallet.ts";

/** Every operation with its schemas. One without a path, or a path without one, does not compile. */
export const ENDPOINTS = {
  ...accessEndpoints,
  ...placesEndpoints,
  ...channelsEndpoints,
  ...catalogEndpoints,
  ...catalogEditingEndpoints,
  ...customersEndpoints,
  ...tillCustomersEndpoints,
  ...matchingEndpoints,
  ...identifierEndpoints,
  ...stockEndpoints,
  ...consentEndpoints,
  ...privacyEndpoints,
  ...companiesEndpoints,
  ...companyAccountsEndpoints,
  ...bookingsEndpoints,
  ...savedEndpoints,
  ...loyaltyEndpoints,
  ...loyaltySharingEndpoints,
  ...loyaltyPartnerEndpoints,
  ...walletEndpoints,
  ...promisesEndpoints,
  ...promotionsEndpoints,
  ...shownPromotionsEndpoints,
  ...pricesEndpoints,
  ...pricingSettingsEndpoints,
  ...recallsEndpoints,
  ...cartsEndpoints,
  ...offersEndpoints,
  ...checkoutEndpoints,
  ...paymentsEndpoints,
  ...owedEndpoints,
  ...settlementsEndpoints,
  ...testPrintEndpoints,
  ...ordersEndpoints,
  ...orderChangesEndpoints,
  ...changeLinksEndpoints,
  ...returnsEndpoints,
  ...unprovenEndpoints,
  ...storedValueEndpoints,
  ...returnRequestEndpoints,
  ...fulfillmentEndpoints,
  ...boardsEndpoints,
  ...stationsEndpoints,
  ...queueEndpoints,
  ...adviceEndpoints,
  ...messagesEndpoints,
  ...touchpointsEndpoints,
  ...importsEndpoints,
  ...insightsEndpoints,
  ...parityEndpoints,
  ...tillEndpoints,
  ...tillTablesEndpoints,
  ...eReceiptEndpoints,
  ...giftReceiptEndpoints,
  ...kiosksEndpoints,
  ...tillJournalEndpoints,
  ...journalEndpoints,
  ...tasksEndpoints,
  ...todayEndpoints,
  ...tourEndpoints,
  ...platformEndpoints,
} satisfies Record<OperationId, Endpoint>;

export type Endpoints = typeof ENDPOINTS;
