export { customerLive } from "./live.ts";
export { customerScreens, type LastSeenOf } from "./present.ts";
export { cardsOf, customerViewRoutes, type CustomerViewDeps, type TimelinePage } from "./routes.ts";
