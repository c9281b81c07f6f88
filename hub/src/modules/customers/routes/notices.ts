import { asId, err, ok, type ChannelId } from "@weft/kernel";
import { read, write, type Route } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { informPeople, publishNotice, type NoticeId } from "../commands/notices.ts";
import { CUSTOMER_PROBLEMS } from "../errors.ts";
import { informingsOf, noticeCounts, noticesOf } from "../queries/notices.ts";

const PROBLEMS = { problems: CUSTOMER_PROBLEMS };

/** The words in which people are told what becomes of their data decide whose files may be joined, so they are kept here. */
export const noticeRoutes: readonly Route[] = [
  read(
    "notices.list",
    async (ctx) => ok({ items: await noticesOf(ctx), informings: await informingsOf(ctx), counts: await noticeCounts(ctx) }),
    PROBLEMS,
  ),
  write(
    "notices.publish",
    async (ctx, { body }) => {
      const channelIds = body.channelIds?.map((id) => asId<ChannelId>(id)) ?? null;
      const published = await publishNotice(ctx, { ...body, channelIds });
      if (!published.ok) return published;
      await auditWrite(ctx, { action: "notices.publish", subject: `notice/${published.value}` });
      const [notice] = await noticesOf(ctx, published.value);
      return notice ? ok(notice) : err({ code: "notice.unknown" as const });
    },
    PROBLEMS,
  ),
  write(
    "notices.inform",
    async (ctx, { params, body }) => {
      const [noticeId, channelId] = [asId<NoticeId>(params.id), asId<ChannelId>(body.channelId)];
      const informed = await informPeople(ctx, { noticeId, channelId, how: body.how, note: body.note ?? null });
      if (!informed.ok) return informed;
      await auditWrite(ctx, { action: "notices.inform", subject: `notice/${params.id}`, ...(body.note && { reason: body.note }) });
      const [informing] = await informingsOf(ctx, informed.value.id);
      return informing ? ok(informing) : err({ code: "notice.unknown" as const });
    },
    PROBLEMS,
  ),
];
