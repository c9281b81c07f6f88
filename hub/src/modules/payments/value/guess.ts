import { err, ok, type Result } from "@weft/kernel";
import { openTry } from "../../access/index.ts";
import { committed, type Actor, type Committed, type Ctx, type Vault } from "../../../platform/index.ts";
import { isGiftCardCode } from "../domain.ts";
import type { PaymentError } from "../errors.ts";
import { cardOfCode, wasReplaced, type StandingCard } from "./look-up.ts";

/**
 * Whose wrong codes are counted together [PAY-16]: those of a till, of a member of staff, else of a network address. Null for a retailer's own
 * server, which asks for all of its visitors.
 */
export function guesserOf({ kind, staff, device }: Actor, vault: Vault, address: string): string | null {
  if (kind === "secret" || kind === "system") return null;
  if (device) return `gift-card/device/${device.id}`;
  return staff ? `gift-card/staff/${staff.id}` : `gift-card/address/${vault.mac("address", address).toString("base64url")}`;
}

/**
 * The gift card of a code, for somebody who may be guessing [PAY-16]. What cannot be a code is a slip of the hand and not counted; a code that
 * could be one and is none stays counted. Errors: `gift_card.unknown`, `gift_card.replaced`, `access.too_many_tries`.
 */
export async function tryCode(
  ctx: Ctx,
  vault: Vault,
  code: string,
  guesser: string | null,
): Promise<Result<StandingCard | Committed<PaymentError>, PaymentError>> {
  if (!isGiftCardCode(code)) return err({ code: "gift_card.unknown" });
  const attempt = guesser === null ? null : await openTry(ctx, guesser);
  if (attempt && !attempt.ok) return attempt;
  const card = await cardOfCode(ctx, vault, code);
  if (card) return ok(card);
  if (await wasReplaced(ctx, vault, code)) return err({ code: "gift_card.replaced" });
  await attempt?.value.countWrong();
  return ok(committed<PaymentError>({ code: "gift_card.unknown" }));
}
