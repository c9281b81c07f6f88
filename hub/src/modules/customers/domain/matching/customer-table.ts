import type { Attributes } from "../records.ts";
import type { Table } from "./prepare.ts";
import type { Column } from "./roles.ts";

/** A record of the customer file as the engine takes it. */
export type MatchedRecord = { readonly id: string; readonly attributes: Attributes };

/** The columns of the customer file. What they hold is known, so nothing is detected. */
const COLUMNS: readonly (Column & { readonly of: (record: MatchedRecord) => string | undefined })[] = [
  { name: "id", role: "id", of: ({ id }) => id },
  { name: "given", role: "given", of: ({ attributes }) => attributes.givenName },
  { name: "family", role: "family", of: ({ attributes }) => attributes.familyName },
  { name: "birth date", role: "birthDate", of: ({ attributes }) => attributes.birthDate },
  { name: "email", role: "mailbox", of: ({ attributes }) => attributes.email },
  { name: "phone", role: "phone", of: ({ attributes }) => attributes.phone },
  { name: "street", role: "street", of: ({ attributes }) => attributes.address?.line1 },
  { name: "address extra", role: "addressExtra", of: ({ attributes }) => attributes.address?.line2 },
  { name: "postcode", role: "postcode", of: ({ attributes }) => attributes.address?.postcode },
  { name: "city", role: "city", of: ({ attributes }) => attributes.address?.city },
  { name: "country", role: "country", of: ({ attributes }) => attributes.address?.country },
];

export const CUSTOMER_COLUMNS: readonly Column[] = COLUMNS.map(({ name, role }) => ({ name, role }));

/** What a record says, cell by cell in the order of `CUSTOMER_COLUMNS`. */
export const cellsOf = (record: MatchedRecord): string[] => COLUMNS.map(({ of }) => of(record) ?? "");

export const customerTable = (records: readonly MatchedRecord[]): Table => ({ columns: CUSTOMER_COLUMNS, rows: records.map(cellsOf) });
