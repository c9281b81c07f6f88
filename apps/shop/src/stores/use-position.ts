import { useCallback, useEffect, useState } from "react";
import type { Position } from "./stores.ts";

/** Two decimals are about a kilometer: enough to sort stores by distance, and no address. */
const DIGITS = 2;

/**
 * The reader's position, asked for when they press the button, or `atOnce` for who has allowed that; `refused` when they or the device did
 * not give it. It is never kept.
 */
export function usePosition({ atOnce = false }: { readonly atOnce?: boolean } = {}): {
  readonly position: Position | undefined;
  readonly state: "unasked" | "asking" | "known" | "refused";
  readonly ask: () => void;
} {
  const [position, setPosition] = useState<Position | undefined>(undefined);
  const [state, setState] = useState<"unasked" | "asking" | "known" | "refused">("unasked");
  const ask = useCallback(() => {
    if (!("geolocation" in navigator)) {
      setState("refused");
      return;
    }
    setState("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setPosition(`${Number(coords.latitude.toFixed(DIGITS))},${Number(coords.longitude.toFixed(DIGITS))}`);
        setState("known");
      },
      () => setState("refused"),
      { maximumAge: 10 * 60_000, timeout: 8000 },
    );
  }, []);
  useEffect(() => {
    if (atOnce) ask();
  }, [atOnce, ask]);
  return { position, state, ask };
}
