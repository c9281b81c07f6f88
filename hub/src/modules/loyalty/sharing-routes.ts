import { asId, err, ok, type RecordId, type Result } from "@weft/kernel";
import { read, write, type ReadCtx, type Route } from "../../platform/index.ts";
import { customerOf, recordIdOf, recordsOf } from "../customers/index.ts";
import {
  claimReferral,
  inviteToPool,
  joinPool,
  leavePool,
  openPool,
  receiverOf,
  setPoolMember,
  transferPoints,
  type PointsTransferId,
} from "./commands/index.ts";
import { LOYALTY_PROBLEMS, type LoyaltyError } from "./errors.ts";
import { poolOf, pointsOf, presentPool } from "./queries/index.ts";
import { programNow } from "./snapshot.ts";

/** What members do with each other: give points away, and share a purse. Only for themselves. */
export const sharingRoutes: readonly Route[] = [
  write(
    "loyalty.claimReferral",
    async (ctx, { params, body }) => {
      const own = await ownRecord(ctx, params.id);
      const claimed = own.ok ? await claimReferral(ctx, own.value, body.code) : own;
      return claimed.ok ? ok({ state: claimed.value }) : claimed;
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  read(
    "loyalty.findMember",
    async (ctx, { params, body }) => {
      const own = await ownRecord(ctx, params.id);
      const found = own.ok ? await receiverOf(ctx, own.value, body.cardNumber) : own;
      return found.ok ? ok({ to: found.value.name }) : found;
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  write(
    "loyalty.transfer",
    async (ctx, { params, body }) => {
      const own = await ownRecord(ctx, params.id);
      if (!own.ok) return own;
      const { cardNumber, points } = body;
      const done = await transferPoints(ctx, { id: asId<PointsTransferId>(body.id), from: own.value, cardNumber, points });
      return done.ok
        ? ok({ id: body.id, points, to: done.value.to, at: done.value.at.toISOString(), balance: await balanceOf(ctx, own.value) })
        : done;
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  read(
    "loyalty.readPool",
    async (ctx, { params }) => {
      const own = await ownRecord(ctx, params.id);
      return own.ok ? poolAnswer(ctx, own.value) : own;
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  write("loyalty.openPool", (ctx, { params, body }) => inPool(ctx, params.id, (recordId) => openPool(ctx, { recordId, ...body })), {
    problems: LOYALTY_PROBLEMS,
  }),
  write(
    "loyalty.inviteToPool",
    async (ctx, { params, body }) => {
      const own = await ownRecord(ctx, params.id);
      const invited = own.ok ? await inviteToPool(ctx, own.value, body.maySpend) : own;
      return invited.ok ? ok({ code: invited.value.code, expiresAt: invited.value.expiresAt.toISOString() }) : invited;
    },
    { problems: LOYALTY_PROBLEMS },
  ),
  write("loyalty.joinPool", (ctx, { params, body }) => inPool(ctx, params.id, (recordId) => joinPool(ctx, recordId, body.code)), {
    problems: LOYALTY_PROBLEMS,
  }),
  write(
    "loyalty.setPoolMember",
    (ctx, { params, body }) => inPool(ctx, params.id, (recordId) => setPoolMember(ctx, recordId, params.memberId, body.maySpend)),
    { problems: LOYALTY_PROBLEMS },
  ),
  write("loyalty.leavePool", (ctx, { params }) => inPool(ctx, params.id, (recordId) => leavePool(ctx, recordId, params.memberId)), {
    problems: LOYALTY_PROBLEMS,
  }),
];

async function ownRecord(ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">, id: string): Promise<Result<RecordId, LoyaltyError>> {
  const recordId = ctx.actor.customer ? await recordIdOf(ctx, id) : undefined;
  return recordId ? ok(recordId) : err({ code: "customer.unknown" });
}

async function inPool(ctx: Parameters<typeof openPool>[0], id: string, act: (recordId: RecordId) => Promise<Result<null, LoyaltyError>>) {
  const own = await ownRecord(ctx, id);
  if (!own.ok) return own;
  const done = await act(own.value);
  return done.ok ? poolAnswer(ctx, own.value) : done;
}

async function poolAnswer(ctx: Pick<ReadCtx, "db" | "snapshots">, recordId: RecordId) {
  const pool = await poolOf(ctx, recordId);
  const room = (await programNow(ctx))?.rule.terms.pools?.members ?? pool?.members.length ?? 0;
  return ok({ pool: pool && (await presentPool(ctx, pool, room)) });
}

async function balanceOf(ctx: Pick<ReadCtx, "db" | "snapshots">, recordId: RecordId): Promise<number> {
  const program = await programNow(ctx);
  if (!program) return 0;
  return (await pointsOf(ctx, await recordsOf(ctx, await customerOf(ctx, recordId)), program.rule.programId)).balance;
}
