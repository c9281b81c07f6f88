import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AnswerOf, AppConfigView, SessionView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { askOrRecall, isAway, keep, recall } from "../local/kept.ts";
import { shiftNow } from "../local/shift.ts";
import { keptActs, ownJournal } from "../outbox/register-outbox.ts";

const SESSION = "session";
const CONFIG = "config";
/** Who signed in while the hub could not be reached; null once it has let them in itself. */
export const OPERATOR = "operator";
const PATIENCE_MS = 4000;

/** Who is at this till; without a network, who was. */
export const sessionQuery = queryOptions({ queryKey: ["session"], queryFn: ({ signal }) => readSession(signal), staleTime: Infinity });

/** Whoever signed in without the hub shows it their PIN once it is back: nothing is done there in the name of who was there before. */
async function readSession(signal: AbortSignal): Promise<SessionView> {
  const operator = (await recall<string | null>(OPERATOR))?.value ?? null;
  return askOrRecall(SESSION, async () => {
    const session = await api.ask("access.session", { signal });
    return operator === null || session.staff?.id === operator ? session : { ...session, staff: null };
  });
}

/** Who is at the till; undefined while it is asked. */
export function useSession() {
  return useQuery(sessionQuery);
}

/** Puts an answer of a sign-in in the place of the session that was. */
export function useSetSession(): (session: SessionView) => void {
  const queries = useQueryClient();
  return (session) => {
    void keep(SESSION, session);
    queries.setQueryData(sessionQuery.queryKey, session);
  };
}

export const configQuery = queryOptions({
  queryKey: ["config"],
  queryFn: () => askOrRecall(CONFIG, () => api.config()),
  staleTime: Infinity,
});

/** The register with its shift. `isNow`: as the hub has it now; else as it was, with what this till has done since. */
export type RegisterState = AnswerOf<"till.state"> & {
  readonly isNow: boolean;
  /** Which till has the key of its journal: one at a time. */
  readonly signs: "nobody" | "here" | "elsewhere";
};

export const stateQuery = (registerId: string) =>
  queryOptions({
    queryKey: ["register", registerId],
    queryFn: ({ signal }) => readState(registerId, signal),
    staleTime: Infinity,
  });

async function readState(registerId: string, signal: AbortSignal): Promise<RegisterState> {
  const key = `state ${registerId}`;
  const [state, isNow] = await stateOrKept(registerId, key, signal);
  const session = (await recall<SessionView>(SESSION))?.value;
  const config = (await recall<AppConfigView>(CONFIG))?.value;
  const shift = shiftNow(state.shift, await keptActs(registerId), {
    register: state.register,
    drawer: state.drawer,
    currency: state.shift?.float.currency ?? config?.currency ?? "EUR",
    staffName: session?.staff?.name ?? "",
  });
  return { ...state, shift, isNow, signs: whoSigns(state.keyId, (await ownJournal(registerId))?.keyId) };
}

function whoSigns(enrolled: string | null | undefined, own: string | undefined): RegisterState["signs"] {
  if (enrolled === null || enrolled === undefined) return "nobody";
  return enrolled === own ? "here" : "elsewhere";
}

async function stateOrKept(registerId: string, key: string, signal: AbortSignal) {
  const kept = await recall<AnswerOf<"till.state">>(key);
  try {
    const state = await api.ask("till.state", {
      query: { registerId },
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    await keep(key, state);
    return [state, true] as const;
  } catch (error) {
    if (!kept || !isAway(error)) throw error;
    return [kept.value, false] as const;
  }
}
