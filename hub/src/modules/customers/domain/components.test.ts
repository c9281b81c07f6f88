import { newId, type RecordId } from "@weft/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { components, customerIdOf, joiningLinks, type LinkPair } from "./components.ts";

const RECORDS = Array.from({ length: 12 }, () => newId<RecordId>());
const record = fc.constantFrom(...RECORDS);
const links = fc.array(fc.record({ a: record, b: record }), { maxLength: 20 });
const partition = (given: readonly LinkPair[]): string[] =>
  components(RECORDS, given)
    .map((group) => group.toSorted().join())
    .toSorted();

describe("customers as links make them [IDN-1]", () => {
  it("do not depend on the order or the direction of the links", () => {
    fc.assert(
      fc.property(links, fc.infiniteStream(fc.nat()), (given, chance) => {
        const shuffled = given
          .map((link) => ({ link, at: chance.next().value ?? 0 }))
          .toSorted((one, other) => one.at - other.at)
          .map(({ link: { a, b } }) => ({ a: b, b: a }));
        expect(partition(shuffled)).toEqual(partition(given));
      }),
    );
  });

  it("put every record into one group, and both ends of a link into the same", () => {
    fc.assert(
      fc.property(links, (given) => {
        const groups = components(RECORDS, given);
        expect(groups.flat().toSorted()).toEqual(RECORDS.toSorted());
        for (const { a, b } of given) expect(groups.find((group) => group.includes(a))).toContain(b);
      }),
    );
  });

  it("[IDN-8] each record but the first hangs on one link, and these links alone hold the group together", () => {
    fc.assert(
      fc.property(links, (given) => {
        for (const group of components(RECORDS, given)) {
          const [first, ...rest] = group;
          if (!first) continue;
          const joined = joiningLinks(first, given);
          expect([...joined.keys()].toSorted()).toEqual(rest.toSorted());
          expect(components(group, [...joined.values()])).toHaveLength(1);
        }
      }),
    );
  });
});

describe("the id of a customer [IDN-4]", () => {
  const [a, b, c] = RECORDS as [RecordId, RecordId, RecordId]; // twelve were made
  const at = (day: number) => new Date(Date.UTC(2026, 0, day));

  it("is that of the record known first, whatever its id, and a provisional record gives none while there is another", () => {
    expect(
      customerIdOf([
        { id: a, knownAt: at(2) },
        { id: b, knownAt: at(1) },
      ]),
    ).toBe(b);
    expect(
      customerIdOf([
        { id: a, knownAt: null },
        { id: c, knownAt: at(9) },
      ]),
    ).toBe(c);
    expect(
      customerIdOf([
        { id: b, knownAt: null },
        { id: a, knownAt: null },
      ]),
    ).toBe(a);
  });
});
