import { expect, it } from "vitest";
import { importsWithWords, saidInFirstView, sourcesOfFirstView, type ReadSource } from "./first-view.ts";

const SOURCES: Readonly<Record<string, string>> = {
  "apps/shop/src/main.tsx": `
    import { startApp } from "@weft/ui/app/start.tsx";
    import { useState } from "react";
    import type { Old } from "./old.ts";
    import "./opening.css";
    const Menu = lazy(() => import("./menu/screen.tsx"));
    const Cart = lazy(() => import("./cart/screen.tsx"));
    export { nav } from "./frame/bar.tsx";`,
  "apps/shop/src/frame/bar.tsx": `export const nav = () => t("shop.nav.menu");`,
  "apps/shop/src/menu/screen.tsx": `
    import { Cart } from "../kept.ts";
    const measure = () => import("./measure.ts");
    const title = t("shop.menu.title"); const state = t(\`shop.open.\${now}\`);`,
  "apps/shop/src/menu/measure.ts": `t("shop.measure.done");`,
  "apps/shop/src/kept.ts": `export const tab = { label: "shop.tab.kept" };`,
  "apps/shop/src/cart/screen.tsx": `t("shop.cart.title"); const Sheet = lazy(() => import("./sheet.tsx"));`,
  "packages/ui/src/app/start.tsx": `t("ui.retry");`,
};
const read: ReadSource = (path) => {
  const source = SOURCES[path];
  if (source === undefined) throw new Error(`nobody should read ${path}`);
  return source;
};
const first = sourcesOfFirstView(["apps/shop/src/main.tsx", "apps/shop/src/menu/screen.tsx"], read);

it("[MSG-2] the first view stands on what entry and first screen import, later parts too, but on no other screen and on no type", () => {
  expect([...first].sort()).toEqual([
    "apps/shop/src/frame/bar.tsx",
    "apps/shop/src/kept.ts",
    "apps/shop/src/main.tsx",
    "apps/shop/src/menu/measure.ts",
    "apps/shop/src/menu/screen.tsx",
    "packages/ui/src/app/start.tsx",
  ]);
});

it("[MSG-2] its words are the keys that stand in those sources, also in parts and also as a text for another to say", () => {
  const keys = ["shop.nav.menu", "shop.menu.title", "shop.open.until", "shop.measure.done", "shop.tab.kept", "ui.retry", "shop.cart.title"];
  expect(keys.filter(saidInFirstView(first, read))).toEqual(keys.slice(0, -1));
});

it("[MSG-2] a part beyond the first view is found wherever it is asked for, and brings its words", () => {
  const source = read("apps/shop/src/main.tsx");
  const found = importsWithWords("apps/shop/src/main.tsx", source, first);
  expect(found.map(({ start, end }) => source.slice(start, end))).toEqual([`import("./cart/screen.tsx")`]);
  expect(importsWithWords("apps/shop/src/menu/screen.tsx", read("apps/shop/src/menu/screen.tsx"), first)).toEqual([]);
  const cart = read("apps/shop/src/cart/screen.tsx");
  expect(importsWithWords("apps/shop/src/cart/screen.tsx", cart, first)).toHaveLength(1);
});
