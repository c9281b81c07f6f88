import type { Vault } from "../../../platform/index.ts";
import type { OfferId } from "../domain/index.ts";

/** Bytes of a link's token: 128 bits, as everything that opens something has. */
const TOKEN_BYTES = 16;

/** The token of an offer's link: always the same, and made by this installation alone, so that it need not be kept [CRT-20]. */
export function offerToken(vault: Vault, id: OfferId): string {
  return vault.mac("cart offer", id).subarray(0, TOKEN_BYTES).toString("base64url");
}
