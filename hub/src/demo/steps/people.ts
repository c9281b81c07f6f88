import type { DemoChain, DemoCustomer } from "@weft/demo";
import { ok } from "@weft/kernel";
import { createCompany, setCredit, setMember, takeGroup } from "../../modules/companies/index.ts";
import { enroll, openBalances, type OpeningBalance } from "../../modules/loyalty/index.ts";
import { addRegisters } from "../../modules/till/index.ts";
import { importRecords } from "../../modules/customers/index.ts";
import type { DemoStep } from "../load-once.ts";

/** Pieces after which the tables are so much bigger that other plans are better. */
const ANALYZED_AFTER: ReadonlySet<number> = new Set([1, 10, 100]);

/** Firms with their people; it needs the records, and asks the hub's own commands as staff and channels do. */
const COMPANIES_STEP: DemoStep = {
  name: "companies",
  async run({ must }, chain) {
    const [first = []] = chain.customers;
    const shop = chain.channels.find(({ kind }) => kind === "web");
    if (!shop) throw new Error("the demo has lost its web shop");
    for (const company of chain.companies) {
      const { people, isSuggested, code, name, country, vatNumber, priceGroup, orderLimit, monthLimit, credit } = company;
      const members = people.flatMap(({ customer, role }) => {
        const record = first.find(({ n }) => n === customer)?.records[0];
        return record ? [{ recordId: record.id, role }] : [];
      });
      if (isSuggested) {
        const traits = { name, country, vatNumber, address: { ...company.address, street: company.address.line1 } };
        const said = { channelId: shop.id, externalId: code, traits, country, vouches: false };
        for (const { recordId } of members) await must(async (ctx) => ok(await takeGroup(ctx, { ...said, recordId })));
        continue;
      }
      const currency = orderLimit === null && monthLimit === null ? null : "EUR";
      const address = { ...company.address, line2: null };
      const id = await must((ctx) =>
        createCompany(ctx, { name, country, vatNumber, address, priceGroup, currency, orderLimit, monthLimit }),
      );
      for (const { recordId, role } of members) await must((ctx) => setMember(ctx, id, recordId, role));
      if (credit) await must((ctx) => setCredit(ctx, id, "EUR", credit));
    }
  },
};

/** Tills, and the customers as each channel knows them. */
export const PEOPLE_STEPS: readonly DemoStep[] = [
  {
    name: "tills",
    async run({ must }, chain) {
      await must((ctx) =>
        addRegisters(
          ctx,
          chain.registers.map(({ id, placeId, name }) => ({ id, placeId, name, training: false })),
        ),
      );
    },
  },
  {
    name: "customers",
    async run({ must, analyze }, chain, progress) {
      let made = 0;
      let pieces = 0;
      const broughtAlong = balancesIn(chain);
      for (const customers of chain.customers) {
        const members = customers.filter(({ isMember }) => isMember).flatMap(({ records }) => records.map(({ id }) => id));
        await must(async (ctx) => {
          await importRecords(ctx, customers.flatMap(recordsOf));
          await enroll(ctx, members);
          await openBalances(ctx, customers.flatMap(broughtAlong));
          return ok(null);
        });
        made += customers.length;
        progress.count(made, ++pieces / chain.pieces);
        if (ANALYZED_AFTER.has(pieces)) await analyze();
      }
    },
  },
  COMPANIES_STEP,
];

/** Enough that the first customer may have a reward at once. */
const POINTS_OF_THE_FIRST = 86;
const MOST_POINTS = 140;

/** What members bring along from the stamp card of before: the first record of each, the same on every run. */
function balancesIn(chain: DemoChain): (customer: DemoCustomer) => OpeningBalance[] {
  const channels = new Map(chain.channels.map(({ id, entityId }) => [id, entityId]));
  const places = new Map(chain.places.map(({ id, timeZone }) => [id, timeZone]));
  return ({ n, isMember, homePlaceId, records: [record] }) => {
    const [entityId, timeZone] = [record && channels.get(record.channelId), places.get(homePlaceId)];
    if (!isMember || !record || !entityId || !timeZone) return [];
    const points = n === 0 ? POINTS_OF_THE_FIRST : (n * 37) % MOST_POINTS;
    return points === 0 ? [] : [{ recordId: record.id, points, entityId, channelId: record.channelId, timeZone }];
  };
}

function recordsOf({ records }: DemoCustomer) {
  return records.map(
    ({ id, channelId, externalId, givenName, familyName, email, phone, birthDate, address, language, verified, createdAt }) => ({
      id,
      channelId,
      input: {
        externalId,
        givenName,
        familyName,
        locale: language,
        ...(email && { email }),
        ...(phone && { phone }),
        ...(birthDate && { birthDate }),
        ...(address && { address }),
      },
      verified,
      knownSince: createdAt,
    }),
  );
}
