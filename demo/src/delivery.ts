import type { EntityId } from "@weft/kernel";
import { entityIdOf } from "./places/entities.ts";
import { demoId } from "./ids.ts";
import type { DemoDeliveryMethod } from "./types.ts";

/**
 * How the chain ships: its French company does, from the depot and from the store at the canal, to the three countries of the chain. Prices
 * are minor units of EUR with the tax inside.
 */
export function demoDeliveryMethods(seed: number): readonly DemoDeliveryMethod[] {
  const entityId: EntityId = entityIdOf("FR", seed);
  return METHODS.map((method, n) => ({ ...method, id: demoId("delivery method", n, seed), entityId, taxClass: "goods", position: n }));
}

// oxfmt-ignore
const METHODS = [
  { name: { en: "Standard", fr: "Standard", de: "Standard", ca: "Estàndard" }, price: 490, freeFrom: 3500, countries: ["FR"], leadDays: 2 },
  { name: { en: "Express", fr: "Express", de: "Express", ca: "Exprés" }, price: 990, freeFrom: null, countries: ["FR"], leadDays: 1 },
  { name: { en: "Standard, abroad", fr: "Standard, étranger", de: "Standard, Ausland", ca: "Estàndard, estranger" }, price: 690, freeFrom: 5000, countries: ["DE", "ES"], leadDays: 3 },
  { name: { en: "Express, abroad", fr: "Express, étranger", de: "Express, Ausland", ca: "Exprés, estranger" }, price: 1490, freeFrom: null, countries: ["DE", "ES"], leadDays: 2 },
] as const;
