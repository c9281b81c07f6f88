import { Table } from "@mantine/core";
import type { ImportPreviewView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./import.module.css";

/** The first rows as they will be, or what is wrong with them. */
export function PreviewTable({ preview, isStale }: { readonly preview: ImportPreviewView; readonly isStale: boolean }) {
  const names = [...new Set(preview.rows.flatMap(({ values }) => Object.keys(values)))];
  return (
    <div className={styles.scroll} data-stale={isStale || undefined}>
      <Table aria-label={t("office.import.preview")} className={styles.preview}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("office.import.line")}</Table.Th>
            {names.map((name) => (
              <Table.Th key={name} scope="col">
                {wordOf(`office.import.field.${name}`, name)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.rows.map(({ line, values, problem }) => (
            <Table.Tr key={line} data-bad={problem !== null || undefined}>
              <Table.Th scope="row">
                {line}
                {problem === null ? null : <Badge tone="bad">{problemText(problem)}</Badge>}
              </Table.Th>
              {names.map((name) => (
                <Table.Td key={name}>{valueText(name, values)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function problemText({ code, detail }: NonNullable<ImportPreviewView["rows"][number]["problem"]>): string {
  const words = wordOf(`office.quarantine.reason.${code}`, code);
  return detail === null ? words : t("office.said_of", { name: words, what: detail });
}

/** Decisions are said in words, limits as money; everything else as it will be kept. */
function valueText(name: string, values: Readonly<Record<string, string>>): string {
  const value = values[name];
  if (value === undefined) return "";
  const { currency } = values;
  if (name.endsWith("Limit") && currency !== undefined && /^\d+$/.test(value)) return formatMoney({ amount: Number(value), currency });
  return name.startsWith("optIn") || name === "state" ? wordOf(`office.import.said.${value}`, value) : value;
}
