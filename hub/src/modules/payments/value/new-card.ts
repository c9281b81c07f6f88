import { randomBytes } from "node:crypto";
import type { Ctx, Vault } from "../../../platform/index.ts";
import { giftCardCode, type GiftCardId } from "../domain.ts";
import { giftCardMac } from "./look-up.ts";

/** A code that no gift card has yet: as it is, sealed for its buyer, and as the keyed hash that finds it again. */
export function newCode(vault: Vault) {
  const code = giftCardCode(randomBytes(64));
  return { code, mac: giftCardMac(vault, code).toString("hex"), sealed: vault.seal(code), last4: code.slice(-4) };
}

/** A gift card that is about to be made, with its code sealed. */
export function newGiftCard(ctx: Pick<Ctx, "newId">, vault: Vault) {
  const { mac, sealed, last4 } = newCode(vault);
  return { id: ctx.newId<GiftCardId>(), mac, sealed, last4 };
}
