import type { PlaceId } from "@weft/kernel";
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
import type { Choices, TakeChoice } from "./choice.ts";
import { inOneDialect, type Dialect } from "./dialects.ts";
import type { SentKind, Touch } from "./domain.ts";
import type { Share } from "./fair-share.ts";
import { applyGroup, saysGroup } from "./groups.ts";
import { applyIdentity, saysWho } from "./identify.ts";
import type { IntakeLane } from "./lane.ts";
import { quarantineAll, type QuarantineItem } from "./quarantine.ts";
import { MOST_BYTES, readBody } from "./read-body.ts";
import { isAboutData } from "./store.ts";
import { toTouch, type Delivery, type Prepared } from "./to-touch.ts";

export type IntakeDeps = {
  readonly lane: IntakeLane;
  readonly isDemo: boolean;
  /** Keeps what visitors of websites chose; without it that stays in their events. */
  readonly takeChoice?: TakeChoice;
};

/** How an address is spoken to: the kind that it stands for, null where each event says its own, and in whose words. */
export type Address = { readonly kind: SentKind | null; readonly dialect: Dialect };

/** The intake with what is shared by all requests of a node. */
type Intake = IntakeDeps & { readonly share: Share; readonly choices: Choices };

/** What the client is told to wait, in seconds, when its channel has too much under way. */
const COME_AGAIN = "1";

/** More events than this in one request are refused as a whole: a client that sends them does not know the limits. */
const MOST_EVENTS = 2500;

/** One rejected event, as the answer names it. */
type Rejected = { readonly index: number; readonly raw: unknown; readonly rejection: Rejection };

/**
 * Takes in what an event client sends: one event, or a batch. Answers after the commit [TCH-4].
 * 400 for what is no JSON or too large, 401 without a key, 429 for a channel that has too much under way [TCH-17]; otherwise 200, because
 * real clients crash, or drop what they hold, on others. What is wrong with single events is in the answer and in the quarantine.
 */
export async function takeIn(deps: Intake, { request, reply, actor, around }: RawCall, address: Address): Promise<FastifyReply> {
  const receivedAt = Date.now();
  const encoding = request.headers["content-encoding"];
  const body = await readBody(request.body as Buffer | undefined, encoding); // the route asks for bytes
  if (body.kind === "malformed") return sendProblem(reply, edgeProblem("request.malformed", request.id));
  if (body.kind === "too_large") return refuseSize(request, reply, address, `at most ${MOST_BYTES} bytes after unpacking`);
  const message = asObject(body.value);
  const channel = await channelOf(deps, around, actor, request, message);
  if (!channel) return sendProblem(reply, edgeProblem("access.unauthenticated", request.id));
  const events = eventsIn(message, body.value, address.kind);
  if (events.length > MOST_EVENTS) return refuseSize(request, reply, address, `at most ${MOST_EVENTS} events`);
  const leave = deps.share.enter(channel.channelId, { events: events.length, bytes: body.bytes });
  if (!leave) return refuseForNow(request, reply);
  const sentAt = message["sentAt"] ?? message["sent_at"];
  const delivery: Delivery = { ...channel, recordId: actor.customer?.recordId ?? null, receivedAt, sentAt };
  const sender = { ...around, actor: { ...actor, channelId: channel.channelId, placeId: channel.placeId } };
  const rejected = await storeEvents(deps, sender, events, address, delivery).catch(busyAsNull).finally(leave);
  if (rejected === null)
    return sendProblem(reply.header("retry-after", COME_AGAIN), { ...edgeProblem("request.busy", request.id), status: 503 });
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
  { lane, share, choices }: Intake,
  around: Surroundings,
  events: readonly unknown[],
  address: Address,
  delivery: Delivery,
): Promise<Rejected[]> {
  const rejected: Rejected[] = [];
  const accepted = new Map<Touch, number>();
  for (const [index, raw] of events.entries()) {
    const prepared = toTouch(inOneDialect(raw, address.dialect), address.kind, delivery);
    const rejection = "rejection" in prepared ? prepared.rejection : await identifyIfSaid(share, around, prepared, delivery);
    if (rejection) rejected.push({ index, raw, rejection });
    else if ("touch" in prepared) {
      await keepChoice(share, choices, around, prepared, delivery);
      accepted.set(prepared.touch, index);
    }
  }
  for (const { touch, code } of await lane.store([...accepted.keys()])) {
    const index = accepted.get(touch) ?? 0;
    rejected.push({ index, raw: events[index], rejection: { code: "touchpoint.cannot_be_stored", detail: code } });
  }
  rejected.sort((a, b) => a.index - b.index);
  await quarantineAll(
    { db: dbOn(around.pool) },
    rejected.map((one) => toItem(one, address, delivery)),
  );
  return rejected;
}

