import type { RecordId } from "@weft/kernel";
import { eraseAccess } from "./modules/access/index.ts";
import { bookingsHeldOf, eraseBookings } from "./modules/bookings/index.ts";
import { cartsSnapshotOf, eraseCarts } from "./modules/carts/index.ts";
import { eraseAttempts } from "./modules/checkout/index.ts";
import { companiesHeldOf, eraseCompanyMembers } from "./modules/companies/index.ts";
import { consentsOf, eraseConsent } from "./modules/consent/index.ts";
import { customersSnapshotOf, type ErasureHook } from "./modules/customers/index.ts";
import { addressesOf, collectorsOf, eraseCollectors, eraseRounds, eraseShipments } from "./modules/fulfillment/index.ts";
import { eraseSeams, seamsHeldOf } from "./modules/insights/index.ts";
import { eraseMemberships, loyaltySnapshotOf } from "./modules/loyalty/index.ts";
import { eraseFiles } from "./modules/integrations/index.ts";
import { eraseMessages, messagesOf } from "./modules/messages/index.ts";
import { eraseOrderContacts, ordersSnapshotOf } from "./modules/orders/index.ts";
import { eraseStoredValue, storeCreditHeldOf } from "./modules/payments/index.ts";
import { erasePricingRecords } from "./modules/pricing/index.ts";
import { eraseRequests, requestsHeldOf } from "./modules/privacy/index.ts";
import { eraseSaved, savedHeldOf } from "./modules/saved/index.ts";
import { eraseTill } from "./modules/till/index.ts";
import { eraseTouchpoints, touchpointsOf } from "./modules/touchpoints/index.ts";
import type { ReadCtx } from "./platform/index.ts";

/** What every module does when a person is erased. `messages` goes first: it asks `customers` for addresses, which forgets them last. */
export const ERASURE_HOOKS: readonly ErasureHook[] = [
  eraseMessages,
  eraseTill,
  eraseFiles,
  eraseAttempts,
  eraseOrderContacts,
  eraseShipments,
  eraseCollectors,
  eraseRounds,
  eraseTouchpoints,
  eraseSeams,
  eraseCarts,
  eraseSaved,
  eraseBookings,
  eraseConsent,
  eraseRequests,
  eraseCompanyMembers,
  eraseMemberships,
  eraseStoredValue,
  erasePricingRecords,
  eraseAccess,
];

type Holding = (ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]) => Promise<unknown>;

/**
 * What each module holds of some records, by its name: it is given out on request, and after the undoing of a merge it must be what it was
 * before [IDN-8].
 */
export const HOLDINGS: Readonly<Record<string, Holding>> = {
  customers: customersSnapshotOf,
  consent: consentsOf,
  privacy: requestsHeldOf,
  companies: companiesHeldOf,
  loyalty: loyaltySnapshotOf,
  storeCredit: storeCreditHeldOf,
  carts: cartsSnapshotOf,
  saved: savedHeldOf,
  bookings: bookingsHeldOf,
  orders: ordersSnapshotOf,
  shipments: addressesOf,
  collectors: collectorsOf,
  touchpoints: touchpointsOf,
  insights: seamsHeldOf,
  messages: messagesOf,
};
