import { DSFINVK_TABLES, type DsfinvkColumn, type DsfinvkTable } from "./tables.ts";

const CRLF = "&#13;&#10;";

/** The description of the files for the tax office's software (GDPdU-Beschreibungsstandard), which reads numbers and texts by it. */
export function indexXml({
  supplier,
  place,
  period,
}: {
  readonly supplier: string;
  readonly place: string;
  readonly period: string;
}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE DataSet SYSTEM "gdpdu-01-09-2004.dtd">
<DataSet>
  <Version>1.0</Version>
  <DataSupplier>
    <Name>${escapeXml(supplier)}</Name>
    <Location>${escapeXml(place)}</Location>
    <Comment>DSFinV-K 2.3</Comment>
  </DataSupplier>
  <Media>
    <Name>${escapeXml(period)}</Name>
${DSFINVK_TABLES.map(tableXml).join("\n")}
  </Media>
</DataSet>
`;
}

const tableXml = ({ file, module, columns }: DsfinvkTable): string => `    <Table>
      <URL>${file}</URL>
      <Name>${module}</Name>
      <UTF8 />
      <DecimalSymbol>,</DecimalSymbol>
      <DigitGroupingSymbol>.</DigitGroupingSymbol>
      <Range><From>2</From></Range>
      <VariableLength>
        <ColumnDelimiter>;</ColumnDelimiter>
        <RecordDelimiter>${CRLF}</RecordDelimiter>
        <TextEncapsulator>"</TextEncapsulator>
${columns.map(columnXml).join("\n")}
      </VariableLength>
    </Table>`;

function columnXml({ name, length, decimals }: DsfinvkColumn): string {
  const kind =
    decimals === undefined
      ? `<AlphaNumeric /><MaxLength>${length ?? 255}</MaxLength>`
      : decimals === 0
        ? "<Numeric />"
        : `<Numeric><Accuracy>${decimals}</Accuracy></Numeric>`;
  return `        <VariableColumn><Name>${name}</Name>${kind}</VariableColumn>`;
}

const escapeXml = (value: string): string =>
  value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
