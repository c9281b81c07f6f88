import { Agent, request } from "undici";

/** One HTTP call as a client makes it, on a kept connection. */
export type Call = (
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  options?: { readonly body?: unknown; readonly headers?: Record<string, string> },
) => Promise<{ readonly status: number; readonly json: any }>; // answers of every operation pass here; each bench reads what it asked for

export function clientOf(url: string, connections = 64): { readonly call: Call; readonly close: () => Promise<void> } {
  const dispatcher = new Agent({ connections, pipelining: 1 });
  return {
    async call(method, path, { body, headers } = {}) {
      const response = await request(url + path, {
        method,
        dispatcher,
        headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.body.text();
      return { status: response.statusCode, json: text === "" ? null : JSON.parse(text) };
    },
    close: () => dispatcher.close(),
  };
}

export type LoadResult = {
  readonly count: number;
  /** How often work was done in all, in the warm-up too: what the cost of the whole time is divided by. */
  readonly all: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly failures: Readonly<Record<string, number>>;
};

/**
 * A closed loop: `clients` do `work` again and again, without think time, for `seconds` after `warmUp`. Only work that began after the
 * warm-up counts. `work` answers null, or the reason why it did not do what it was to do.
 */
export async function closedLoop({
  clients,
  seconds,
  warmUp,
  work,
}: {
  readonly clients: number;
  readonly seconds: number;
  readonly warmUp: number;
  readonly work: (client: number) => Promise<string | null>;
}): Promise<LoadResult> {
  const from = performance.now() + warmUp * 1000;
  const until = from + seconds * 1000;
  const times: number[] = [];
  const failures: Record<string, number> = {};
  let all = 0;
  const loop = async (client: number): Promise<void> => {
    while (performance.now() < until) {
      const began = performance.now();
      const failure = await work(client);
      all++;
      if (began < from) continue;
      if (failure === null) times.push(performance.now() - began);
      else failures[failure] = (failures[failure] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)));
  const elapsed = (performance.now() - from) / 1000;
  return { count: times.length, all, seconds: elapsed, perSecond: times.length / elapsed, ...percentiles(times), failures };
}

export function percentiles(times: readonly number[]): { p50: number; p95: number; p99: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Numbers from 0 to `n - 1`, the small ones far more often: the k-th by 1/k (Zipf's law), as goods sell. */
export function zipf(n: number): () => number {
  const sums: number[] = [];
  let sum = 0;
  for (let k = 1; k <= n; k++) sums.push((sum += 1 / k));
  return () => {
    const wanted = Math.random() * sum;
    let low = 0;
    let high = n - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
