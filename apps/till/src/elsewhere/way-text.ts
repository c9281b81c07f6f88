import type { CartLineView } from "@weft/contracts/client";
import { comingDayStyle, formatDate } from "@weft/ui/i18n/format.ts";
import { timeText } from "../collections/desk.ts";
import type { LineWay } from "../ticket/shape.ts";
import { t } from "../t.ts";

/** How a line reaches its customer when it is not taken along, as the ticket says it. */
export function wayText({ kind, place, slot, promiseAt }: NonNullable<CartLineView["elsewhere"]>, timeZone: string, now: Date): string {
  if (kind === "ship")
    return promiseAt === null ? t("till.elsewhere.sent") : t("till.elsewhere.sent_by", { day: dayText(promiseAt, timeZone, now) });
  const store = place?.name ?? "";
  if (kind === "bring")
    return promiseAt === null
      ? t("till.elsewhere.brought", { store })
      : t("till.elsewhere.brought_by", { store, day: dayText(promiseAt, timeZone, now) });
  const at = slot?.startsAt ?? promiseAt;
  return at === null
    ? t("till.elsewhere.fetched", { store })
    : t("till.elsewhere.fetched_at", { store, time: timeText(at, timeZone, now) });
}

/** A way with all that is said of it, as a till's command keeps it. */
type WholeWay = Extract<LineWay, { kind: "collect" | "bring" }> | { readonly kind: "ship"; readonly methodId: string | null };

/** The way of a line, for another one that goes like it; nothing where it is taken along. */
export function wayOf({ elsewhere }: Pick<CartLineView, "elsewhere">): { readonly elsewhere?: WholeWay } {
  if (!elsewhere) return {};
  const { kind, place, slot } = elsewhere;
  if (kind === "ship") return { elsewhere: { kind, methodId: null } };
  if (kind === "bring") return place ? { elsewhere: { kind, placeId: place.id } } : {};
  return place ? { elsewhere: { kind, placeId: place.id, ...(slot && { slotId: slot.id }) } } : {};
}

/** The day until which a parcel is at the door. */
export const dayText = (at: string, timeZone: string, now: Date): string => formatDate(at, { timeZone, style: comingDayStyle(at, now) });

const REASONS = {
  stock_short: "till.elsewhere.because.stock_short",
  sold_out: "till.elsewhere.because.sold_out",
  not_sold_here: "till.elsewhere.because.not_sold_here",
  place_closed: "till.elsewhere.because.place_closed",
  not_shippable: "till.elsewhere.because.not_shippable",
  not_shipped_to: "till.elsewhere.because.not_sent",
  no_shipping_place: "till.elsewhere.because.not_sent",
} as const;

/** Why goods cannot come from there. */
export function whyNotText(because: { readonly kind: string } | null): string {
  const kind = because?.kind ?? "";
  return t(kind in REASONS ? REASONS[kind as keyof typeof REASONS] : "till.elsewhere.because.other"); // a key of it, checked before
}
