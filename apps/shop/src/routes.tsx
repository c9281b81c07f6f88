import { lazy, type ComponentType } from "react";
import { fillPath, matchPath, type ParamsOf } from "./router/match.ts";

/** What a screen is given: the parameters of its path. */
export type ScreenProps<Path extends string = string> = { readonly params: ParamsOf<Path> };
type Screen = ComponentType<{ readonly params: never }>;

/** The shop's addresses. The first that fits wins. */
export const PATHS = {
  menu: "/",
} as const;

export type RouteName = keyof typeof PATHS;

/** Each screen is a chunk of its own, loaded when it is first shown. */
const SCREENS: Readonly<Record<RouteName, Screen>> = {
  menu: screen(() => import("./menu/screen.tsx").then((module) => module.MenuScreen)),
};

/** The screen of an address with its parameters; undefined when nothing is there. */
export function screenAt(
  path: string,
):
  | { readonly name: RouteName; readonly Screen: ComponentType<ScreenProps>; readonly params: Readonly<Record<string, string>> }
  | undefined {
  const match = matchPath(PATHS, path);
  // The table pairs each screen with the path that its parameters come from.
  return match && { ...match, Screen: SCREENS[match.name] as ComponentType<ScreenProps> };
}

/** The address of a screen: `pathTo("product", { id })`. */
export function pathTo<Name extends RouteName>(
  name: Name,
  ...[params]: unknown extends ParamsOf<(typeof PATHS)[Name]> ? [] : [ParamsOf<(typeof PATHS)[Name]>]
): string {
  return fillPath(PATHS[name], (params as Readonly<Record<string, string>> | undefined) ?? {}); // by the type above
}

function screen<Props>(load: () => Promise<ComponentType<Props>>): Screen {
  // Props are the parameters of the path in the same row of the table above.
  return lazy(async () => ({ default: (await load()) as Screen }));
}
