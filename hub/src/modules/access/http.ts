import type { Credentials } from "./authenticate.ts";

/** The parts of an HTTP request that say who is calling. */
export type CredentialedRequest = {
  readonly url: string;
  readonly query: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly cookies: Readonly<Record<string, string | undefined>>;
};

/** Reads them. A live stream may name its session in the query: browsers open streams without headers, and a stream changes nothing. */
export function credentialsIn({ url, query, headers, cookies }: CredentialedRequest): Credentials {
  const fromQuery =
    url.startsWith("/v1/live?") && typeof query === "object" && query !== null && "session" in query ? query.session : undefined;
  return {
    authorization: single(headers["authorization"]),
    sessionName: single(headers["weft-session"]) ?? (typeof fromQuery === "string" ? fromQuery : undefined),
    cartToken: single(headers["weft-cart"]),
    cookies,
  };
}

function single(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : undefined;
}
