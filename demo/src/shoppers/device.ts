import { createClient, type CallInput, type Client, type OperationId } from "@weft/contracts/client";
import type { Problem } from "@weft/kernel";

/** What the hub refused, or that it could not be reached. */
export class HubRefused extends Error {
  override readonly name = "HubRefused";
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`);
    this.problem = problem;
  }
}

type Answer<Op extends OperationId> = Extract<Awaited<ReturnType<typeof answerOf<Op>>>, { ok: true }>["value"];
const answerOf = <Op extends OperationId>(client: Client, operation: Op, input: CallInput<Op>) => client.call(operation, input);

/** A phone, a browser or a till: a cookie jar of its own, and the headers that it sends with everything. */
export type Device = {
  /** Asks the hub. Errors: `HubRefused`. */
  call<Op extends OperationId>(operation: Op, input: CallInput<Op>): Promise<Answer<Op>>;
  /** Sends what the contract leaves to event clients. */
  post(path: string, body: unknown): Promise<void>;
};

export type HubAddress = { readonly baseUrl: string; readonly fetch: typeof fetch };

export function openDevice({ baseUrl, fetch }: HubAddress, headers: Readonly<Record<string, string>>): Device {
  const cookies = new Map<string, string>();
  const withCookies: typeof fetch = async (url, init = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>), cookie } }); // the client and `post` give plain objects
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  const client = createClient({ baseUrl, fetch: withCookies });
  return {
    async call(operation, input) {
      const answer = await answerOf(client, operation, input);
      if (!answer.ok) throw new HubRefused(answer.problem);
      return answer.value;
    },
    async post(path, body) {
      const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
      const response = await withCookies(baseUrl + path, init);
      if (!response.ok) throw new HubRefused((await response.json()) as Problem); // what the hub answers to what it refuses
    },
  };
}
