import type { ReceiptView } from "@weft/contracts/client";
import { formatDate, formatNumber } from "@weft/ui/i18n/format.ts";
import type { Translate } from "@weft/ui/i18n/i18n.ts";
import type { PaperRow } from "../print/paper.ts";
import { centered, indented, loud, pair, text } from "../print/rows.ts";
import type { MessageKey } from "../t.ts";

type Line = ReceiptView["lines"][number];
/** A line of which a receipt without prices can say something: goods, and no gift card, which is a present by itself. */
export type GivenLine = Line & { readonly orderLineId: string };

export function mayBeGiven(line: Line): line is GivenLine {
  return line.orderLineId !== undefined && !line.isGiftCard;
}

/** How much of it: pieces, or the weight without what a kilogram of it costs. */
export function givenAmount({ quantity, weighed }: Pick<Line, "quantity" | "weighed">): string {
  if (weighed === undefined) return formatNumber(quantity);
  return formatNumber(quantity / 1000, { style: "unit", unit: "kilogram", minimumFractionDigits: 3, maximumFractionDigits: 3 });
}

/** A receipt without one amount as rows of paper [TIL-46]: what it is, where it was bought and when, and the code that exchanges it. */
export function giftRows(
  receipt: Pick<ReceiptView, "place" | "number" | "at" | "timeZone">,
  lines: readonly GivenLine[],
  address: string,
  t: Translate<MessageKey>,
): PaperRow[] {
  const { place, number, at, timeZone } = receipt;
  return [
    loud(t("till.gift.title")),
    { kind: "gap" },
    centered(place.name),
    centered(place.address),
    { kind: "gap" },
    pair(number, formatDate(at, { timeZone })),
    { kind: "rule" },
    ...lines.flatMap((line) => [
      text(`${givenAmount(line)} ${line.name}`),
      ...(line.options.length > 0 ? [indented(line.options.join(", "))] : []),
    ]),
    { kind: "rule" },
    { kind: "code", text: address },
    centered(t("till.gift.text")),
  ];
}
