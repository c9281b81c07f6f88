const WEEK_MS = 7 * 86_400_000;

/** Whether what is due wants to be looked at: a week ahead it does. */
export function dueSoon(dueAt: Date, now: Date): "late" | "soon" | "in_time" {
  if (dueAt < now) return "late";
  return dueAt.getTime() - now.getTime() < WEEK_MS ? "soon" : "in_time";
}
