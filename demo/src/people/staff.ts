import { demoId } from "../ids.ts";
import { countryFacts } from "../places/entities.ts";
import { STORE_OF_THE_TOUR } from "../places/stores.ts";
import { randomOf } from "../random.ts";
import { slug } from "../slug.ts";
import type { DemoPlace, DemoStaff, Language, Role } from "../types.ts";
import { FAMILY_NAMES, GIVEN_NAMES } from "./names.ts";

/** One password for all staff, so that a loader hashes once. Known to everyone: see README. */
export const DEMO_PASSWORD = "trama-demo-2026";

const EVERYWHERE: readonly (readonly [name: string, role: Role, language: Language, pin?: string])[] = [
  ["Anna Keller", "manager", "de", "9876"],
  ["Clara Vidal", "owner", "ca"],
  ["Marc Olivier", "agent", "fr"],
  ["Sofie Brandt", "agent", "de"],
  ["Inès Caron", "marketer", "fr"],
  ["Friedrich Lenz", "privacy_officer", "de"],
  ["Núria Bosch", "read_only", "ca"],
];
/** Who works in a store. The first digit of a PIN says which of the five it is, so no two in a store share one. */
// oxfmt-ignore
const TEAM: readonly (readonly [role: Role, firstDigit: number])[] = [["manager", 2], ["cashier", 3], ["cashier", 4], ["barista", 5], ["barista", 6]];

/** Head office, then Jordi, then the team of each store (of his store without the first cashier, who is he). */
export function demoStaff(places: readonly DemoPlace[], seed: number): readonly DemoStaff[] {
  const headOffice = EVERYWHERE.map(([name, role, language, pin], n): DemoStaff => ({
    ...member(name, n, seed),
    roles: [role],
    placeIds: [],
    pin,
    language,
    persona: n === 0 ? "anna" : undefined,
  }));
  const stores = places.filter((place) => place.kind === "store");
  const jordi = stores
    .filter((store) => store.code === STORE_OF_THE_TOUR)
    .map((store): DemoStaff => ({
      ...member("Jordi Puig", EVERYWHERE.length, seed),
      roles: ["cashier"],
      placeIds: [store.id],
      pin: "1234",
      language: "ca",
      persona: "jordi",
    }));
  return [...headOffice, ...jordi, ...stores.flatMap((store, n) => teamOf(store, n, seed))];
}

function teamOf(store: DemoPlace, n: number, seed: number): DemoStaff[] {
  const random = randomOf(seed, "staff", n);
  const { country } = store.address;
  return TEAM.flatMap(([role, firstDigit], position): DemoStaff[] => {
    const name = `${random.pick(GIVEN_NAMES[country])} ${random.pick(FAMILY_NAMES[country])}`;
    const pin = `${firstDigit}${String(random.between(0, 999)).padStart(3, "0")}`;
    if (store.code === STORE_OF_THE_TOUR && position === 1) return [];
    const number = EVERYWHERE.length + 1 + n * TEAM.length + position;
    return [
      {
        ...member(name, number, seed),
        roles: [role],
        placeIds: [store.id],
        pin,
        language: countryFacts(country).language,
        persona: undefined,
      },
    ];
  });
}

/** The number in the address keeps namesakes apart; the people of head office and Jordi go without. */
function member(name: string, n: number, seed: number): Pick<DemoStaff, "id" | "code" | "name" | "email" | "password"> {
  const code = n <= EVERYWHERE.length ? slug(name) : `${slug(name)}-${n}`;
  return { id: demoId("staff", n, seed), code, name, email: `${code.replaceAll("-", ".")}@trama.example`, password: DEMO_PASSWORD };
}
