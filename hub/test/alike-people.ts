import { newId, ok, type ChannelId, type CustomerId, type RecordId } from "@weft/kernel";
import { customersOf, importRecords, type Attributes } from "../src/modules/customers/index.ts";
import { inTransaction, SYSTEM, type JobContext } from "../src/platform/index.ts";
import type { TestHub } from "./hub.ts";

const GIVEN = "anna jordi marc laia pere nuria oriol clara pau mireia joan berta lluis gemma xavi carme roger silvia enric marta".split(
  " ",
);
const FAMILY = "serra vidal puig roca ferrer soler bosch mas font vila sala riera costa mir blanch camps pons prat rovira coll".split(" ");

/** A made-up person, the same for the same number. Nothing is verified. */
export function inventedPerson(n: number): Attributes & { readonly givenName: string; readonly familyName: string } {
  const [givenName = "", familyName = ""] = [GIVEN[(n * 7) % 20], FAMILY[(n * 13 + Math.floor(n / 20)) % 20]];
  return {
    givenName,
    familyName,
    birthDate: `19${40 + ((n * 11) % 60)}-${String(1 + ((n * 5) % 12)).padStart(2, "0")}-${String(1 + ((n * 17) % 28)).padStart(2, "0")}`,
    email: `${givenName}.${familyName}${n}@mail.example`,
    phone: `+336${String(10_000_000 + n * 7919)}`,
    address: { line1: `${10 + n} carrer ${FAMILY[(n * 3) % 20]}`, postcode: String(10_000 + n * 3), city: "Girona", country: "FR" },
  };
}

/** The same person as a form on paper has them: no e-mail, no phone, a slip in the name. */
export function onPaper(n: number): Attributes {
  const { email: _email, phone: _phone, familyName, ...rest } = inventedPerson(n);
  return { ...rest, familyName: `${familyName.slice(0, 2)}${familyName.slice(3)}` };
}

export type AlikePeople = {
  readonly shop: readonly RecordId[];
  readonly paper: readonly RecordId[];
};

/** `count` people in the file of a shop, the first `twice` of them on the paper forms of the tills too. */
export async function alikePeople(
  hub: TestHub,
  channels: readonly [ChannelId, ChannelId],
  count: number,
  twice: number,
): Promise<AlikePeople> {
  const record = (channelId: ChannelId, externalId: string, said: Attributes) => ({
    id: newId<RecordId>(),
    channelId,
    input: { ...said, externalId },
    verified: [],
    knownSince: new Date("2025-01-01T00:00:00Z"),
  });
  const numbers = Array.from({ length: count }, (_, n) => n);
  const shop = numbers.map((n) => record(channels[0], `alike ${n}`, inventedPerson(n)));
  const paper = numbers.slice(0, twice).map((n) => record(channels[1], `paper ${n}`, onPaper(n)));
  for (let from = 0; from < shop.length; from += 100)
    await hub.must(async (ctx) => ok(await importRecords(ctx, shop.slice(from, from + 100)))); // prettier-ignore
  await hub.must(async (ctx) => ok(await importRecords(ctx, paper)));
  return { shop: shop.map(({ id }) => id), paper: paper.map(({ id }) => id) };
}

/** What a job works with, without the queue. */
export function jobContext(hub: TestHub, signal: AbortSignal = new AbortController().signal): JobContext {
  return {
    read: { ...hub.around, actor: SYSTEM, db: hub.db, now: new Date() },
    signal,
    async write(work) {
      const outcome = await inTransaction({ ...hub.around, actor: SYSTEM }, async (ctx) => ok(await work(ctx)));
      if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a transaction without a key is never replayed");
      return outcome.result.value;
    },
  };
}

/** The customers of records, in their order. */
export const customersNow = (hub: TestHub, records: readonly RecordId[]): Promise<(CustomerId | undefined)[]> =>
  hub.must(async (ctx) => {
    const of = await customersOf(ctx, records);
    return ok(records.map((id) => of.get(id)));
  });
