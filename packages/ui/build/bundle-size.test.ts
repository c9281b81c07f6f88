import { expect, it } from "vitest";
import { loadsOf, type BundleManifest } from "./bundle-size.ts";

const manifest: BundleManifest = {
  "index.html": {
    file: "index.js",
    isEntry: true,
    imports: ["_shared"],
    dynamicImports: ["src/menu/screen.tsx", "src/stores/screen.tsx", "\0virtual:weft-messages/en", "\0virtual:weft-messages/fr", "_update"],
  },
  _shared: { file: "shared.js" },
  _update: { file: "update.js" },
  "\0virtual:weft-messages/en": { file: "en.js" },
  "\0virtual:weft-messages/fr": { file: "fr.js" },
  "src/menu/screen.tsx": { file: "menu.js", imports: ["_shared", "_sheet"], dynamicImports: ["src/stores/screen.tsx"] },
  "src/stores/screen.tsx": { file: "stores.js", dynamicImports: ["_map"] },
  _sheet: { file: "sheet.js" },
  _map: { file: "map.js" },
};

it("[SIZ-1] the shell is what loads before any screen, in one language", () => {
  expect([...loadsOf(manifest, "fr").shell.chunks].sort()).toEqual(
    ["\0virtual:weft-messages/fr", "_shared", "_update", "index.html"].sort(),
  );
});

it("[SIZ-1] a screen counts with all it loads by itself, but without the other screens", () => {
  const { screens } = loadsOf(manifest, "en");
  expect(screens.map((screen) => screen.name)).toEqual(["menu", "stores"]);
  expect(screens[0]?.chunks.has("_sheet")).toBe(true);
  expect(screens[0]?.chunks.has("_map")).toBe(false);
  expect(screens[1]?.chunks.has("_map")).toBe(true);
});
