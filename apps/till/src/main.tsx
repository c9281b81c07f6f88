import { RouterProvider } from "@tanstack/react-router";
import { startApp } from "@weft/ui/app/app-root.tsx";
import "@weft/ui/theme/till.css";
import { api } from "./api.ts";
import { router } from "./routes.tsx";

// The customer's screen is a page of this app, and none of its screens: it has no frame, no gate and no control.
const isDisplay = location.pathname.startsWith(`${import.meta.env.BASE_URL}display`);
const Display = isDisplay ? (await import("./display/screen.tsx")).DisplayScreen : undefined;

await startApp(api, Display ? <Display /> : <RouterProvider router={router} />);
