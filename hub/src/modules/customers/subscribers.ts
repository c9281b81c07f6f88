import { asId, type HubEvent, type PlaceId, type RecordId } from "@weft/kernel";
import { addJob, on, setSubscriber, subscriber, type Subscriber } from "../../platform/index.ts";
import { CartHandedOver, CartOpened } from "../carts/events.ts";
import { FulfillmentChanged } from "../fulfillment/events.ts";
import { OrderPlaced } from "../orders/events.ts";
import { matchRecord } from "./commands/match-record.ts";
import { wereNear, type Nearness } from "./commands/near.ts";
import { levelChangeOf } from "./commands/switch-level.ts";
import { CustomerChanged, FieldRulesChanged, LevelChangeMoved, LimitsChanged, MatchingMoved } from "./events.ts";
import { applyLimitsJob, matchFileJob, rebuildProfilesJob, switchJob } from "./jobs.ts";

type Whereabouts = { readonly recordId: string | null; readonly placeId: string | null };

/** Who has a cart, an order or a collection at a place is near it. May be seconds late: then a cashier asks for a name instead. */
export const customerSubscribers: readonly Subscriber[] = [
  setSubscriber("customers.near_place", [CartOpened, CartHandedOver, OrderPlaced, FulfillmentChanged], (ctx, events) =>
    wereNear(ctx, events.flatMap(nearness)),
  ),
  // A switch begins some milliseconds after it was asked for; its own job tells of each step, which makes none.
  subscriber("customers.switch_level", [
    on(LevelChangeMoved, async (ctx, { data: { levelChangeId } }) => {
      if ((await levelChangeOf(ctx, levelChangeId))?.state !== "building") return;
      await addJob(ctx, switchJob, {}, { key: "customers.switch_level now" });
    }),
  ]),
  // After the answer: a record that came or changed is compared with those like it [IDN-25]. Seconds late under load, and nobody waits.
  subscriber("customers.match_changed", [on(CustomerChanged, (ctx, { data: { recordId } }) => matchRecord(ctx, asId<RecordId>(recordId)))]),
  subscriber("customers.work", [
    on(MatchingMoved, async (ctx, { data: { state } }) => {
      if (state === "running") await addJob(ctx, matchFileJob, {}, { key: "customers.match_file now" });
    }),
    on(LimitsChanged, (ctx) => addJob(ctx, applyLimitsJob, {}, { key: "customers.apply_limits now" })),
    on(FieldRulesChanged, (ctx) => addJob(ctx, rebuildProfilesJob, {}, { key: "customers.rebuild_profiles now" })),
  ]),
];

function nearness({ data, time }: HubEvent): Nearness[] {
  const { recordId, placeId } = data as Whereabouts; // the four kinds have both, as ids that their publishers took from their own rows
  return recordId && placeId ? [{ recordId: recordId as RecordId, placeId: placeId as PlaceId, at: new Date(time) }] : [];
}
