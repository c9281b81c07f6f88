import type { Locale } from "@weft/contracts";
import { err, ok } from "@weft/kernel";
import { CHECKOUT_PROBLEMS } from "../../checkout/index.ts";
import { ORDER_PROBLEMS, drawDocument, readOrder, receiptDocumentOf, type DocumentBrand } from "../../orders/index.ts";
import { tendersOf } from "../../payments/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import {
  localeOf,
  problemOf,
  raw,
  read,
  sendProblem,
  write,
  type RawCall,
  type ReadCtx,
  type Route,
  type Vault,
} from "../../../platform/index.ts";
import { TILL_PROBLEMS, type TillError } from "../errors.ts";
import { proofOf } from "../journal/roots.ts";
import { stepped } from "../journal/routes.ts";
import { addressOf, askedOf, PAGE_POLICY, PRIVATE, readCtxOf } from "./call.ts";
import { claimReceipt } from "./claim.ts";
import { isGermanRegister, tseOfTicket } from "../country/germany/on-receipt.ts";
import { ticketOf } from "../queries/ticket.ts";
import { missingPage, receiptPage, tseLines, type PageFacts } from "./page.ts";
import { readEReceipt, saleOfToken, type TokenSale } from "./read.ts";
import { sealOf } from "./seal.ts";
import { hashOfShown } from "./token.ts";
import { E_RECEIPT_WORDS } from "./words.ts";

export type EReceiptDeps = { readonly vault: Vault; readonly brand: DocumentBrand };

/** E-receipts: for whoever has the address, which nobody guesses; and for a signed-in customer, whose purchase it becomes. */
export const eReceiptRoutes = ({ vault, brand }: EReceiptDeps): readonly Route[] => [
  read(
    "till.eReceipt",
    // The hub speaks the languages of the contract.
    (ctx, { params, query, request }) => readEReceipt(ctx, vault, params.token, query.language ?? (localeOf(request.locale) as Locale)),
    { problems: TILL_PROBLEMS },
  ),
  raw("till.eReceiptPage", (call) => answerPage(call, vault, brand)),
  raw("till.eReceiptPdf", (call) => answerPdf(call, brand)),
  read(
    "till.eReceiptProof",
    async (ctx, { params }) => {
      const sale = await saleOfToken(ctx, params.token);
      if (!sale) return err<TillError>({ code: "till.no_receipt" });
      const proof =
        sale.seq === null ? err<TillError>({ code: "till.no_proof" }) : await proofOf(ctx, sale.registerId, sale.chain, sale.seq);
      if (!proof.ok) return proof;
      const { day, entry, register, signature, keyId, madeAt } = proof.value;
      return ok({ day, entry: stepped(entry), register: stepped(register), signature, keyId, madeAt: madeAt.toISOString() });
    },
    { problems: TILL_PROBLEMS },
  ),
  write("till.claimReceipt", (ctx, { params }) => claimReceipt(ctx, params.token), {
    problems: { ...ORDER_PROBLEMS, ...CHECKOUT_PROBLEMS, ...TILL_PROBLEMS },
  }),
];

async function answerPage(call: RawCall, vault: Vault, brand: DocumentBrand) {
  const { token, locale } = askedOf(call);
  const facts: PageFacts = { locale, brand: brand.name, address: addressOf(call, "/r", token), token, path: "/r" };
  const receipt = await readEReceipt(readCtxOf(call), vault, token, locale);
  // Whoever is no browser gets the problem.
  if (!receipt.ok && !(call.request.headers.accept ?? "").includes("text/html")) return refuse(call);
  const page = receipt.ok ? await receiptPage(receipt.value, facts) : missingPage(facts, hashOfShown(token) !== undefined);
  return call.reply
    .code(receipt.ok ? 200 : 404)
    .headers({ ...PRIVATE, "content-security-policy": PAGE_POLICY, vary: "accept-language" })
    .type("text/html; charset=utf-8")
    .send(page);
}

const refuse = ({ request, reply }: RawCall) =>
  sendProblem(reply, problemOf({ code: "till.no_receipt" }, TILL_PROBLEMS["till.no_receipt"], request.id));

type OnPdf = { readonly vouchers: readonly string[]; readonly codes: readonly { readonly text: string; readonly caption: string }[] };

/**
 * How the journal holds a receipt, and what the security device of a German one says, as lines of its PDF; beside them the code to bring it back
 * and that of the device [ARC-9].
 */
async function vouchersOf(ctx: ReadCtx, sale: TokenSale, { locale, timeZone, address }: Shown): Promise<OnPdf> {
  const words = E_RECEIPT_WORDS[locale];
  const ticket = await ticketOf(ctx, sale.orderId);
  const seal = await sealOf(ctx, sale);
  const place = ticket?.place;
  const tse = place && (await isGermanRegister(ctx, sale.registerId)) ? await tseOfTicket(ctx, place) : undefined;
  return {
    vouchers: [
      ...(ticket?.tab ? [words.table(ticket.tab.table)] : []),
      ...(ticket ? [`${words.journal}: ${words.seal[seal.state]}`, ticket.hash.toString("hex")] : []),
      ...(tse ? [words.tse.title, ...tseLines(tse, words, locale, timeZone)] : []),
    ],
    codes: [
      { text: address, caption: `${words.bringBack}. ${words.bringBackHint}` },
      ...(tse?.state === "signed" ? [{ text: tse.code, caption: words.tse.title }] : []),
    ],
  };
}

type Shown = { readonly locale: Locale; readonly timeZone: string; readonly address: string };

async function answerPdf(call: RawCall, brand: DocumentBrand) {
  const { token, locale } = askedOf(call);
  const ctx = readCtxOf(call);
  const sale = await saleOfToken(ctx, token);
  const entry = sale && (await readOrder(ctx, sale.orderId));
  if (!sale || !entry) return refuse(call);
  const tenders = await tendersOf(ctx, [sale.orderId]);
  const places = await ctx.snapshots.current(placesSnapshot);
  const number = sale.number ?? entry.order.number;
  const beside = await vouchersOf(ctx, sale, { locale, timeZone: entry.order.time_zone, address: addressOf(call, "/r", token) });
  const pdf = await drawDocument(receiptDocumentOf(entry, { number, at: sale.at, tenders, ...beside }, places, locale), brand);
  return call.reply
    .code(200)
    .headers({ ...PRIVATE, "content-disposition": `inline; filename="${number}.pdf"` })
    .type("application/pdf")
    .send(pdf);
}
