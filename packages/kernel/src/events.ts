import type { z } from "zod";

/**
 * A past-tense fact that a module publishes. `data` carries ids and quantities, never personal values:
 * who needs a name asks for it when it is needed, and gets nothing after an erasure.
 */
export type EventDefinition<Data = unknown> = { readonly type: string; readonly schema: z.ZodType<Data> };

/** The event as subscribers and webhooks see it (CloudEvents 1.0 attributes), with its place in the log. */
export type HubEvent<Data = unknown> = {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  /** The thing it is about, as `noun/id`: `cart/0195…`. Events of one subject keep their order. */
  readonly subject: string;
  readonly time: string;
  readonly data: Data;
  /** Gap-free position in the log, given after the commit. */
  readonly position: number;
};

/** Names a fact: `defineEvent("cart.changed.v1", z.object({...}))`. The name is `noun.happened.vN`. */
export function defineEvent<Data>(type: string, schema: z.ZodType<Data>): EventDefinition<Data> {
  if (!/^[a-z_]+(\.[a-z_]+)+\.v\d+$/.test(type)) throw new Error(`event type ${type} is not "noun.happened.vN"`);
  return { type, schema };
}
