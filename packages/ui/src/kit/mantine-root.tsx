import { MantineProvider, type MantineThemeOverride } from "@mantine/core";
import type { ReactNode } from "react";
import { useColorScheme } from "../theme/color-scheme.ts";
import { tokenVariables } from "../theme/mantine-theme.ts";

/** Mantine on the shared tokens, in the color scheme that the page is in. */
export function MantineRoot({ theme, children }: { readonly theme: MantineThemeOverride; readonly children: ReactNode }) {
  const { scheme } = useColorScheme();
  return (
    <MantineProvider theme={theme} cssVariablesResolver={tokenVariables} forceColorScheme={scheme}>
      {children}
    </MantineProvider>
  );
}
