import type { FulfillmentView } from "@weft/contracts/client";
import { wallClock } from "@weft/kernel";
import { comingDayStyle, formatDate, formatTime } from "@weft/ui/i18n/format.ts";

/** Minutes before its time at which something that nobody has begun is worth a warning. */
const RISK_MINUTES = 5;

/** Where the time of something stands [COL-1]: `late` when it has passed, `soon` when nobody has begun and it is close, else `fine`. */
export type Risk = "late" | "soon" | "fine";

/** When its customer comes for it: what they chose, else what was promised; null where nothing was said. */
export function timeOf({ dueAt, promisedAt }: Pick<FulfillmentView, "dueAt" | "promisedAt">): string | null {
  return dueAt ?? promisedAt;
}

/** A time as a cashier reads it: only the clock while it is today at the place, else with its day [COL-1]. */
export function timeText(at: string, timeZone: string, now: Date): string {
  const time = formatTime(at, { timeZone });
  if (wallClock(new Date(at), timeZone).date === wallClock(now, timeZone).date) return time;
  const style = Date.parse(at) > now.getTime() ? comingDayStyle(at, now) : "day";
  return `${formatDate(at, { timeZone, style })} ${time}`;
}

export function riskOf(work: Pick<FulfillmentView, "dueAt" | "promisedAt" | "state">, now: Date): Risk {
  const at = timeOf(work);
  if (at === null || work.state === "ready") return "fine";
  const minutes = (Date.parse(at) - now.getTime()) / 60_000;
  if (minutes < 0) return "late";
  const isBegun = work.state === "in_preparation" || work.state === "packed";
  return minutes <= RISK_MINUTES && !isBegun ? "soon" : "fine";
}

type Timed = Pick<FulfillmentView, "dueAt" | "promisedAt"> & Partial<Pick<FulfillmentView, "arrival">>;

/**
 * Whose customer is here first, then by the time of each, so that what is at risk stands above; what has no time comes last, in the order it was
 * placed [COL-1].
 */
export function byTime<T extends Timed>(work: readonly T[]): T[] {
  const at = (each: T) => Date.parse(timeOf(each) ?? "9999-12-31T00:00:00Z");
  const isHere = ({ arrival }: T) => Number(arrival === "here");
  return [...work].sort((a, b) => isHere(b) - isHere(a) || at(a) - at(b));
}

/** Whether nobody fetched it within its time. */
export function isOverdue({ collectUntil }: Pick<FulfillmentView, "collectUntil">, now: Date): boolean {
  return collectUntil !== null && Date.parse(collectUntil) <= now.getTime();
}

/** The channel that it was ordered on. */
export function channelOf({ history }: Pick<FulfillmentView, "history">) {
  return history[0]?.channelKind ?? null;
}

/** What kind of proof was scanned or typed: six digits are a collection code, seven that of somebody who was sent, a letter with digits an order's number, the rest a member card. */
export function proofOf(shown: string): "code" | "order_number" | "member_card" {
  const text = shown.trim();
  if (/^\d{6,7}$/.test(text.replaceAll(/[\s-]/g, ""))) return "code";
  return isOrderNumber(text) ? "order_number" : "member_card";
}

export function isOrderNumber(text: string): boolean {
  return /^[a-z]{1,3}-\d+$/i.test(text.trim());
}
