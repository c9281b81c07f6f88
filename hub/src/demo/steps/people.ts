import { ok } from "@weft/kernel";
import { enroll, setProgram } from "../../modules/loyalty/index.ts";
import { addRegisters } from "../../modules/till/index.ts";
import { writeRecord } from "../../modules/customers/index.ts";
import type { DemoStep } from "../load-once.ts";

/** Tills, the loyalty program, and the customers as each channel knows them. */
export const PEOPLE_STEPS: readonly DemoStep[] = [
  {
    name: "tills",
    async run({ must }, chain) {
      await must((ctx) => addRegisters(ctx, chain.registers.map(({ id, placeId, name }) => ({ id, placeId, name, training: false }))));
      await must(async (ctx) => ok(await setProgram(ctx, { programName: "Trama", points: 1, perMinorUnits: 100, currency: "EUR" })));
    },
  },
  {
    name: "customers",
    async run({ must }, chain, progress) {
      let made = 0;
      for (const customers of chain.customers) {
        for (const customer of customers) {
          await must(async (ctx) => {
            for (const { id, channelId, externalId, givenName, familyName, email, phone, birthDate, address, language, verified } of customer.records) {
              const written = await writeRecord(ctx, {
                channelId,
                recordId: id,
                input: { externalId, givenName, familyName, locale: language, ...(email && { email }), ...(phone && { phone }), ...(birthDate && { birthDate }), ...(address && { address }) },
                verified,
                verifiedBy: "channel",
                cause: "demo",
              });
              if (!written.ok) return written;
            }
            if (customer.isMember) await enroll(ctx, customer.records.map(({ id }) => id));
            return ok(null);
          });
          made += 1;
          if (made % 50 === 0) progress.count(made);
        }
      }
    },
  },
];