/** In a transaction of its own, before the touchpoint: a resend after a crash says the same again, which changes nothing. */
async function identifyIfSaid(share: Share, around: Surroundings, prepared: Prepared, delivery: Delivery): Promise<Rejection | null> {
  const apply = saysWho(prepared, delivery) ? applyIdentity : saysGroup(prepared) ? applyGroup : undefined;
  if (!apply) return null;
  try {
    const outcome = await share.inTurn(delivery.channelId, () => inTransaction(around, (ctx) => apply(ctx, prepared, delivery)));
    return outcome.kind !== "done" || outcome.result.ok ? null : outcome.result.error;
  } catch (error) {
    if (!isAboutData(error)) throw error;
    return { code: "touchpoint.cannot_be_stored", detail: error.code ?? null };
  }
}

/** Before its touchpoint, so that a no holds when the next event comes; most events say nothing that is not kept already. */
async function keepChoice(share: Share, choices: Choices, around: Surroundings, prepared: Prepared, delivery: Delivery): Promise<void> {
  const isAllowed = choices.saidBy(prepared, delivery);
  if (isAllowed === null) return;
  await share.inTurn(delivery.channelId, () => inTransaction(around, (ctx) => choices.keep(ctx, prepared, delivery, isAllowed)));
  choices.note(prepared, delivery, isAllowed);
}

/** What of a delivery is kept beside a quarantined event, so that it can be taken in later as if it came then. */
export type KeptDelivery = {
  readonly fallback: SentKind | null;
  /** Absent in what was kept before there were others. */
  readonly dialect?: Dialect;
  readonly placeId: PlaceId | null;
  /** Absent in what was kept before groups were taken: then it vouches for nothing. */
  readonly isServer?: boolean;
  readonly receivedAt: number;
  readonly sentAt: unknown;
};

function toItem({ raw, rejection }: Rejected, { kind: fallback, dialect }: Address, delivery: Delivery): QuarantineItem {
  const { placeId, isServer, receivedAt, sentAt, channelId, recordId } = delivery;
  const context: KeptDelivery = { fallback, dialect, placeId, isServer, receivedAt, sentAt: sentAt ?? null };
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

/** Whose key it is: in the `Authorization` header, which the edge has read, in a header of its own, or in the body. */
async function channelOf(
  { isDemo }: IntakeDeps,
  { snapshots }: Surroundings,
  actor: Actor,
  request: FastifyRequest,
  message: Readonly<Record<string, unknown>>,
): Promise<Pick<Delivery, "channelId" | "placeId" | "isServer"> | null> {
  if (actor.keyId !== null && actor.channelId !== null)
    return { channelId: actor.channelId, placeId: actor.placeId, isServer: actor.kind === "secret" };
  for (const said of [...keysInHeader(request.headers["x-write-key"]), message["writeKey"], message["api_key"]]) {
    if (typeof said !== "string" || said === "") continue;
    const key = await findKey(snapshots, tokenHash(said).toString("hex"), { isDemo });
    if (key) return { channelId: key.channelId, placeId: key.placeId, isServer: key.kind === "secret" };
  }
  return null;
}

/** Jitsu's keys are `id:secret`, of which ours is either part, or the whole. */
function keysInHeader(header: string | string[] | undefined): readonly string[] {
  return typeof header === "string" ? [header, ...header.split(":", 2)] : [];
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

/** PostHog's clients halve their batches at 413 and drop them at 400; the others know 400 alone. */
function refuseSize(request: FastifyRequest, reply: FastifyReply, { dialect }: Address, detail: string): FastifyReply {
  return sendProblem(reply, { ...edgeProblem("request.too_large", request.id, { detail }), status: dialect === "posthog" ? 413 : 400 });
}

function refuseForNow(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const detail = "this channel has as many events under way as it may have at a time";
  const problem = edgeProblem("request.rate_limited", request.id, { detail });
  return sendProblem(reply.headers({ "retry-after": COME_AGAIN, "x-ratelimit-reset": COME_AGAIN }), problem);
}
