import type { OperationId, Role } from "@weft/contracts";
import {
  ADVISORS,
  ALL_STAFF,
  CATALOG_KEEPERS,
  COUNTER,
  DIRECTION,
  MANAGEMENT,
  ORDER_READERS,
  PRIVACY,
  PRIVACY_READERS,
  STOCK_READERS,
} from "./role-sets.ts";

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

/** What a shop window shows: to any key, session or device of the retailer. */
const CATALOG: Right = { publishable: true, customer: "own", secret: "channel", device: ["till", "board", "kiosk"], staff: ALL_STAFF };
const TILL_STAFF = { staff: COUNTER, at: "till" } as const;
/** Event clients may send their key in the body, which is read after this: the intake refuses whoever has none. */
const INTAKE: Right = { anonymous: true, publishable: true, secret: "channel" };
const OWN_ORDER = { cartToken: true, customer: "own", secret: "channel" } as const;
const CART_HOLDERS: Right = { cartToken: true, customer: "own", secret: "channel", device: ["till", "kiosk"], staff: ADVISORS };
const ABOUT_CUSTOMER: Right = {
  customer: "own",
  secret: "channel",
  staff: ["owner", "manager", "agent", "privacy_officer", "read_only"],
};
/** Terms are also said at the till, by whoever opened the customer there. */
const TERMS: Right = { customer: "own", secret: "channel", staff: ["owner", "manager", "cashier", "agent", "privacy_officer"] };
const SIGN_IN: Right = { publishable: true, secret: "channel", device: ["kiosk"] };

