import { lazy, type ComponentType } from "react";
import type { ParamsOf } from "./match.ts";

/** What a screen is given: the parameters of its path. */
export type ScreenProps<Path extends string> = { readonly params: ParamsOf<Path> };

/** An address and its screen, which is a chunk of its own. */
export type Route<Path extends string = string> = {
  readonly path: Path;
  readonly Screen: ComponentType<{ readonly params: Readonly<Record<string, string>> }>;
  /** Begins to load the screen, before anything is drawn. */
  readonly preload: () => void;
};

/** A row of the route table. A screen that wants parameters which its path does not have does not compile. */
export function route<const Path extends string>(path: Path, load: () => Promise<ComponentType<ScreenProps<Path>>>): Route<Path> {
  // The router hands each screen what `path` carries, which is what the screen asks for by the type above.
  const Screen = lazy(async () => ({ default: (await load()) as Route["Screen"] }));
  // A failure shows when the screen is drawn and asks again.
  return { path, Screen, preload: () => void load().catch(() => undefined) };
}
