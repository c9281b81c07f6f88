import { RouterProvider } from "@tanstack/react-router";
import { startApp } from "@weft/ui/app/app-root.tsx";
import { MantineRoot } from "@weft/ui/kit/mantine-root.tsx";
import { officeTheme } from "@weft/ui/theme/mantine-theme.ts";
import "@weft/ui/theme/mantine.css";
import { api } from "./api.ts";
import { router } from "./routes.tsx";

await startApp(
  api,
  <MantineRoot theme={officeTheme}>
    <RouterProvider router={router} />
  </MantineRoot>,
);
