import type { LinkLevel } from "@weft/contracts";
import { err, ok, type ChannelId, type EntityId, type PlaceId, type RecordId, type Result, type StaffId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { createStaffSession, enrollDevice, newToken, removeDevice, type NewSession } from "../access/index.ts";
import { addKeys, endChannel, keyValue, upsertChannels } from "../channels/index.ts";
import { eraseRecords, link, personRecordsOf, provisionalRecord, switchLevel, type ErasureHook } from "../customers/index.ts";
import type { SaleDeps } from "../checkout/index.ts";
import { placeOf } from "../places/index.ts";
import { openTrainingTill, retireTrainingTill } from "../till/index.ts";
import { writeHistory } from "../touchpoints/index.ts";
import type { TourError } from "./errors.ts";
import { expiredVisits, mustReadVisit, ownVisit, type PersonaId, type Visit, type VisitId } from "./visits.ts";

const VISIT_HOURS = 24;
const FORGOTTEN_AT_ONCE = 20;
/** The session of the framed till. */
export const TILL_SESSION = "weft_till_right";

/** Where the tour plays, and who stands at its tills. */
export type TourStage = { readonly placeId: PlaceId; readonly staffId: StaffId; readonly staffName: string };
/** `stage` is null outside the demo: there is no tour. */
export type TourDeps = {
  readonly stage: TourStage | null;
  readonly erasureHooks: readonly ErasureHook[];
  /** Who takes the card of what a visitor bought before they bring it back; null outside the demo. */
  readonly sale: SaleDeps | null;
};

/** What a browser is given with a visit; only its hashes are kept. */
export type Tokens = { readonly till: NewSession; readonly device: string };

/**
 * Sets up a stage of a visitor's own [TOU-1]: a phone's and a store's channel that keep to themselves, a training till with its shift
 * open, and a person whom nobody knows yet. Errors: `tour.not_demo`, `tour.unprepared`. Publishes what its parts publish.
 */
export async function beginVisit(
  ctx: Ctx,
  { stage }: TourDeps,
): Promise<Result<{ readonly visit: Visit; readonly tokens: Tokens }, TourError>> {
  if (!stage) return err({ code: "tour.not_demo" });
  const place = await placeOf(ctx, stage.placeId);
  if (!place) return err({ code: "tour.unprepared" });
  const visitId = ctx.newId<VisitId>();
  const channels = await openPair(ctx, visitId, place.entityId);
  const register = await openTrainingTill(ctx, {
    placeId: stage.placeId,
    channelId: channels.store,
    name: "Tour",
    operator: { id: stage.staffId, name: stage.staffName },
  });
  if (!register.ok) return err({ code: "tour.unprepared" });
  const { id: registerId } = register.value;
  const device = await enrollDevice(ctx, { kind: "till", placeId: stage.placeId, registerId, name: "Tour", channelId: channels.store });
  const person = await newPerson(ctx, channels);
  await sql`
    insert into tour.visit (id, web_channel_id, store_channel_id, place_id, register_id, device_id, publishable_key, record_id, walk_in_id,
                            persona, began_at, expires_at)
    values (${visitId}, ${channels.web}, ${channels.store}, ${stage.placeId}, ${registerId}, ${device.id}, ${channels.key}, ${person.recordId},
            ${person.walkInId}, ${ctx.newId<PersonaId>()}, ${ctx.now}, ${new Date(ctx.now.getTime() + VISIT_HOURS * 3_600_000)})`.execute(
    ctx.db,
  );
  const till = await createStaffSession(asNobody(ctx), {
    staffId: stage.staffId,
    app: TILL_SESSION,
    channelId: channels.store,
    deviceId: device.id,
  });
  return ok({ visit: await mustReadVisit(ctx, visitId), tokens: { till, device: device.token } });
}

type Pair = { readonly web: ChannelId; readonly store: ChannelId };

async function openPair(ctx: Ctx, visitId: VisitId, entityId: EntityId): Promise<Pair & { readonly key: string }> {
  const pair = { web: ctx.newId<ChannelId>(), store: ctx.newId<ChannelId>(), key: keyValue("publishable", newToken()) };
  const shared = { entityId, placeId: null, vouches: false, allowedOrigins: [], app: null, circle: visitId, linkLevel: "siloed" as const };
  const code = `tour-${visitId.slice(-12)}`;
  await upsertChannels(ctx, [
    { ...shared, id: pair.web, kind: "web", name: "Tour: phone", code: `${code}-web` },
    { ...shared, id: pair.store, kind: "store", name: "Tour: store", code: `${code}-store` },
  ]);
  await addKeys(ctx, [{ channelId: pair.web, kind: "publishable", value: pair.key }]);
  return pair;
}

/** Two records of one person, whom neither channel knows: the link says so to the measure of seams, and to nobody while the level keeps it back. */
async function newPerson(ctx: Ctx, { web, store }: Pair): Promise<{ readonly recordId: RecordId; readonly walkInId: RecordId }> {
  const on = (channelId: ChannelId): Ctx => ({ ...ctx, actor: { ...ctx.actor, channelId } });
  const recordId = await provisionalRecord(on(web));
  const walkInId = await provisionalRecord(on(store));
  await link(ctx, { a: recordId, b: walkInId, kind: "customer", evidence: { tour: true }, reason: "the visitor of a tour" });
  return { recordId, walkInId };
}

/** Switches both channels of a visit, as staff would switch any [CHA-8]. One that has the level already stays. */
export async function changeLevel(ctx: Ctx, { webChannelId, storeChannelId }: Visit, level: LinkLevel): Promise<void> {
  for (const channelId of [webChannelId, storeChannelId]) {
    const switched = await switchLevel(ctx, { channelId, level, reason: "tour" });
    if (!switched.ok && switched.error.code !== "channels.level_as_is")
      throw new Error(`a visitor's channel is not to be switched: ${switched.error.code}`);
  }
}

/** The visitor comes to the till and is somebody to it: a visit by the store's own record, so that what was lost on the way is measured. */
export async function arrive(ctx: Ctx, { walkInId, storeChannelId, placeId }: Visit): Promise<void> {
  await writeHistory(ctx, [
    {
      source: `tour/${ctx.newId()}`,
      recordId: walkInId,
      channelId: storeChannelId,
      placeId,
      kind: "till_visit",
      name: null,
      at: ctx.now,
      reference: null,
      data: {},
    },
  ]);
}

/** Erases the person of a visit by the ordinary hooks, and puts another in their place. */
export async function replacePerson(ctx: Ctx, deps: TourDeps, visit: Visit): Promise<void> {
  await erasePerson(ctx, deps, visit);
  const person = await newPerson(ctx, { web: visit.webChannelId, store: visit.storeChannelId });
  await sql`
    update tour.visit set record_id = ${person.recordId}, walk_in_id = ${person.walkInId}, persona = ${ctx.newId<PersonaId>()}, signed_up_at = null
     where id = ${visit.id}`.execute(ctx.db);
}

async function erasePerson(ctx: Ctx, { erasureHooks }: TourDeps, { recordId, walkInId }: Visit): Promise<void> {
  const recordIds = new Set([...(await personRecordsOf(ctx, recordId)), recordId, walkInId]);
  await eraseRecords(ctx, [...recordIds], erasureHooks);
}

/** Forgets a visit [TOU-3]: its person is erased, its till retired, its channels end. */
export async function forgetVisit(ctx: Ctx, deps: TourDeps, visit: Visit): Promise<void> {
  await erasePerson(ctx, deps, visit);
  await removeDevice(ctx, visit.deviceId);
  await retireTrainingTill(ctx, visit.registerId);
  await endChannel(ctx, visit.webChannelId);
  await endChannel(ctx, visit.storeChannelId);
  await sql`delete from tour.visit where id = ${visit.id}`.execute(ctx.db);
}

/** Forgets visits whose day is over; answers how many. */
export async function forgetExpired(ctx: Ctx, deps: TourDeps): Promise<number> {
  const visits = await expiredVisits(ctx, FORGOTTEN_AT_ONCE);
  for (const visit of visits) await forgetVisit(ctx, deps, visit);
  return visits.length;
}

/** Errors: `tour.unknown`. */
export async function mustOwnVisit(ctx: Pick<Ctx, "db" | "actor">): Promise<Result<Visit, TourError>> {
  const visit = await ownVisit(ctx);
  return visit ? ok(visit) : err({ code: "tour.unknown" });
}

/** Signing somebody in ends the session that the caller has in the same app; here the caller stays who they are. */
export function asNobody(ctx: Ctx): Ctx {
  return { ...ctx, actor: { ...ctx.actor, customer: null, staff: null } };
}
