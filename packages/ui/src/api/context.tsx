import { createContext, use, useEffect, useSyncExternalStore } from "react";
import type { Wanted } from "../live/followers.ts";
import type { LiveState } from "../live/state.ts";
import type { Api } from "./api.ts";

/** The app's connection, given to all screens by AppRoot. */
export const ApiContext = createContext<Api | null>(null);

/** The app's connection. Throws outside of AppRoot. */
export function useApi(): Api {
  const api = use(ApiContext);
  if (!api) throw new Error("useApi is used outside of AppRoot");
  return api;
}

/**
 * Follows a subject (`cart/<id>`) while the component is mounted: its changes are written into the query under `["cart", id]`.
 * `undefined` follows nothing, for a screen that does not know its subject yet.
 */
export function useLive(subject: string | undefined, token?: string): void {
  const { live } = useApi();
  useEffect(() => {
    if (subject === undefined) return undefined;
    const wanted: Wanted = { subject, ...(token !== undefined && { token }) };
    return live.follow(wanted);
  }, [live, subject, token]);
}

/** Whether the screen follows the hub right now. */
export function useLiveState(): LiveState {
  const { live } = useApi();
  return useSyncExternalStore(live.onState, live.state);
}
