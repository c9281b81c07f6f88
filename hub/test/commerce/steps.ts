import fc from "fast-check";
import { COUNTED, SOLD } from "./goods.ts";

const place = fc.constantFrom(0, 1);
const units = fc.integer({ min: 1, max: 3 });
const goods = fc.constantFrom(...SOLD);
const counted = fc.constantFrom(...COUNTED);
/** Which of the open carts, of the orders, of the lines: counted around. */
const nth = fc.nat(11);
const basket = fc.uniqueArray(fc.tuple(goods, units), { minLength: 1, maxLength: 3, selector: ([one]) => one });
const buyer = fc.integer({ min: 0, max: 3 });

const cartStep = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("shop" as const), buyer, basket, place }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("edit" as const), nth, goods, units: fc.nat(3) }) },
  ...(["code", "lapse", "repeat", "abandon"] as const).map((name) => ({ weight: 1, arbitrary: fc.record({ do: fc.constant(name), nth }) })),
);
const saleStep = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant("order" as const),
      nth,
      pay: fc.constantFrom(
        "inline",
        "inline",
        "due",
        "declined",
        "gift",
        "mixed",
        "credit",
        "outside_capture",
        "outside_decline",
        "outside_pending",
        "outside_lose",
      ),
      twice: fc.constantFrom("once", "once", "one key", "two keys"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("sell" as const), basket, place, pay: fc.constantFrom("cash", "inline", "gift") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("sell cards" as const), place, units: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("answer" as const), nth, isCaptured: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("race" as const), goods, units, place, buyers: fc.integer({ min: 2, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("spend twice" as const), goods: fc.tuple(goods, goods), place }) },
);
const orderStep = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant("prepare" as const), nth, isReady: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("hand over" as const), nth, isTwice: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cancel" as const), nth, isTwice: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("take off" as const), nth, line: nth, units }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("add" as const), nth, goods, units }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("return" as const),
      nth,
      line: nth,
      units,
      place,
      isRestocked: fc.boolean(),
      toCredit: fc.boolean(),
      twice: fc.constantFrom("once", "once", "one id", "two ids"),
    }),
  },
);
const stockStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("receive" as const), counted, units, place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("waste" as const), counted, units, place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("count" as const), counted, units: fc.nat(9), place, isStale: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("transfer" as const), counted, units, place }) },
);

/** One thing that somebody does, as plain data: what it is about is counted around what there is, so that any part of a history is one too. */
export const step = fc.oneof(
  { weight: 4, arbitrary: cartStep },
  { weight: 4, arbitrary: saleStep },
  { weight: 4, arbitrary: orderStep },
  { weight: 2, arbitrary: stockStep },
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
export type StepOf<Name extends Step["do"]> = Extract<Step, { readonly do: Name }>;
