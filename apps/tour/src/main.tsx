import { startApp } from "@weft/ui/app/app-root.tsx";
import "@weft/ui/theme/shop.css";
import { api } from "./api.ts";
import { Tour } from "./tour.tsx";

await startApp(api, <Tour />);
