import type { StoreView } from "@weft/contracts/client";
import { wallClock } from "@weft/kernel";
import { comingDayStyle, formatDate, formatTime } from "@weft/ui/i18n/format.ts";
import type { Tone } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";

/** Whether a store is open, in a few words: `open until 19:00`, `opens Monday at 07:30`. */
export function openText({ open, timeZone }: Pick<StoreView, "open" | "timeZone">, now: Date): string {
  if (open.nextChange === null) return t(open.state === "closed" ? "shop.open.closed" : "shop.open.always");
  const time = formatTime(open.nextChange, { timeZone });
  if (open.state !== "closed") return t("shop.open.until", { time });
  const isToday = wallClock(new Date(open.nextChange), timeZone).date === wallClock(now, timeZone).date;
  return isToday
    ? t("shop.open.opens_at", { time })
    : t("shop.open.opens_on", { day: formatDate(open.nextChange, { timeZone, style: comingDayStyle(open.nextChange, now) }), time });
}

/** That a store takes nothing ahead for a while, or that all takes longer; null when it prepares as always. */
export function paceText({ pace, timeZone }: Pick<StoreView, "pace" | "timeZone">): string | null {
  if (pace === null) return null;
  const time = formatTime(pace.until, { timeZone });
  if (pace.isAway) return t("shop.pace.away", { time });
  return pace.waitMinutes === null ? t("shop.pace.paused", { time }) : t("shop.pace.slowed", { minutes: pace.waitMinutes, time });
}

/** How the state should be felt. */
export function openTone({ open }: Pick<StoreView, "open">): Tone {
  if (open.state === "open") return "good";
  return open.state === "closing_soon" ? "warn" : "plain";
}
