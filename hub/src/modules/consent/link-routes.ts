import type { LinkTermsView } from "@weft/contracts";
import { err, ok, type Result } from "@weft/kernel";
import {
  edgeProblem,
  inTransaction,
  problemOf,
  raw,
  read,
  sendProblem,
  write,
  type Ctx,
  type Input,
  type RawCall,
  type Route,
} from "../../platform/index.ts";
import { decide, setPreferences, toChange } from "./commands/index.ts";
import { CONSENT_PROBLEMS, type ConsentError } from "./errors.ts";
import { showLinkTerms } from "./present.ts";
import { linkByHash } from "./queries.ts";
import type { ConsentDeps } from "./routes.ts";
import { tokenHash } from "./tokens.ts";
import { WORDING_VERSION } from "./wording.ts";

const UNKNOWN: ConsentError = { code: "consent.link_unknown" };
const problems = CONSENT_PROBLEMS;

/** What whoever holds the link of a message may do: see and change the terms of its receiver, and nothing else. */
export const linkRoutes = (deps: ConsentDeps): readonly Route[] => [
  read(
    "consent.readByLink",
    async (ctx, { params }) => {
      const link = await linkByHash(ctx, tokenHash(params.token));
      return link ? ok(await showLinkTerms(ctx, link)) : err(UNKNOWN);
    },
    { problems },
  ),
  write("consent.changeByLink", (ctx, { params, body }) => changeByLink(ctx, deps, params.token, body), { problems }),
  // Mail scanners open every link: reading changes nothing [CNS-9]. Without a host: whoever asks is at the right one, whatever it is called.
  raw("consent.openUnsubscribe", async ({ reply, input }) =>
    reply.redirect(`/shop/preferences/${encodeURIComponent(tokenIn(input))}`, 302),
  ),
  raw("consent.unsubscribe", (call) => unsubscribe(call, deps), { bytes: true }),
];

async function changeByLink(
  ctx: Ctx,
  { vault }: ConsentDeps,
  token: string,
  { choices, isJoiningAllowed, wordingVersion, shownIn, ...preferences }: Input<"consent.changeByLink">["body"],
): Promise<Result<LinkTermsView, ConsentError>> {
  const link = await linkByHash(ctx, tokenHash(token));
  if (!link) return err(UNKNOWN);
  const decided = await decide(ctx, vault, {
    recordId: link.recordId,
    choices: [
      ...choices,
      ...(isJoiningAllowed === undefined ? [] : [{ purpose: "joining", state: isJoiningAllowed ? "granted" : "withdrawn" } as const]),
    ],
    source: "link",
    wordingVersion,
    language: shownIn,
    proof: null,
    isFromMailbox: link.channelKind === "email",
  });
  if (!decided.ok) return decided;
  await setPreferences(ctx, link.recordId, "link", toChange(preferences));
  return ok(await showLinkTerms(ctx, link));
}

const tokenIn = (input: Input<never>): string => (input.params as { readonly token: string }).token; // the contract's

/** The one line, as a form or as its multipart form: RFC 8058 allows both. */
const ONE_CLICK = /(^|[&"])List-Unsubscribe"?(=|(\r?\n)+)One-Click/;

/** The POST of a mail program [RFC 8058]: no cookie, no sign-in, its body is the one line; all that it says is in the link. */
async function unsubscribe({ request, reply, around, input }: RawCall, { vault }: ConsentDeps): Promise<unknown> {
  const body = Buffer.isBuffer(request.body) ? request.body.toString("utf8") : "";
  if (!ONE_CLICK.test(body)) return sendProblem(reply, edgeProblem("request.malformed", request.id));
  const outcome = await inTransaction(around, async (ctx): Promise<Result<null, ConsentError>> => {
    const link = await linkByHash(ctx, tokenHash(tokenIn(input)));
    if (!link) return err(UNKNOWN);
    const { recordId, purpose, topic, channelKind } = link;
    const decided = await decide(ctx, vault, {
      recordId,
      // A use of data has neither topic nor kind.
      choices: [topic === null ? { purpose, state: "withdrawn" } : { purpose, topic, channelKind, state: "withdrawn" }],
      source: "one_click",
      wordingVersion: WORDING_VERSION,
      language: "en",
      proof: null,
      isFromMailbox: true,
    });
    return decided.ok ? ok(null) : decided;
  });
  if (outcome.kind !== "done") throw new Error("without a key nothing is replayed");
  const { result } = outcome;
  return result.ok ? reply.code(204).send() : sendProblem(reply, problemOf(result.error, problems[result.error.code], request.id));
}
