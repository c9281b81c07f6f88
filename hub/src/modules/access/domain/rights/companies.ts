import { MANAGEMENT } from "../role-sets.ts";
import { ABOUT_CUSTOMER, type Right, type RightsOf } from "./right.ts";

const COMPANY_READERS: Right = { staff: ["owner", "manager", "agent", "privacy_officer", "read_only"] };

/** Companies, who buys for them and what they owe. */
export const COMPANIES_RIGHTS: RightsOf<"companies" | "invoices"> = {
  "companies.list": COMPANY_READERS,
  "companies.read": COMPANY_READERS,
  // Prices and limits are the retailer's to give; who belongs to a company is known by whoever serves it.
  "companies.create": { staff: MANAGEMENT },
  "companies.update": { staff: MANAGEMENT },
  "companies.confirm": { staff: MANAGEMENT },
  "companies.archive": { staff: MANAGEMENT },
  "companies.restore": { staff: MANAGEMENT },
  "companies.delete": { staff: MANAGEMENT },
  "companies.setMember": { staff: ["owner", "manager", "agent"] },
  "companies.removeMember": { staff: ["owner", "manager", "agent"] },
  "companies.ofCustomer": { ...ABOUT_CUSTOMER, staff: ["owner", "manager", "cashier", "agent", "privacy_officer", "read_only"] },
  "companies.priceGroups": { staff: MANAGEMENT },
  "companies.account": COMPANY_READERS,
  "companies.setCredit": { staff: MANAGEMENT },
  "companies.endCredit": { staff: MANAGEMENT },
  "companies.invoiceNow": { staff: MANAGEMENT },
  "companies.bookPayment": { staff: MANAGEMENT },
  "companies.undoPayment": { staff: MANAGEMENT },
  "invoices.open": COMPANY_READERS,
};
