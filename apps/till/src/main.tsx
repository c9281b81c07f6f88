import { RouterProvider } from "@tanstack/react-router";
import { startApp } from "@weft/ui/app/app-root.tsx";
import "@weft/ui/theme/till.css";
import { api } from "./api.ts";
import { router } from "./routes.tsx";

await startApp(api, <RouterProvider router={router} />);
