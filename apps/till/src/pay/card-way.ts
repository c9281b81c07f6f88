import { useQuery } from "@tanstack/react-query";
import { api } from "../api.ts";
import { useTill } from "../device/till-context.ts";
import { SANDBOX_TOKENS } from "./sandbox.ts";

/** How a card pays at this register. `token` is what the hub is told; null: no card is taken here. */
export type CardAtTill = { readonly token: string | null; readonly isTest: boolean; readonly reader: string | null };

/** Test cards until the hub has said otherwise, so that a till without a network asks as it always did, and the hub decides. */
const TEST: CardAtTill = { token: SANDBOX_TOKENS[0], isTest: true, reader: null };

/** A card is held to the reader of the register; a page of the provider is nothing for a counter. */
export function useCardWay(): CardAtTill {
  const { register } = useTill();
  const { id: registerId, placeId } = register;
  const methods = useQuery({
    queryKey: ["payment-methods", placeId, registerId],
    queryFn: ({ signal }) => api.ask("payments.methods", { query: { placeId, registerId }, signal }),
    staleTime: 10 * 60_000,
  });
  if (register.practices) return TEST;
  if (!methods.data || methods.data.card?.way === "test_card") return TEST;
  const { card } = methods.data;
  return card?.way === "reader" ? { token: card.token, isTest: false, reader: card.label } : { token: null, isTest: false, reader: null };
}
