import type { ShiftView } from "@weft/contracts/client";
import type { Money } from "@weft/kernel";
import { formatBusinessDate, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import type { Translate } from "@weft/ui/i18n/i18n.ts";
import type { MessageKey } from "../t.ts";
import type { PaperRow } from "./paper.ts";
import { at, centered, loud, pair, text, warningRows } from "./rows.ts";

type ReportFacts = {
  readonly placeName: string;
  readonly timeZone: string;
  readonly training: boolean;
  /** When it is printed. */
  readonly now: string;
  /** What the register sold since its journal was begun, where it signs one: with the signs of returns, and without. */
  readonly perpetual?: { readonly net: number; readonly absolute: number } | undefined;
};

/** A shift on paper: X while it is open, without what the drawer should hold, so that its count stays blind [TIL-4]; Z once it is closed. */
export function reportRows(shift: ShiftView, facts: ReportFacts, t: Translate<MessageKey>): PaperRow[] {
  const { closedAt, sales, returns, rounding, empties, tips, float } = shift;
  const money = (amount: number): Money => ({ amount, currency: float.currency });
  const isClosed = closedAt !== null;
  return [
    ...warningRows(facts.training, undefined, t),
    loud(t(isClosed ? "till.slip.z" : "till.slip.x")),
    centered(facts.placeName),
    centered(`${shift.registerName} · ${formatBusinessDate(shift.businessDate, "day")}`),
    { kind: "gap" },
    pair(shift.openedBy, at(shift.openedAt, facts.timeZone)),
    pair(t(isClosed ? "till.slip.closed" : "till.slip.printed"), at(closedAt ?? facts.now, facts.timeZone)),
    { kind: "rule" },
    pair(t("till.shift.sales"), formatNumber(sales.count)),
    { kind: "pair", left: t("till.shift.total"), right: formatMoney(sales.total), isBold: true },
    pair(t("till.shift.cash_sales"), formatMoney(sales.cash)),
    pair(t("till.shift.card_sales"), formatMoney(sales.card)),
    pair(t("till.shift.returns"), formatNumber(returns.count)),
    pair(t("till.slip.returned"), formatMoney(returns.total)),
    pair(t("till.shift.cash_back"), formatMoney(returns.cash)),
    ...(empties.count > 0 ? [pair(t("till.shift.empties"), formatMoney(empties.total))] : []),
    ...(rounding.amount === 0 ? [] : [pair(t("till.shift.rounding"), formatMoney(rounding))]),
    ...(tips.total.amount > 0 ? tipRows(tips, t) : []),
    { kind: "rule" },
    pair(t("till.slip.float"), formatMoney(float)),
    ...(isClosed ? drawerRows(shift, t) : []),
    ...sharedRows(shift, t),
    pair(t("till.shift.opened_customers"), formatNumber(shift.customersOpenedWithoutSale)),
    ...(facts.perpetual
      ? [
          { kind: "gap" } as const,
          pair(t("till.slip.perpetual"), formatMoney(money(facts.perpetual.net))),
          pair(t("till.slip.perpetual_absolute"), formatMoney(money(facts.perpetual.absolute))),
        ]
      : []),
  ];
}

function tipRows(tips: ShiftView["tips"], t: Translate<MessageKey>): PaperRow[] {
  return [
    pair(t("till.shift.tips"), formatMoney(tips.total)),
    pair(t("till.shift.tips_cash"), formatMoney(tips.cash)),
    ...tips.byStaff.map(({ name, total }) => pair(t("till.shift.tips_of", { name: name ?? t("till.shift.nobody") }), formatMoney(total))),
  ];
}

function drawerRows({ expectedCash, countedCash, difference }: ShiftView, t: Translate<MessageKey>): PaperRow[] {
  if (countedCash === null) return [text(t("till.drawer.left"))];
  if (expectedCash === null || difference === null)
    return [pair(t("till.shift.counted"), formatMoney(countedCash)), text(t("till.shift.told_later"))];
  return [
    pair(t("till.shift.expected"), formatMoney(expectedCash)),
    pair(t("till.shift.counted"), formatMoney(countedCash)),
    { kind: "pair", left: t("till.slip.difference"), right: formatMoney(difference), isBold: true },
  ];
}

/** Who else works or worked on the drawer: float and count are of all of them. */
function sharedRows({ drawer }: ShiftView, t: Translate<MessageKey>): PaperRow[] {
  if (drawer.registers.length < 2) return [];
  return [
    text(t("till.drawer.of", { drawer: drawer.name })),
    ...drawer.registers.map(({ registerName, total }) => pair(registerName, formatMoney(total))),
  ];
}

export type MovedCash = { readonly direction: "in" | "out"; readonly amount: Money; readonly reason: string; readonly at: string };

/** What went into the drawer or out of it, to be signed by who gave and who took. */
export function cashSlipRows(
  move: MovedCash,
  facts: Pick<ReportFacts, "placeName" | "timeZone" | "training"> & { readonly registerName: string; readonly staffName: string },
  t: Translate<MessageKey>,
): PaperRow[] {
  return [
    ...warningRows(facts.training, undefined, t),
    loud(t(`till.shift.${move.direction}`)),
    centered(facts.placeName),
    { kind: "gap" },
    pair(facts.registerName, at(move.at, facts.timeZone)),
    text(facts.staffName),
    { kind: "rule" },
    { kind: "pair", left: move.reason, right: formatMoney(move.amount), isBold: true },
    { kind: "gap" },
    text(t("till.slip.signature")),
    { kind: "gap" },
    { kind: "rule" },
  ];
}
