import { fillPath, matchPath, type ParamsOf } from "./router/match.ts";
import { route, type Route } from "./router/route.ts";

/** The shop's addresses and their screens. The first that fits wins. */
const ROUTES = {
  menu: route("/", () => import("./menu/screen.tsx").then((module) => module.MenuScreen)),
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
