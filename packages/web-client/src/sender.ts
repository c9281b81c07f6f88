import type { WireEvent } from "./event.ts";
import type { Queue } from "./queue.ts";

/** What the sender needs of the browser. */
export type Network = {
  fetch: typeof globalThis.fetch;
  /** Hands a body over for sending after the page has gone; false when the browser does not take it. */
  beacon(url: string, body: string): boolean;
  /** Runs when no other tab does the same; does nothing otherwise. */
  alone(work: () => Promise<void>): Promise<void>;
  later(work: () => void, milliseconds: number): void;
  now(): number;
  random(): number;
  warn(text: string): void;
};

export type Sender = {
  /** Sends what waits, again and again until nothing waits. */
  send(): void;
  /** Hands over what waits, because the page goes. It stays in the queue: nobody will hear the answer, and sent twice is counted once. */
  handOver(): void;
  /** Hands one event over that is to be kept nowhere. */
  tell(event: WireEvent): void;
};

const MOST_EVENTS = 50;
const MOST_CHARACTERS = 60_000;
/** Browsers send at most 64 KB for a page that goes, and a character may take three bytes. */
const MOST_WHEN_LEAVING = 20_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

type Outcome = { readonly kind: "taken" | "refused" | "no_key" } | { readonly kind: "again"; readonly waitMs: number | undefined };

/** Sends the queue to one hub under one key: in order, and each event with the same id and time however often it is tried. */
export function createSender(host: string, writeKey: string, queue: Queue, network: Network): Sender {
  const url = `${host}/v1/b`;
  const bodyOf = (batch: readonly WireEvent[]) => JSON.stringify({ writeKey, batch, sentAt: new Date(network.now()).toISOString() });
  /** What has left this page and is not answered yet. */
  const left = new Set<string>();
  let isBusy = false;
  let isWanted = false;
  let isWaiting = false;
  let failures = 0;
  let most = MOST_EVENTS;

  async function sendAll(): Promise<void> {
    isWanted = false;
    for (let batch = queue.first(most, MOST_CHARACTERS); batch.length > 0; batch = queue.first(most, MOST_CHARACTERS)) {
      const outcome = await sendOnce(batch);
      if (outcome.kind === "again") return wait(outcome.waitMs);
      if (outcome.kind === "no_key") return network.warn("Weft does not know this key; events wait in the browser");
      // Refused as a whole: halved until the one that cannot be taken is alone.
      if (outcome.kind === "refused" && batch.length > 1) most = Math.ceil(batch.length / 2);
      else {
        queue.remove(batch);
        most = MOST_EVENTS;
      }
      failures = 0;
    }
  }

  async function sendOnce(batch: readonly WireEvent[]): Promise<Outcome> {
    for (const { messageId } of batch) left.add(messageId);
    try {
      // As text, so that the browser asks no permission first; the hub reads JSON whatever the type says.
      const headers = { "content-type": "text/plain" };
      const body = bodyOf(batch);
      const keepalive = body.length < MOST_WHEN_LEAVING;
      const answer = await network.fetch(url, { method: "POST", headers, body, keepalive, credentials: "omit" });
      if (answer.ok) return { kind: "taken" };
      if (answer.status === 401) return { kind: "no_key" };
      if (answer.status === 400) return { kind: "refused" };
      const seconds = Number(answer.headers.get("retry-after"));
      return { kind: "again", waitMs: seconds > 0 ? seconds * 1000 : undefined };
    } catch {
      return { kind: "again", waitMs: undefined };
    } finally {
      for (const { messageId } of batch) left.delete(messageId);
    }
  }

  /** As long as the hub says, else twice as long each time; never all browsers at the same moment. */
  function wait(waitMs: number | undefined): void {
    const own = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
    failures++;
    const milliseconds = (waitMs ?? own) * (1 + network.random() / 4);
    // By the timer alone: browsers round it and the clock down, so by the clock it may come a moment too early, and no other one comes.
    isWaiting = true;
    network.later(() => {
      isWaiting = false;
      send();
    }, milliseconds);
  }

  function send(): void {
    isWanted = true;
    if (isBusy || isWaiting) return;
    isBusy = true;
    network
      .alone(sendAll)
      .catch(() => undefined)
      .finally(() => {
        isBusy = false;
        // What was added while the last answer was on its way.
        if (isWanted) send();
      });
  }

  return {
    send,
    tell: (event) => void network.beacon(url, bodyOf([event])),
    handOver() {
      const batch = queue.first(MOST_EVENTS, MOST_WHEN_LEAVING).filter(({ messageId }) => !left.has(messageId));
      if (batch.length === 0 || !network.beacon(url, bodyOf(batch))) return;
      // A page goes in two steps, out of sight and away: once is enough.
      for (const { messageId } of batch) left.add(messageId);
    },
  };
}
