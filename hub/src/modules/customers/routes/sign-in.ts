import type { Locale, SessionView } from "@weft/contracts";
import { err, ok, type CartId, type RecordId } from "@weft/kernel";
import { ACCESS_PROBLEMS, presentSession, setSessionCookie, type AccessError } from "../../access/index.ts";
import { committed, write, type Ctx, type ReadCtx, type Route } from "../../../platform/index.ts";
import { requestCode, type ChallengeId } from "../commands/challenges.ts";
import { signInByCode, type SignInOutcome } from "../commands/sign-in.ts";
import { isUnprofiled } from "../commands/object.ts";
import { CUSTOMER_PROBLEMS, type CustomerError } from "../errors.ts";
import { reachOf } from "../queries/reach.ts";
import type { CustomersDeps } from "./deps.ts";

const PROBLEMS = { ...ACCESS_PROBLEMS, ...CUSTOMER_PROBLEMS };
const UNNAMED = { code: "access.session_unnamed" } as const;

/** The sign-in of customers: `access` keeps sessions, this module knows whose address a code proves. */
export const signInRoutes = (deps: CustomersDeps): readonly Route[] => [
  write(
    "access.requestSignInCode",
    async (ctx, { body, request }) => {
      const { channelId } = ctx.actor;
      if (channelId === null) return err({ code: "customer.channel_missing" });
      const { contact, givenName, familyName } = body;
      const asked = await requestCode(ctx, deps.vault, {
        purpose: "sign_in",
        contact,
        channelId,
        recordId: null,
        names: { givenName, familyName },
        locale: body.locale ?? (request.locale as Locale), // one of the hub's languages, see localeOf
        ip: request.ip,
        mostPerAddress: deps.mostCodesPerAddress,
      });
      if (!asked.ok) return asked;
      return ok({ challengeId: asked.value.id, kind: asked.value.kind, expiresAt: asked.value.expiresAt.toISOString() });
    },
    { problems: CUSTOMER_PROBLEMS },
  ),
  write<"access.customerSignIn", AccessError | CustomerError>(
    "access.customerSignIn",
    async (ctx, input) => {
      const { body, sessionName } = input;
      if (sessionName === null) return err(UNNAMED);
      const anonymous = body.cartId && body.cartToken ? { cartId: body.cartId as CartId, token: body.cartToken } : undefined; // an id by the contract
      const challengeId = body.challengeId as ChallengeId; // see above
      const signedIn = await signInByCode(ctx, deps, { challengeId, code: body.code, app: sessionName, anonymous });
      if (!signedIn.ok) return signedIn;
      if (signedIn.value.kind === "refused") return ok(committed(signedIn.value.error));
      setSessionCookie(input, signedIn.value.session);
      return ok(await sessionOf(ctx, deps, signedIn.value));
    },
    { problems: PROBLEMS },
  ),
];

function sessionOf(
  ctx: Ctx,
  deps: CustomersDeps,
  { recordId, channelId, session }: Extract<SignInOutcome, { kind: "signed_in" }>,
): Promise<SessionView> {
  const who = { staffId: null, deviceId: null, recordId, channelId, expiresAt: session.expiresAt };
  return presentSession(ctx, { greet: greetCustomer, place: deps.place }, who);
}

/** How the apps greet whoever a record belongs to; undefined after an erasure. */
export async function greetCustomer(ctx: Pick<ReadCtx, "db">, recordId: RecordId) {
  const { customerId, givenName, locale } = await reachOf(ctx, recordId);
  const isProfiled = !(await isUnprofiled(ctx, recordId));
  return { customerId, givenName: givenName ?? "", locale: locale ?? ("en" as const), isProfiled };
}
