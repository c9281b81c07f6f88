import { startApp } from "@weft/ui/app/app-root.tsx";
import "@weft/ui/theme/shop.css";
import { api } from "./api.ts";
import { ShopFrame } from "./frame/shop-frame.tsx";
import { Router } from "./router/router.tsx";

await startApp(
  api,
  <Router>
    <ShopFrame />
  </Router>,
);
