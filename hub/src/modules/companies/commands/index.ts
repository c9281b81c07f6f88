export { changeCompany, confirmCompany, createCompany, deleteCompany, setArchived, takeUpCompany } from "./company.ts";
export { lockForBooking, setCredit, type CreditTerms } from "./credit.ts";
export { takeGroup, type SaidGroup } from "./groups.ts";
export { importCompanies, importMembers, type FiledCompany, type FiledMember, type FiledOutcome } from "./import.ts";
export { eraseCompanyMembers, removeMember, setMember } from "./members.ts";
export { countPurchase, growPurchase, recountPurchase, type Purchase } from "./purchases.ts";
