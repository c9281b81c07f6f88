import type { ChannelId, PlaceId } from "@weft/kernel";
import type { FastifyReply, FastifyRequest } from "fastify";
import {
  BusyError,
  dbOn,
  edgeProblem,
  inTransaction,
  sendProblem,
  type Actor,
  type RawCall,
  type Surroundings,
} from "../../platform/index.ts";
import { tokenHash } from "../access/index.ts";
import { findKey } from "../channels/index.ts";
import type { Rejection } from "./check-event.ts";
import type { SentKind, Touch } from "./domain.ts";
import { applyIdentity, saysWho } from "./identify.ts";
import type { IntakeLane } from "./lane.ts";
import { quarantineAll, type QuarantineItem } from "./quarantine.ts";
import { MOST_BYTES, readBody } from "./read-body.ts";
import { isAboutData } from "./store.ts";
import { toTouch, type Delivery, type Prepared } from "./to-touch.ts";

export type IntakeDeps = { readonly lane: IntakeLane; readonly isDemo: boolean };

/** More events than this in one request are refused as a whole: a client that sends them does not know the limits. */
const MOST_EVENTS = 2500;

/** One rejected event, as the answer names it. */
type Rejected = { readonly index: number; readonly raw: unknown; readonly rejection: Rejection };

/**
 * Takes in what an event client sends: one event, or a batch. Answers after the commit [TCH-4].
 * 400 for what is no JSON or too large, 401 without a key; otherwise 200, because real clients crash, or drop what they hold, on others.
 * What is wrong with single events is in the answer and in the quarantine.
 */
export async function takeIn(
  deps: IntakeDeps,
  { request, reply, actor, around }: RawCall,
  fallback: SentKind | null,
): Promise<FastifyReply> {
  const receivedAt = Date.now();
  reply.header("access-control-allow-origin", "*");
  const encoding = request.headers["content-encoding"];
  const body = await readBody(request.body as Buffer | undefined, encoding); // the route asks for bytes
  if (body.kind === "malformed") return sendProblem(reply, edgeProblem("request.malformed", request.id));
  if (body.kind === "too_large") return refuseSize(request, reply, `at most ${MOST_BYTES} bytes after unpacking`);
  const message = asObject(body.value);
  const channel = await channelOf(deps, around, actor, message);
  if (!channel) return sendProblem(reply, edgeProblem("access.unauthenticated", request.id));
  const events = eventsIn(message, body.value, fallback);
  if (events.length > MOST_EVENTS) return refuseSize(request, reply, `at most ${MOST_EVENTS} events`);
  const delivery: Delivery = { ...channel, recordId: actor.customer?.recordId ?? null, receivedAt, sentAt: message["sentAt"] };
  const sender = { ...around, actor: { ...actor, channelId: channel.channelId, placeId: channel.placeId } };
  const rejected = await storeEvents(deps, sender, events, fallback, delivery).catch(busyAsNull);
  if (rejected === null) return sendProblem(reply.header("retry-after", "1"), { ...edgeProblem("request.busy", request.id), status: 503 });
  return reply
    .code(200)
    .type("application/json; charset=utf-8")
    .send(JSON.stringify(answer(rejected)));
}

/** The edge says 409 when a lock was not to be had, which these clients take as final; 503 they send again. */
function busyAsNull(error: unknown): null {
  if (error instanceof BusyError) return null;
  throw error;
}

function answer(rejected: readonly Rejected[]) {
  if (rejected.length === 0) return { success: true };
  return {
    success: true,
    rejected: rejected.map(({ index, raw, rejection: { code } }) => ({ index, messageId: messageIdOf(raw), code })),
  };
}

