import { startApp } from "@weft/ui/app/app-root.tsx";
import "@weft/ui/theme/shop.css";
import { api } from "./api.ts";
import { sessionQuery } from "./customer/session.ts";
import { ShopFrame } from "./frame/shop-frame.tsx";
import { readAddress, Router } from "./router/router.tsx";
import { routeAt } from "./routes.ts";
import { storesQuery } from "./stores/stores.ts";
import "./opening.css";

// The screen comes while the words come, not after them; and so does what every screen asks for.
routeAt(readAddress().path)?.preload();
void api.queries.prefetchQuery(sessionQuery);
void api.queries.prefetchQuery(storesQuery());
await startApp(
  api,
  <Router>
    <ShopFrame />
  </Router>,
);
