import { expect, it } from "vitest";
import { digitalLink, readDigitalLink } from "./digital-link.ts";

const STORE = "01900000-0000-7000-8000-000000000001";

it("[CAT-7] reads the product and the store of a shelf code, in each length that a GTIN has", () => {
  expect(readDigitalLink(`/01/04006381333931?store=${STORE}`)).toEqual({ ok: true, value: { gtin: "04006381333931", store: STORE } });
  for (const gtin of ["4006381333931", "036000291452", "96385074"])
    expect(readDigitalLink(`/01/${gtin}`)).toMatchObject({ ok: true, value: { gtin: gtin.padStart(14, "0"), store: null } });
});

it("[CAT-7] passes over what qualifies the product, and refuses what is no digital link", () => {
  expect(readDigitalLink("/01/04006381333931/22/2A/10/AB1/21/9?17=261122")).toMatchObject({ ok: true, value: { gtin: "04006381333931" } });
  const refused: readonly [string, string][] = [
    ["/01/04006381333932", "check_digit"],
    ["/01/0400638133393A", "not_digits"],
    ["/01/123", "length"],
    ["/01/", "not_digits"],
    ["/01/04006381333931/10", "path"],
    ["/01/04006381333931/99/x", "path"],
    ["/8006/04006381333931", "path"],
  ];
  for (const [path, error] of refused) expect(readDigitalLink(path)).toEqual({ ok: false, error });
});

it("[CAT-7] reads what it writes", () => {
  const code = { gtin: "04006381333931", store: STORE };
  expect(readDigitalLink(digitalLink("", code))).toEqual({ ok: true, value: code });
});
