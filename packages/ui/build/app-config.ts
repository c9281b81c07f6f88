import { fileURLToPath } from "node:url";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { InlineConfig, PluginOption } from "vite";
import { BRAND } from "../src/theme/brand.ts";
import { mantineStylesPlugin } from "./mantine-styles-plugin.ts";
import { messagesPlugin } from "./messages-plugin.ts";
import { offlinePlugin, type Manifest } from "./offline-plugin.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** The apps that are built, in the order of how many people wait for them. */
export const APPS = ["shop", "till", "office", "board"] as const;
export type AppName = (typeof APPS)[number];

export type AppOptions = {
  readonly app: AppName;
  /** Mantine apps get one style sheet with what they use; the shop's sheets follow its lazy screens. */
  readonly kit: "mantine" | "light";
  /** An app that installs and opens without a network; undefined for one that needs the hub anyway. */
  readonly installable?: Manifest;
};

/** The Vite configuration of one app: sources in `apps/<app>`, served under `/<app>/`, built to `dist/apps/<app>`. */
export function appConfig({ app, kit, installable }: AppOptions): InlineConfig {
  const root = join(ROOT, "apps", app);
  const plugins: PluginOption[] = [react(), brandedPage(`/${app}/`), messagesPlugin(join(root, "src/messages"))];
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
      cssCodeSplit: kit === "light",
      // An image inlined as data: would be counted into the script; the hub serves assets as immutable anyway.
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 700,
    },
  };
}

/**
 * Writes the brand's name into the page, so that the tab has it before any script runs, and asks for the text font with the page:
 * else the browser learns of it only when it has read the style sheet, and words are drawn twice.
 */
function brandedPage(base: string): PluginOption {
  return {
    name: "weft-branded-page",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const font = Object.keys(bundle ?? {}).find((file) => file.includes("inter-latin-wght-normal"));
        const preload = `<link rel="preload" href="${base}${font}" as="font" type="font/woff2" crossorigin />`;
        return html.replaceAll("%BRAND%", BRAND.name).replace("</title>", font === undefined ? "</title>" : `</title>\n    ${preload}`);
      },
    },
  };
}
