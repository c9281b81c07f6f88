import { useEffect, useEffectEvent } from "react";

/** A browser's timer holds no more than 24 days; nobody waits so long. */
const MOST_MS = 24 * 3_600_000;
/** Screens of one store do not ask in the same moment. */
const SPREAD_MS = 400;

/** Does something at the first of these instants that is still to come (ISO 8601): what is shown changes by the clock then. */
export function useTurn(instants: readonly (string | null | undefined)[], act: () => void): void {
  const turned = useEffectEvent(act);
  const known = [...new Set(instants.flatMap((instant) => instant ?? []))].toSorted().join(" ");
  useEffect(() => {
    const now = Date.now();
    const left = known.split(" ").flatMap((instant) => (Date.parse(instant) > now ? [Date.parse(instant) - now] : []));
    const first = Math.min(...left);
    if (first > MOST_MS) return undefined;
    const timer = setTimeout(() => turned(), first + Math.random() * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [known]);
}
