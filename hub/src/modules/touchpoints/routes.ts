import { PATHS, type OperationId } from "@weft/contracts";
import { ok } from "@weft/kernel";
import type { FastifyInstance } from "fastify";
import { edgeProblem, raw, read, sendAnswer, sendProblem, write, type RawCall, type Route } from "../../platform/index.ts";
import { tokenHash } from "../access/index.ts";
import { findKey } from "../channels/index.ts";
import type { SentKind } from "./domain.ts";
import { TOUCHPOINT_PROBLEMS } from "./errors.ts";
import { takeIn, type IntakeDeps } from "./intake.ts";
import { discardItem, listQuarantine, replayItem, type QuarantineHandler } from "./quarantine.ts";
import { replayIntake } from "./replay.ts";
import { listResends } from "./resends.ts";

export type TouchpointsDeps = IntakeDeps & {
  /** Who takes quarantined items of other modules again, by kind. */
  readonly handlers: Readonly<Record<string, QuarantineHandler>>;
};

/** The kind that an address stands for; null where each event says its own. */
const INTAKE = {
  "touchpoints.batch": null,
  "touchpoints.identify": "identify",
  "touchpoints.track": "track",
  "touchpoints.page": "page",
  "touchpoints.screen": "screen",
  "touchpoints.group": "group",
  "touchpoints.alias": "alias",
  "touchpoints.shortBatch": null,
  "touchpoints.shortIdentify": "identify",
  "touchpoints.shortTrack": "track",
  "touchpoints.shortPage": "page",
  "touchpoints.shortScreen": "screen",
  "touchpoints.shortGroup": "group",
  "touchpoints.shortAlias": "alias",
} as const satisfies Partial<Record<OperationId, SentKind | null>>;

// Its keys are operations, as the table's own type says.
const INTAKE_OPERATIONS = Object.keys(INTAKE) as (keyof typeof INTAKE)[];

export const touchpointsRoutes = (deps: TouchpointsDeps): readonly Route[] => [
  ...INTAKE_OPERATIONS.map((operation) => raw(operation, (call) => takeIn(deps, call, INTAKE[operation]), { bytes: true })),
  raw("touchpoints.settings", (call) => answerSettings(deps, call)),
  read("touchpoints.resends", async (ctx, { query }) => ok(await listResends(ctx, query)), {
    problems: {},
    audit: (_input, { items }) => (items[0] ? `resends, first record/${items[0].recordId}` : null),
  }),
  read("quarantine.list", async (ctx, { query }) => ok(await listQuarantine(ctx, query)), {
    problems: {},
    audit: () => "quarantine",
  }),
  write("quarantine.replay", (ctx, { params, body }) => replayItem(ctx, { ...deps.handlers, intake: replayIntake }, params.id, body.raw), {
    problems: TOUCHPOINT_PROBLEMS,
  }),
  write("quarantine.discard", (ctx, { params, body }) => discardItem(ctx, params.id, body.reason), { problems: TOUCHPOINT_PROBLEMS }),
];

/** A browser's client learns here where to send. */
async function answerSettings({ isDemo }: IntakeDeps, { request, reply, around, input }: RawCall) {
  reply.header("access-control-allow-origin", "*");
  const { writeKey } = input.params as { writeKey: string }; // by the contract
  const key = await findKey(around.snapshots, tokenHash(writeKey).toString("hex"), { isDemo });
  if (!key) return sendProblem(reply, edgeProblem("access.unauthenticated", request.id));
  const settings = {
    integrations: { "Segment.io": { apiKey: writeKey, apiHost: `${request.host}/v1`, protocol: request.protocol } },
    plan: {},
    remotePlugins: [],
  };
  return sendAnswer("touchpoints.settings", 200, settings, reply, false);
}

/** Lets browsers of every origin send events: the key says whose they are, and no session is looked at without its header. */
export function openIntakeToBrowsers(app: FastifyInstance): void {
  for (const operation of [...INTAKE_OPERATIONS, "touchpoints.settings" as const]) {
    const path = PATHS[operation].split(" ")[1] ?? "";
    app.options(path.replaceAll(/\{(\w+)\}/g, ":$1"), (request, reply) =>
      reply
        .headers({
          "access-control-allow-origin": "*",
          "access-control-allow-methods": "GET, POST",
          "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "Authorization, Content-Type",
          "access-control-max-age": "600",
        })
        .code(204)
        .send(),
    );
  }
}
