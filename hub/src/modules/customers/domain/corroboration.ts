/** How two values of a field agree, by the words of the engine. */
export type Agreement = { readonly field: string; readonly code: string };

const SURE = new Set(["equal", "equal_rare", "equal_common", "slip"]);
const SURE_DATE = new Set([...SURE, "swapped"]);
const SURE_STREET = new Set([...SURE, "very"]);
/** Names that are not the same, not even misspelled. */
const OTHER_NAME = new Set(["different", "hardly", "little", "neither_name"]);
/** Dates that are not the same, not even with a slip. */
const OTHER_DATE = new Set(["different", "year", "near"]);

/**
 * What likeness may do about two records, beside what the chance says [IDN-24]: a model that was learned from a file may be wrong about it, and
 * a person is wronged one by one. `join`: the names agree, the birth dates do not contradict each other, and two further things are the same
 * of birth date, e-mail, phone and address. `ask`: one of them is. `leave`: nothing tells these two from others of their name.
 */
export function corroboration(agreements: readonly Agreement[]): "join" | "ask" | "leave" {
  const codeOf = (field: string): string => agreements.find((each) => each.field === field)?.code ?? "";
  const isSameAddress = SURE_STREET.has(codeOf("street")) && (SURE.has(codeOf("postcode")) || SURE.has(codeOf("city")));
  const telling = [SURE_DATE.has(codeOf("birth date")), SURE.has(codeOf("email")), SURE.has(codeOf("phone")), isSameAddress].filter(
    Boolean,
  ).length;
  if (telling === 0) return "leave";
  const names = ["given", "family", "names together"].map(codeOf);
  const hasName = codeOf("given") !== "" || codeOf("family") !== "";
  const areNamesAlike = hasName && !names.some((code) => OTHER_NAME.has(code));
  return telling >= 2 && areNamesAlike && !OTHER_DATE.has(codeOf("birth date")) ? "join" : "ask";
}