async function storeEvents(
  { lane }: IntakeDeps,
  around: Surroundings,
  events: readonly unknown[],
  fallback: SentKind | null,
  delivery: Delivery,
): Promise<Rejected[]> {
  const rejected: Rejected[] = [];
  const accepted = new Map<Touch, number>();
  for (const [index, raw] of events.entries()) {
    const prepared = toTouch(raw, fallback, delivery);
    const rejection = "rejection" in prepared ? prepared.rejection : await identifyIfSaid(around, prepared, delivery);
    if (rejection) rejected.push({ index, raw, rejection });
    else if ("touch" in prepared) accepted.set(prepared.touch, index);
  }
  for (const { touch, code } of await lane.store([...accepted.keys()])) {
    const index = accepted.get(touch) ?? 0;
    rejected.push({ index, raw: events[index], rejection: { code: "touchpoint.cannot_be_stored", detail: code } });
  }
  rejected.sort((a, b) => a.index - b.index);
  await quarantineAll(
    { db: dbOn(around.pool) },
    rejected.map((one) => toItem(one, fallback, delivery)),
  );
  return rejected;
}

/** In a transaction of its own, before the touchpoint: a resend after a crash says the same again, which changes nothing. */
async function identifyIfSaid(around: Surroundings, prepared: Prepared, delivery: Delivery): Promise<Rejection | null> {
  if (!saysWho(prepared, delivery)) return null;
  try {
    const outcome = await inTransaction(around, (ctx) => applyIdentity(ctx, prepared, delivery));
    return outcome.kind !== "done" || outcome.result.ok ? null : outcome.result.error;
  } catch (error) {
    if (!isAboutData(error)) throw error;
    return { code: "touchpoint.cannot_be_stored", detail: error.code ?? null };
  }
}

/** What of a delivery is kept beside a quarantined event, so that it can be taken in later as if it came then. */
export type KeptDelivery = {
  readonly fallback: SentKind | null;
  readonly placeId: PlaceId | null;
  readonly receivedAt: number;
  readonly sentAt: unknown;
};

function toItem({ raw, rejection }: Rejected, fallback: SentKind | null, delivery: Delivery): QuarantineItem {
  const { placeId, receivedAt, sentAt, channelId, recordId } = delivery;
  const context: KeptDelivery = { fallback, placeId, receivedAt, sentAt: sentAt ?? null };
  return {
    kind: "intake",
    channelId,
    recordId,
    reason: rejection.code,
    detail: rejection.detail,
    raw: JSON.stringify(raw) ?? "null",
    context,
  };
}

/** Whose key it is: in the `Authorization` header, which the edge has read, or in the body. */
async function channelOf(
  { isDemo }: IntakeDeps,
  { snapshots }: Surroundings,
  actor: Actor,
  message: Readonly<Record<string, unknown>>,
): Promise<{ channelId: ChannelId; placeId: PlaceId | null } | null> {
  if (actor.keyId !== null && actor.channelId !== null) return { channelId: actor.channelId, placeId: actor.placeId };
  const writeKey = message["writeKey"];
  if (typeof writeKey !== "string" || writeKey === "") return null;
  const key = await findKey(snapshots, tokenHash(writeKey).toString("hex"), { isDemo });
  return key ? { channelId: key.channelId, placeId: key.placeId } : null;
}

/** A batch wherever it comes: clients that batch on request send it to the address of one event, too. */
function eventsIn(message: Readonly<Record<string, unknown>>, value: unknown, fallback: SentKind | null): readonly unknown[] {
  if (Array.isArray(message["batch"])) return message["batch"];
  if (Array.isArray(value)) return value;
  const isEmpty = Object.keys(message).every((field) => field === "writeKey" || field === "sentAt");
  return isEmpty || (fallback === null && !("type" in message)) ? [] : [value];
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {}; // just seen

function messageIdOf(raw: unknown): string | null {
  const { messageId } = asObject(raw);
  return typeof messageId === "string" ? messageId : null;
}

function refuseSize(request: FastifyRequest, reply: FastifyReply, detail: string): FastifyReply {
  return sendProblem(reply, { ...edgeProblem("request.too_large", request.id, { detail }), status: 400 });
}
