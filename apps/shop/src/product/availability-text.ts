import type { AvailabilityView, CartLineView, PlacePromiseView, SoldAheadView } from "@weft/contracts/client";
import { wallClock } from "@weft/kernel";
import { comingDayStyle, formatDate, formatDateTime, formatTime } from "@weft/ui/i18n/format.ts";
import type { Tone } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";

/** From here on a count is worth telling: below it someone may be too late. */
const FEW = 5;

export type Said = { readonly text: string; readonly tone: Tone; readonly canBuy: boolean };

/** What a list says of a product's stock; null when it is simply there. */
export function stockNote({ inAssortment, soldOut, tracked, available, ahead }: AvailabilityView): Said | null {
  if (!inAssortment) return { text: t("shop.stock.not_here"), tone: "plain", canBuy: false };
  if (!soldOut && ahead && (available ?? 0) <= 0) return { text: aheadText(ahead), tone: "warn", canBuy: true };
  if (soldOut || (tracked && available !== null && available <= 0)) return { text: t("shop.stock.sold_out"), tone: "bad", canBuy: false };
  if (tracked && available !== null && available <= FEW)
    return { text: t("shop.stock.few", { count: available }), tone: "warn", canBuy: true };
  return null;
}

/** That the store sells it at another time of the day, by its clock; null when it does now. It can be ordered for then. */
export function servedNote({ served }: AvailabilityView, timeZone: string | undefined, now: Date): Said | null {
  if (!served || served.now) return null;
  if (served.changesAt === null) return { text: t("shop.stock.not_now"), tone: "plain", canBuy: true };
  const [day, today] = [new Date(served.changesAt), now].map((at) => wallClock(at, timeZone ?? "UTC").date);
  const time =
    day === today
      ? formatTime(served.changesAt, { timeZone })
      : formatDateTime(served.changesAt, { timeZone, style: comingDayStyle(served.changesAt, now) });
  return { text: t("shop.stock.served_from", { time }), tone: "plain", canBuy: true };
}

/** That it can be ordered before it is there, and when it comes. */
export function aheadText({ kind, on }: Pick<SoldAheadView, "kind" | "on">): string {
  const day = formatDate(on, { timeZone: "UTC", style: "day" });
  return kind === "preorder" ? t("shop.stock.preorder", { day }) : t("shop.stock.backorder", { day });
}

/** What a place can promise, in words: units, and when it is ready there. */
export function promiseText(promise: PlacePromiseView, now: Date): Said {
  const { inAssortment, available, promiseAt, tracked, store } = promise;
  if (!inAssortment) return { text: t("shop.stock.not_here"), tone: "plain", canBuy: false };
  if (promiseAt === null && promise.expectedOn !== null)
    return {
      text: t("shop.stock.expected", { date: formatDate(promise.expectedOn, { timeZone: "UTC", style: "day" }) }),
      tone: "warn",
      canBuy: false,
    };
  if (promiseAt === null) return { text: t("shop.stock.sold_out"), tone: "bad", canBuy: false };
  if (promise.ahead && (promise.because?.kind === "backorder" || promise.because?.kind === "preorder"))
    return { text: aheadText(promise.ahead), tone: "warn", canBuy: true };
  const ready = readyText(promiseAt, store.timeZone, now);
  if (!tracked || available === null) return { text: ready, tone: "good", canBuy: true };
  return { text: t("shop.stock.units_ready", { count: available, ready }), tone: available <= FEW ? "warn" : "good", canBuy: true };
}

/** When something is ready at a place: in minutes while it is soon, by the clock today, else with its day. */
export function readyText(at: string, timeZone: string, now: Date): string {
  const minutes = Math.max(0, Math.ceil((new Date(at).getTime() - now.getTime()) / 60_000));
  if (minutes <= 1) return t("shop.ready.now");
  if (minutes < 60) return t("shop.ready.minutes", { minutes });
  const isToday = wallClock(new Date(at), timeZone).date === wallClock(now, timeZone).date;
  return isToday
    ? t("shop.ready.at", { time: formatTime(at, { timeZone }) })
    : t("shop.ready.on", { time: formatDateTime(at, { timeZone, style: comingDayStyle(at, now) }) });
}

/** What of a line of the cart is not there yet, and when it comes. */
export function waitText({ kind, quantity, on }: NonNullable<CartLineView["waits"]>[number], ordered: number): string {
  if (quantity === ordered) return aheadText({ kind, on });
  return t("shop.cart.waits", { count: quantity, day: formatDate(on, { timeZone: "UTC", style: "day" }) });
}
