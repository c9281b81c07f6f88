/** A table at which guests are served: its name, and how many sit there; 0: nobody said. */
export type Table = { readonly name: string; readonly seats: number };
/** A part of a place with tables of its own, as its people call it. */
export type Zone = { readonly name: string; readonly tables: readonly Table[] };

const NAME = /^[^:;,/]{1,24}$/u;
const TABLE = /^([^:;,/]{1,12})(?:\/(\d{1,2}))?$/u;
const MOST_ZONES = 12;
/** More tables than this one screen does not show. */
const MOST_TABLES = 150;

/**
 * Reads the tables of a place as its people write them: `Inside: 1/2, 2/4, Bar; Terrace: T1/4`, names with their seats behind a stroke [PLA-14].
 * Undefined for anything else, for a name that stands twice, and for more than 12 zones or 150 tables. An empty text has none: such a place serves
 * at its counter alone.
 */
export function readTables(text: string): readonly Zone[] | undefined {
  const written = text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const zones = written.map(readZone).filter((zone) => zone !== undefined);
  const tables = zones.flatMap((zone) => zone.tables);
  const isReadable =
    zones.length === written.length &&
    zones.length <= MOST_ZONES &&
    tables.length <= MOST_TABLES &&
    isOnce(zones.map(({ name }) => name)) &&
    isOnce(tables.map(({ name }) => name));
  return isReadable ? zones : undefined;
}

function readZone(text: string): Zone | undefined {
  const [name = "", names = "", ...more] = text.split(":").map((side) => side.trim());
  const written = names.split(",").map((one) => one.trim());
  const tables = written.flatMap((one): Table[] => {
    const [, table, seats = "0"] = TABLE.exec(one) ?? [];
    return table === undefined ? [] : [{ name: table.trim(), seats: Number(seats) }];
  });
  return more.length === 0 && NAME.test(name) && tables.length === written.length ? { name, tables } : undefined;
}

const isOnce = (names: readonly string[]): boolean => new Set(names.map((name) => name.toLowerCase())).size === names.length;

/** The same as one writes it. */
export const writeTables = (zones: readonly Zone[]): string =>
  zones
    .map(
      ({ name, tables }) => `${name}: ${tables.map((table) => (table.seats > 0 ? `${table.name}/${table.seats}` : table.name)).join(", ")}`,
    )
    .join("; ");
