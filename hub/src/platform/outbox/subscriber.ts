import type { EventDefinition, HubEvent } from "@weft/kernel";
import type { Ctx } from "../ctx.ts";

/** What a subscriber does about one event, in a transaction that other events of its turn may share. Runs at least once, so it may not add up. */
export type Handler<Data> = (ctx: Ctx, event: HubEvent<Data>) => Promise<void>;

/** One kind of event and what is done about it. Made by `on`. */
export type Reaction = { readonly type: string; readonly handle: Handler<unknown> };

/** What a subscriber does about all events of a turn at once, in order; the same as one by one, in fewer statements. */
export type SetHandler = (ctx: Ctx, events: readonly HubEvent[]) => Promise<void>;

/** Someone who reacts to facts after their commit. Its name is its place in the log: renamed, it is a new subscriber. */
export type Subscriber = {
  readonly name: string;
  readonly reactions: ReadonlyMap<string, Handler<unknown>>;
  readonly handleSet?: SetHandler;
};

/** `on(OrderPlaced, async (ctx, event) => …)`. */
export function on<Data>(definition: EventDefinition<Data>, handle: Handler<Data>): Reaction {
  // `publish` let only data of this definition into the log under its type.
  return { type: definition.type, handle: handle as Handler<unknown> };
}

/**
 * Names who reacts, as `module.purpose`: after the commit, at least once, in order per subject, the events of
 * a turn in one transaction, or each in its own when one of them fails.
 * A subscriber that is new to an installation which already runs begins with the next event, so that it does not send last month's mail.
 */
export function subscriber(name: string, reactions: readonly Reaction[]): Subscriber {
  const byType = new Map(reactions.map(({ type, handle }) => [type, handle]));
  if (byType.size < reactions.length) throw new Error(`subscriber ${name} reacts twice to one kind of event`);
  return { name, reactions: byType };
}

/** A subscriber that takes all events of a turn at once: for what every cart or order brings, where a statement each would be felt. */
export function setSubscriber(name: string, definitions: readonly EventDefinition[], handleSet: SetHandler): Subscriber {
  const one: Handler<unknown> = (ctx, event) => handleSet(ctx, [event]);
  return {
    ...subscriber(
      name,
      definitions.map((definition) => on(definition, one)),
    ),
    handleSet,
  };
}
