/** Where a place prepares goods, as its people call it, with the codes of the categories that are made there. */
export type Station = { readonly name: string; readonly categories: readonly string[] };

const NAME = /^[^:;,]{1,24}$/u;
const CODE = /^[a-z0-9][a-z0-9_-]{0,59}$/;
/** More screens nobody hangs behind one counter. */
const MOST_STATIONS = 6;

/**
 * Reads the stations of a place as its people write them: `Bar: coffee, tea; Kitchen: breakfast` [PLA-10]. One that names no category makes
 * whatever the others do not. Undefined for anything else, for a name or a category that stands twice, and for more than six. An empty text has
 * none: such a place works by its list of collections alone.
 */
export function readStations(text: string): readonly Station[] | undefined {
  const parts = text.split(";").map((part) => part.trim());
  const written = parts.filter((part) => part !== "");
  const stations = written.map((part): Station | undefined => {
    const [name = "", codes = "", ...more] = part.split(":").map((side) => side.trim());
    const categories = codes.split(",").flatMap((code) => code.trim().toLowerCase() || []);
    return more.length === 0 && NAME.test(name) && categories.every((code) => CODE.test(code)) ? { name, categories } : undefined;
  });
  const known = stations.filter((station) => station !== undefined);
  const isOnce = (words: readonly string[]): boolean => new Set(words).size === words.length;
  const isReadable =
    known.length === stations.length &&
    known.length <= MOST_STATIONS &&
    isOnce(known.map(({ name }) => name.toLowerCase())) &&
    isOnce(known.flatMap(({ categories }) => categories));
  return isReadable ? known : undefined;
}

/**
 * The station that makes goods of a category, given by its code and those above it, the nearest first [PLA-10]: who names the nearest of them, else
 * the one that names none, else the first. Undefined where there are no stations.
 */
export function stationOf(stations: readonly Station[], codes: readonly string[]): string | undefined {
  for (const code of codes) {
    const found = stations.find(({ categories }) => categories.includes(code));
    if (found) return found.name;
  }
  return (stations.find(({ categories }) => categories.length === 0) ?? stations[0])?.name;
}
