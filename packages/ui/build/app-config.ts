import { fileURLToPath } from "node:url";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { InlineConfig, PluginOption, Rolldown } from "vite";
import { BRAND } from "../src/theme/brand.ts";
import { apiPathsPlugin } from "./api-paths-plugin.ts";
import { mantineStylesPlugin } from "./mantine-styles-plugin.ts";
import { messagesPlugin } from "./messages-plugin.ts";
import { offlinePlugin, type Manifest } from "./offline-plugin.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** The apps that are built, in the order of how many people wait for them. */
export const APPS = ["shop", "till", "office", "board", "tour"] as const;
export type AppName = (typeof APPS)[number];

/** What this many screens need is loaded with the first of them, in one file. */
const SHARED_BY = 6;

export type AppOptions = {
  readonly app: AppName;
  /** Mantine apps get one style sheet with what they use; the shop's sheets follow its lazy screens. */
  readonly kit: "mantine" | "light";
  /** An app that installs and opens without a network; undefined for one that needs the hub anyway. */
  readonly installable?: Manifest;
  /**
   * The screen that most visitors open first, from the root: the page asks for it at once, before any script has run, and the words of
   * all others come with them instead of with the page.
   */
  readonly firstScreen?: string;
  /** Words that the first view could put together at run time, and never has reason to: they come with the other screens [MSG-2]. */
  readonly neverFirst?: RegExp;
};

/** The Vite configuration of one app: sources in `apps/<app>`, served under `/<app>/`, built to `dist/apps/<app>`. */
export function appConfig({ app, kit, installable, firstScreen, neverFirst }: AppOptions): InlineConfig {
  const root = join(ROOT, "apps", app);
  const plugins: PluginOption[] = [
    apiPathsPlugin(ROOT, app),
    react(),
    brandedPage(app, firstScreen),
    messagesPlugin({ root: ROOT, app, firstScreen, neverFirst }),
  ];
  if (kit === "mantine") plugins.push(mantineStylesPlugin());
  if (installable) plugins.push(offlinePlugin(app, installable));
  return {
    root,
    base: `/${app}/`,
    // Icons are the brand's, the same for all apps.
    publicDir: join(ROOT, "packages/ui/public"),
    logLevel: "warn",
    plugins,
    build: {
      outDir: join(ROOT, "dist/apps", app),
      emptyOutDir: true,
      // The size check reads which chunks a route needs from here.
      manifest: true,
      target: "es2023",
      // Every browser of the target preloads modules by itself.
      modulePreload: { polyfill: false },
      cssCodeSplit: kit === "light",
      // An image inlined as data: would be counted into the script; the hub serves assets as immutable anyway.
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 700,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              // One file for what is needed before any screen: twenty small ones are three round trips on a phone. The entry stays apart,
              // else it is no entry in the manifest.
              { name: "shell", tags: ["$initial"], test: (id) => !/\/(index\.html|src\/main\.tsx)$/.test(id), priority: 2 },
              { name: "common", minShareCount: SHARED_BY, priority: 1 },
            ],
          },
        },
      },
    },
  };
}

/**
 * Writes the brand's name into the page, so that the tab has it before any script runs, and asks at once for what the browser would
 * learn of late: the text font (else words are drawn twice), the app's configuration, and the first screen with its style.
 */
function brandedPage(app: AppName, firstScreen: string | undefined): PluginOption {
  const base = `/${app}/`;
  return {
    name: "weft-branded-page",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const font = Object.keys(bundle ?? {}).find((file) => file.includes("inter-latin-wght-normal"));
        const asked = [
          ...(font === undefined ? [] : [`<link rel="preload" href="${base}${font}" as="font" type="font/woff2" crossorigin />`]),
          `<link rel="preload" href="/v1/apps/${app}" as="fetch" crossorigin />`,
          `<script src="${base}before-paint.js"></script>`,
          ...(firstScreen === undefined ? [] : screenLinks(base, bundle ?? {}, firstScreen)),
        ];
        return html.replaceAll("%BRAND%", BRAND.name).replace("</title>", ["</title>", ...asked].join("\n    "));
      },
    },
  };
}

/** Links to the files of a screen, without those that the page names anyway because the entry imports them. */
function screenLinks(base: string, bundle: Rolldown.OutputBundle, screen: string): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const reach = (start: (typeof chunks)[number] | undefined, reached: Set<string>): Set<string> => {
    if (!start || reached.has(start.fileName)) return reached;
    reached.add(start.fileName);
    for (const next of start.imports)
      reach(
        chunks.find(({ fileName }) => fileName === next),
        reached,
      );
    return reached;
  };
  const named = reach(
    chunks.find(({ isEntry }) => isEntry),
    new Set(),
  );
  const ofScreen = reach(
    chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(screen)),
    new Set(),
  );
  const files = [...ofScreen].filter((file) => !named.has(file));
  const styles = chunks
    .filter(({ fileName }) => files.includes(fileName))
    .flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
  return [
    ...files.map((file) => `<link rel="modulepreload" href="${base}${file}" crossorigin />`),
    ...styles.map((file) => `<link rel="preload" href="${base}${file}" as="style" crossorigin />`),
  ];
}
