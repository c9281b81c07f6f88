import type { LocalizedText, ReceiptView, ReturnView } from "@weft/contracts/client";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import type { Translate } from "@weft/ui/i18n/i18n.ts";
import type { MessageKey } from "../t.ts";
import type { PaperRow } from "./paper.ts";
import { at, centered, indented, loud, pair, text, warningRows } from "./rows.ts";

type ReturnExtras = {
  readonly training: boolean;
  readonly duplicate?: { readonly copy: number; readonly reason: string } | undefined;
  /** A name in the language of the paper. */
  readonly textOf: (text: LocalizedText) => string;
  /** What went out for it. */
  readonly exchanged?: Pick<ReceiptView, "lines" | "total"> | undefined;
};

/** The paper of a return, the same content as on the screen: what came back, and what went where [DEV-1]. */
export function returnRows(
  back: ReturnView,
  t: Translate<MessageKey>,
  { training, duplicate, textOf, exchanged }: ReturnExtras,
): PaperRow[] {
  const minus = (money: ReturnView["total"]): string => formatMoney({ ...money, amount: -money.amount });
  return [
    ...warningRows(training, duplicate, t),
    ...(back.placeName === null ? [] : [loud(back.placeName)]),
    centered(t("till.returns.paper")),
    { kind: "gap" },
    pair(back.receiptNumber ?? back.number ?? "", at(back.returnedAt, back.timeZone)),
    { kind: "rule" },
    ...back.lines.flatMap(({ quantity, name, options, total }) => [
      pair(`${formatNumber(quantity)} ${textOf(name)}`, minus(total)),
      ...(options.length > 0 ? [indented(options.map((option) => textOf(option)).join(", "))] : []),
    ]),
    { kind: "rule" },
    { kind: "pair", left: t("till.receipt.total"), right: minus(back.total), isBold: true },
    pair(t("till.returns.tax"), minus(back.tax)),
    ...back.refunds.map(({ kind, amount }) => pair(t(`ui.return.to.${kind}`), formatMoney(amount))),
    ...(exchanged ? exchangedRows(exchanged, back.total, t) : []),
    ...pointRows(back, t),
    { kind: "gap" },
    ...(back.staffName === null ? [] : [centered(back.staffName)]),
    centered(back.isUnproven ? t("till.unproven.title") : t("till.receipt.order", { number: back.orderNumber ?? "" })),
    ...(back.number === null ? [] : [centered(back.number)]),
  ];
}

function exchangedRows(
  { lines, total }: NonNullable<ReturnExtras["exchanged"]>,
  back: ReturnView["total"],
  t: Translate<MessageKey>,
): PaperRow[] {
  const difference = { ...total, amount: total.amount - back.amount };
  return [
    { kind: "gap" },
    ...lines.flatMap(({ quantity, name, options, total: sum }) => [
      pair(`${formatNumber(quantity)} ${name}`, formatMoney(sum)),
      ...(options.length > 0 ? [indented(options.join(", "))] : []),
    ]),
    pair(t("till.exchange.went_out"), formatMoney(total)),
    { kind: "pair", left: t("till.exchange.difference"), right: formatMoney(difference), isBold: true },
  ];
}

function pointRows({ pointsTaken, pointsGiven }: ReturnView, t: Translate<MessageKey>): PaperRow[] {
  return [
    ...(pointsTaken > 0 ? [text(t("ui.return.points_taken", { points: formatNumber(pointsTaken), count: pointsTaken }))] : []),
    ...(pointsGiven > 0 ? [text(t("ui.return.points_given", { points: formatNumber(pointsGiven), count: pointsGiven }))] : []),
  ];
}
