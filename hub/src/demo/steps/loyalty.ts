import { demoId, type DemoChain } from "@weft/demo";
import { asId, ok } from "@weft/kernel";
import { createReward, setExpiryPolicy, setProgram, type NewReward } from "../../modules/loyalty/index.ts";
import type { RewardId } from "../../modules/pricing/index.ts";
import type { DemoStep } from "../load-once.ts";

/** Points that nobody has used for this long are gone. */
const EXPIRY_DAYS = 365;

/** The program before its members: one point for each euro, and what points buy. */
export const LOYALTY_STEP: DemoStep = {
  name: "loyalty program",
  async run({ must }, chain) {
    await must(async (ctx) => ok(await setProgram(ctx, { programName: "Trama", points: 1, perMinorUnits: 100, currency: "EUR" })));
    await must((ctx) => setExpiryPolicy(ctx, EXPIRY_DAYS));
    for (const reward of rewards(chain)) await must((ctx) => createReward(ctx, reward));
  },
};

function rewards(chain: DemoChain): NewReward[] {
  const given: readonly Pick<NewReward, "name" | "cost" | "benefit">[] = [
    {
      name: { en: "A free coffee", fr: "Un café offert", de: "Ein Kaffee geschenkt", ca: "Un cafè de regal" },
      cost: 40,
      benefit: { kind: "product", variantIds: variantsOf(chain, "COF-") },
    },
    {
      name: { en: "A free pastry", fr: "Une viennoiserie offerte", de: "Ein Gebäck geschenkt", ca: "Una pasta de regal" },
      cost: 30,
      benefit: { kind: "product", variantIds: variantsOf(chain, "PAS-") },
    },
    {
      name: { en: "€5 off", fr: "5 € de remise", de: "5 € Nachlass", ca: "5 € de descompte" },
      cost: 60,
      benefit: { kind: "amount", money: { amount: 500, currency: "EUR" } },
    },
    {
      name: {
        en: "A fifth off everything",
        fr: "Un cinquième de moins sur tout",
        de: "Ein Fünftel weniger auf alles",
        ca: "Una cinquena part menys en tot",
      },
      cost: 120,
      benefit: { kind: "percentage", rate: { numerator: 1, denominator: 5 } },
    },
  ];
  return given.map((reward, n) => ({
    ...reward,
    id: asId<RewardId>(demoId("reward", n)),
    validFrom: null,
    validTo: null,
    placeIds: [],
    channelIds: [],
  }));
}

function variantsOf({ products }: DemoChain, prefix: string) {
  return products.flatMap(({ variants }) => variants.filter(({ sku }) => sku.startsWith(prefix)).map(({ id }) => id));
}
