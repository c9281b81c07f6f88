import { NativeSelect, Table } from "@mantine/core";
import { IMPORT_FIELDS, type ImportField, type ImportKind, type ImportPreviewView } from "@weft/contracts/client";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";
import styles from "./import.module.css";

type Column = ImportPreviewView["columns"][number];
type Props = { readonly kind: ImportKind; readonly columns: readonly Column[]; readonly onChange: (columns: ImportField[]) => void };

/** Every column of the file with some of its values, and what it is: found, or chosen here. */
export function ColumnTable({ kind, columns, onChange }: Props) {
  const change = (index: number, field: ImportField): void => onChange(withField(columns, index, field));
  return (
    <div className={styles.scroll}>
      <Table aria-label={t("office.import.columns")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("office.import.column")}</Table.Th>
            <Table.Th scope="col" className={styles.samples}>
              {t("office.import.samples")}
            </Table.Th>
            <Table.Th scope="col">{t("office.import.is")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map((column, index) => {
            const name = column.name || t("office.import.column_number", { number: index + 1 });
            return (
              // oxlint-disable-next-line react/no-array-index-key -- a column is its place: two may have one name
              <Table.Tr key={index}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td className={styles.samples}>{column.samples.join(" · ")}</Table.Td>
                <Table.Td>
                  <span className={styles.choice}>
                    <NativeSelect
                      size="xs"
                      aria-label={t("office.import.is_what", { column: name })}
                      value={column.field}
                      data={IMPORT_FIELDS[kind].map((field) => ({ value: field, label: t(`office.import.field.${field}`) }))}
                      onChange={({ currentTarget }) => change(index, fieldOf(kind, currentTarget.value))}
                    />
                    {column.because === "values" || column.because === "nothing" ? (
                      <Badge tone={column.because === "values" ? "info" : "plain"}>{t(`office.import.because.${column.because}`)}</Badge>
                    ) : null}
                  </span>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const fieldOf = (kind: ImportKind, value: string): ImportField =>
  (IMPORT_FIELDS[kind] as readonly ImportField[]).find((field) => field === value) ?? "ignore"; // its entries are fields

/** A field is one column's: chosen for another, the one that had it is left out. */
function withField(columns: readonly Column[], index: number, field: ImportField): ImportField[] {
  const isShared = field === "trait" || field === "ignore";
  return columns.map((column, at) => (at === index ? field : !isShared && column.field === field ? "ignore" : column.field));
}
