import { RouterProvider } from "@tanstack/react-router";
import { startApp } from "@weft/ui/app/app-root.tsx";
import "@weft/ui/theme/till.css";
import { api, isKiosk } from "./api.ts";
import { router } from "./routes.tsx";

// The customer's screen and the kiosk are pages of this app, and none of its screens: they have no frame and no gate.
const isDisplay = location.pathname.startsWith(`${import.meta.env.BASE_URL}display`);
const Page = isDisplay
  ? (await import("./display/screen.tsx")).DisplayScreen
  : isKiosk
    ? (await import("./kiosk/screen.tsx")).Kiosk
    : undefined;

await startApp(api, Page ? <Page /> : <RouterProvider router={router} />);