/** One row per operation; an operation without a row does not compile. */
export const RIGHTS: Readonly<Record<OperationId, Right>> = {
  "access.session": { anonymous: true },
  "access.signOut": { anonymous: true },
  "access.staffSignIn": { anonymous: true },
  "access.pinSignIn": { device: ["till"] },
  "access.openEnrollment": { anonymous: true },
  "access.confirmEnrollment": { staff: MANAGEMENT },
  "access.devices": { staff: MANAGEMENT },
  "access.removeDevice": { staff: MANAGEMENT },
  "access.enrollDevice": { staff: MANAGEMENT },
  "access.listStaff": { staff: MANAGEMENT },
  "access.createStaff": { staff: MANAGEMENT },
  "access.updateStaff": { staff: MANAGEMENT },
  "access.listAudit": { staff: ["owner", "privacy_officer"] },
  "access.requestSignInCode": SIGN_IN,
  "access.customerSignIn": SIGN_IN,
  "access.demoSignIn": { anonymous: true },
  "access.claimOwner": { anonymous: true },

  "places.tree": { device: ["till", "board", "kiosk"], staff: ALL_STAFF },
  "places.create": { staff: MANAGEMENT },
  "places.createGroup": { staff: MANAGEMENT },
  "places.update": { staff: MANAGEMENT },
  "places.updateGroup": { staff: MANAGEMENT },
  "stores.list": CATALOG,
  "stores.read": CATALOG,
  "grants.create": { staff: ADVISORS },
  "channels.list": CATALOG,
  "channels.create": { staff: DIRECTION },
  "channels.update": { staff: DIRECTION },
  "channels.previewLevel": { staff: DIRECTION },
  "channels.changeLevel": { staff: DIRECTION },
  "channels.levelChanges": { staff: DIRECTION },
  "channels.levelChange": { staff: DIRECTION },
  "channels.createKey": { staff: DIRECTION },
  "channels.revokeKey": { staff: DIRECTION },
  "channels.appConfig": { anonymous: true },

  "products.list": CATALOG,
  "products.read": CATALOG,
  "categories.list": CATALOG,
  "catalog.snapshot": { secret: "channel", device: ["till", "board", "kiosk"], staff: COUNTER },
  "catalog.setSoldOut": { staff: COUNTER },
  "catalog.setAssortment": { staff: CATALOG_KEEPERS },
  "catalog.updateProduct": { staff: CATALOG_KEEPERS },
  "catalog.listForOffice": { staff: ALL_STAFF },

  "customers.create": { publishable: true, secret: "channel", staff: ["owner", "manager", "agent"] },
  "customers.find": { secret: "channel", staff: ["owner", "manager", "agent", "privacy_officer", "read_only"] },
  "customers.read": ABOUT_CUSTOMER,
  "customers.update": { customer: "own", secret: "channel", staff: ["owner", "manager", "agent", "privacy_officer"] },
  "customers.timeline": ABOUT_CUSTOMER,
  "customers.merge": { staff: ["owner", "manager", "agent"] },
  "customers.unmerge": { staff: ["owner", "manager", "agent", "privacy_officer"] },
  "customers.matches": { staff: ["owner", "manager", "agent", "privacy_officer", "read_only"] },
  "customers.judgeMatch": { staff: ["owner", "manager", "agent"] },
  "customers.undoMatch": { staff: ["owner", "manager", "agent"] },
  "customers.keepApart": { staff: ["owner", "manager", "agent"] },
  "customers.violations": { staff: ["owner", "manager", "privacy_officer", "read_only"] },
  "customers.fieldRules": { staff: ["owner", "manager", "privacy_officer", "read_only"] },
  "customers.setFieldRules": { staff: DIRECTION },
  "matching.read": { staff: ["owner", "manager", "agent", "privacy_officer", "read_only"] },
  "matching.configure": { staff: DIRECTION },
  "matching.start": { staff: MANAGEMENT },
  "matching.moveRun": { staff: MANAGEMENT },
  "customers.export": { customer: "own", staff: ["owner", "privacy_officer"] },
  "customers.accesses": { customer: "own", staff: ["owner", "privacy_officer"] },
  "customers.objectToAccess": { customer: "own" },
  "customers.erase": { customer: "own", staff: ["owner", "privacy_officer"] },
  "customers.me": { customer: "own" },
  "customers.findAtTill": TILL_STAFF,
  "customers.openAtTill": TILL_STAFF,
  "customers.createAtTill": TILL_STAFF,
  "customers.confirmContact": { publishable: true, customer: "own", secret: "channel", staff: ADVISORS },
  "customers.claim": { publishable: true, customer: "own" },

  "stock.list": { secret: "channel", staff: STOCK_READERS },
  "stock.movements": { staff: ["owner", "manager", "read_only"] },
  "stock.move": { staff: MANAGEMENT },
  "stock.setSafety": { staff: MANAGEMENT },
  "stock.conflictOrders": { staff: ["owner", "manager", "agent"] },
  "stock.resolveConflict": { staff: ["owner", "manager", "agent"] },
  "stock.conflicts": { staff: ["owner", "manager", "agent", "read_only"] },
  "consent.read": TERMS,
  "consent.decide": TERMS,
  "consent.allowUse": TERMS,
  "consent.history": ABOUT_CUSTOMER,
  "consent.setPreferences": TERMS,
  // Who holds the link of a message is its receiver: 128 random bits.
  "consent.confirm": { anonymous: true },
  "consent.readByLink": { anonymous: true },
  "consent.changeByLink": { anonymous: true },
  "consent.openUnsubscribe": { anonymous: true },
  "consent.unsubscribe": { anonymous: true },
  "consent.suppressions": { staff: ["owner", "manager", "agent", "privacy_officer"] },
  "consent.suppress": { secret: "channel", staff: ["owner", "manager", "agent", "privacy_officer"] },
  "consent.liftSuppression": { staff: ["owner", "privacy_officer"] },
  "consent.entityRules": { staff: ["owner", "privacy_officer", "marketer", "read_only"] },
  "consent.setEntityRule": { staff: ["owner", "privacy_officer"] },
  "notices.list": { staff: PRIVACY_READERS },
  "notices.publish": { staff: PRIVACY },
  "notices.inform": { staff: PRIVACY },
  "noticeMailings.list": { staff: PRIVACY_READERS },
  "noticeMailings.audience": { staff: PRIVACY },
  "noticeMailings.start": { staff: PRIVACY },
  "noticeMailings.stop": { staff: PRIVACY },
  "noticeMailings.unreached": { staff: PRIVACY },
  "privacyRequests.list": { staff: PRIVACY },
  "privacyRequests.ofCustomer": { customer: "own", staff: PRIVACY },
  // Whoever serves customers takes a request down; the privacy officers answer it.
  "privacyRequests.create": { customer: "own", staff: ["owner", "manager", "agent", "privacy_officer"] },
  "privacyRequests.addStep": { staff: PRIVACY },
  "privacy.purposes": { staff: PRIVACY_READERS },
  "privacy.retention": { staff: PRIVACY_READERS },
  "privacy.exports": { staff: PRIVACY },
  // A cashier reads and gives to those whom they opened at the till.
  "loyalty.read": { ...ABOUT_CUSTOMER, staff: ["owner", "manager", "cashier", "agent", "privacy_officer", "read_only"] },
  "loyalty.grant": { staff: ["owner", "manager", "cashier", "agent"] },
  "loyalty.history": ABOUT_CUSTOMER,
  "loyalty.program": { staff: ["owner", "manager", "marketer", "agent", "read_only"] },
  "loyalty.setEarnRule": { staff: CATALOG_KEEPERS },
  "loyalty.setExpiryPolicy": { staff: CATALOG_KEEPERS },
  "loyalty.createReward": { staff: CATALOG_KEEPERS },
  "loyalty.endReward": { staff: CATALOG_KEEPERS },
  "availability.read": CATALOG,
  "deliveryMethods.list": CATALOG,
  "deliveryMethods.create": { staff: MANAGEMENT },
  "deliveryMethods.update": { staff: MANAGEMENT },

  "carts.open": { publishable: true, customer: "own", secret: "channel", device: ["till", "kiosk"], staff: ADVISORS },
  "carts.read": { ...CART_HOLDERS, staff: [...ADVISORS, "read_only"] },
  // Who only looks on, a screen or staff that reads, is not told where somebody lives.
  "carts.address": CART_HOLDERS,
  "carts.current": { customer: "own", secret: "channel", staff: ["owner", "manager", "agent"] },
  "carts.operate": CART_HOLDERS,
  "carts.offerHandover": CART_HOLDERS,
  "carts.claimHandover": { publishable: true, customer: "own", secret: "channel", device: ["till", "kiosk"], staff: ADVISORS },
  "carts.offerCall": { cartToken: true, customer: "own" },
  "carts.joinCall": { staff: ["owner", "manager", "agent"] },
  "carts.leave": CART_HOLDERS,
  "screens.open": { publishable: true, customer: "own", device: ["board", "kiosk"] },
  "screens.read": { cartToken: true },
  "screens.pair": { cartToken: true, customer: "own" },
  "carts.takeOver": TILL_STAFF,
  "carts.undoAdoption": { cartToken: true, customer: "own" },
  "carts.abandon": CART_HOLDERS,
  "carts.redeem": { customer: "own", secret: "channel", staff: ["owner", "manager", "agent"] },
  "checkout.complete": CART_HOLDERS,
  "checkout.cancel": { ...OWN_ORDER, staff: ["owner", "manager", "agent", "cashier"] },

  "returns.list": { secret: "channel", staff: ORDER_READERS },
  "orders.list": { secret: "channel", staff: ORDER_READERS },
  "orders.read": { ...OWN_ORDER, device: ["till", "board"], staff: [...ORDER_READERS, "barista"] },
  "orders.ofCustomer": ABOUT_CUSTOMER,
  "orders.sendReceipt": { ...OWN_ORDER, staff: ADVISORS },
  "fulfillments.list": { device: ["till", "board"], staff: [...ADVISORS, "read_only"] },
  "fulfillments.accept": { staff: COUNTER },
  "fulfillments.prepare": { staff: COUNTER },
  "fulfillments.ready": { staff: COUNTER },
  "fulfillments.pack": { staff: COUNTER },
  "fulfillments.dispatch": { staff: COUNTER },
  "fulfillments.deliver": { staff: [...COUNTER, "agent"] },
  "fulfillments.address": { staff: COUNTER },
  "customers.deliveryAddress": { customer: "own" },
  "fulfillments.takeBackReady": { staff: COUNTER },
  "fulfillments.collect": { staff: COUNTER },
  "fulfillments.reject": { staff: COUNTER },
  "fulfillments.extend": { staff: COUNTER },
  "fulfillments.giveUp": { staff: ["owner", "manager", "cashier"] },
  "fulfillments.byCode": { staff: COUNTER },
  "boards.queue": { device: ["till", "board"], staff: [...ADVISORS, "read_only"] },
  "messages.resendReady": { staff: [...COUNTER, "agent"] },
  "messages.write": { staff: ["owner", "manager", "agent"] },
  "messages.list": { staff: ["owner", "manager", "agent", "privacy_officer"] },

  "touchpoints.batch": INTAKE,
  "touchpoints.identify": INTAKE,
  "touchpoints.track": INTAKE,
  "touchpoints.page": INTAKE,
  "touchpoints.screen": INTAKE,
  "touchpoints.group": INTAKE,
  "touchpoints.alias": INTAKE,
  "touchpoints.shortBatch": INTAKE,
  "touchpoints.shortIdentify": INTAKE,
  "touchpoints.shortTrack": INTAKE,
  "touchpoints.shortPage": INTAKE,
  "touchpoints.shortScreen": INTAKE,
  "touchpoints.shortGroup": INTAKE,
  "touchpoints.shortAlias": INTAKE,
  "touchpoints.posthogBatch": INTAKE,
  "touchpoints.posthogFlags": { anonymous: true },
  "touchpoints.jitsu": INTAKE,
  "touchpoints.jitsuServer": INTAKE,
  "touchpoints.settings": { anonymous: true },
  // What could not be processed is raw: it may name anybody.
  "continuity.read": { staff: ["owner", "manager", "marketer", "read_only"] },
  "customers.seams": ABOUT_CUSTOMER,
  "touchpoints.resends": { staff: ["owner", "manager", "privacy_officer"] },
  "quarantine.list": { staff: ["owner", "manager", "privacy_officer"] },
  "quarantine.replay": { staff: MANAGEMENT },
  "quarantine.discard": { staff: MANAGEMENT },
  "imports.list": { staff: [...MANAGEMENT, "privacy_officer"] },
  "imports.upload": { staff: MANAGEMENT },
  "imports.read": { staff: [...MANAGEMENT, "privacy_officer"] },
  "imports.preview": { staff: MANAGEMENT },
  "imports.start": { staff: MANAGEMENT },
  "imports.stop": { staff: [...MANAGEMENT, "privacy_officer"] },
  "imports.refused": { staff: MANAGEMENT },
  // Everybody at once: who answers for all people, and a channel's server for what is its own.
  "exports.customers": { secret: "channel", staff: ["owner", "privacy_officer"] },
  "exports.events": { secret: "channel", staff: ["owner", "privacy_officer"] },
  "exports.consents": { secret: "channel", staff: ["owner", "privacy_officer"] },

  "till.registers": { device: ["till"], staff: [...COUNTER, "read_only"] },
  "till.createRegister": { staff: MANAGEMENT },
  "till.state": { device: ["till"], staff: COUNTER },
  // A till sends what it did while nobody was signed in, too; the register's device is the caller.
  "till.commands": { device: ["till"] },
  "till.parked": { device: ["till"] },
  "till.park": { device: ["till"] },
  "till.resume": { device: ["till"] },
  "till.shifts": { staff: [...COUNTER, "read_only"] },
  "till.receipt": { ...OWN_ORDER, device: ["till"], staff: [...ORDER_READERS, "barista"] },

  "today.work": { staff: [...ADVISORS, "read_only"] },
  "today.tills": { staff: ["owner", "manager", "cashier", "read_only"] },
  "today.sales": { staff: ["owner", "manager", "marketer", "read_only"] },

  "tasks.counts": { staff: [...ADVISORS, "privacy_officer", "read_only"] },
  "tasks.list": { staff: [...ADVISORS, "privacy_officer", "read_only"] },
  "tasks.take": { staff: [...ADVISORS, "privacy_officer"] },
  "tasks.release": { staff: [...ADVISORS, "privacy_officer"] },
  "tasks.finish": { staff: [...ADVISORS, "privacy_officer"] },

  "tour.begin": { anonymous: true },
  "tour.read": { customer: "own" },
  "tour.changeLevel": { customer: "own" },
  "tour.setScene": { customer: "own" },
  "tour.arrive": { customer: "own" },

  "platform.health": { anonymous: true },
  "platform.ready": { anonymous: true },
  "platform.report": { staff: ["owner", "manager", "read_only"] },
  "platform.checkInvariants": { staff: MANAGEMENT },
  "deadLetters.list": { staff: ["owner", "manager", "read_only"] },
  "deadLetters.replay": { staff: MANAGEMENT },
  "deadLetters.discard": { staff: MANAGEMENT },
  // A stream shows nothing by itself: each subject is asked for with its own right.
  "live.stream": { anonymous: true },
  "live.follow": { anonymous: true },
  "live.ticket": { ...CATALOG, cartToken: true },
};
