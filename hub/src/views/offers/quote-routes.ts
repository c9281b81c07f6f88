import { LOCALES, type Locale } from "@weft/contracts";
import { asId, newId, ok } from "@weft/kernel";
import { auditWrite } from "../../modules/access/index.ts";
import { assessCart, CART_PROBLEMS, loadCart, offerById, offerByToken, stateOfOffer, type StoredOffer } from "../../modules/carts/index.ts";
import { planQuotedLines } from "../../modules/checkout/index.ts";
import { drawDocument, quoteOf, type DocumentBrand } from "../../modules/orders/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { dbOn, inTransaction, problemOf, raw, sendProblem, type RawCall, type ReadCtx, type Route } from "../../platform/index.ts";

/** Quotes as PDF: for staff by their id, for their customer by the link. */
export const quoteRoutes = (brand: DocumentBrand): readonly Route[] => [
  raw("offers.pdf", async (call) => {
    const { id } = call.input.params as { id: string }; // by the contract
    const offer = await offerById(readCtx(call), asId(id));
    if (offer)
      await inTransaction(call.around, async (ctx) => ok(await auditWrite(ctx, { action: "offers.pdf", subject: `cart/${offer.cartId}` })));
    return answer(call, brand, offer);
  }),
  raw("offers.openPdf", async (call) => {
    const { token } = call.input.params as { token: string }; // by the contract
    const ctx = readCtx(call);
    const offer = await offerByToken(ctx, token);
    return answer(call, brand, offer && SHOWN.has(stateOfOffer(offer, ctx.now)) ? offer : undefined);
  }),
];

/** Whoever has the link reads what it offers as long as it does, and what they ordered by it. */
const SHOWN: ReadonlySet<string> = new Set(["open", "paying", "ordered"]);

const readCtx = ({ around }: RawCall): ReadCtx => ({ ...around, db: dbOn(around.pool), now: new Date() });

const localeOf = ({ input }: RawCall): Locale => LOCALES.find((locale) => locale === input.request.locale.slice(0, 2)) ?? "en";

async function answer(call: RawCall, brand: DocumentBrand, offer: StoredOffer | undefined) {
  const { reply, request } = call;
  const pdf = offer?.kind === "quote" ? await drawn(call, brand, offer) : null;
  if (!offer || !pdf) return sendProblem(reply, problemOf({ code: "offer.unknown" }, CART_PROBLEMS["offer.unknown"], request.id));
  return reply
    .code(200)
    .header("content-disposition", `attachment; filename="${offer.number}.pdf"`)
    .header("cache-control", "private, no-store")
    .type("application/pdf")
    .send(pdf);
}

/** Drawn from the cart, priced as it was offered. */
async function drawn(call: RawCall, brand: DocumentBrand, offer: StoredOffer): Promise<Buffer | null> {
  const ctx = readCtx(call);
  const cart = await loadCart(ctx, offer.cartId);
  if (!cart) return null;
  const { priced, lines, delivery, place, context } = await assessCart(ctx.snapshots, cart, { at: offer.offeredAt });
  const quote = quoteOf(
    {
      number: offer.number,
      entityId: place.entityId,
      placeId: place.placeId,
      timeZone: place.timeZone,
      country: context.country,
      currency: priced.currency,
      taxIncluded: priced.taxIncluded,
      offeredAt: offer.offeredAt,
      validUntil: offer.validUntil,
      lines: planQuotedLines({ priced, lines, delivery }, newId),
      company: cart.company && {
        id: cart.company.id,
        name: cart.company.name,
        vatNumber: cart.company.vatNumber,
        country: cart.company.country,
        address: cart.company.address,
      },
    },
    await ctx.snapshots.current(placesSnapshot),
    localeOf(call),
  );
  return drawDocument(quote, brand);
}
