import type { AccessView } from "@weft/contracts";
import { asId, err, ok, type RecordId } from "@weft/kernel";
import { accessesTo, objectToAccess } from "../../access/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { read, write, type ReadCtx, type Route } from "../../../platform/index.ts";
import { groupAccesses, type AccessGroup } from "../domain/index.ts";
import { CUSTOMER_PROBLEMS, type CustomerError } from "../errors.ts";
import { personRecordsOf, recordIdOf } from "../queries/who.ts";

/** So many accesses are looked at; more than a person reads. */
const MOST_ACCESSES = 1000;
const MOST_SHOWN = 100;

/** Who opened somebody's file: for the person themselves, whatever the link levels, and for those who answer for it [IDN-20]. */
export const accessRoutesOfPerson: readonly Route[] = [
  read(
    "customers.accesses",
    async (ctx, { params }) => {
      const recordId = await recordIdOf(ctx, params.id);
      if (!recordId) return err<CustomerError>({ code: "customer.unknown" });
      const { places } = await ctx.snapshots.current(placesSnapshot);
      const accesses = await accessesTo(ctx, await subjectsOf(ctx, recordId), MOST_ACCESSES);
      const groups = groupAccesses(accesses, (placeId) => (placeId && places.get(placeId)?.timeZone) ?? "UTC");
      const present = await presenter(ctx);
      return ok({ items: groups.slice(0, MOST_SHOWN).map(present) });
    },
    { problems: CUSTOMER_PROBLEMS, audit: ({ params }) => (params.id === "me" ? null : `customer/${params.id}`) },
  ),
  write(
    "customers.objectToAccess",
    async (ctx, { params }) => {
      const recordId = await recordIdOf(ctx, params.id);
      if (!recordId) return err<CustomerError>({ code: "customer.unknown" });
      const entryId = asId<Parameters<typeof objectToAccess>[1]["entryId"]>(params.accessId); // an id by the contract
      const isKnown = await objectToAccess(ctx, { entryId, recordId, subjects: await subjectsOf(ctx, recordId) });
      return isKnown ? ok(null) : err<CustomerError>({ code: "customer.access_unknown" });
    },
    { problems: CUSTOMER_PROBLEMS },
  ),
];

/** Every name that a person's file has in the audit: a customer's id is that of one of their records. */
async function subjectsOf(ctx: Pick<ReadCtx, "db">, recordId: RecordId): Promise<string[]> {
  const recordIds = await personRecordsOf(ctx, recordId);
  return [...new Set([recordId, ...recordIds])].flatMap((id) => [`customer/${id}`, `record/${id}`]);
}

async function presenter(ctx: Pick<ReadCtx, "snapshots">): Promise<(group: AccessGroup) => AccessView> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  return ({ id, at, since, what, count, placeId, channelId, deviceName, objectedAt }) => {
    const place = placeId === null ? undefined : places.get(placeId);
    return {
      id,
      at: at.toISOString(),
      since: since.toISOString(),
      timeZone: place?.timeZone ?? null,
      what: [...what],
      count,
      channelKind: (channelId && channels.get(channelId)?.kind) ?? null,
      placeName: place?.name ?? null,
      deviceName,
      objectedAt: objectedAt?.toISOString() ?? null,
    };
  };
}
