import type { PluginOption } from "vite";
import { VitePWA, type ManifestOptions, type VitePWAOptions } from "vite-plugin-pwa";
import { BRAND } from "../src/theme/brand.ts";
import type { AppName } from "./app-config.ts";

type RuntimeCaching = NonNullable<VitePWAOptions["workbox"]["runtimeCaching"]>[number];

/** What an installed app is called and looks like on a home screen. */
export type Manifest = Pick<ManifestOptions, "name" | "short_name" | "description" | "display"> &
  Partial<Pick<ManifestOptions, "orientation">>;

/** A picture is named by its content and never changes. */
const PICTURES: RuntimeCaching = {
  urlPattern: /\/pictures\//,
  handler: "CacheFirst",
  options: { cacheName: "pictures", expiration: { maxEntries: 3000 }, cacheableResponse: { statuses: [200] } },
};

/**
 * The service worker: the app's own files are there before the network is, an update waits until the app says that it may come.
 * Data is never cached here; what an app knows while offline is its own matter. Only the pictures of goods are kept for a till: it sells on.
 */
export function offlinePlugin(app: AppName, manifest: Manifest): PluginOption {
  return VitePWA({
    registerType: "prompt",
    // Registration is the app's call (an inline script would break the content security policy).
    injectRegister: false,
    manifestFilename: "app.webmanifest",
    manifest: {
      ...manifest,
      start_url: `/${app}/`,
      scope: `/${app}/`,
      background_color: BRAND.paper.light,
      theme_color: BRAND.accent,
      icons: [
        { src: "icons/icon.svg", sizes: "any", type: "image/svg+xml" },
        { src: "icons/icon-192.png", sizes: "192x192", type: "image/png" },
        { src: "icons/icon-512.png", sizes: "512x512", type: "image/png" },
        { src: "icons/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
      ],
    },
    workbox: {
      navigateFallback: `/${app}/index.html`,
      // A framed device says so in its address, and is no business of the worker of the windows beside it.
      navigateFallbackDenylist: [/[?&]device=/],
      globPatterns: ["**/*.{js,css,html,svg,woff2,webmanifest}"],
      // Scripts of the alphabets beyond Latin are fetched when a name needs them.
      globIgnores: ["**/*-ext-*.woff2"],
      cleanupOutdatedCaches: true,
      clientsClaim: true,
      runtimeCaching: app === "till" ? [PICTURES] : [],
    },
  });
}
