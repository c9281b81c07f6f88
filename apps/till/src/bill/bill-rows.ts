import type { LocalizedText } from "@weft/contracts/client";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import type { Translate } from "@weft/ui/i18n/i18n.ts";
import type { BodyOfKind } from "../outbox/rows.ts";
import type { PaperRow } from "../print/paper.ts";
import { at as clock, centered, indented, loud, pair } from "../print/rows.ts";
import type { MessageKey } from "../t.ts";
import { weightText } from "../weigh/weight.ts";
import { billTitles } from "./bill.ts";

export type Bill = BodyOfKind<"bill.print">;
type BillLine = Bill["lines"][number];

/** What a bill says beside what is on it. */
export type BillFacts = {
  readonly number: string;
  readonly at: string;
  readonly timeZone: string;
  readonly country: string;
  readonly place: { readonly name: string; readonly address: string };
  readonly entityName: string;
  readonly registerName: string;
  readonly training: boolean;
  /** Where its guests sit; null: at the counter. */
  readonly table: string | null;
  /** A name in the language of the paper. */
  readonly textOf: (text: LocalizedText) => string;
};

export const lineText = ({ quantity, unit, name }: BillLine, textOf: BillFacts["textOf"]): string =>
  `${unit === "gram" ? weightText(quantity) : formatNumber(quantity)} ${textOf(name)}`;

/** A bill before payment as rows of paper [TIL-48]: it says first what it is, and neither taxes nor a payment. */
export function billRows({ lines, total, print }: Bill, facts: BillFacts, t: Translate<MessageKey>): PaperRow[] {
  const { textOf } = facts;
  return [
    ...(facts.training ? [loud(t("till.receipt.training"))] : []),
    ...billTitles(facts.country, t("till.bill.title")).map(loud),
    centered(t("till.bill.not_receipt")),
    { kind: "gap" },
    centered(facts.place.name),
    ...(facts.place.address === "" ? [] : [centered(facts.place.address)]),
    ...(facts.entityName === "" ? [] : [centered(facts.entityName)]),
    { kind: "gap" },
    pair(facts.number, clock(facts.at, facts.timeZone)),
    ...(facts.table === null ? [] : [centered(facts.table)]),
    ...(print > 1 ? [centered(t("till.bill.print_of", { print }))] : []),
    { kind: "rule" },
    ...lines.flatMap((line) => [
      pair(lineText(line, textOf), formatMoney({ ...total, amount: line.total })),
      ...(line.options.length > 0 ? [indented(line.options.map(textOf).join(", "))] : []),
    ]),
    { kind: "rule" },
    { kind: "pair", left: t("till.bill.total"), right: formatMoney(total), isBold: true },
    { kind: "gap" },
    centered(t("till.bill.text")),
    centered(facts.registerName),
  ];
}
