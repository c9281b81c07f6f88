/** Who a visitor of the tour plays. Invented. The store has another address of them, so that nothing but the level can tell that they are one. */
export type Persona = { readonly givenName: string; readonly familyName: string; readonly email: string; readonly storeEmail: string };

const GIVEN = [
  "Nora",
  "Elio",
  "Maia",
  "Otis",
  "Ilse",
  "Teo",
  "Vera",
  "Aram",
  "Liv",
  "Hugo",
  "Sanna",
  "Pau",
  "Mina",
  "Bruno",
  "Alba",
  "Joris",
];
const FAMILY = [
  "Vidal",
  "Lindt",
  "Moreau",
  "Serra",
  "Brandt",
  "Costa",
  "Winter",
  "Roca",
  "Fabre",
  "Sommer",
  "Puig",
  "Keller",
  "Marin",
  "Falk",
];

/**
 * A person from an id [TOU-2]: the same every time, so that no name is kept before there is a customer. The address is of a domain that
 * never receives mail, and no other visitor's.
 */
export function personaOf(id: string): Persona {
  const tail = id.replaceAll("-", "").slice(-10);
  const number = Number.parseInt(tail, 16);
  const givenName = GIVEN[number % GIVEN.length] ?? "Nora";
  const familyName = FAMILY[Math.floor(number / GIVEN.length) % FAMILY.length] ?? "Vidal";
  const email = `${givenName}.${familyName}.${tail}@visitor.example.com`.toLowerCase();
  return { givenName, familyName, email, storeEmail: `card.${email}` };
}
