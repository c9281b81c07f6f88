import { CATALOG_KEEPERS } from "../role-sets.ts";
import { ABOUT_CUSTOMER, type RightsOf } from "./right.ts";

/** Points, rewards, cards in wallets, and store credit. */
export const LOYALTY_RIGHTS: RightsOf<"loyalty" | "partner" | "storeCredit" | "wallet"> = {
  // A cashier reads and gives to those whom they opened at the till.
  "loyalty.read": { ...ABOUT_CUSTOMER, staff: ["owner", "manager", "cashier", "agent", "privacy_officer", "read_only"] },
  "loyalty.grant": { staff: ["owner", "manager", "cashier", "agent"] },
  "loyalty.history": ABOUT_CUSTOMER,
  "loyalty.lots": ABOUT_CUSTOMER,
  "loyalty.simulate": { staff: CATALOG_KEEPERS },
  "loyalty.program": { staff: ["owner", "manager", "marketer", "agent", "read_only"] },
  "loyalty.liability": { staff: ["owner", "manager", "read_only"] },
  "loyalty.setEarnRule": { staff: CATALOG_KEEPERS },
  "loyalty.setBonuses": { staff: CATALOG_KEEPERS },
  "loyalty.setTiers": { staff: CATALOG_KEEPERS },
  // What people do with their own points, nobody does for them.
  "loyalty.claimReferral": { customer: "own" },
  "loyalty.findMember": { customer: "own" },
  "loyalty.transfer": { customer: "own" },
  "loyalty.readPool": { customer: "own" },
  "loyalty.openPool": { customer: "own" },
  "loyalty.inviteToPool": { customer: "own" },
  "loyalty.joinPool": { customer: "own" },
  "loyalty.setPoolMember": { customer: "own" },
  "loyalty.leavePool": { customer: "own" },
  "loyalty.planProgram": { staff: CATALOG_KEEPERS },
  "loyalty.withdrawPlan": { staff: CATALOG_KEEPERS },
  "loyalty.partners": { staff: ["owner", "manager", "marketer", "read_only"] },
  "loyalty.addPartner": { staff: ["owner", "manager"] },
  "loyalty.setPartnerTerms": { staff: ["owner", "manager"] },
  "loyalty.renewPartnerKey": { staff: ["owner", "manager"] },
  "loyalty.endPartner": { staff: ["owner", "manager"] },
  "loyalty.importPartnerPurchases": { staff: ["owner", "manager"] },
  "loyalty.partnerStatement": { staff: ["owner", "manager", "read_only"] },
  "loyalty.bookPartnerPayment": { staff: ["owner", "manager"] },
  // A partner's system is known by its own key, which the routes compare.
  "partner.earn": { anonymous: true },
  "partner.takeBack": { anonymous: true },
  "partner.pay": { anonymous: true },
  "partner.giveBack": { anonymous: true },
  "loyalty.setTerms": { staff: CATALOG_KEEPERS },
  "loyalty.setExpiryPolicy": { staff: CATALOG_KEEPERS },
  "loyalty.createReward": { staff: CATALOG_KEEPERS },
  "loyalty.endReward": { staff: CATALOG_KEEPERS },
  // To one's own phone.
  "loyalty.addToWallet": { customer: "own" },
  // A phone is known by what its pass holds, which the routes compare.
  "wallet.applePass": { anonymous: true },
  "wallet.appleRegister": { anonymous: true },
  "wallet.appleUnregister": { anonymous: true },
  "wallet.appleChanged": { anonymous: true },
  "wallet.appleLatest": { anonymous: true },
  "wallet.appleLog": { anonymous: true },
  "storeCredit.read": { ...ABOUT_CUSTOMER, staff: ["owner", "manager", "cashier", "agent", "privacy_officer", "read_only"] },
  // Each within what their role may give in a day.
  "storeCredit.grant": { staff: ["owner", "manager", "agent"] },
};
