import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { customerInvariants, recordsOf } from "../src/modules/customers/index.ts";
import { dbOn } from "../src/platform/index.ts";
import { APP_KEY, basic, count, pool, recordOf, rows, send, startTouchHub, stopTouchHub } from "./touch-hub.ts";

beforeAll(startTouchHub, 60_000);
afterAll(stopTouchHub);

/** `npm run prove -- storm` sends the 2,500 that others stumbled over. */
const VISITORS = process.env["WEFT_PROVE"] === "storm" ? 2_500 : 100;
const PER_REQUEST = 50;
/** Others come now and then: as fast as they could they would be a second storm, and as slow as the first. */
const QUIET_MS = 25;

/** As clients do: what finds a record locked for too long is told so by 503, and comes again. */
async function sendAgain(path: string, body: string, headers: Record<string, string> = {}): Promise<void> {
  for (;;) {
    const { status } = await send(path, body, headers);
    if (status === 200) return;
    expect(status).toBe(503);
  }
}

/** One event of another channel, and how long its answer took, in milliseconds. */
async function quiet(n: number): Promise<number> {
  const started = performance.now();
  const event = { userId: `quiet ${n % 10}`, event: "Quiet", messageId: `quiet ${n}` };
  await sendAgain("/v1/track", JSON.stringify(event), { authorization: basic(APP_KEY) });
  return performance.now() - started;
}

const share = (of: readonly number[], part: number): string => (of.toSorted((a, b) => a - b)[Math.floor(of.length * part)] ?? 0).toFixed(0);

it(
  "[IDN-6] very many visitors who call themselves one account make a bounded customer, and others are answered meanwhile",
  { timeout: 900_000 },
  async () => {
    const before: number[] = [];
    for (let n = 0; n < 30; n++) before.push(await quiet(n));
    const underWay = new Set(["storm"]);
    const requests: number[] = [];
    const storm = (async () => {
      for (let from = 0; from < VISITORS; from += PER_REQUEST) {
        const batch = Array.from({ length: PER_REQUEST }, (_, n) => ({
          type: "identify",
          userId: "storm",
          anonymousId: `device ${from + n}`,
          traits: { firstName: "Storm" },
          messageId: `storm ${from + n}`,
        }));
        const before = process.cpuUsage();
        await sendAgain("/v1/batch", JSON.stringify({ batch }));
        const { user, system } = process.cpuUsage(before);
        requests.push((user + system) / 1000);
      }
      underWay.clear();
    })();
    const during: number[] = [];
    for (let n = 30; underWay.size > 0; n++) {
      during.push(await quiet(n));
      await pause(QUIET_MS);
    }
    await storm;
    console.log(
      `others, ms: p50 ${share(before, 0.5)} and p95 ${share(before, 0.95)} before, p50 ${share(during, 0.5)} and p95 ${share(during, 0.95)} of ${during.length} during the storm`,
    );
    const fifth = Math.ceil(requests.length / 5);
    const [first, last] = [requests.slice(0, fifth), requests.slice(-fifth)].map((part) => share(part, 0.5));
    console.log(
      `the storm, ms of this process's CPU for ${PER_REQUEST} visitors: p50 ${first} in its first fifth, ${last} in its last, of ${requests.length} requests`,
    );
    expect(await count("name = 'Quiet'")).toBe(before.length + during.length);
    expect(await count("kind = 'identify'")).toBe(VISITORS);
    const account = await recordOf("storm");
    // As many devices as one person has in a week, and their own record.
    expect((await recordsOf({ db: dbOn(pool) }, account as never)).length).toBe(6); // the account came first, so its id is the customer's
    expect(await rows("select 1 from customers.link")).toHaveLength(5);
    expect(await rows("select 1 from customers.violation")).toHaveLength(1);
    for (const { sql } of customerInvariants) expect(await rows(sql)).toEqual([]);
  },
);
