import type { PlaceId } from "@weft/kernel";
import type { Vault } from "../../platform/index.ts";
import { normalizeCode } from "./domain.ts";

/** The keyed hash under which a collection code is found at a place. */
export function codeMac(vault: Vault, placeId: PlaceId, code: string): Buffer {
  return vault.mac("collection code", `${placeId} ${normalizeCode(code)}`);
}
