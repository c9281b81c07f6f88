import type { ChannelId, LinkId, RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addKeys, upsertChannels } from "../src/modules/channels/index.ts";
import { customerInvariants, customerOf, mergeCustomers, withdrawLink } from "../src/modules/customers/index.ts";
import { inTransaction, SYSTEM } from "../src/platform/index.ts";
import { testId } from "./goods-hub.ts";
import { randomFrom } from "../../scripts/random.ts";
import { basic, ENTITY, hub, log, pool, rows, run, send, startTouchHub, stopTouchHub } from "./touch-hub.ts";

beforeAll(startTouchHub, 60_000);
afterAll(stopTouchHub);

type Event = Readonly<Record<string, unknown>> & { readonly messageId: string };

const ACCOUNTS = 5;
const EVENTS = 60;
const MINUTE = 60_000;

/** What people did, in the order in which they did it: a device has one account. */
function history(random: () => number): Event[] {
  const start = Date.now() - EVENTS * MINUTE;
  const pick = (most: number): number => Math.floor(random() * most);
  return Array.from({ length: EVENTS }, (_, n): Event => {
    const account = pick(ACCOUNTS);
    const device = `device ${account}`;
    // Some say two things at one moment.
    const base = { messageId: `m ${n}`, timestamp: new Date(start + (n - (n % 2)) * MINUTE).toISOString() };
    const kind = pick(4);
    if (kind === 0) return { ...base, type: "page", name: `Page ${n}`, anonymousId: device };
    if (kind === 1) return { ...base, type: "track", event: `Did ${n}`, userId: `user ${account}`, anonymousId: device };
    if (kind === 2) return { ...base, type: "alias", userId: `user ${account}`, previousId: device };
    const traits = { firstName: `Name ${pick(3)}`, city: `City ${pick(4)}`, [`trait ${pick(4)}`]: pick(9) };
    return { ...base, type: "identify", userId: `user ${account}`, anonymousId: device, traits };
  });
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const result = [...items];
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other] as Item, result[at] as Item]; // both places are within
  }
  return result;
}

/** A channel of its own, so that each round begins with nobody. */
async function freshChannel(n: number): Promise<{ readonly channelId: ChannelId; readonly key: string }> {
  const channelId: ChannelId = testId("channel", 100 + n);
  const key = `pk_test_any_order_${n}`;
  await run(async (ctx) => {
    const channel = { kind: "web" as const, entityId: ENTITY, placeId: null, vouches: false, allowedOrigins: [], app: null };
    await upsertChannels(ctx, [{ ...channel, id: channelId, code: `order-${n}`, name: `Order ${n}` }]);
    await addKeys(ctx, [{ channelId, kind: "publishable", value: key }]);
  });
  hub.snapshots.invalidate();
  return { channelId, key };
}

async function recordOf(channelId: ChannelId, externalId: string): Promise<RecordId | undefined> {
  const [row] = await rows<{ id: RecordId }>("select id from customers.source_record where channel_id = $1 and external_id = $2", [
    channelId,
    externalId,
  ]);
  return row?.id;
}

/** Two accounts are made one and, if asked, two again; or nothing, where one of them has not come yet. */
async function mergeSome(channelId: ChannelId, random: () => number): Promise<LinkId | undefined> {
  const [a, b] = shuffled(
    Array.from({ length: ACCOUNTS }, (_, n) => n),
    random,
  );
  const [one, other] = [await recordOf(channelId, `user ${a}`), await recordOf(channelId, `user ${b}`)];
  if (!one || !other) return undefined;
  const around = { pool, log, snapshots: hub.snapshots, requestId: "test", actor: SYSTEM };
  const merged = await inTransaction(around, async (ctx) =>
    mergeCustomers(ctx, await customerOf(ctx, one), await customerOf(ctx, other), "in between"),
  );
  return merged.kind === "done" && merged.result.ok ? merged.result.value : undefined;
}

/** Whose records are one, what each is called and what the customer says and did: without ids and times of arrival. */
async function picture(channelId: ChannelId): Promise<readonly unknown[]> {
  return rows<{ who: string[]; profile: unknown; traits: unknown; did: string[] }>(
    `with own as (select r.id, r.external_id, r.attributes, customers.customer_of(r.id) as customer from customers.source_record r where r.channel_id = $1)
     select array_agg(distinct external_id order by external_id) as who,
            (select jsonb_object_agg(f.field, f.value) from customers.living_field f where f.customer_id = own.customer) as profile,
            jsonb_agg(attributes -> 'traits' order by external_id) as traits,
            (select array_agg(t.message_id order by t.occurred_at, t.message_id) from touchpoints.touchpoint t where t.message_id is not null and t.record_id in (select id from own o where o.customer = own.customer)) as did
       from own group by customer order by 1`,
    [channelId],
  );
}

describe("events of one history [IDN-21, TCH-1]", () => {
  it.each([11, 29])(
    "make the same customers in any order, with doubles, in any batches, with merges in between (seed %i)",
    { timeout: 180_000 },
    async (seed) => {
      const events = history(randomFrom(seed));
      const pictures: unknown[] = [];
      for (const round of [0, 1, 2, 3]) {
        const random = randomFrom(seed * 100 + round);
        const { channelId, key } = await freshChannel(seed * 10 + round);
        const sent = round === 0 ? events : shuffled([...events, ...events.filter(() => random() < 0.3)], random);
        const merges: LinkId[] = [];
        for (let at = 0; at < sent.length;) {
          const size = round === 0 ? sent.length : 1 + Math.floor(random() * 12);
          const batch = sent.slice(at, at + size);
          expect((await send("/v1/batch", JSON.stringify({ batch }), { authorization: basic(key) })).body).toEqual({ success: true });
          at += size;
          const merge = round > 1 && random() < 0.5 ? await mergeSome(channelId, random) : undefined;
          if (merge) merges.push(merge);
          const undone = random() < 0.5 ? merges.pop() : undefined;
          if (undone) await run((ctx) => withdrawLink(ctx, undone));
        }
        for (const merge of merges.toReversed()) await run((ctx) => withdrawLink(ctx, merge));
        pictures.push(await picture(channelId));
      }
      expect(JSON.stringify(pictures[0])).toContain("user 0");
      for (const other of pictures) expect(other).toEqual(pictures[0]);
      const found = await Promise.all(customerInvariants.map(async ({ name, sql }) => ((await rows(sql)).length > 0 ? [name] : [])));
      expect(found.flat()).toEqual([]);
    },
  );
});
