import { createHash } from "node:crypto";
import type { Locale } from "@weft/contracts";
import { err, ok } from "@weft/kernel";
import { CHECKOUT_PROBLEMS } from "../../checkout/index.ts";
import { ORDER_PROBLEMS, drawDocument, readOrder, receiptDocumentOf, type DocumentBrand } from "../../orders/index.ts";
import { tendersOf } from "../../payments/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import {
  dbOn,
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
import { claimReceipt } from "./claim.ts";
import { isGermanRegister, tseOfTicket } from "../country/germany/on-receipt.ts";
import { ticketOf } from "../queries/ticket.ts";
import { missingPage, receiptPage, tseLines, type PageFacts } from "./page.ts";
import { readEReceipt, saleOfToken, type TokenSale } from "./read.ts";
import { sealOf } from "./seal.ts";
import { STYLE } from "./style.ts";
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

const readCtx = ({ around }: RawCall): ReadCtx => ({ ...around, db: dbOn(around.pool), now: new Date() });

/** The page has no script, no picture from elsewhere and no frame; its one style is the one below. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Nobody keeps it, nobody finds it, and no page that it leads to learns the address. */
const PRIVATE = { "cache-control": "private, no-store", "x-robots-tag": "noindex", "referrer-policy": "no-referrer" } as const;

function asked(call: RawCall): { readonly token: string; readonly locale: Locale } {
  const { token } = call.input.params as { token: string }; // by the contract
  const { language } = call.input.query as { language?: Locale }; // by the contract
  return { token, locale: language ?? (localeOf(call.input.request.locale) as Locale) }; // one of those that the hub speaks
}

async function answerPage(call: RawCall, vault: Vault, brand: DocumentBrand) {
  const { token, locale } = asked(call);
  const address = `${call.request.protocol}://${call.request.host}/r/${token}`;
  const facts: PageFacts = { locale, brand: brand.name, address, token };
  const receipt = await readEReceipt(readCtx(call), vault, token, locale);
  // Whoever is no browser gets the problem.
  if (!receipt.ok && !(call.request.headers.accept ?? "").includes("text/html")) return refuse(call);
  const page = receipt.ok ? await receiptPage(receipt.value, facts) : missingPage(facts, hashOfShown(token) !== undefined);
  return call.reply
    .code(receipt.ok ? 200 : 404)
    .headers({ ...PRIVATE, "content-security-policy": POLICY, vary: "accept-language" })
    .type("text/html; charset=utf-8")
    .send(page);
}

const refuse = ({ request, reply }: RawCall) =>
  sendProblem(reply, problemOf({ code: "till.no_receipt" }, TILL_PROBLEMS["till.no_receipt"], request.id));

/** How the journal holds a receipt, and what the security device of a German one says, as lines of its PDF. */
async function vouchersOf(ctx: ReadCtx, sale: TokenSale, locale: Locale, timeZone: string): Promise<string[]> {
  const words = E_RECEIPT_WORDS[locale];
  const ticket = await ticketOf(ctx, sale.orderId);
  const seal = await sealOf(ctx, sale);
  const place = ticket?.place;
  const tse = place && (await isGermanRegister(ctx, sale.registerId)) ? await tseOfTicket(ctx, place) : undefined;
  return [
    ...(ticket ? [`${words.journal}: ${words.seal[seal.state]}`, ticket.hash.toString("hex")] : []),
    ...(tse ? [words.tse.title, ...tseLines(tse, words, locale, timeZone)] : []),
  ];
}

async function answerPdf(call: RawCall, brand: DocumentBrand) {
  const { token, locale } = asked(call);
  const ctx = readCtx(call);
  const sale = await saleOfToken(ctx, token);
  const entry = sale && (await readOrder(ctx, sale.orderId));
  if (!sale || !entry) return refuse(call);
  const tenders = await tendersOf(ctx, [sale.orderId]);
  const places = await ctx.snapshots.current(placesSnapshot);
  const number = sale.number ?? entry.order.number;
  const vouchers = await vouchersOf(ctx, sale, locale, entry.order.time_zone);
  const pdf = await drawDocument(receiptDocumentOf(entry, { number, at: sale.at, tenders, vouchers }, places, locale), brand);
  return call.reply
    .code(200)
    .headers({ ...PRIVATE, "content-disposition": `inline; filename="${number}.pdf"` })
    .type("application/pdf")
    .send(pdf);
}
