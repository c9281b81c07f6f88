import type { AnswerOf, ReceiptView } from "@weft/contracts/client";
import { formatDate, formatMoney, formatNumber, formatPercent } from "@weft/ui/i18n/format.ts";
import type { Translate } from "@weft/ui/i18n/i18n.ts";
import { formatPhone } from "@weft/ui/i18n/phone.ts";
import { comingText } from "../receipt/coming-text.ts";
import { nearEndText } from "../receipt/near-end-text.ts";
import { tenderWord } from "../receipt/tender-words.ts";
import type { MessageKey } from "../t.ts";
import { tabText } from "../tables/tab-text.ts";
import type { PaperRow } from "./paper.ts";
import { at as clock, centered, indented, loud, pair, text, warningRows } from "./rows.ts";

type ToppedUp = Pick<AnswerOf<"orders.giftCards">["toppedUp"][number], "last4" | "amount" | "left" | "expiresAt">;
type GiftCard = Pick<AnswerOf<"orders.giftCards">["cards"][number], "code" | "last4" | "amount" | "expiresAt">;

/** What belongs on the paper beside the receipt itself. */
export type ReceiptExtras = {
  /** Of a copy: its number from 1, and why it was made; absent for the receipt itself. */
  readonly duplicate?: { readonly copy: number; readonly reason: string };
  /** The cards that were sold, with their codes: the paper is the card. */
  readonly giftCards?: readonly GiftCard[];
  readonly toppedUp?: readonly ToppedUp[];
  /** Where its e-receipt is; on the paper of the sale alone. */
  readonly address?: string;
};

/**
 * A receipt as rows of paper, the same content as on the screen [DEV-1]: who sold what to which tax, how it was paid, and by what the journal
 * knows it. A copy says so before anything else [DEV-5].
 */
export function receiptRows(receipt: ReceiptView, t: Translate<MessageKey>, extras: ReceiptExtras = {}): PaperRow[] {
  return [
    ...warningRows(receipt.training, extras.duplicate, t),
    ...headRows(receipt, t),
    { kind: "rule" },
    ...receipt.lines.flatMap((line) => lineRows(line, t)),
    { kind: "rule" },
    ...sumRows(receipt, t),
    ...(receipt.note === undefined ? [] : [text(receipt.note)]),
    { kind: "gap" },
    ...taxRows(receipt, t),
    ...comingRows(receipt, t),
    ...(extras.giftCards ?? []).flatMap((card) => giftCardRows(card, receipt.timeZone, t)),
    ...(extras.toppedUp ?? []).flatMap((card) => toppedUpRows(card, receipt.timeZone, t)),
    ...pointRows(receipt, t),
    { kind: "gap" },
    ...footRows(receipt, t),
    ...tseRows(receipt, t),
    // A copy has no address any more: its number opens the return as well [SCN-3].
    ...(extras.duplicate && receipt.ticket ? [{ kind: "code", text: receipt.number } as const] : []),
    ...(extras.address === undefined ? [] : [{ kind: "code", text: extras.address } as const, centered(t("till.paid.qr"))]),
  ];
}

function headRows({ place, entity, company, number, at, timeZone, tab }: ReceiptView, t: Translate<MessageKey>): PaperRow[] {
  return [
    loud(place.name),
    centered(place.address),
    ...(place.phone === null ? [] : [centered(formatPhone(place.phone))]),
    centered(entity.name),
    ...(entity.vatId === null ? [] : [centered(t("till.receipt.vat_id", { id: entity.vatId }))]),
    ...(company ? [text(t("till.receipt.company", { name: company.name })), text(company.vatNumber ?? "")] : []),
    { kind: "gap" },
    pair(number, clock(at, timeZone)),
    ...(tab ? [centered(tabText(tab, t))] : []),
  ];
}

function lineRows(
  { quantity, weighed, name, options, unitPrice, taxRate, total, isTyped, note, serial, nearEnd }: ReceiptView["lines"][number],
  t: Translate<MessageKey>,
): PaperRow[] {
  const each = weighed ?? (quantity > 1 ? t("till.receipt.each", { price: unitPrice }) : undefined);
  const weight = isTyped ? [t("till.weigh.by_hand")] : [];
  const more = [...options, ...(each === undefined ? [] : [each]), ...weight, formatPercent(Number(taxRate))];
  return [
    pair(weighed === undefined ? `${formatNumber(quantity)} ${name}` : name, formatMoney(total)),
    indented(more.join(", ")),
    ...(serial === undefined ? [] : [indented(t("till.line.serial", { serial }))]),
    ...(nearEnd ? [indented(nearEndText(nearEnd, t))] : []),
    ...(note === undefined ? [] : [indented(note)]),
  ];
}

