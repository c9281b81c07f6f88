import { expect, it } from "vitest";
import { loadsOf, type BundleManifest, type Load } from "./bundle-size.ts";

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

it("[MSG-2] the rest of the words counts with every screen but the first, in one language", () => {
  const more = { "\0virtual:weft-more-messages/en": { file: "more-en.js" }, "\0virtual:weft-more-messages/fr": { file: "more-fr.js" } };
  const { shell, screens } = loadsOf({ ...manifest, ...more }, "fr", "menu");
  const wordsOf = ({ chunks }: Load) => [...chunks].filter((key) => key.includes("messages")).map((key) => key.slice(1));
  expect(wordsOf(shell)).toEqual(["virtual:weft-messages/fr"]);
  expect(screens.map(wordsOf)).toEqual([["virtual:weft-messages/fr"], ["virtual:weft-messages/fr", "virtual:weft-more-messages/fr"]]);
});

it("[SIZ-1] a route whose file is named after its screen is a screen too, and no part of the shell", () => {
  const link = { "src/terms/link-screen.tsx": { file: "link.js" } };
  const entry = { file: "index.js", isEntry: true, dynamicImports: ["src/terms/link-screen.tsx"] };
  const { shell, screens } = loadsOf({ ...link, "index.html": entry }, "en");
  expect([...shell.chunks]).toEqual(["index.html"]);
  expect(screens.map(({ name }) => name)).toEqual(["terms/link"]);
});
