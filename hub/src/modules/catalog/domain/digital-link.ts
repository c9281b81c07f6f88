import { err, ok, type Result } from "@weft/kernel";
import { readGtin, type GtinProblem } from "./gtin.ts";

/** What a shelf code says: the product, and the store it hangs in. `store` is the id of a place, null where the code names none. */
export type ShelfCode = { readonly gtin: string; readonly store: string | null };

/** Application identifiers that may follow a GTIN in the path: consumer variant, batch, serial (GS1 Digital Link URI syntax). */
const QUALIFIERS: ReadonlySet<string> = new Set(["22", "10", "21", "235"]);

/**
 * Reads a GS1 Digital Link URI, `https://…/01/09506000134352/10/AB1?store=…`, by its path and query [CAT-7]. The GTIN has 8, 12, 13
 * or 14 digits and a right check digit. What qualifies it further is no business of a shelf and is passed over; anything else is refused.
 */
export function readDigitalLink(address: string): Result<ShelfCode, GtinProblem | "path"> {
  const [path = "", query = ""] = address.split("?", 2);
  const [, primary, value = "", ...rest] = path.replace(/\/$/, "").split("/");
  if (primary !== "01" || rest.length % 2 !== 0) return err("path");
  if (rest.some((part, index) => index % 2 === 0 && !QUALIFIERS.has(part))) return err("path");
  if (!/^\d+$/.test(value)) return err("not_digits");
  const read = readGtin(value);
  return read.ok ? ok({ gtin: read.value.gtin, store: new URLSearchParams(query).get("store") }) : err(read.error);
}

/** The address that a shelf code holds: with 14 digits, as the standard wants it, and the store that the label hangs in. */
export function digitalLink(origin: string, { gtin, store }: ShelfCode): string {
  return `${origin}/01/${gtin.padStart(14, "0")}${store === null ? "" : `?store=${store}`}`;
}
