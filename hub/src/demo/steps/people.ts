import type { DemoCustomer } from "@weft/demo";
import { ok } from "@weft/kernel";
import { enroll, setProgram } from "../../modules/loyalty/index.ts";
import { addRegisters } from "../../modules/till/index.ts";
import { importRecords } from "../../modules/customers/index.ts";
import type { DemoStep } from "../load-once.ts";

/** Pieces after which the tables are so much bigger that other plans are better. */
const ANALYZED_AFTER: ReadonlySet<number> = new Set([1, 10, 100]);

/** Tills, the loyalty program, and the customers as each channel knows them. */
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
      await must(async (ctx) => ok(await setProgram(ctx, { programName: "Trama", points: 1, perMinorUnits: 100, currency: "EUR" })));
    },
  },
  {
    name: "customers",
    async run({ must, analyze }, chain, progress) {
      let made = 0;
      let pieces = 0;
      for (const customers of chain.customers) {
        const members = customers.filter(({ isMember }) => isMember).flatMap(({ records }) => records.map(({ id }) => id));
        await must(async (ctx) => {
          await importRecords(ctx, customers.flatMap(recordsOf));
          await enroll(ctx, members);
          return ok(null);
        });
        made += customers.length;
        progress.count(made, ++pieces / chain.pieces);
        if (ANALYZED_AFTER.has(pieces)) await analyze();
      }
    },
  },
];

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
