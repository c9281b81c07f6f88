import { ok, type Result } from "@weft/kernel";
import type { Locale, TourView } from "@weft/contracts";
import { read, write, type Ctx, type Input, type Route } from "../../platform/index.ts";
import { COOKIE_SECONDS, createCustomerSession, deviceCookie, setSessionCookie } from "../access/index.ts";
import { asNobody, arrive, beginVisit, changeLevel, forgetVisit, mustOwnVisit, TILL_SESSION, type TourDeps } from "./commands.ts";
import { TOUR_PROBLEMS, type TourError } from "./errors.ts";
import { SHOP_SESSION, setScene } from "./scenes.ts";
import { ownVisit, presentVisit, type Visit } from "./visits.ts";

/** The session of the tour's own page. */
const TOUR_SESSION = "weft_tour";

export const tourRoutes = (deps: TourDeps): readonly Route[] => [
  write("tour.begin", (ctx, input) => begin(ctx, deps, input), { problems: TOUR_PROBLEMS }),
  read(
    "tour.read",
    async (ctx) => {
      const visit = await mustOwnVisit(ctx);
      return visit.ok ? ok(presentVisit(visit.value, ctx.now)) : visit;
    },
    { problems: TOUR_PROBLEMS },
  ),
  write("tour.changeLevel", (ctx, { body }) => onOwnVisit(ctx, (visit) => changeLevel(ctx, visit, body.level)), {
    problems: TOUR_PROBLEMS,
  }),
  write("tour.arrive", (ctx) => onOwnVisit(ctx, (visit) => arrive(ctx, visit)), { problems: TOUR_PROBLEMS }),
  write("tour.setScene", (ctx, input) => setStage(ctx, deps, input), { problems: TOUR_PROBLEMS }),
];

async function onOwnVisit(ctx: Ctx, act: (visit: Visit) => Promise<void>): Promise<Result<TourView, TourError>> {
  const visit = await mustOwnVisit(ctx);
  if (!visit.ok) return visit;
  await act(visit.value);
  return answerOwn(ctx);
}

async function answerOwn(ctx: Pick<Ctx, "db" | "actor" | "now">): Promise<Result<TourView, TourError>> {
  const visit = await mustOwnVisit(ctx);
  return visit.ok ? ok(presentVisit(visit.value, ctx.now)) : visit;
}

/** One of the hub's languages, see localeOf. */
const localeOfCaller = ({ request }: Pick<Input<"tour.setScene">, "request">): Locale => request.locale as Locale;

type Cookies = Pick<Input<"tour.begin">, "setCookie">;

async function begin(ctx: Ctx, deps: TourDeps, input: Input<"tour.begin">): Promise<Result<TourView, TourError>> {
  const before = await ownVisit(ctx);
  if (before && !input.body.again) return ok(presentVisit(before, ctx.now));
  if (before) await forgetVisit(ctx, deps, before);
  const begun = await beginVisit(asNobody(ctx), deps);
  if (!begun.ok) return begun;
  const { till, device } = begun.value.tokens;
  setSessionCookie({ ...input, sessionName: TILL_SESSION }, till);
  input.setCookie(deviceCookie(TILL_SESSION), device, { maxAgeSeconds: COOKIE_SECONDS });
  input.clearCookie(SHOP_SESSION);
  const visit = begun.value.visit;
  await enterAs(ctx, input, visit);
  return ok(presentVisit(visit, ctx.now));
}

/** The page of the tour acts by a session of the persona: what it may see and switch is theirs [TOU-1]. */
async function enterAs(ctx: Ctx, input: Cookies, { recordId, webChannelId }: Visit): Promise<void> {
  const session = await createCustomerSession(asNobody(ctx), { recordId, app: TOUR_SESSION, channelId: webChannelId });
  setSessionCookie({ ...input, sessionName: TOUR_SESSION }, session);
}

async function setStage(ctx: Ctx, deps: TourDeps, input: Input<"tour.setScene">): Promise<Result<TourView, TourError>> {
  const before = await mustOwnVisit(ctx);
  if (!before.ok) return before;
  const { session, visit } = await setScene(ctx, deps, before.value, { scene: input.body.scene, language: localeOfCaller(input) });
  if (session) setSessionCookie({ ...input, sessionName: SHOP_SESSION }, session);
  if (visit.recordId !== before.value.recordId) {
    input.clearCookie(SHOP_SESSION);
    await enterAs(ctx, input, visit);
  }
  return ok(presentVisit(visit, ctx.now));
}
