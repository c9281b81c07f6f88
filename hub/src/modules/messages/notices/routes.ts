import { asId, err, ok, type ChannelId, type RecordId } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, write, type Ctx, type Input, type Route } from "../../../platform/index.ts";
import { auditWrite, visibleFields } from "../../access/index.ts";
import { countUntold, noticeToSend, type NoticeId } from "../../customers/index.ts";
import { MESSAGE_PROBLEMS } from "../errors.ts";
import { startMailing, stopMailing, type MailingId } from "./mailing.ts";
import { mailingsOf, presentUnreached, unreachedPage } from "./queries.ts";

const PROBLEMS = { problems: MESSAGE_PROBLEMS };
const Cursor = z.tuple([z.uuid()]);

/** Sending a notice of privacy to the people of a channel [MSG-14]. */
export const noticeMailingRoutes: readonly Route[] = [
  read("noticeMailings.list", async (ctx) => ok({ items: await mailingsOf(ctx) }), PROBLEMS),
  read(
    "noticeMailings.audience",
    async (ctx, { params, query }) => {
      const channelId = asId<ChannelId>(query.channelId);
      const notice = await noticeToSend(ctx, asId<NoticeId>(params.id), channelId);
      return notice.ok ? ok(await countUntold(ctx, channelId)) : notice;
    },
    PROBLEMS,
  ),
  write("noticeMailings.start", start, PROBLEMS),
  write(
    "noticeMailings.stop",
    async (ctx, { params }) => {
      const stopped = await stopMailing(ctx, params.id);
      if (!stopped.ok) return stopped;
      await auditWrite(ctx, { action: "noticeMailings.stop", subject: `notice_mailing/${params.id}` });
      return presentOne(ctx, asId<MailingId>(params.id));
    },
    PROBLEMS,
  ),
  read(
    "noticeMailings.unreached",
    async (ctx, { params, query }) => {
      const after = readCursor(Cursor, query.cursor)?.[0];
      const found = await unreachedPage(ctx, asId<MailingId>(params.id), {
        after: after === undefined ? null : asId<RecordId>(after),
        limit: query.limit + 1,
      });
      const page = pageFrom(
        found,
        query.limit,
        (row) => row,
        ({ recordId }) => [recordId],
      );
      return ok({ ...page, items: await presentUnreached(ctx, page.items, visibleFields(ctx.actor).has("contact")) });
    },
    { ...PROBLEMS, audit: ({ params }, { items }) => (items.length > 0 ? `unreached of notice_mailing/${params.id}` : null) },
  ),
];

async function start(ctx: Ctx, { params, body }: Input<"noticeMailings.start">) {
  const [noticeId, channelId] = [asId<NoticeId>(params.id), asId<ChannelId>(body.channelId)];
  const started = await startMailing(ctx, { noticeId, channelId, perMinute: body.perMinute });
  if (!started.ok) return started;
  await auditWrite(ctx, { action: "noticeMailings.start", subject: `notice/${noticeId}` });
  return presentOne(ctx, started.value);
}

async function presentOne(ctx: Ctx, id: MailingId) {
  const [mailing] = await mailingsOf(ctx, id);
  return mailing ? ok(mailing) : err({ code: "notice.mailing_unknown" as const });
}
