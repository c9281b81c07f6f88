import { asId, err, ok, type IdentifierId } from "@weft/kernel";
import { auditWrite } from "../../access/index.ts";
import { read, write, type Ctx, type ReadCtx, type Route } from "../../../platform/index.ts";
import { judgePairs } from "../commands/judge-pairs.ts";
import { previewLimits, setLimits, showLimits } from "../commands/set-limits.ts";
import { standIdentifier } from "../commands/stand.ts";
import { CUSTOMER_PROBLEMS } from "../errors.ts";
import { identifierPage } from "../queries/identifier.ts";

const PROBLEMS = { problems: CUSTOMER_PROBLEMS };

/** What values tell about people: limits, single values, and judgments that come as a file. */
export const identifierRoutes: readonly Route[] = [
  read("matching.limits", async (ctx) => ok(await showLimits(ctx)), PROBLEMS),
  read("matching.previewLimits", async (ctx, { body }) => ok(await previewLimits(ctx, body.limits)), PROBLEMS),
  write(
    "matching.setLimits",
    async (ctx, { body }) => {
      await setLimits(ctx, body.limits);
      await auditWrite(ctx, { action: "matching.setLimits", subject: "matching" });
      return ok(await showLimits(ctx));
    },
    PROBLEMS,
  ),
  read("identifiers.read", (ctx, { params }) => pageOf(ctx, params.id), {
    ...PROBLEMS,
    audit: ({ params }) => `identifier/${params.id}`,
  }),
  write(
    "identifiers.stand",
    async (ctx, { params, body }) => {
      const stood = await standIdentifier(ctx, asId<IdentifierId>(params.id), body.isSetAside);
      if (!stood.ok) return stood;
      await auditWrite(ctx, { action: "identifiers.stand", subject: `identifier/${params.id}`, reason: body.reason });
      return pageOf(ctx, params.id);
    },
    PROBLEMS,
  ),
  write(
    "matching.judgePairs",
    async (ctx, { body }) => {
      const results = await judgePairs(ctx, body.pairs);
      await auditWrite(ctx, { action: "matching.judgePairs", subject: "matching" });
      return ok({ results });
    },
    PROBLEMS,
  ),
];

async function pageOf(ctx: Ctx | ReadCtx, id: string) {
  const page = await identifierPage(ctx, asId<IdentifierId>(id));
  return page ? ok(page) : err({ code: "customer.identifier_unknown" } as const);
}
