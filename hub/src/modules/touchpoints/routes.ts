import { PATHS, type OperationId } from "@weft/contracts";
import { ok } from "@weft/kernel";
import type { FastifyInstance } from "fastify";
import { edgeProblem, raw, read, sendAnswer, sendProblem, write, type RawCall, type Route } from "../../platform/index.ts";
import { tokenHash } from "../access/index.ts";
import { channelsSnapshot, findKey } from "../channels/index.ts";
import type { SentKind } from "./domain.ts";
import { TOUCHPOINT_PROBLEMS } from "./errors.ts";
import { createChoices } from "./choice.ts";
import { createShare } from "./fair-share.ts";
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
  "touchpoints.posthogBatch": null,
} as const satisfies Partial<Record<OperationId, SentKind | null>>;

/** Addresses that name the kind in their last part. */
const JITSU_OPERATIONS = ["touchpoints.jitsu", "touchpoints.jitsuServer"] as const;

// Its keys are operations, as the table's own type says.
const INTAKE_OPERATIONS = Object.keys(INTAKE) as (keyof typeof INTAKE)[];

export const touchpointsRoutes = (deps: TouchpointsDeps): readonly Route[] => [
  ...intakeRoutes({ ...deps, share: createShare(), choices: createChoices(deps.takeChoice) }),
  raw("touchpoints.settings", (call) => answerSettings(deps, call), { tolerant: true }),
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

function intakeRoutes(intake: Parameters<typeof takeIn>[0]): Route[] {
  const tolerant = { bytes: true, tolerant: true };
  return [
    ...INTAKE_OPERATIONS.map((operation) => {
      const address = { kind: INTAKE[operation], dialect: operation === "touchpoints.posthogBatch" ? "posthog" : "segment" } as const;
      return raw(operation, (call) => takeIn(intake, call, address), tolerant);
    }),
    ...JITSU_OPERATIONS.map((operation) =>
      raw(operation, (call) => takeIn(intake, call, { kind: jitsuKind(call), dialect: "segment" }), tolerant),
    ),
    raw(
      "touchpoints.posthogFlags",
      async ({ request, reply }) => sendAnswer("touchpoints.posthogFlags", 200, noFlags(request.id), reply, false),
      tolerant,
    ),
  ];
}

const jitsuKind = ({ input }: RawCall): SentKind => (input.params as { kind: SentKind }).kind; // by the contract

/** PostHog's clients wait for an answer about flags before they send; Weft has none to give. */
const noFlags = (requestId: string) => ({
  flags: {},
  featureFlags: {},
  featureFlagPayloads: {},
  errorsWhileComputingFlags: false,
  requestId,
});

/** A browser's client learns here where to send. */
async function answerSettings({ isDemo }: IntakeDeps, { request, reply, around, input }: RawCall) {
  const { writeKey } = input.params as { writeKey: string }; // by the contract
  const key = await findKey(around.snapshots, tokenHash(writeKey).toString("hex"), { isDemo });
  if (!key) return sendProblem(reply, edgeProblem("access.unauthenticated", request.id));
  const { channels } = await around.snapshots.current(channelsSnapshot);
  const settings = {
    integrations: { "Segment.io": { apiKey: writeKey, apiHost: `${request.host}/v1`, protocol: request.protocol } },
    plan: {},
    remotePlugins: [],
    weft: { asksFirst: channels.get(key.channelId)?.asksFirst ?? true },
  };
  return sendAnswer("touchpoints.settings", 200, settings, reply, false);
}

/** Answers what browsers of every origin ask before they send events: the key says whose they are, and no session is looked at without its header. */
export function openIntakeToBrowsers(app: FastifyInstance): void {
  for (const operation of [...INTAKE_OPERATIONS, ...JITSU_OPERATIONS, "touchpoints.posthogFlags", "touchpoints.settings"] as const) {
    const path = PATHS[operation].split(" ")[1] ?? "";
    app.options(path.replaceAll(/\{(\w+)\}/g, ":$1"), { config: { tolerant: true } }, (request, reply) =>
      reply
        .headers({
          "access-control-allow-methods": "GET, POST",
          "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "Authorization, Content-Type",
          "access-control-max-age": "600",
        })
        .code(204)
        .send(),
    );
  }
}
