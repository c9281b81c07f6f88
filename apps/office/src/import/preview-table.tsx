import { Table } from "@mantine/core";
import type { ImportPreviewView } from "@weft/contracts/client";
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
                {problem === null ? null : (
                  <Badge tone="bad">
                    {wordOf(`office.quarantine.reason.${problem.code}`, problem.code)}
                    {problem.detail === null ? null : `: ${problem.detail}`}
                  </Badge>
                )}
              </Table.Th>
              {names.map((name) => (
                <Table.Td key={name}>{valueText(name, values[name])}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** Decisions are said in words; everything else as it will be kept. */
function valueText(name: string, value: string | undefined): string {
  if (value === undefined) return "";
  return name.startsWith("optIn") || name === "state" ? wordOf(`office.import.said.${value}`, value) : value;
}
