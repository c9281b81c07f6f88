import { ok } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import { channelsSnapshot } from "../channels/index.ts";
import { takeGroup } from "../companies/index.ts";
import { countryOf, senderRecords } from "../customers/index.ts";
import { visitorExternalId, type Delivery, type Prepared } from "./to-touch.ts";

/** Kinds of groups that are companies, as clients name them that have several; one that names none is a company. */
const COMPANY_WORDS: ReadonlySet<string> = new Set(["company", "organization", "organisation", "account", "business"]);

/** Whether an event says that somebody belongs to a company [TCH-20]. */
export function saysGroup({ event: { type, groupId, name } }: Prepared): boolean {
  if (type !== "group" || typeof groupId !== "string" || groupId.trim() === "" || groupId.length > LONGEST_ID) return false;
  return typeof name !== "string" || COMPANY_WORDS.has(name.toLowerCase());
}

const LONGEST_ID = 200;

/**
 * Takes what a `group` call says into `companies` [TCH-20]. It holds at once for the account that a vouching channel's server names; all else
 * is a suggestion. What a person's own session says is said of that person.
 */
export async function applyGroup(
  ctx: Ctx,
  { event, userId, visitorId }: Prepared,
  delivery: Delivery,
): Promise<ReturnType<typeof ok<null>>> {
  const { channelId, isServer } = delivery;
  const externalId = String(event.groupId).trim();
  // A client that names a group without anybody in it makes an id of the group itself.
  const isNobody = userId === null && visitorId !== null && visitorId === `$${event.name}_${externalId}`;
  const sender = userId ?? (visitorId === null ? null : visitorExternalId(visitorId));
  const [named] =
    delivery.recordId === null && sender !== null && !isNobody ? await senderRecords(ctx, [{ channelId, externalId: sender }]) : [];
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  await takeGroup(ctx, {
    channelId,
    externalId,
    recordId: delivery.recordId ?? named ?? null,
    traits: event.traits ?? {},
    country: await countryOf(ctx, channelId),
    vouches: isServer && userId !== null && channels.get(channelId)?.vouches === true,
  });
  return ok(null);
}
