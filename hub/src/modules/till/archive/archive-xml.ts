import type { Chain } from "../fiscal/index.ts";
import { isHashed, type ArchivedEntity, type ArchivedEntry, type ArchivePeriod } from "./format.ts";

/** The chains that `archive.xml` tells, in the order of `archive.xsd`. */
export const XML_SECTIONS = [
  { element: "Tickets", chain: "T", write: ticketXml },
  { element: "Duplicates", chain: "C", write: duplicateXml },
  { element: "GrandTotals", chain: "G", write: grandTotalXml },
  { element: "JET", chain: "L", write: eventXml },
] as const satisfies readonly { element: string; chain: Chain; write: (entry: ArchivedEntry) => string }[];

export const xmlHead = (entity: ArchivedEntity, period: ArchivePeriod): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Archive xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="archive.xsd">\n${element(
    "GrandPeriod",
    {
      entity: entity.name,
      companyNumber: entity.companyNumber,
      activityCode: entity.activityCode,
      vatId: entity.vatId,
      from: period.from,
      until: period.until,
    },
  )}\n`;
export const XML_END = "</Archive>\n";

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {}); // just seen
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);
const documentOf = (entry: ArchivedEntry): Fields => fieldsOf(fieldsOf(entry.body)["document"]);

function ticketXml(entry: ArchivedEntry): string {
  const document = documentOf(entry);
  const { number, currency, total } = document;
  const lines = [...listOf(document["lines"]), ...listOf(fieldsOf(document["cameBack"])["lines"])].map((line) =>
    element("SalesLine", {
      code: line["sku"] ?? line["code"],
      label: labelOf(line["name"]),
      quantity: line["quantity"],
      unitPrice: priceOf(line["unitPrice"] ?? line["each"]),
      discount: line["discount"],
      net: line["net"],
      rate: line["rate"],
      total: line["total"],
    }),
  );
  const taxes = listOf(document["taxes"]).map(({ rate, net, tax, gross }) => element("TaxLine", { rate, net, tax, gross }));
  const payments = listOf(document["tenders"]).map(({ kind, state, amount }) => element("PaymentLine", { kind, state, amount }));
  return element("Ticket", { ...placeOf(entry), number, currency, total }, [
    group("SalesLines", lines),
    group("TaxLines", taxes),
    group("PaymentLines", payments),
  ]);
}

function duplicateXml(entry: ArchivedEntry): string {
  const { of, copy, reason } = documentOf(entry);
  return element("Duplicate", { ...placeOf(entry), of: fieldsOf(of)["number"], copy, reason });
}

function grandTotalXml(entry: ArchivedEntry): string {
  const { key, from, to, totals, perpetual } = documentOf(entry);
  const { count, net, absolute } = fieldsOf(totals);
  const { net: perpetualNet, absolute: perpetualAbsolute } = fieldsOf(perpetual);
  return element("GrandTotal", { ...placeOf(entry), key, from, to, tickets: count, net, absolute, perpetualNet, perpetualAbsolute });
}

/** What the hub logs for a register without a key has a name where others have a code. */
function eventXml(entry: ArchivedEntry): string {
  const { code, message } = documentOf(entry);
  return element("Event", { ...placeOf(entry), code: code ?? entry.type, message: message ?? entry.type });
}

function placeOf(entry: ArchivedEntry): Fields {
  const { register, seq, type, ts, businessDate, bodyHash } = entry;
  const at = { register, seq, type, at: ts, businessDate };
  return isHashed(entry) ? { ...at, hash: bodyHash } : { ...at, operator: entry.operator, signature: entry.sig, hash: bodyHash };
}

/** Names are texts, or texts by language. */
const labelOf = (name: unknown): unknown => (typeof name === "object" ? (Object.values(fieldsOf(name))[0] ?? "") : (name ?? ""));

/** A unit price may have digits below the smallest unit: `{ amount, scale }`. */
function priceOf(price: unknown): unknown {
  const { amount, scale } = fieldsOf(price);
  return typeof amount === "number" && typeof scale === "number"
    ? (amount / 10 ** scale).toFixed(scale)
    : typeof price === "number"
      ? price
      : null;
}

const group = (name: string, children: readonly string[]): string =>
  children.length === 0 ? `<${name}/>` : `<${name}>${children.join("")}</${name}>`;

function element(name: string, attributes: Fields, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([attribute, value]) => ` ${attribute}="${escaped(String(value))}"`)
    .join("");
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join("")}</${name}>`;
}

// What XML 1.0 cannot hold at all is left out: a till may have read it from a broken barcode.
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const UNSPEAKABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const escaped = (text: string): string =>
  text
    .replaceAll(UNSPEAKABLE, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
