export {
  createCompany,
  setMember,
  eraseCompanyMembers,
  importCompanies,
  importMembers,
  takeGroup,
  countPurchase,
  recountPurchase,
} from "./commands/index.ts";
export type { FiledCompany, FiledMember, SaidGroup } from "./commands/index.ts";
export {
  monthOf,
  readVatNumber,
  type BuyingCompany,
  type CompanyAddress,
  type CompanyFields,
  type CompanyId,
  type CompanyRole,
  type PassedLimit,
} from "./domain/index.ts";
export { companiesInvariants } from "./invariants.ts";
export { companiesJobs } from "./jobs.ts";
export { companiesHeldOf, companyForCart } from "./queries.ts";
export { companiesRoutes } from "./routes.ts";
