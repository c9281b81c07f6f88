import type { BonusTermsView, LoyaltyTermsView, TierTermsView } from "@weft/contracts";
import { demoId, type DemoChain } from "@weft/demo";
import { asId, ok, type EntityId } from "@weft/kernel";
import {
  addPartner,
  createReward,
  setBonuses,
  setExpiryPolicy,
  setProgram,
  setTerms,
  setTiers,
  type NewReward,
} from "../../modules/loyalty/index.ts";
import type { RewardId } from "../../modules/pricing/index.ts";
import type { DemoStep } from "../load-once.ts";

/** Points that are not used for so many days are gone. */
const EXPIRY_DAYS = 365;

/** By what was earned in a year; who falls below keeps their tier for a month and then goes down by one. */
const TIERS: TierTermsView = {
  basis: "points",
  window: { kind: "days", days: 365 },
  downgrade: { kind: "after", days: 30 },
  softLanding: true,
  tiers: [
    { code: "silver", name: { en: "Silver thread", fr: "Fil d’argent", de: "Silberfaden", ca: "Fil de plata" }, from: 200 },
    { code: "gold", name: { en: "Golden thread", fr: "Fil d’or", de: "Goldfaden", ca: "Fil d’or" }, from: 500 },
  ],
};

/** Twenty points pay a euro, up to half of a sale; friends, gifts of points and shared purses as a chain of cafes would have them. */
const TERMS: LoyaltyTermsView = {
  paying: { points: 20, minorUnits: 100, minimum: 20, maxPercent: 50 },
  referral: { referrerPoints: 30, friendPoints: 15, minimum: 500, perYear: 10 },
  transfers: { minimum: 10, perMonth: 300 },
  pools: { members: 6 },
  watch: { salesPerDay: 12, grantsPerMonth: 6, returnsPerQuarter: 8 },
};

/** Who is in the highest tier earns half as much again. */
const GOLD: BonusTermsView = {
  id: demoId("bonus", 0),
  name: {
    en: "Golden thread: half as much again",
    fr: "Fil d’or : moitié plus",
    de: "Goldfaden: die Hälfte mehr",
    ca: "Fil d’or: la meitat més",
  },
  gives: { kind: "multiply", percent: 150 },
  goods: { categoryIds: [], productIds: [] },
  minimum: null,
  minimumPieces: null,
  validFrom: null,
  validTo: null,
  hours: null,
  placeIds: [],
  groupIds: [],
  channelIds: [],
  customerGroups: ["tier:gold"],
  firstOrder: false,
  birthdayDays: null,
  visits: null,
  streak: null,
  limit: null,
  stops: false,
};

/** A point for each euro that members pay for a bicycle next door, for 80 cents a hundred; there a hundred points pay 75 cents. */
const PARTNER = {
  name: "Vélos du Rhône",
  terms: {
    points: 1,
    perMinorUnits: 100,
    currency: "EUR",
    charge: 80,
    most: 1000,
    countsForTiers: false,
    burn: { pays: 75, most: 2000 },
  },
};

/** The program before its members: one point for each euro, and what points buy. */
export const LOYALTY_STEP: DemoStep = {
  name: "loyalty program",
  async run({ must }, chain) {
    const base = await must(async (ctx) =>
      ok(await setProgram(ctx, { programName: "Trama", points: 1, perMinorUnits: 100, currency: "EUR" })),
    );
    const tiered = await must((ctx) => setTiers(ctx, base.version, TIERS));
    const bonused = await must((ctx) => setBonuses(ctx, tiered.version, [GOLD]));
    await must((ctx) => setTerms(ctx, bonused.version, TERMS));
    await must((ctx) => setExpiryPolicy(ctx, { kind: "days", length: EXPIRY_DAYS }));
    for (const reward of rewards(chain)) await must((ctx) => createReward(ctx, reward));
    const [house] = chain.entities;
    if (house) await must((ctx) => addPartner(ctx, { ...PARTNER, entityId: asId<EntityId>(house.id) }));
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
