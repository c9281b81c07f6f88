import { z } from "zod";
import { Country } from "./promises.ts";
import { LocalizedText, Money, Uuid, type Endpoint } from "./shared.ts";

const DepositAmount = z.object({
  country: Country,
  /** Of one piece, with its tax. */
  amount: Money.extend({ amount: z.int().min(1).max(1_000_000), currency: z.string().regex(/^[A-Z]{3}$/) }),
  /** Taxed as the goods that it is sold with. */
  followsGoods: z.boolean(),
  /** How it is taxed by itself: sold where it does not follow its goods, and when it comes back alone. */
  taxClass: z.string().min(1).max(60),
});

const DepositFields = {
  name: LocalizedText.refine(({ en }) => en.trim() !== "", "needs words in English"),
  /** At most one for each country and currency; where there is none, nothing is asked. */
  amounts: z.array(DepositAmount).max(60),
};

/** What is paid for a bottle, cup or crate beside what is in it, and given back with it. */
export const Deposit = z
  .object({
    code: z.string(),
    ...DepositFields,
    /** What carries it, one per piece. */
    goods: z.array(z.object({ variantId: Uuid, sku: z.string(), name: LocalizedText })),
  })
  .meta({ id: "Deposit" });

const RoundingPolicy = z.object({ level: z.enum(["line", "rate", "ticket"]), mode: z.enum(["half_up", "half_even", "down"]) });

/** How tax is rounded in a country, or by a legal entity there: what it says itself, and what holds. */
export const RoundingSetting = z
  .object({
    country: Country,
    entityId: Uuid.nullable(),
    entityName: z.string().nullable(),
    own: RoundingPolicy.nullable(),
    inForce: RoundingPolicy,
    from: z.enum(["entity", "country", "default"]),
  })
  .meta({ id: "RoundingSetting" });

const RoundingSettings = z.object({ items: z.array(RoundingSetting) }).meta({ id: "RoundingSettings" });

export const pricingSettingsEndpoints = {
  "deposits.list": {
    summary: "Packaging deposits: what each is in which country, and the goods that carry it",
    tag: "prices",
    response: z.object({ items: z.array(Deposit) }).meta({ id: "Deposits" }),
    status: 200,
  },
  "deposits.save": {
    summary: "Make a packaging deposit or change it. What was sold with it keeps what was paid",
    tag: "prices",
    params: z.object({
      code: z
        .string()
        .regex(/^[a-z0-9][a-z0-9_-]*$/)
        .max(40),
    }),
    body: z.object({ ...DepositFields, skus: z.array(z.string().min(1).max(64)).max(5000) }),
    response: Deposit,
    status: 200,
  },
  "rounding.list": {
    summary: "How tax is rounded, for each country with a legal entity and each of those, and where that comes from",
    tag: "prices",
    response: RoundingSettings,
    status: 200,
  },
  "rounding.set": {
    summary: "Say how tax is rounded in a country or by a legal entity there; `policy` null: as what stands above it says",
    tag: "prices",
    params: z.object({ country: Country }),
    body: z.object({ entityId: Uuid.nullable().default(null), policy: RoundingPolicy.nullable() }),
    response: RoundingSettings,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
