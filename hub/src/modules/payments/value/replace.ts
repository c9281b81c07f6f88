import type { GiftCardView } from "@weft/contracts";
import { err, ok, type Id, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import type { Ctx, Vault } from "../../../platform/index.ts";
import { spellGiftCardCode, type GiftCardId } from "../domain.ts";
import type { PaymentError } from "../errors.ts";
import { presentGiftCard } from "./cards.ts";
import { cardById } from "./look-up.ts";
import { newCode } from "./new-card.ts";

/**
 * Gives a lost gift card another code [PAY-17]. It is the same card: what is on it, its end and its history stay, no value moves, and a block
 * ends. The code before pays nothing from now on; a payment that is under way with it goes on. Errors: `gift_card.unknown`.
 */
export async function replaceCard(
  ctx: Ctx,
  vault: Vault,
  id: GiftCardId,
  reason: string,
): Promise<Result<{ readonly card: GiftCardView; readonly code: string }, PaymentError>> {
  const { code, mac, sealed, last4 } = newCode(vault);
  const { rows } = await sql`
    with before as (select id, code_mac, last4 from payments.gift_card where id = ${id} for update),
         kept as (insert into payments.gift_card_code (id, card_id, code_mac, last4, reason, replaced_by, replaced_at)
                  select ${ctx.newId<Id<"gift card code">>()}, id, code_mac, last4, ${reason}, ${ctx.actor.staff?.id ?? null}, ${ctx.now} from before)
    update payments.gift_card card
       set code_mac = decode(${mac}, 'hex'), code_sealed = ${sealed}, last4 = ${last4}, blocked_at = null, blocked_by = null, block_reason = null
      from before where card.id = before.id returning card.id`.execute(ctx.db);
  const card = rows.length > 0 ? await cardById(ctx, id) : undefined;
  if (!card) return err({ code: "gift_card.unknown" });
  await auditWrite(ctx, { action: "giftCards.replace", subject: `gift-card/${id}`, reason });
  return ok({ card: presentGiftCard(card), code: spellGiftCardCode(code) });
}
