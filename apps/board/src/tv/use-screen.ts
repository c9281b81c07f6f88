import { queryOptions, useQuery } from "@tanstack/react-query";
import type { CartView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { api } from "../api.ts";
import { readScreen, writeScreen, type Screen } from "./screen-store.ts";

/** What the hub answers when a screen was sent away, or its code has run out and was forgotten. */
const OVER: ReadonlySet<string> = new Set(["screen.unknown", "cart.unknown", "cart.not_yours"]);
const LOOK_MS = 20_000;

/** The screen that this television is: the one it was before a power cut, else a new one with a code. */
const ownScreen = queryOptions({
  queryKey: ["own-screen"],
  queryFn: async (): Promise<Screen> => {
    const screen = readScreen() ?? (await api.ask("screens.open", {}));
    writeScreen(screen);
    return screen;
  },
  staleTime: Infinity,
  retry: true,
});

const shownQuery = (screen: Screen | undefined) =>
  queryOptions({
    queryKey: ["screen", screen?.id ?? ""],
    queryFn: async ({ signal }) => {
      const shown = await untilOver(api.ask("screens.read", { params: { id: screen?.id ?? "" }, signal }));
      if (shown?.cartId === null && screen && new Date(screen.expiresAt) <= new Date()) beginAnew();
      return shown;
    },
    enabled: screen !== undefined,
    refetchInterval: LOOK_MS,
  });

const cartQuery = (cartId: string | null) =>
  queryOptions({
    queryKey: ["cart", cartId ?? ""],
    queryFn: ({ signal }): Promise<CartView | null> => untilOver(api.ask("carts.read", { params: { id: cartId ?? "" }, signal })),
    enabled: cartId !== null,
    refetchInterval: LOOK_MS,
  });

/** This television's screen and the cart on it. Sent away, or with a code that has run out, it asks for a new one. */
export function useScreen(): { readonly screen: Screen | undefined; readonly cart: CartView | null } {
  const screen = useQuery(ownScreen).data;
  useLive(screen && `screen/${screen.id}`, screen?.token);
  const cartId = useQuery(shownQuery(screen)).data?.cartId ?? null;
  useLive(cartId === null ? undefined : `cart/${cartId}`, screen?.token);
  const cart = useQuery(cartQuery(cartId)).data ?? null;
  return { screen, cart: cartId === null ? null : cart };
}

/** The answer, or null when what was asked for is not this screen's to see any more: then it begins anew. Other failures are tried again. */
async function untilOver<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (!OVER.has(problemCode(error))) throw error;
    beginAnew();
    return null;
  }
}

function beginAnew(): void {
  writeScreen(undefined);
  void api.queries.invalidateQueries(ownScreen);
}
