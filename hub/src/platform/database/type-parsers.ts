import pg from "pg";

const { builtins } = pg.types;
const TEXT_ARRAY = 1009;
const BIGINT_ARRAY = 1016;
const DATE_ARRAY = 1182;

type AnyParser = (oid: number, format?: string) => (text: string) => unknown;
// Its type knows only the oids of scalars, and not a format that may be missing.
const usualParser = pg.types.getTypeParser as AnyParser;
const parseTextArray = usualParser(TEXT_ARRAY) as (text: string) => (string | null)[]; // what it makes of a text[]

/** A bigint as a number. Counts and minor units stay below 2^53; one that does not is a bug, and is not rounded in silence. */
export function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number: cast it to text in the query`);
  return value;
}

const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [builtins.INT8, parseBigint],
  [BIGINT_ARRAY, (text) => parseTextArray(text).map((item) => (item === null ? null : parseBigint(item)))],
  // A calendar day has no instant: as a Date it would move with the machine's time zone.
  [builtins.DATE, (text) => text],
  [DATE_ARRAY, parseTextArray],
]);

/**
 * How PostgreSQL values become JavaScript values, for `new pg.Pool({ types: TYPE_PARSERS })`: bigint is a number, date is text
 * (`2026-11-22`), numeric is text, timestamptz is a Date, jsonb is parsed. The generated table types say the same.
 */
export const TYPE_PARSERS: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: "text" | "binary") => {
    const own = format === "binary" ? undefined : PARSERS.get(oid);
    return own ?? usualParser(oid, format);
  },
};
