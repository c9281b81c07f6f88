import type { EntityId } from "@weft/kernel";
import { demoId } from "../ids.ts";
import type { Country, DemoEntity } from "../types.ts";

/** Sales of a country are made by its company. VAT ids have the right shape and a check digit that no real company has. */
export function demoEntities(seed: number): readonly DemoEntity[] {
  return ENTITIES.map((entity, n) => ({ ...entity, id: demoId("legal entity", n, seed), currency: "EUR" }));
}

const ENTITIES = [
  {
    code: "fr",
    name: "Trama France SAS",
    country: "FR",
    vatId: "FR00000000000",
    timeZone: "Europe/Paris",
    language: "fr",
    address: { line1: "12 rue des Tisserands", postcode: "69001", city: "Lyon", country: "FR" },
  },
  {
    code: "de",
    name: "Trama Deutschland GmbH",
    country: "DE",
    vatId: "DE000000000",
    timeZone: "Europe/Berlin",
    language: "de",
    address: { line1: "Weberstraße 8", postcode: "10437", city: "Berlin", country: "DE" },
  },
  {
    code: "ca",
    name: "Trama Catalunya SL",
    country: "ES",
    vatId: "ESB00000000",
    timeZone: "Europe/Madrid",
    language: "ca",
    address: { line1: "Carrer dels Teixidors, 5", postcode: "08001", city: "Barcelona", country: "ES" },
  },
] as const;

export const COUNTRIES: readonly Country[] = ENTITIES.map((entity) => entity.country);

/** Facts of a country that places inherit; the entity of a country has the same position. */
export function countryFacts(country: Country): (typeof ENTITIES)[number] {
  const facts = ENTITIES.find((entity) => entity.country === country);
  if (!facts) throw new Error(`no entity for ${country}`);
  return facts;
}

export function entityIdOf(country: Country, seed: number): EntityId {
  return demoId("legal entity", COUNTRIES.indexOf(country), seed);
}
