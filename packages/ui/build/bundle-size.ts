import { isScreen } from "./first-view.ts";

/** A chunk in Vite's manifest, as far as sizes need it. */
export type Chunk = {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
};
export type BundleManifest = Readonly<Record<string, Chunk>>;

/** What one address of an app makes the browser load: names of manifest entries. */
export type Load = { readonly name: string; readonly chunks: ReadonlySet<string> };

const isLanguage = (key: string): boolean => /weft-(?:more-)?messages\//.test(key);

/**
 * What an app loads before any screen, and with each of its screens [SIZ-1]. Counted in full: what an entry or a screen imports later
 * by itself (the update look-up, a map) too, but of screens only the one that is shown, and of languages only `language`. `firstScreen`
 * has its words in the shell; any other needs the rest of them [MSG-2], where the app has divided them.
 */
export function loadsOf(
  manifest: BundleManifest,
  language: string,
  firstScreen?: string,
): { readonly shell: Load; readonly screens: readonly Load[] } {
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry);
  if (entry === undefined) throw new Error("the manifest has no entry");
  const words = Object.keys(manifest).filter((key) => isLanguage(key) && key.endsWith(`/${language}`));
  const more = words.filter((key) => key.includes("weft-more-"));
  const shell = reach(manifest, [entry, ...words.filter((key) => !more.includes(key))]);
  const screens = Object.keys(manifest).filter(isScreen).sort();
  return {
    shell: { name: "shell", chunks: shell },
    screens: screens
      .map((screen) => ({ screen, name: screen.replace(/^src\/|(?:\/|-)screen\.tsx$/g, "") }))
      .map(({ screen, name }) => ({
        name,
        chunks: new Set([...shell, ...reach(manifest, name === firstScreen ? [screen] : [screen, ...more])]),
      })),
  };
}

function reach(manifest: BundleManifest, from: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const waiting = [...from];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (reached.has(key)) continue;
    reached.add(key);
    const chunk = manifest[key];
    const later = chunk?.dynamicImports?.filter((next) => !isScreen(next) && !isLanguage(next)) ?? [];
    waiting.push(...(chunk?.imports ?? []), ...later);
  }
  return reached;
}
