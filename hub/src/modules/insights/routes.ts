import { asIdOrNull, err, ok, type ChannelId } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, type Route } from "../../platform/index.ts";
import { CUSTOMER_PROBLEMS, customerOf, personRecordsOf, recordIdOf, recordsOf, type CustomerError } from "../customers/index.ts";
import { listSeams, readContinuity } from "./queries.ts";

const DAY_MS = 86_400_000;
const DAYS = 30;
const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

export const insightsRoutes: readonly Route[] = [
  read(
    "continuity.read",
    async (ctx, { query }) =>
      ok(
        await readContinuity(ctx, {
          since: query.since === undefined ? new Date(ctx.now.getTime() - DAYS * DAY_MS) : new Date(query.since),
          channelId: asIdOrNull<ChannelId>(query.channelId ?? null),
        }),
      ),
    { problems: {} },
  ),
  // People see all that was theirs, on channels that are not linked too; others what is one customer to them.
  read(
    "customers.seams",
    async (ctx, { params, query }) => {
      const recordId = await recordIdOf(ctx, params.id);
      if (!recordId) return err<CustomerError>({ code: "customer.unknown" });
      const recordIds = ctx.actor.customer ? await personRecordsOf(ctx, recordId) : await recordsOf(ctx, await customerOf(ctx, recordId));
      const at = readCursor(Cursor, query.cursor);
      const found = await listSeams(ctx, recordIds, { limit: query.limit + 1, before: at && { at: at[0], id: at[1] } });
      return ok(
        pageFrom(
          found,
          query.limit,
          (seam) => seam,
          ({ to, id }) => [to.at, id],
        ),
      );
    },
    { problems: CUSTOMER_PROBLEMS, audit: ({ params }) => (params.id === "me" ? null : `customer/${params.id}`) },
  ),
];
