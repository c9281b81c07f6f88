import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FulfillmentView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { api } from "../api.ts";

export type WorkState = "open" | "ready";

/** Below the place's subject, so that a new order or a step taken elsewhere asks for it again. */
const workQuery = (placeId: string, state: WorkState) =>
  queryOptions({
    queryKey: ["work", placeId, state],
    queryFn: ({ signal }) => api.ask("fulfillments.list", { query: { placeId, state, kind: "counter", limit: 100 }, signal }),
    refetchInterval: 30_000,
  });

/** What this place has to pack for carriers. */
export const parcelsQuery = (placeId: string) =>
  queryOptions({
    queryKey: ["work", placeId, "parcels"],
    queryFn: ({ signal }) => api.ask("fulfillments.list", { query: { placeId, state: "open", kind: "ship", limit: 100 }, signal }),
    refetchInterval: 30_000,
  });

export function useWork(placeId: string, state: WorkState) {
  useLive(`work/${placeId}`);
  return useQuery(workQuery(placeId, state));
}

type Step = "prepare" | "ready";

/** One step on. Pressing twice is no mistake. */
export function useStep() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, step }: { readonly id: string; readonly step: Step }): Promise<FulfillmentView> =>
      step === "ready" ? api.ask("fulfillments.ready", { params: { id } }) : api.ask("fulfillments.prepare", { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["work"] }),
  });
}

/** What is left to do with it here. */
export function nextStep({ state }: FulfillmentView): Step | undefined {
  if (state === "planned" || state === "assigned" || state === "accepted") return "prepare";
  return state === "in_preparation" || state === "packed" ? "ready" : undefined;
}
