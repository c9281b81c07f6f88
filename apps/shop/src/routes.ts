import { fillPath, matchPath, type ParamsOf } from "./router/match.ts";
import { route, type Route } from "./router/route.ts";

/** The shop's addresses and their screens. The first that fits wins. */
const ROUTES = {
  menu: route("/", () =>
    import("./menu/screen.tsx").then((module) => {
      module.askAhead().catch(() => undefined); // the screen asks again, and says what is wrong
      return module.MenuScreen;
    }),
  ),
  product: route("/p/:slug", () => import("./product/screen.tsx").then((module) => module.ProductScreen)),
  shelf: route("/01/:gtin", () => import("./shelf/screen.tsx").then((module) => module.ShelfScreen)),
  shelfWith: route("/01/:gtin/:ai/:value", () => import("./shelf/screen.tsx").then((module) => module.ShelfScreen)),
  shelfWithMore: route("/01/:gtin/:ai/:value/:ai2/:value2", () => import("./shelf/screen.tsx").then((module) => module.ShelfScreen)),
  cart: route("/cart", () => import("./cart/screen.tsx").then((module) => module.CartScreen)),
  enterHandover: route("/handover", () => import("./handover/screen.tsx").then((module) => module.EnterHandoverScreen)),
  handover: route("/handover/:code", () => import("./handover/screen.tsx").then((module) => module.HandoverScreen)),
  checkout: route("/checkout", () => import("./checkout/screen.tsx").then((module) => module.CheckoutScreen)),
  orders: route("/orders", () => import("./orders/screen.tsx").then((module) => module.OrdersScreen)),
  order: route("/orders/:id", () => import("./order/screen.tsx").then((module) => module.OrderScreen)),
  help: route("/help", () => import("./help/screen.tsx").then((module) => module.HelpScreen)),
  signIn: route("/sign-in", () => import("./sign-in/screen.tsx").then((module) => module.SignInScreen)),
  card: route("/card", () => import("./card/screen.tsx").then((module) => module.CardScreen)),
  purse: route("/purse", () => import("./purse/screen.tsx").then((module) => module.PurseScreen)),
  joinPurse: route("/purse/:code", () => import("./purse/join-screen.tsx").then((module) => module.JoinPurseScreen)),
  friend: route("/friend/:code", () => import("./friend/screen.tsx").then((module) => module.FriendScreen)),
  stores: route("/stores", () => import("./stores/screen.tsx").then((module) => module.StoresScreen)),
  me: route("/me", () => import("./me/screen.tsx").then((module) => module.MeScreen)),
  bookings: route("/bookings", () => import("./bookings/screen.tsx").then((module) => module.BookingsScreen)),
  book: route("/book", () => import("./bookings/book-screen.tsx").then((module) => module.BookScreen)),
  saved: route("/saved", () => import("./saved/screen.tsx").then((module) => module.SavedScreen)),
  sharedList: route("/lists/:token", () => import("./saved/shared-screen.tsx").then((module) => module.SharedListScreen)),
  data: route("/me/data", () => import("./data/screen.tsx").then((module) => module.DataScreen)),
  cookies: route("/cookies", () => import("./cookies/screen.tsx").then((module) => module.CookiesScreen)),
  terms: route("/me/messages", () => import("./terms/screen.tsx").then((module) => module.TermsScreen)),
  linkTerms: route("/preferences/:token", () => import("./terms/link-screen.tsx").then((module) => module.LinkTermsScreen)),
  confirmTerms: route("/confirm/:token", () => import("./terms/confirm-screen.tsx").then((module) => module.ConfirmTermsScreen)),
  offer: route("/offers/:token", () => import("./offer/screen.tsx").then((module) => module.OfferScreen)),
  changeLink: route("/changes/:token", () => import("./change-link/screen.tsx").then((module) => module.ChangeLinkScreen)),
  receipt: route("/receipt/:token", () => import("./receipt/screen.tsx").then((module) => module.ReceiptClaimScreen)),
  claim: route("/claim/:code", () => import("./claim/screen.tsx").then((module) => module.ClaimScreen)),
};

type Routes = typeof ROUTES;
export type RouteName = keyof Routes;
type PathOf<Name extends RouteName> = Routes[Name]["path"];

// One entry per route, made right here.
const PATHS = Object.fromEntries(Object.entries(ROUTES).map(([name, { path }]) => [name, path])) as {
  readonly [Name in RouteName]: PathOf<Name>;
};

/** The route of an address with its parameters; undefined when nothing is there. */
export function routeAt(
  path: string,
): (Pick<Route, "Screen" | "preload"> & { readonly name: RouteName; readonly params: Readonly<Record<string, string>> }) | undefined {
  const match = matchPath(PATHS, path);
  return match && { ...match, Screen: ROUTES[match.name].Screen, preload: ROUTES[match.name].preload };
}

/** The address of a screen: `pathTo("product", { id })`. */
export function pathTo<Name extends RouteName>(
  name: Name,
  ...[params]: unknown extends ParamsOf<PathOf<Name>> ? [] : [ParamsOf<PathOf<Name>>]
): string {
  return fillPath(PATHS[name], (params as Readonly<Record<string, string>> | undefined) ?? {}); // by the type above
}
