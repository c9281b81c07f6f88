import type { Problems } from "@weft/kernel";
import type { CompanyId, VatProblem } from "./domain/index.ts";

export type CompanyError =
  | { readonly code: "company.unknown" }
  | { readonly code: "company.member_unknown" }
  | { readonly code: "customer.unknown" }
  | { readonly code: "company.vat_number_invalid"; readonly because: VatProblem }
  | { readonly code: "company.vat_number_taken"; readonly companyId: CompanyId }
  | { readonly code: "company.currency_missing" }
  | { readonly code: "company.archived" }
  | { readonly code: "company.not_suggested" }
  | { readonly code: "company.has_documents" }
  | { readonly code: "company.same" };

export const COMPANY_PROBLEMS: Problems<CompanyError> = {
  "company.unknown": { status: 404, title: "There is no such company" },
  "company.member_unknown": { status: 404, title: "This customer does not belong to this company" },
  "customer.unknown": { status: 404, title: "There is no such customer" },
  "company.vat_number_invalid": { status: 422, title: "This is no VAT number of that country" },
  "company.vat_number_taken": { status: 409, title: "Another company has this VAT number" },
  "company.currency_missing": { status: 422, title: "A limit needs a currency" },
  "company.archived": { status: 409, title: "This company is archived: bring it back first" },
  "company.not_suggested": { status: 409, title: "Only what a channel suggested can be confirmed or taken up into another company" },
  "company.has_documents": { status: 409, title: "Documents name this company: archive it instead" },
  "company.same": { status: 422, title: "A company is not taken up into itself" },
};
