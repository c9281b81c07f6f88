/** From so many minutes on a clock is wrong, and not a slow network. */
const WRONG_FROM = 2;

/** How a clock that is `ahead` of the hub's, in milliseconds, is told to people: sales bear its time. Null where it is right. */
export function clockTrouble(ahead: number): { readonly kind: "ahead" | "behind"; readonly minutes: number } | null {
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  if (minutes < WRONG_FROM) return null;
  return { kind: ahead > 0 ? "ahead" : "behind", minutes };
}
