import { startApp } from "@weft/ui/app/app-root.tsx";
import "@weft/ui/theme/shop.css";
import { api } from "./api.ts";
import { ShopFrame } from "./frame/shop-frame.tsx";
import { readAddress, Router } from "./router/router.tsx";
import { routeAt } from "./routes.ts";

// The screen comes while the words come, not after them.
routeAt(readAddress().path)?.preload();
await startApp(
  api,
  <Router>
    <ShopFrame />
  </Router>,
);
