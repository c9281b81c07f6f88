import type { CompanyPageView } from "@weft/contracts/client";

/** A company as it is typed: texts as they stand in their fields, limits in minor units of `currency`. */
export type CompanyDraft = {
  readonly name: string;
  readonly country: string;
  readonly vatNumber: string;
  readonly line1: string;
  readonly line2: string;
  readonly postcode: string;
  readonly city: string;
  readonly priceGroup: string;
  readonly currency: string;
  readonly orderLimit: number | null;
  readonly monthLimit: number | null;
};

export function draftOf(company: CompanyPageView | undefined): CompanyDraft {
  const address = company?.address;
  return {
    name: company?.name ?? "",
    country: company?.country ?? "",
    vatNumber: company?.vatNumber ?? "",
    line1: address?.line1 ?? "",
    line2: address?.line2 ?? "",
    postcode: address?.postcode ?? "",
    city: address?.city ?? "",
    priceGroup: company?.priceGroup ?? "",
    currency: company?.currency ?? "EUR",
    orderLimit: company?.orderLimit?.amount ?? null,
    monthLimit: company?.monthLimit?.amount ?? null,
  };
}

/** What keeps it from being saved; null when nothing does. */
export function whatIsMissing({ name, country, line1, line2, postcode, city }: CompanyDraft): "name" | "address" | null {
  if (name.trim() === "" || !/^[A-Z]{2}$/.test(country)) return "name";
  const parts = [line1, postcode, city].map((part) => part.trim() !== "");
  const isPartly = parts.some(Boolean) || line2.trim() !== "";
  return isPartly && !parts.every(Boolean) ? "address" : null;
}

/** The same as the hub takes it: an empty field is nothing, and no limits have no currency. */
export function bodyOf(draft: CompanyDraft) {
  const { name, country, vatNumber, line1, line2, postcode, city, priceGroup, currency, orderLimit, monthLimit } = draft;
  const hasLimit = orderLimit !== null || monthLimit !== null;
  return {
    name: name.trim(),
    country,
    vatNumber: vatNumber.trim() || null,
    address:
      line1.trim() === "" ? null : { line1: line1.trim(), line2: line2.trim() || null, postcode: postcode.trim(), city: city.trim() },
    priceGroup: priceGroup.trim().toLowerCase() || null,
    currency: hasLimit ? currency.trim() || null : null,
    orderLimit,
    monthLimit,
  };
}
