export {
  createCompany,
  lockForBooking,
  setCredit,
  setMember,
  eraseCompanyMembers,
  importCompanies,
  importMembers,
  takeGroup,
  countPurchase,
  growPurchase,
  recountPurchase,
} from "./commands/index.ts";
export type { FiledCompany, FiledMember, SaidGroup } from "./commands/index.ts";
export { creditOf, isCompany, isOwner } from "./credit-of.ts";
export {
  creditLeft,
  monthOf,
  readVatNumber,
  type BuyingCompany,
  type CompanyAddress,
  type CompanyFields,
  type CompanyId,
  type CompanyRole,
  type Credit,
  type PassedLimit,
  type RefusedCredit,
} from "./domain/index.ts";
export { companiesInvariants } from "./invariants.ts";
export { companiesJobs } from "./jobs.ts";
export { companiesHeldOf, companyForCart } from "./queries.ts";
export { companiesRoutes } from "./routes.ts";
