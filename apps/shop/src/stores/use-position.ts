import { useEffect, useState } from "react";
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
  function ask(): void {
    setState("asking");
    locate(know, refuse);
  }
  function know(found: Position): void {
    setPosition(found);
    setState("known");
  }
  const refuse = (): void => setState("refused");
  useEffect(() => {
    // Nobody pressed a button, so nothing is said where it is not given.
    if (atOnce) locate(know, () => undefined);
  }, [atOnce]);
  return { position, state, ask };
}

function locate(know: (found: Position) => void, refuse: () => void): void {
  if (!("geolocation" in navigator)) {
    refuse();
    return;
  }
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => know(`${Number(coords.latitude.toFixed(DIGITS))},${Number(coords.longitude.toFixed(DIGITS))}`),
    () => refuse(),
    { maximumAge: 10 * 60_000, timeout: 8000 },
  );
}
