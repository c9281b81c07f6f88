import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import type { Api } from "../api/api.ts";
import { ApiContext } from "../api/context.tsx";
import { startI18n, useLocale } from "../i18n/i18n.ts";
import { startColorScheme } from "../theme/color-scheme.ts";
import { CrashBoundary } from "./crash-boundary.tsx";

/**
 * Starts an app: color scheme, words of one language, the connection to the hub, then the first screen.
 * The hub need not answer for that: an installed app opens without a network and says so.
 */
export async function startApp(api: Api, app: ReactNode): Promise<void> {
  startColorScheme();
  // Asked now so that it is there when the first screen needs it; who needs it hears of a failure then.
  api.config().catch(() => undefined);
  await startI18n();
  const element = document.getElementById("app");
  if (!element) throw new Error("index.html has no element #app");
  createRoot(element).render(
    <StrictMode>
      <AppRoot api={api}>{app}</AppRoot>
    </StrictMode>,
  );
}

/** What every screen stands in: connection, query cache, language, and a last resort when a screen breaks. */
export function AppRoot({ api, children }: { readonly api: Api; readonly children: ReactNode }) {
  // A new language is a new tree: every text is said again without each component listening for it.
  const locale = useLocale();
  return (
    <ApiContext value={api}>
      <QueryClientProvider client={api.queries}>
        <CrashBoundary key={locale}>{children}</CrashBoundary>
      </QueryClientProvider>
    </ApiContext>
  );
}
