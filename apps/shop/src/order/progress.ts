import type { FulfillmentView, OrderView } from "@weft/contracts/client";

/** The steps that a customer follows, in order: at the counter, and of a parcel. */
const AT_COUNTER = ["placed", "accepted", "in_preparation", "ready", "collected"] as const;
const BY_PARCEL = ["placed", "accepted", "packed", "dispatched", "delivered"] as const;
export type Step = (typeof AT_COUNTER)[number] | (typeof BY_PARCEL)[number];

type Fulfillment = Pick<FulfillmentView, "kind" | "state">;

/** The steps of an order: a parcel is followed to the door, unless it is none any more because the order is fetched instead. */
export function stepsOf({ fulfillments }: { readonly fulfillments: readonly Fulfillment[] }): readonly Step[] {
  const coming = fulfillments.filter(({ state }) => STEP_OF[state] !== null);
  return (coming.length > 0 ? coming : fulfillments).some(({ kind }) => kind === "ship") ? BY_PARCEL : AT_COUNTER;
}

/** The step that each state of a fulfillment belongs to; what is refused or canceled is on none. */
const STEP_OF: Readonly<Record<FulfillmentView["state"], Step | null>> = {
  planned: "placed",
  assigned: "placed",
  accepted: "accepted",
  in_preparation: "in_preparation",
  packed: "in_preparation",
  ready: "ready",
  dispatched: "dispatched",
  delivered: "delivered",
  collected: "collected",
  not_collected: null,
  rejected: null,
  canceled: null,
};

/** Packing begins when it is taken up, and for a parcel that is the step before it leaves. */
export function stepOfPart({ kind, state }: Fulfillment): Step | null {
  const step = STEP_OF[state];
  return kind === "ship" && step === "in_preparation" ? "packed" : step;
}

/** Where an order stands for its customer [ORD-S1]: the furthest step that all of its fulfillments have reached; null when nothing comes any more. */
export function stepOf(order: OrderView): Step | null {
  if (order.state === "canceled") return null;
  const all = stepsOf(order);
  const steps = order.fulfillments.map(stepOfPart).filter((step) => step !== null);
  if (order.fulfillments.length === 0) return order.fulfillmentState === "fulfilled" ? "collected" : "placed";
  const least = Math.min(...steps.map(rankOf));
  return all[least] ?? null;
}

/** How far a step is, at the counter or of a parcel: an order may come in both ways. */
const rankOf = (step: Step): number => Math.max(...[AT_COUNTER, BY_PARCEL].map((steps: readonly Step[]) => steps.indexOf(step)));

/** Whether something of it is still to be fetched. */
export function isUnderway(order: OrderView): boolean {
  const step = stepOf(order);
  return step !== null && step !== "collected" && step !== "delivered";
}

/** What became of units that were not served; `store` names the one that serves them instead, `isWish`: they were not wanted any more. */
export type Change = {
  readonly orderLineId: string;
  readonly name: OrderView["lines"][number]["name"] | undefined;
  readonly quantity: number;
  readonly store: string | null;
  readonly isWish: boolean;
  /** Whether that store sends it; else it is fetched there. */
  readonly isSent: boolean;
  /** It is the same store, which waits for goods. */
  readonly waits: boolean;
};

/** What the customer must know of refusals [ORD-S2]: one row per line, store and whose wish it was, however often it was refused. */
export function changesOf({ fulfillments, lines }: Pick<OrderView, "fulfillments" | "lines">): Change[] {
  const changes = new Map<string, Change>();
  const refusals = fulfillments.flatMap(({ kind, refused, placeName }) =>
    refused.map((one) => ({ ...one, isSent: kind === "ship", waits: one.movedToPlaceName === placeName })),
  );
  for (const { orderLineId, quantity, reason, movedToPlaceName: store, isSent, waits } of refusals) {
    const isWish = reason === "not_wanted";
    const key = `${orderLineId} ${store} ${isWish}`;
    const before = changes.get(key)?.quantity ?? 0;
    const name = lines.find(({ id }) => id === orderLineId)?.name;
    changes.set(key, { orderLineId, name, quantity: before + quantity, store, isWish, isSent, waits });
  }
  return [...changes.values()];
}
