import { z } from "zod";
import { CustomerParams, Instant, Uuid, type Endpoint } from "./shared.ts";

const CardNumber = z.string().trim().min(16).max(30);

/** Points that a member gave to another. */
export const PointsTransfer = z
  .object({
    id: Uuid,
    points: z.int(),
    /** Who got them, as far as a giver is told: the first letters of the name. */
    to: z.string(),
    at: Instant,
    /** What the giver has since. */
    balance: z.int(),
  })
  .meta({ id: "PointsTransfer" });

const PoolMember = z.object({
  id: Uuid,
  name: z.string().nullable(),
  isYou: z.boolean(),
  isOwner: z.boolean(),
  maySpend: z.boolean(),
  /** What they brought and is still there: theirs when they leave. */
  points: z.int(),
});

/** People who share one purse of points. */
export const PointsPool = z
  .object({
    id: Uuid,
    kind: z.enum(["family", "business"]),
    name: z.string(),
    /** What all of them have together. */
    points: z.int(),
    maySpend: z.boolean(),
    isOwner: z.boolean(),
    members: z.array(PoolMember),
    /** So many may share it. */
    room: z.int(),
  })
  .meta({ id: "PointsPool" });

const PoolAnswer = z.object({ pool: PointsPool.nullable() });
const MemberParams = z.object({ id: CustomerParams.shape.id, memberId: Uuid });

/** What members do with each other: give points away, and share a purse. */
export const loyaltySharingEndpoints = {
  "loyalty.claimReferral": {
    summary: "Say who brought you, before the first order: both get points with it. `refused`: the two look like one person",
    tag: "loyalty",
    params: CustomerParams,
    body: z.object({ code: z.string().regex(/^[A-Z0-9]{8}$/) }),
    response: z.object({ state: z.enum(["waiting", "refused"]) }),
    status: 201,
  },
  "loyalty.findMember": {
    summary: "Whose card a number is, as far as a giver of points is told before they confirm",
    tag: "loyalty",
    params: CustomerParams,
    body: z.object({ cardNumber: CardNumber }),
    response: z.object({ to: z.string() }),
    status: 200,
  },
  "loyalty.transfer": {
    summary:
      "Give points to another member, at once or not at all; they last as long as they did. `id` is made by the caller: sent again, it is the same transfer",
    tag: "loyalty",
    params: CustomerParams,
    body: z.object({ id: Uuid, cardNumber: CardNumber, points: z.int().min(1).max(10_000_000) }),
    response: PointsTransfer,
    status: 201,
  },
  "loyalty.readPool": {
    summary: "The purse that a customer shares with others, or null",
    tag: "loyalty",
    params: CustomerParams,
    response: PoolAnswer,
    status: 200,
  },
  "loyalty.openPool": {
    summary: "Open a purse to share; who opens it decides who comes in and who may spend",
    tag: "loyalty",
    params: CustomerParams,
    body: z.object({ kind: z.enum(["family", "business"]), name: z.string().trim().min(1).max(60) }),
    response: PoolAnswer,
    status: 201,
  },
  "loyalty.inviteToPool": {
    summary: "A link by which one person comes into the purse within a week",
    tag: "loyalty",
    params: CustomerParams,
    body: z.object({ maySpend: z.boolean() }),
    response: z.object({ code: z.string(), expiresAt: Instant }),
    status: 201,
  },
  "loyalty.joinPool": {
    summary: "Come into a purse by its link. Nothing moves: what everybody brings stays theirs when they leave",
    tag: "loyalty",
    params: CustomerParams,
    body: z.object({ code: z.string().regex(/^[A-Za-z0-9_-]{22}$/) }),
    response: PoolAnswer,
    status: 201,
  },
  "loyalty.setPoolMember": {
    summary: "Who may spend from the purse; for who opened it",
    tag: "loyalty",
    params: MemberParams,
    body: z.object({ maySpend: z.boolean() }),
    response: PoolAnswer,
    status: 200,
  },
  "loyalty.leavePool": {
    summary: "Leave the purse with one's own points, or take somebody out of it; who opened it may do the latter",
    tag: "loyalty",
    params: MemberParams,
    response: PoolAnswer,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
