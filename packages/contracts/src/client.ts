import type { Problem } from "@weft/kernel";
import { PATHS, type OperationId } from "./paths.ts";
import type { AnswerOf, BodyOf, ParamsOf, QueryOf } from "./types.ts";

export type * from "./types.ts";
export { PATHS, type OperationId };
export { IMPORT_FIELDS } from "./import-fields.ts";
export { pictureAt, PICTURE_SIZES } from "./picture-sizes.ts";
export { OFFER_KINDS, OFFER_STATES } from "./offer-words.ts";
export { STOCK_DOCUMENT_KINDS, WASTE_REASONS } from "./stock-words.ts";
export { MOST_CART_NOTE, MOST_LINE_NOTE } from "./note-words.ts";
export { JOURNAL_CHAINS } from "./journal-words.ts";
export { PARITY_ATTRIBUTES, PARITY_VERDICTS, PARITY_WINDOWS } from "./parity-words.ts";
export type { ParityAttribute, ParityVerdict, ParityWindowKind } from "./parity-words.ts";
export { TASK_KINDS, TASK_TEAMS } from "./task-words.ts";
export { CREDIT_REASONS, GIFT_CARD_STATES } from "./stored-value-words.ts";
export type { ImportField, ImportKind, ListOfPeople } from "./imports.ts";
export type { LocalizedText, Locale, ChannelKind, LinkLevel, Facet, PlaceFacet, Because } from "./shared.ts";
export type { Role } from "./access.ts";
export type { CartOperation } from "./cart-operations.ts";
export type { TenderInput } from "./checkout.ts";
export type { TillCommand } from "./till-commands.ts";
export type { Disposition, ReturnReason } from "./returns.ts";

type Part<Name extends string, T> = [T] extends [never]
  ? { [K in Name]?: never }
  : Record<never, never> extends T
    ? { [K in Name]?: T }
    : { [K in Name]: T };

/** What a call needs: path parameters, query and body as the contract says, and headers of its own. */
export type CallInput<Op extends OperationId> = Part<"params", ParamsOf<Op>> &
  Part<"query", QueryOf<Op>> &
  Part<"body", BodyOf<Op>> & { headers?: Record<string, string>; signal?: AbortSignal };

/** A failure is a value: a problem of the hub, or `offline` when it could not be reached. */
export type CallResult<T> =
  | { readonly ok: true; readonly value: T; readonly status: number }
  | { readonly ok: false; readonly problem: Problem; readonly offline: boolean };

export type ClientSettings = {
  /** Where the hub is: empty for the same origin. */
  readonly baseUrl?: string;
  /** Added to every call: key, session name, cart token. Asked at each call, so it may change. */
  readonly headers?: () => Record<string, string>;
  readonly fetch?: typeof fetch;
};

export type Client = { call<Op extends OperationId>(operation: Op, input: CallInput<Op>): Promise<CallResult<AnswerOf<Op>>> };

/** The typed client of the API, from the same contracts as the routes. Never throws for what the hub answers. */
export function createClient(settings: ClientSettings = {}): Client {
  const send = settings.fetch ?? fetch;
  return {
    async call(operation, input) {
      // Per operation the parts differ; whatever they are, they are sent alike.
      const given = input as { params?: object; query?: object; body?: unknown; headers?: Record<string, string>; signal?: AbortSignal };
      const { method, url } = address(operation, given.params ?? {}, given.query ?? {});
      const headers = { accept: "application/json", ...settings.headers?.(), ...given.headers };
      const init: RequestInit = { method, headers, credentials: "same-origin", ...(given.signal && { signal: given.signal }) };
      if (given.body !== undefined)
        Object.assign(init, { body: JSON.stringify(given.body), headers: { ...headers, "content-type": "application/json" } });
      let response: Response;
      try {
        response = await send((settings.baseUrl ?? "") + url, init);
      } catch (cause) {
        return {
          ok: false,
          offline: true,
          problem: { type: "about:blank", title: "The hub cannot be reached", status: 0, code: "client.offline", detail: String(cause) },
        };
      }
      return readAnswer(response);
    },
  };
}

/** Method and URL of an operation: `address("carts.read", { id }, {})`. */
export function address(operation: OperationId, params: object, query: object): { method: string; url: string } {
  const [method = "GET", path = "/"] = PATHS[operation].split(" ");
  const values = params as Record<string, string>; // an object of path parameters, by the contract's type
  let url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null) search.set(name, String(value));
  if (search.size > 0) url += `?${search}`;
  return { method, url };
}

// The contract, checked by the hub's own serializer, says what the JSON is; the client does not check it again.
async function readAnswer<T>(response: Response): Promise<CallResult<T>> {
  const text = await response.text();
  let json: unknown = null;
  try {
    json = text === "" ? null : JSON.parse(text);
  } catch {
    return {
      ok: false,
      offline: false,
      problem: { type: "about:blank", title: "The answer could not be read", status: response.status, code: "client.bad_answer" },
    };
  }
  if (response.ok) return { ok: true, value: json as T, status: response.status }; // see above
  const problem = json as Problem | null; // see above
  return {
    ok: false,
    offline: false,
    problem: problem?.code
      ? problem
      : { type: "about:blank", title: response.statusText, status: response.status, code: "client.unexpected_answer" },
  };
}
