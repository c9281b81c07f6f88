import type { SessionView } from "@weft/contracts/client";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { api } from "../api.ts";
import { isAway, keep } from "../local/kept.ts";
import { check, remember, type Shown } from "./pins.ts";
import { OPERATOR, sessionQuery } from "./session.ts";

/** Signs in by PIN at the hub; where it cannot be reached, whoever has signed in by it at this till before. */
export const signInByPin = (pin: string): Promise<SessionView> => signIn("pin", pin, () => api.ask("access.pinSignIn", { body: { pin } }));

/** The same by the code on a badge. */
export const signInByBadge = (badge: string): Promise<SessionView> =>
  signIn("badge", badge, () => api.ask("access.badgeSignIn", { body: { badge } }));

async function signIn(by: Shown, secret: string, atHub: () => Promise<SessionView>): Promise<SessionView> {
  try {
    const session = await atHub();
    if (session.staff) void remember(session.staff, by, secret);
    await keep(OPERATOR, null);
    return session;
  } catch (error) {
    if (!isAway(error)) throw error;
    return signInHere(by, secret, error);
  }
}

async function signInHere(by: Shown, secret: string, away: unknown): Promise<SessionView> {
  const checked = await check(by, secret, Date.now());
  const session = api.queries.getQueryData<SessionView>(sessionQuery.queryKey);
  if (checked.kind === "impossible" || !session) throw away;
  if (checked.kind !== "known") throw refusal(checked.kind === "locked" ? "till.pin_locked" : "till.pin_unknown");
  // The hub knows somebody else, or nobody, as signed in: it asks for the PIN again once it is back.
  await keep(OPERATOR, checked.staff.id);
  return { ...session, staff: checked.staff };
}

const refusal = (code: string): ProblemError => new ProblemError({ type: "about:blank", title: "", status: 403, code }, false);
