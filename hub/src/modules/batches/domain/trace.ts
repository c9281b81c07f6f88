/** What its code says of this very one [BAT-1]: batch, serial number, and the days that it bears, as ISO days. */
export type Trace = {
  readonly batch?: string | undefined;
  readonly serial?: string | undefined;
  /** Not to be used, or sold, after this day; at its best until. */
  readonly useBy?: string | undefined;
  readonly sellBy?: string | undefined;
  readonly bestBefore?: string | undefined;
};

const PARTS = ["batch", "serial", "useBy", "sellBy", "bestBefore"] as const;

/** What is known of it, and nothing else; undefined where its code says nothing that tells it from another. */
export function traceOf(said: Trace): Trace | undefined {
  const known = PARTS.flatMap((part) => (said[part] === undefined ? [] : [[part, said[part]] as const]));
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/** Whether two things are of one line: the same batch with the same days. One with a serial number is like no other. */
export function sameTrace(one: Trace | undefined, other: Trace | undefined): boolean {
  if (!one || !other) return one === other;
  return one.serial === undefined && PARTS.every((part) => one[part] === other[part]);
}

/** How many days before its last day a thing is said to be near it, where the store says nothing else. */
export const NEAR_DAYS = 3;

export type Freshness =
  | { readonly kind: "fresh" }
  /** It must not be sold any more. */
  | { readonly kind: "expired"; readonly on: string }
  /** Its last day is near, or it was at its best until a day that is over: it may be sold, and whoever buys it should know. */
  | { readonly kind: "near" | "past_best"; readonly on: string };

/**
 * Whether a thing may be sold on a day by what its code says [TIL-71]: not after the day until which it may be used or sold; after the one until which
 * it is at its best it may be, when its buyer is told (Regulation (EU) No 1169/2011, articles 24 and 9).
 */
export function freshnessOf({ useBy, sellBy, bestBefore }: Trace, today: string, nearDays: number = NEAR_DAYS): Freshness {
  const last = [useBy, sellBy].flatMap((day) => day ?? []).toSorted()[0];
  if (last !== undefined && last < today) return { kind: "expired", on: last };
  if (bestBefore !== undefined && bestBefore < today) return { kind: "past_best", on: bestBefore };
  const next = [last, bestBefore].flatMap((day) => day ?? []).toSorted()[0];
  return next !== undefined && daysBetween(today, next) <= nearDays ? { kind: "near", on: next } : { kind: "fresh" };
}

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** How a store marks down what is near its last day: from so many days before it, by so many percent; 0 percent: not at all. */
export type NearEndRule = { readonly days: number; readonly percent: number };

/** What a thing is marked down by on a day, and the day that it bears; undefined where it is fresh, or the store marks nothing down [BAT-8]. */
export function nearEndOf(
  trace: Trace | undefined,
  { days, percent }: NearEndRule,
  today: string,
): { readonly percent: number; readonly on: string } | undefined {
  const state = trace && percent > 0 ? freshnessOf(trace, today, days) : undefined;
  return state?.kind === "near" || state?.kind === "past_best" ? { percent, on: state.on } : undefined;
}
