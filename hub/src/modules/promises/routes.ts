import type { DeliveryMethodView } from "@weft/contracts";
import { asId, err, ok, type EntityId, type PlaceId } from "@weft/kernel";
import { inTransaction, raw, read, write, type Ctx, type Route } from "../../platform/index.ts";
import { mayActAt } from "../access/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { saveDeliveryMethod } from "./commands.ts";
import type { DeliveryMethod, DeliveryMethodId } from "./domain/index.ts";
import { DELIVERY_PROBLEMS, PACE_PROBLEMS, type DeliveryError } from "./errors.ts";
import { needsLease, renewLease, SIGN_SECONDS } from "./lease.ts";
import { endPace, setPace } from "./pace.ts";
import { deliverySnapshot, loadDeliveryMethods } from "./snapshot.ts";

export const promisesRoutes: readonly Route[] = [
  write(
    "pace.set",
    async (ctx, { params, body }) => {
      const said = await setPace(ctx, asId<PlaceId>(params.id), { minutes: body.minutes, waitMinutes: body.waitMinutes }); // an id by the contract
      return said.ok ? ok({ until: said.value.until.toISOString(), waitMinutes: said.value.waitMinutes, isAway: false }) : said;
    },
    { problems: PACE_PROBLEMS },
  ),
  write(
    "pace.end",
    (ctx, { params }) => endPace(ctx, asId<PlaceId>(params.id)), // the same
    { problems: PACE_PROBLEMS },
  ),
  raw("storeLease.renew", async ({ actor, around, reply }) => {
    const place = actor.device && (await around.snapshots.current(placesSnapshot)).places.get(actor.device.placeId);
    const isNeeded = place !== null && place !== undefined && needsLease(place);
    // Without a key: a sign of life that is repeated is a sign of life.
    if (isNeeded) await inTransaction(around, async (ctx) => ok(await renewLease(ctx, place.id)));
    return reply.send({ againInSeconds: isNeeded ? SIGN_SECONDS : SIGN_SECONDS * 60 });
  }),
  read("deliveryMethods.list", async (ctx) => ok({ items: (await ctx.snapshots.current(deliverySnapshot)).map(presentMethod) }), {
    problems: {},
  }),
  write(
    "deliveryMethods.create",
    async (ctx, { body }) => {
      // Ids are UUIDs by the contract.
      const method = { ...body, id: ctx.newId<DeliveryMethodId>(), entityId: asId<EntityId>(body.entityId), isActive: true };
      return saved(ctx, { ...method, name: tidyName(body.name) });
    },
    { problems: DELIVERY_PROBLEMS },
  ),
  write(
    "deliveryMethods.update",
    async (ctx, { params, body: { active, ...change } }) => {
      const methodId = asId<DeliveryMethodId>(params.id);
      const before = await methodOf(ctx, methodId);
      if (!before) return err<DeliveryError>({ code: "delivery.method_unknown", methodId });
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const name = change.name ? tidyName(change.name) : before.name;
      return saved(ctx, { ...before, ...given, name, isActive: active ?? before.isActive });
    },
    { problems: DELIVERY_PROBLEMS },
  ),
];

/** A language without a name reads the English one. */
function tidyName(name: Readonly<Record<string, string | undefined>> & { readonly en: string }): DeliveryMethod["name"] {
  const given = Object.entries(name).filter(([, text]) => text !== undefined && text !== "");
  return { ...Object.fromEntries(given), en: name.en };
}

async function saved(ctx: Ctx, method: Omit<DeliveryMethod, "currency">) {
  if (!mayActAt(ctx.actor, null)) return err<DeliveryError>({ code: "delivery.out_of_reach" });
  const done = await saveDeliveryMethod(ctx, method);
  if (!done.ok) return done;
  const found = await methodOf(ctx, method.id);
  if (!found) throw new Error(`delivery method ${method.id} disappeared after it was written`);
  return ok(presentMethod(found));
}

/** As stored now, because a snapshot may be some milliseconds older than what another node has written. */
async function methodOf(ctx: Pick<Ctx, "db">, id: DeliveryMethodId): Promise<DeliveryMethod | undefined> {
  return (await loadDeliveryMethods(ctx.db)).find((method) => method.id === id);
}

function presentMethod(method: DeliveryMethod): DeliveryMethodView {
  const { currency, freeFrom } = method;
  return {
    id: method.id,
    entityId: method.entityId,
    name: method.name,
    price: { amount: method.price, currency },
    taxClass: method.taxClass,
    freeFrom: freeFrom === null ? null : { amount: freeFrom, currency },
    countries: [...method.countries],
    leadDays: method.leadDays,
    position: method.position,
    active: method.isActive,
  };
}
