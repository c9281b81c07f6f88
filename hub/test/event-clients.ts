import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { jitsuAnalytics } from "@jitsu/js";
import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { PostHog } from "posthog-node";
import type { Page } from "playwright-core";

/** A real client package that sends numbered events, named after it. */
export type EventClient = {
  readonly name: string;
  send(numbers: readonly number[]): Promise<void>;
  /** Until the client has nothing left to send. */
  finish(): Promise<void>;
  /** The numbers that were answered with success, for a client that does not try again; null for one that does until all are. */
  readonly answered: ReadonlySet<number> | null;
};

/** The event's name tells which client sent it. */
export const eventOf = (client: string) => `Proof ${client}`;

const userOf = (n: number) => `proof-${n % 10}`;

export function segmentNode(host: string, writeKey: string): EventClient {
  const name = "analytics-node";
  const client = new Analytics({ host, writeKey, flushAt: 15, flushInterval: 50 });
  return {
    name,
    answered: null,
    async send(numbers) {
      for (const n of numbers) client.track({ userId: userOf(n), event: eventOf(name), properties: { n } });
    },
    finish: () => client.closeAndFlush({ timeout: 90_000 }),
  };
}

/** Its own number of tries, three within 1.5 seconds, does not outlast the restart of a server. */
export function rudderNode(host: string, writeKey: string): EventClient {
  const name = "rudder-sdk-node";
  const failures: unknown[] = [];
  const settings = { dataPlaneUrl: host, flushAt: 20, flushInterval: 50, logLevel: "off", retryCount: 10 };
  const client = new RudderAnalytics(writeKey, { ...settings, errorHandler: (error: unknown) => failures.push(error) });
  const answers: Promise<void>[] = [];
  return {
    name,
    answered: null,
    async send(numbers) {
      for (const n of numbers)
        answers.push(
          new Promise((answered) => client.track({ userId: userOf(n), event: eventOf(name), properties: { n } }, () => answered())),
        );
    },
    async finish() {
      // Each takes one batch out of what waits.
      for (let n = 0; n <= answers.length; n += 20) await client.flush();
      await Promise.all(answers);
      if (failures.length > 0) throw new Error(`${name} gave up: ${String(failures[0])}`);
    },
  };
}

export function posthogNode(host: string, writeKey: string): EventClient {
  const name = "posthog-node";
  const client = new PostHog(writeKey, { host, flushAt: 20, flushInterval: 50, fetchRetryDelay: 1000, fetchRetryCount: 20 });
  return {
    name,
    answered: null,
    async send(numbers) {
      for (const n of numbers) client.capture({ distinctId: userOf(n), event: eventOf(name), properties: { n } });
    },
    finish: () => client.shutdown(90_000),
  };
}

/** Sends each event once and resolves whatever came of it; what it sends is the answer only when the hub said yes. */
export function jitsuNode(host: string, writeKey: string): EventClient {
  const name = "jitsu";
  // It wants a key of two parts; the hub takes either. Its types leave out that the policy may be a function.
  const settings = { host, writeKey: `${writeKey}:any`, errorPolicy: () => undefined } as Parameters<typeof jitsuAnalytics>[0];
  const client = jitsuAnalytics(settings);
  const answered = new Set<number>();
  const sending: Promise<unknown>[] = [];
  return {
    name,
    answered,
    async send(numbers) {
      for (const n of numbers) {
        const options = { userId: userOf(n) };
        const sent = Promise.resolve(client.track(eventOf(name), { n }, options as never)); // its types leave the options of one call out
        sending.push(sent.then((answer) => wasTaken(answer) && answered.add(n)));
        await sent;
      }
    },
    async finish() {
      await Promise.all(sending);
    },
  };
}

/** The client's promise holds the results of its plugins; that of its own sender is the event, or nothing. */
function wasTaken(answer: unknown): boolean {
  return JSON.stringify(answer ?? null).includes('"messageId"');
}

/** In a page of another origin than the hub's, as on a retailer's website. */
export async function segmentBrowser(page: Page, site: string, host: string, writeKey: string): Promise<EventClient> {
  const name = "analytics-next";
  await page.goto(`${site}/segment.html?hub=${encodeURIComponent(host)}&key=${writeKey}`);
  return inPage(page, name, "sendProof");
}

export async function weftBrowser(page: Page, site: string, host: string, writeKey: string): Promise<EventClient> {
  const name = "weft.js";
  await page.goto(`${site}/weft.html?hub=${encodeURIComponent(host)}&key=${writeKey}`);
  return inPage(page, name, "sendProof");
}

function inPage(page: Page, name: string, call: string): EventClient {
  return {
    name,
    answered: null,
    async send(numbers) {
      await page.evaluate(
        ([call, event, numbers]) => {
          const send = (globalThis as unknown as Record<string, (event: string, n: number) => void>)[call]; // the page's own function
          for (const n of numbers) send?.(event, n);
        },
        [call, eventOf(name), numbers] as const,
      );
    },
    finish: () => Promise.resolve(),
  };
}

const SEGMENT = join(fileURLToPath(import.meta.resolve("@segment/analytics-next")), "../../umd");
const PARAMETERS = "const given = new URLSearchParams(location.search), hub = given.get('hub'), key = given.get('key');";
const PAGES: Readonly<Record<string, string>> = {
  "/segment.html": `<!doctype html><title>Segment</title><script src="/umd/index.js"></script><script>
    ${PARAMETERS}
    const analytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey: key, cdnURL: hub });
    function sendProof(event, n) { analytics.track(event, { n }); }
  </script>`,
  "/weft.html": `<!doctype html><title>Weft</title><script>
    ${PARAMETERS}
    var weft = weft || [];
    weft.push(["consent", true]);
    function sendProof(event, n) { weft.push(["track", event, { n }]); }
    const script = Object.assign(document.createElement("script"), { src: hub + "/weft.js" });
    script.dataset.key = key; script.dataset.host = hub;
    document.head.append(script);
  </script>`,
};

/** A website that is none of the hub's: plain pages with a client each. */
export async function openWebsite(): Promise<{ readonly url: string; close(): void }> {
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://site").pathname;
    const page = PAGES[path];
    if (page !== undefined) return void response.writeHead(200, { "content-type": "text/html" }).end(page);
    if (!path.startsWith("/umd/")) return void response.writeHead(404).end();
    void readFile(join(SEGMENT, normalize(path.slice("/umd".length)))).then(
      (script) => response.writeHead(200, { "content-type": "text/javascript" }).end(script),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`, close: () => void server.close() };
}
