import { CSV_MARK, csvLine, type ChannelId } from "@weft/kernel";
import type { ReadCtx } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { decisionsPage, type ExportedDecision } from "../../consent/index.ts";
import { customersPage, type ExportedCustomer } from "../../customers/index.ts";
import { touchesPage, type ExportedTouch, type TouchKey } from "../../touchpoints/index.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

export type ExportKind = "customers" | "events" | "consents";
export type WantedExport = {
  readonly kind: ExportKind;
  readonly format: "csv" | "jsonl";
  readonly channelId: ChannelId | null;
  readonly from: Date | null;
  readonly until: Date | null;
};

/** So many rows are read and held at once, whatever the export's size. */
const PAGE_ROWS = 500;

/** One value of a row: for CSV flat, for JSON as it is. */
type Column<Row> = readonly [name: string, value: (row: Row) => string | number | null | undefined];

/** The text of an export, page by page; `counted` is told how many rows each had. Ends when nobody reads any more. */
export async function* exportText(ctx: Reader, wanted: WantedExport, counted: (rows: number) => void): AsyncGenerator<string> {
  if (wanted.kind === "customers") yield* textOf(customerPages(ctx, wanted), wanted.format, await customerColumns(ctx), counted);
  else if (wanted.kind === "events") yield* textOf(eventPages(ctx, wanted), wanted.format, await eventColumns(ctx), counted);
  else yield* textOf(consentPages(ctx, wanted), wanted.format, await consentColumns(ctx), counted);
}

async function* textOf<Row>(
  pages: AsyncIterable<readonly Row[]>,
  format: WantedExport["format"],
  columns: readonly Column<Row>[],
  counted: (rows: number) => void,
): AsyncGenerator<string> {
  if (format === "csv") yield CSV_MARK + csvLine(columns.map(([name]) => name));
  for await (const rows of pages) {
    counted(rows.length);
    yield rows.map((row) => (format === "csv" ? csvLine(columns.map(([, value]) => value(row))) : `${JSON.stringify(row)}\n`)).join("");
  }
}

async function* customerPages(ctx: Reader, { channelId }: WantedExport): AsyncGenerator<readonly ExportedCustomer[]> {
  let after: ExportedCustomer["id"] | null = null;
  for (;;) {
    const rows: ExportedCustomer[] = await customersPage(ctx, { channelId, after, limit: PAGE_ROWS });
    if (rows.length > 0) yield rows;
    after = rows.at(-1)?.id ?? null;
    if (rows.length < PAGE_ROWS) return;
  }
}

async function* eventPages(ctx: Reader, { channelId, from, until }: WantedExport): AsyncGenerator<readonly ExportedTouch[]> {
  let after: TouchKey | null = null;
  do {
    const page: Awaited<ReturnType<typeof touchesPage>> = await touchesPage(ctx, { channelId, from, until, after, limit: PAGE_ROWS });
    if (page.items.length > 0) yield page.items;
    after = page.next;
  } while (after !== null);
}

async function* consentPages(ctx: Reader, { channelId }: WantedExport): AsyncGenerator<readonly ExportedDecision[]> {
  let after: ExportedDecision["id"] | null = null;
  for (;;) {
    const rows: ExportedDecision[] = await decisionsPage(ctx, { channelId, after, limit: PAGE_ROWS });
    if (rows.length > 0) yield rows;
    after = rows.at(-1)?.id ?? null;
    if (rows.length < PAGE_ROWS) return;
  }
}

/** What channels are called, for whoever reads a table. */
async function channelCodes(ctx: Pick<Reader, "snapshots">): Promise<(id: ChannelId | null) => string> {
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  return (id) => (id === null ? "" : (channels.get(id)?.code ?? id));
}

async function customerColumns(ctx: Reader): Promise<Column<ExportedCustomer>[]> {
  const codeOf = await channelCodes(ctx);
  return [
    ["customerId", ({ id }) => id],
    ["externalId", ({ externalIds }) => (externalIds.length === 1 ? externalIds[0]?.externalId : "")],
    ["givenName", ({ givenName }) => givenName],
    ["familyName", ({ familyName }) => familyName],
    ["email", ({ email }) => email],
    ["phone", ({ phone }) => phone],
    ["birthDate", ({ birthDate }) => birthDate],
    ["street", ({ address }) => address?.line1],
    ["street2", ({ address }) => address?.line2],
    ["postcode", ({ address }) => address?.postcode],
    ["city", ({ address }) => address?.city],
    ["country", ({ address }) => address?.country],
    ["language", ({ locale }) => locale],
    ["cardNumber", ({ cardNumbers }) => cardNumbers.join(" ")],
    ["customerSince", ({ since }) => since],
    ["channels", ({ channelIds }) => channelIds.map(codeOf).join(" ")],
    ["externalIds", ({ externalIds }) => externalIds.map(({ channelId, externalId }) => `${codeOf(channelId)}:${externalId}`).join(" ")],
  ];
}

async function eventColumns(ctx: Reader): Promise<Column<ExportedTouch>[]> {
  const codeOf = await channelCodes(ctx);
  return [
    ["id", ({ id }) => id],
    ["customerId", ({ customerId }) => customerId],
    ["recordId", ({ recordId }) => recordId],
    ["time", ({ at }) => at],
    ["kind", ({ kind }) => kind],
    ["name", ({ name }) => name],
    ["channel", ({ channelId }) => codeOf(channelId)],
    ["placeId", ({ placeId }) => placeId],
    ["messageId", ({ messageId }) => messageId],
    ["data", ({ data }) => JSON.stringify(data)],
  ];
}

async function consentColumns(ctx: Reader): Promise<Column<ExportedDecision>[]> {
  const codeOf = await channelCodes(ctx);
  return [
    ["id", ({ id }) => id],
    ["customerId", ({ customerId }) => customerId],
    ["recordId", ({ recordId }) => recordId],
    ["purpose", ({ purpose }) => purpose],
    ["topic", ({ topic }) => topic],
    ["channelKind", ({ channelKind }) => channelKind],
    ["state", ({ state }) => state],
    ["time", ({ at }) => at],
    ["source", ({ source }) => source],
    ["wordingVersion", ({ wordingVersion }) => wordingVersion],
    ["language", ({ language }) => language],
    ["channel", ({ channelId }) => codeOf(channelId)],
    ["proof", ({ proofHow }) => proofHow],
    ["proofNote", ({ proofNote }) => proofNote],
  ];
}
