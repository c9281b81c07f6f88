import { QueryClient } from "@tanstack/react-query";
import {
  createClient,
  type AnswerOf,
  type AppConfigView,
  type CallInput,
  type CallResult,
  type Client,
  type OperationId,
} from "@weft/contracts/client";
import { newId, type Problem } from "@weft/kernel";
import { ownDevice } from "../browser/device.ts";
import { readStored, writeStored } from "../browser/storage.ts";
import { currentLocale } from "../i18n/i18n.ts";
import { applyMessage } from "../live/cache.ts";
import { shareLive, type Live } from "../live/shared-live.ts";
import { mayRetry, ProblemError } from "./problem-error.ts";
import { sessionName } from "./session-name.ts";

/** The hub takes this many subjects in one call. */
const MOST_AT_ONCE = 100;

export type AppName = "shop" | "till" | "office" | "board" | "tour";

/** What an app talks to the hub with. One per page. */
export type Api = {
  readonly app: AppName;
  /** The cookie session of this app in this window, as named in the header `Weft-Session`. */
  readonly session: string;
  /** Calls an operation; a refusal is a value. */
  readonly call: Client["call"];
  /** Calls an operation for TanStack Query: a refusal is thrown as `ProblemError`. */
  readonly ask: <Op extends OperationId>(operation: Op, input: CallInput<Op>) => Promise<AnswerOf<Op>>;
  /** Fetches a file of the hub by its path; a refusal is thrown as `ProblemError`. */
  readonly file: (path: string, headers?: Record<string, string>) => Promise<Blob>;
  readonly queries: QueryClient;
  readonly live: Live;
  /** What the hub says of this app (brand, currency, demo). Asked once; the first call that is made. */
  readonly config: () => Promise<AppConfigView>;
};

export type ApiSettings = {
  readonly app: AppName;
  /** A room of the app whose sessions and devices are its own, such as the kiosk of the till. */
  readonly room?: string;
  /** Headers that an app adds to every call, such as `weft-cart`, the token of the visitor's cart. Asked at each call. */
  readonly headers?: () => Record<string, string>;
};

/** Makes the app's one connection to the hub: typed client, query cache, live stream. */
export function createApi({ app, room, headers }: ApiSettings): Api {
  const session = sessionName(room ?? app, location.search, window);
  let publishableKey = framedKey();
  let asked: Promise<AppConfigView> | undefined;
  const ownHeaders = (): Record<string, string> => ({
    "weft-session": session,
    // The reader may have chosen another language than the browser's.
    "accept-language": currentLocale(),
    ...(publishableKey !== null && { authorization: `Bearer ${publishableKey}` }),
    ...headers?.(),
  });
  const client = createClient({ headers: ownHeaders });

  async function readConfig(): Promise<AppConfigView> {
    const answer = unwrap(await client.call("channels.appConfig", { params: { app } }));
    // What a framed device came with is its own.
    publishableKey ??= answer.publishableKey;
    return answer;
  }

  function config(): Promise<AppConfigView> {
    // A failed answer is not kept, so that the next call asks again.
    asked ??= readConfig().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  }

  /** The shop's visitors are let in by the channel's publishable key, which comes with its configuration. */
  async function opened(): Promise<Record<string, string>> {
    if (app === "shop" && publishableKey === null) await config().catch(() => undefined);
    return ownHeaders();
  }

  const call: Api["call"] = async (operation, input) => {
    await opened();
    return client.call(operation, input);
  };
  const ask: Api["ask"] = async (operation, input) => unwrap(await call(operation, input));
  const file: Api["file"] = async (path, own) => {
    const response = await fetch(path, { headers: { ...(await opened()), ...own }, credentials: "same-origin" }).catch(() => null);
    if (response?.ok) return response.blob();
    const problem = (await response?.json().catch(() => null)) as Problem | null | undefined; // what the hub answers when it refuses
    const unknown = { type: "about:blank", title: response?.statusText ?? "The hub cannot be reached", status: response?.status ?? 0 };
    throw new ProblemError(problem ?? { ...unknown, code: response ? "client.bad_answer" : "client.offline" }, response === null);
  };
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: (failures, error) => failures < 2 && mayRetry(error), staleTime: 30_000 } },
  });
  return { app, session, call, ask, file, queries, live: connectLive(session, call, queries, opened), config };
}

/** A fresh `Idempotency-Key` for one intention. Keep it for every retry of that intention, make a new one for the next. */
export function newKey(): string {
  return newId();
}

/** The header of a key: `api.call("checkout.complete", { …, headers: keyHeader(key) })`. */
export function keyHeader(key: string): Record<string, string> {
  return { "idempotency-key": key };
}

/** A framed device may be given the key of a channel of its own, once; any other window has that of its app's channel. */
function framedKey(): string | null {
  if (ownDevice() === "") return null;
  const given = new URLSearchParams(location.search).get("key");
  if (given !== null) writeStored("weft.key", given);
  return given ?? readStored("weft.key");
}

function unwrap<T>(result: CallResult<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.problem, result.offline);
}

function connectLive(session: string, call: Client["call"], queries: QueryClient, headers: () => Promise<Record<string, string>>): Live {
  return shareLive({
    name: `weft-live ${session}`,
    async open(lastEventId, signal) {
      const sent = {
        ...(await headers()),
        accept: "text/event-stream",
        ...(lastEventId !== undefined && { "last-event-id": lastEventId }),
      };
      return fetch(`/v1/live?session=${session}`, { headers: sent, credentials: "same-origin", cache: "no-store", signal });
    },
    async follow(stream, { add, remove }) {
      for (let from = 0; from === 0 || from < Math.max(add.length, remove.length); from += MOST_AT_ONCE) {
        const body = { add: add.slice(from, from + MOST_AT_ONCE), remove: remove.slice(from, from + MOST_AT_ONCE) };
        const answer = await call("live.follow", { params: { stream }, body });
        if (!answer.ok) return false;
      }
      return true;
    },
    onMessage: (message) => applyMessage(queries, message),
    onRestored: () => void queries.resetQueries(),
  });
}