function sumRows(receipt: ReceiptView, t: Translate<MessageKey>): PaperRow[] {
  const { promotions, discount, tenders, total } = receipt;
  // Promotions are told by name; what is left of the discount came by codes and rewards.
  const others = promotions.reduce((rest, { amount }) => rest - amount.amount, discount.amount);
  const tips = tenders.reduce((sum, { tip }) => sum + (tip?.amount ?? 0), 0);
  return [
    ...promotions.map(({ name, amount }) => pair(name, formatMoney({ ...amount, amount: -amount.amount }))),
    ...(others > 0 ? [pair(t("till.receipt.discount"), formatMoney({ ...discount, amount: -others }))] : []),
    { kind: "pair", left: t("till.receipt.total"), right: formatMoney(total), isBold: true },
    ...tenders.flatMap(({ rounding }) => (rounding ? [pair(t("till.receipt.rounding"), formatMoney(rounding))] : [])),
    ...(tips > 0 ? [pair(t("till.receipt.tip"), formatMoney({ ...total, amount: tips }))] : []),
    ...tenders.map(({ kind, received, amount, tip }) => {
      const word = tenderWord(kind);
      return pair(word ? t(word) : kind, formatMoney(received ?? { ...amount, amount: amount.amount + (tip?.amount ?? 0) }));
    }),
    ...tenders.flatMap(({ change }) => (change && change.amount > 0 ? [pair(t("till.paid.change"), formatMoney(change))] : [])),
  ];
}

function taxRows({ taxes }: ReceiptView, t: Translate<MessageKey>): PaperRow[] {
  const head = [t("till.receipt.rate"), t("till.receipt.net"), t("till.receipt.tax"), t("till.receipt.gross")];
  const rows = taxes.map(({ rate, net, tax, gross }) => [formatPercent(Number(rate)), ...[net, tax, gross].map((sum) => formatMoney(sum))]);
  return [head, ...rows].map((cells) => ({ kind: "cells", cells }));
}

function comingRows({ toCome }: ReceiptView, t: Translate<MessageKey>): PaperRow[] {
  if (toCome.length === 0) return [];
  return [
    { kind: "gap" },
    { kind: "text", text: t("till.receipt.to_come"), isBold: true },
    ...toCome.flatMap((part): PaperRow[] => [
      text(comingText(part, t)),
      ...part.lines.map(({ name, quantity }) => indented(`${formatNumber(quantity)} ${name}`)),
      ...(part.code === null ? [] : [text(t("till.receipt.code")), loud(part.code)]),
    ]),
  ];
}

function giftCardRows({ amount, code, last4, expiresAt }: GiftCard, timeZone: string, t: Translate<MessageKey>): PaperRow[] {
  return [
    { kind: "gap" },
    loud(t("till.gift_card.of", { amount: formatMoney(amount) })),
    ...(code === null ? [] : [{ kind: "code", text: code } as const]),
    centered(code ?? t("till.gift_card.masked", { last4 })),
    ...(expiresAt === null
      ? []
      : [centered(t("till.gift_card.until", { day: formatDate(new Date(Date.parse(expiresAt) - 1), { timeZone }) }))]),
  ];
}

/** What came onto a card that its customer keeps, and what is on it now. */
function toppedUpRows({ last4, amount, left, expiresAt }: ToppedUp, timeZone: string, t: Translate<MessageKey>): PaperRow[] {
  return [
    { kind: "gap" },
    centered(t("till.top_up.line", { last4 })),
    centered(t("till.top_up.now", { amount: formatMoney(amount), left: formatMoney(left) })),
    ...(expiresAt === null
      ? []
      : [centered(t("till.gift_card.until", { day: formatDate(new Date(Date.parse(expiresAt) - 1), { timeZone }) }))]),
  ];
}

function pointRows({ points }: ReceiptView, t: Translate<MessageKey>): PaperRow[] {
  if (!points) return [];
  const { rewards, balanceAsOf, earned, balance } = points;
  const values = { earned: formatNumber(earned), count: earned, balance: formatNumber(balance) };
  return [
    { kind: "gap" },
    ...rewards.map(({ name, points: used }) => text(t("till.receipt.burned", { name, points: formatNumber(used), count: used }))),
    text(t(balanceAsOf === "now" ? "till.receipt.points" : "till.receipt.points_last_night", values)),
  ];
}

/** What a German receipt has to say of its technical security device [ARC-9]. */
function tseRows({ tse, timeZone }: ReceiptView, t: Translate<MessageKey>): PaperRow[] {
  if (!tse) return [];
  if (tse.state !== "signed")
    return [{ kind: "gap" }, text(t(`till.tse.${tse.state}`, tse.state === "failed" ? { error: tse.error } : {}))];
  const { transaction, signatureCounter, startedAt, finishedAt, serial, signature, code } = tse;
  return [
    { kind: "gap" },
    { kind: "code", text: code },
    pair(t("till.tse.transaction"), formatNumber(transaction)),
    pair(t("till.tse.counter"), formatNumber(signatureCounter)),
    pair(t("till.tse.start"), clock(startedAt, timeZone)),
    pair(t("till.tse.end"), clock(finishedAt, timeZone)),
    text(`${t("till.tse.serial")} ${serial}`),
    text(`${t("till.tse.signature")} ${signature}`),
  ];
}

function footRows({ registerName, cashier, orderNumber, journalHash, invoice }: ReceiptView, t: Translate<MessageKey>): PaperRow[] {
  return [
    ...(registerName === null ? [] : [centered([registerName, cashier].filter(Boolean).join(" · "))]),
    centered(t("till.receipt.order", { number: orderNumber })),
    ...(invoice === undefined ? [] : [centered(t("till.receipt.invoice", { number: invoice }))]),
    ...(journalHash === null ? [] : [centered(journalHash)]),
  ];
}
