import { asId, err, ok, type Result } from "@weft/kernel";
import type { PrivacyRequestView } from "@weft/contracts";
import { z } from "zod";
import { pageFrom, read, readCursor, write, type Ctx, type Input, type Route } from "../../platform/index.ts";
import { auditWrite, visibleFields } from "../access/index.ts";
import { customerOf, recordIdOf, recordsOf } from "../customers/index.ts";
import { addStep, receiveRequest } from "./commands.ts";
import type { RequestId } from "./domain/index.ts";
import { PRIVACY_PROBLEMS, type PrivacyError } from "./errors.ts";
import { presentRequests, readRequest, requestPage, requestsOf } from "./queries.ts";

const problems = PRIVACY_PROBLEMS;
const Cursor = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);
const UNKNOWN: PrivacyError = { code: "customer.unknown" };

export const privacyRoutes: readonly Route[] = [
  read(
    "privacyRequests.list",
    async (ctx, { query }) => {
      const isOpen = query.state === "open";
      const found = await requestPage(ctx, { isOpen, after: readCursor(Cursor, query.cursor), limit: query.limit + 1 });
      const page = pageFrom(
        found,
        query.limit,
        (row) => row,
        ({ dueAt, closedAt, id }) => [(isOpen ? dueAt : (closedAt ?? dueAt)).toISOString(), id],
      );
      return ok({ ...page, items: await presentRequests(ctx, page.items, visibleFields(ctx.actor).has("contact")) });
    },
    { problems, audit: (_input, { items }) => (items[0] ? `privacy requests, first customer/${items[0].customerId}` : null) },
  ),
  read(
    "privacyRequests.ofCustomer",
    async (ctx, { params }) => {
      const recordId = await recordIdOf(ctx, params.id);
      if (!recordId) return err(UNKNOWN);
      const requests = await requestsOf(ctx, await recordsOf(ctx, await customerOf(ctx, recordId)));
      const items = await presentRequests(ctx, requests, false);
      // What staff noted about a request is theirs; the one who asked sees that and when something was done.
      const isOwn = ctx.actor.staff === null;
      return ok({
        items: items.map(({ customerName: _name, ...one }) =>
          isOwn ? { ...one, steps: one.steps.map((step) => ({ ...step, byName: null, note: isTold(step.kind) ? step.note : null })) } : one,
        ),
      });
    },
    { problems, audit: ({ params }) => (params.id === "me" ? null : `customer/${params.id}`) },
  ),
  write("privacyRequests.create", createRequest, { problems }),
  write(
    "privacyRequests.addStep",
    async (ctx, { params, body }) => {
      const id = asId<RequestId>(params.id);
      const added = await addStep(ctx, id, body.kind, body.note);
      if (!added.ok) return added;
      await auditWrite(ctx, {
        action: "privacyRequests.addStep",
        subject: `customer/${await customerOf(ctx, added.value)}`,
        reason: body.kind,
      });
      return answer(ctx, id);
    },
    { problems },
  ),
];

/** An extension and a refusal carry the reason that the law asks to be given. */
const isTold = (kind: string): boolean => kind === "extended" || kind === "refused" || kind === "answered";

async function createRequest(ctx: Ctx, { params, body }: Input<"privacyRequests.create">) {
  const recordId = await recordIdOf(ctx, params.id);
  if (!recordId) return err(UNKNOWN);
  const isOwn = ctx.actor.staff === null;
  const how = isOwn ? "shop" : body.how;
  if (!how) return err<PrivacyError>({ code: "privacy.how_missing" });
  const received = await receiveRequest(ctx, {
    recordId,
    kind: body.kind,
    how,
    text: body.text ?? null,
    receivedAt: !isOwn && body.receivedAt !== undefined ? new Date(body.receivedAt) : ctx.now,
  });
  if (!received.ok) return received;
  await auditWrite(ctx, { action: "privacyRequests.create", subject: `customer/${await customerOf(ctx, recordId)}`, reason: body.kind });
  return answer(ctx, received.value);
}

async function answer(ctx: Ctx, id: RequestId): Promise<Result<PrivacyRequestView, PrivacyError>> {
  const request = await readRequest(ctx, id);
  const [shown] = request ? await presentRequests(ctx, [request], visibleFields(ctx.actor).has("contact")) : [];
  return shown ? ok(shown) : err({ code: "privacy.request_unknown" });
}
