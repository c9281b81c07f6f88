import type { CartLineView } from "@weft/contracts/client";
import { formatBusinessDate, formatMoney } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";

/** What the code of a line says of this very one: batch, serial number, and until when it keeps. */
export function Traced({ trace: { batch, serial, useBy, sellBy, bestBefore } }: { readonly trace: NonNullable<CartLineView["trace"]> }) {
  const until = useBy ?? sellBy ?? bestBefore;
  const parts = [
    ...(batch === undefined ? [] : [t("till.line.batch", { batch })]),
    ...(serial === undefined ? [] : [t("till.line.serial", { serial })]),
    ...(until === undefined ? [] : [t("till.line.keeps_until", { day: formatBusinessDate(until, "day") })]),
  ];
  return <small>{parts.join(" · ")}</small>;
}

type Because = CartLineView["because"];

const nearEndsOf = (because: Because) => because.flatMap(({ kind, data }) => (kind === "price.near_end" && data ? [data] : []));

/** How what is taken off near its last day is called on the line [BAT-8]. */
export const nearEndNames = (because: Because): string[] =>
  nearEndsOf(because).map(({ percent }) => t("till.line.near_end", { percent: Number(percent) }));

/** The same as the price is explained. */
export const nearEndTexts = ({ because, total }: CartLineView): string[] =>
  nearEndsOf(because).map(({ percent, on, amount }) =>
    t("till.line.near_end_why", {
      percent: Number(percent),
      day: formatBusinessDate(String(on), "day"),
      amount: formatMoney({ amount: Number(amount), currency: total.currency }),
    }),
  );
