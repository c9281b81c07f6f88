import { expect, it } from "vitest";
import type { Locale, RawCatalog } from "./message-catalog.ts";
import { checkMessages, type MessageScope } from "./message-check.ts";
import { keyUses } from "./message-uses.ts";

function everywhere(catalog: RawCatalog, changed: Partial<Record<Locale, RawCatalog>> = {}): Record<Locale, RawCatalog> {
  return { en: catalog, fr: catalog, de: catalog, ca: catalog, ...changed };
}

function scope(name: string, catalogs: Record<Locale, RawCatalog>, source: string): MessageScope {
  return { name, prefixes: [`${name}.`, "problem."], catalogs, uses: keyUses(`${name}.tsx`, source) };
}

const shared = scope("ui", everywhere({ "ui.close": "Close" }), `export const close = <b>{t("ui.close")}</b>;`);

it("[MSG-1] words that are whole, used and agree are no fault", () => {
  const source = `t("shop.cart.items", { count: lines.length }); t(\`shop.state.\${state}\`); const label = "shop.tab.menu";`;
  const catalog = {
    "shop.cart.items": "{count, plural, one {# item} other {# items}}",
    "shop.state.ready": "Ready",
    "shop.tab.menu": "Menu",
  };
  expect(checkMessages([shared, scope("shop", everywhere(catalog), source)])).toEqual([]);
});

it("[MSG-1] a key that one language lacks is named with the language, because Catalan never speaks English", () => {
  const catalogs = everywhere({ "shop.title": "Menu" }, { ca: {} });
  expect(checkMessages([shared, scope("shop", catalogs, `t("shop.title")`)])).toEqual(["shop: shop.title is missing in ca"]);
});

it("[MSG-1] arguments that differ between languages, or from the call, are faults", () => {
  const catalogs = everywhere({ "shop.greeting": "Hello {name}" }, { de: { "shop.greeting": "Hallo {nome}" } });
  expect(checkMessages([shared, scope("shop", catalogs, `t("shop.greeting", { who })`)])).toEqual([
    "shop: shop.greeting takes {name} in en and {nome} in de",
    "shop.tsx:1: shop.greeting takes {name} and is given {who}",
  ]);
});

it("[MSG-1] an unused key, an unknown key and a straight apostrophe are faults", () => {
  const catalogs = everywhere({ "shop.title": "Menu", "shop.old": "Don't" });
  const faults = checkMessages([shared, scope("shop", catalogs, `t("shop.title");\nt("shop.titel");`)]);
  expect(faults).toContain("shop: shop.old is used nowhere");
  expect(faults).toContain("shop.tsx:2: there is no message shop.titel");
  expect(faults.filter((fault) => fault.includes("straight apostrophe"))).toHaveLength(4);
});

it("[MSG-1] an app does not speak with another app's words", () => {
  const till = scope("till", everywhere({}), `t("shop.title")`);
  const shop = scope("shop", everywhere({ "shop.title": "Menu" }), `t("shop.title")`);
  expect(checkMessages([shared, shop, till])).toEqual(["till.tsx:1: there is no message shop.title"]);
});

it("[MSG-1] a shared key counts as used wherever an app says it, and problem codes may have dots", () => {
  const ui = scope("ui", everywhere({ "ui.retry": "Try again" }), `hasMessage(\`problem.\${code}\`)`);
  const shop = scope("shop", everywhere({ "problem.stock.insufficient": "Only {available} left" }), `t("ui.retry")`);
  expect(checkMessages([ui, shop])).toEqual([]);
});
