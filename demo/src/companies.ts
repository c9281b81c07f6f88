import type { DemoCompany } from "./types.ts";

/**
 * Invented firms in the neighborhood of the stores, whose people are customers by their number in the chain. The last one was only heard of
 * from the web shop. Their VAT numbers have right check digits and are nobody's.
 */
export const DEMO_COMPANIES: readonly DemoCompany[] = [
  {
    code: "duvernay",
    name: "Atelier Duvernay SARL",
    country: "FR",
    vatNumber: "FR25512000019",
    address: { line1: "18 rue des Capucins", postcode: "69001", city: "Lyon" },
    priceGroup: "offices",
    monthLimit: 60_000,
    orderLimit: 20_000,
    credit: { limit: 50_000, termsDays: 30 },
    people: [
      { customer: 3, role: "owner" },
      { customer: 4, role: "buyer" },
      { customer: 5, role: "member" },
    ],
    isSuggested: false,
  },
  {
    code: "brenner",
    name: "Brenner & Voss Architekten GmbH",
    country: "DE",
    vatNumber: "DE512000024",
    address: { line1: "Oranienstraße 112", postcode: "10969", city: "Berlin" },
    priceGroup: "offices",
    monthLimit: null,
    orderLimit: 15_000,
    credit: null,
    people: [{ customer: 6, role: "buyer" }],
    isSuggested: false,
  },
  {
    code: "serra",
    name: "Serra i Fills SL",
    country: "ES",
    vatNumber: "ESB61000022",
    address: { line1: "Carrer de Girona 40", postcode: "08009", city: "Barcelona" },
    priceGroup: null,
    monthLimit: null,
    orderLimit: null,
    credit: null,
    people: [{ customer: 7, role: "member" }],
    isSuggested: true,
  },
];
