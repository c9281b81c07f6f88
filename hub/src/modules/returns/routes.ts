import { ok } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, type Route } from "../../platform/index.ts";
import { customerOf, recordIdOf, recordsOf } from "../customers/index.ts";
import { listReturns } from "./queries.ts";

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** What came back. A secret key lists its own channel's. */
export const returnsRoutes: readonly Route[] = [
  read(
    "returns.list",
    async (ctx, { query }) => {
      const at = readCursor(Cursor, query.cursor);
      const recordId = query.customerId === undefined ? null : await recordIdOf(ctx, query.customerId);
      const found = await listReturns(ctx, {
        recordIds: query.customerId === undefined ? null : recordId ? await recordsOf(ctx, await customerOf(ctx, recordId)) : [],
        channelId: ctx.actor.kind === "secret" ? ctx.actor.channelId : null,
        sourceNumber: query.query?.trim() ?? null,
        before: at && { at: new Date(at[0]), id: at[1] },
        limit: query.limit + 1,
      });
      return ok(
        pageFrom(
          found,
          query.limit,
          (one) => one,
          ({ returnedAt, id }) => [returnedAt, id],
        ),
      );
    },
    { problems: {}, audit: ({ query }) => (query.customerId === undefined ? null : `customer/${query.customerId}`) },
  ),
];
