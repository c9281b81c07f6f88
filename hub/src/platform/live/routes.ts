import type { ParsedQueryOf } from "@weft/contracts";
import { err, ok, type Problems } from "@weft/kernel";
import type { Actor, ReadCtx } from "../ctx.ts";
import { dbOn } from "../database/db.ts";
import { edgeProblem, sendProblem } from "../http/problems.ts";
import { raw, read, write, type RawCall, type Route } from "../http/route.ts";
import type { LiveHub } from "./live-hub.ts";
import { giveTicket, redeemTicket } from "./tickets.ts";

type LiveError = { readonly code: "live.stream_unknown" };

/** A stream lives on one node. Whoever is told that it is unknown opens a new one. */
const LIVE_PROBLEMS: Problems<LiveError> = {
  "live.stream_unknown": { status: 404, title: "This stream is not open here: open a new one" },
};

/** The live stream, what it follows, and the ticket that opens it without a cookie. */
export function liveRoutes(live: LiveHub): readonly Route[] {
  return [
    raw("live.stream", (call) => openStream(live, call)),
    read(
      "live.follow",
      async (ctx, { params, body }) => {
        const stream = live.find(params.stream);
        if (!stream) return err<LiveError>({ code: "live.stream_unknown" });
        for (const subject of body.remove) live.unfollow(stream, subject);
        const answers = await Promise.all(body.add.map(({ subject, token }) => live.follow(stream, ctx, subject, token ?? null)));
        const refused = body.add.filter((_, index) => !answers[index]).map(({ subject }) => subject);
        return ok({ following: [...stream.topics.keys()], refused });
      },
      { problems: LIVE_PROBLEMS },
    ),
    write("live.ticket", async (ctx) => ok(await giveTicket(ctx)), { problems: {} }),
  ];
}

/**
 * Opens a stream. What it missed is not replayed: following sends the subject as it is now, so `Last-Event-ID` asks for nothing more.
 * Subjects of the query that the caller may not see are left out in silence, as if they did not exist.
 */
async function openStream(live: LiveHub, { request, reply, actor, around, input }: RawCall): Promise<void> {
  const query = input.query as ParsedQueryOf<"live.stream">; // parsed by this operation's contract
  const caller = query.ticket === undefined ? actor : await redeemTicket(around.pool, query.ticket);
  if (!caller) {
    await sendProblem(reply, edgeProblem("access.unauthenticated", request.id, { detail: "This ticket is unknown, expired or used." }));
    return;
  }
  const headers = Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));
  reply.hijack();
  const stream = live.open(caller, reply.raw, headers);
  const ctx = contextOf(around, caller);
  await Promise.all(subjectsOf(query).map((subject) => live.follow(stream, ctx, subject, caller.cartToken)));
}

function contextOf({ pool, snapshots, log, requestId }: RawCall["around"], actor: Actor): ReadCtx {
  return { db: dbOn(pool), now: new Date(), actor, requestId, snapshots, log };
}

/** `?cart=…&store=…,…`: each parameter names a kind and lists ids. */
function subjectsOf({ customer, cart, order, store }: ParsedQueryOf<"live.stream">): string[] {
  return Object.entries({ customer, cart, order, store }).flatMap(([kind, ids]) =>
    (ids ?? "")
      .split(",")
      .filter(Boolean)
      .map((id) => `${kind}/${id}`),
  );
}
