import { asId, err, formatMoney, ok, type MessageId, type Result } from "@weft/kernel";
import type { Ctx, Vault } from "../../platform/index.ts";
import { auditWrite, staffNames } from "../access/index.ts";
import { mayManageOffer, offerById, offerUrl, stateOfOffer, type CartError, type StoredOffer } from "../carts/index.ts";
import { reachOf } from "../customers/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { queueMessage } from "./commands.ts";
import type { MessageError } from "./errors.ts";
import { languageOf } from "./reader.ts";
import { localeIn, offerMail, type Brand } from "./templates/index.ts";

type Deps = { readonly brand: Brand; readonly vault: Vault; readonly publicUrl: string };
type Wanted = { readonly id: StoredOffer["id"]; readonly email: string | null; readonly locale: string };

/**
 * Sends the link of an offer [MSG-18], in the language of its customer, to the address that staff were told or else to the customer's own.
 * Errors: `offer.unknown`, `offer.ended`, `message.no_address`.
 */
export async function sendOffer(
  ctx: Ctx,
  deps: Deps,
  { id, email, locale }: Wanted,
): Promise<Result<{ messageId: MessageId }, CartError | MessageError>> {
  const offer = await offerById(ctx, id);
  // Who proposes at a counter writes to their customer, and to nobody else [CRT-41].
  if (!offer || !mayManageOffer(ctx, offer) || (email !== null && !ctx.actor.staff?.roles.some((role) => role !== "cashier")))
    return err({ code: "offer.unknown" });
  const state = stateOfOffer(offer, ctx.now);
  if (state !== "open") return err({ code: "offer.ended", state });
  const known = offer.customer?.known ? offer.recordId : null;
  const to = email ?? (known && (await reachOf(ctx, known)).email);
  if (!to) return err({ code: "message.no_address", kind: "email" });
  const language = localeIn((known && (await languageOf(ctx, known, ctx.actor.channelId))) ?? locale);
  const messageId = await queueMessage(ctx, {
    recordId: known,
    kind: "email",
    template: "offer",
    channelId: ctx.actor.channelId,
    to,
    rendered: offerMail(deps.brand, language, {
      kind: offer.kind,
      number: offer.number,
      staffName: (await staffNames(ctx, [offer.staffId])).get(offer.staffId) ?? deps.brand.name,
      total: formatMoney({ amount: offer.total, currency: offer.currency }, language),
      until: await untilText(ctx, offer, language),
      note: offer.note,
      url: offerUrl(deps, offer),
    }),
    purpose: { purpose: "requested" },
    cause: `offer ${offer.id} ${ctx.requestId}`,
  });
  await auditWrite(ctx, { action: "offers.send", subject: known ? `customer/${offer.customer?.id ?? known}` : `offer/${offer.id}` });
  return ok({ messageId });
}

/** The end of an offer by the clock of the place that serves it. */
async function untilText(ctx: Ctx, { placeId, validUntil }: StoredOffer, language: string): Promise<string> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const timeZone = (placeId && places.get(asId(placeId))?.timeZone) ?? "UTC";
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone }).format(validUntil);
}
