import type { SessionView } from "@weft/contracts/client";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { api } from "../api.ts";
import { isAway, keep } from "../local/kept.ts";
import { checkPin, rememberPin } from "./pins.ts";
import { OPERATOR, sessionQuery } from "./session.ts";

/** Signs in by PIN at the hub; where it cannot be reached, whoever has signed in at this till before. */
export async function signInByPin(pin: string): Promise<SessionView> {
  try {
    const session = await api.ask("access.pinSignIn", { body: { pin } });
    if (session.staff) void rememberPin(session.staff, pin);
    await keep(OPERATOR, null);
    return session;
  } catch (error) {
    if (!isAway(error)) throw error;
    return signInHere(pin, error);
  }
}

async function signInHere(pin: string, away: unknown): Promise<SessionView> {
  const checked = await checkPin(pin, Date.now());
  const session = api.queries.getQueryData<SessionView>(sessionQuery.queryKey);
  if (checked.kind === "impossible" || !session) throw away;
  if (checked.kind !== "known") throw refusal(checked.kind === "locked" ? "till.pin_locked" : "till.pin_unknown");
  // The hub knows somebody else, or nobody, as signed in: it asks for the PIN again once it is back.
  await keep(OPERATOR, checked.staff.id);
  return { ...session, staff: checked.staff };
}

const refusal = (code: string): ProblemError => new ProblemError({ type: "about:blank", title: "", status: 403, code }, false);
