import { Button, FileInput, NativeSelect, TextInput } from "@mantine/core";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { guessColumns, headerOf, NEEDED_COLUMNS, OPTIONAL_COLUMNS, type SettlementColumns } from "./columns.ts";

const NONE = "";

/** A provider's own list as CSV: which column is what is guessed from its header, and a person says otherwise. */
export function FileForm({ account: shown }: { readonly account: string }) {
  const may = useMay();
  const [account, setAccount] = useState(shown);
  const [currency, setCurrency] = useState("EUR");
  const [csv, setCsv] = useState<string | null>(null);
  const [columns, setColumns] = useState<SettlementColumns>({});
  const send = useAct(() => {
    const { reference = "", amount = "", date = "", ...others } = columns;
    const given = Object.fromEntries(Object.entries(others).filter(([, column]) => column !== undefined && column !== NONE));
    return api.ask("settlements.import", {
      body: { account: account.trim(), currency, csv: csv ?? "", columns: { reference, amount, date, ...given } },
    });
  }, [["settlements"]]);
  if (!may("settlements.import")) return null;
  const header = csv === null ? [] : headerOf(csv);
  const isReady = csv !== null && account.trim() !== "" && NEEDED_COLUMNS.every((key) => columns[key]);
  const read = async (file: File | null): Promise<void> => {
    const text = file ? await file.text() : null;
    setCsv(text);
    setColumns(text === null ? {} : guessColumns(headerOf(text)));
  };
  return (
    <Section title={t("office.settlement.file")}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady)
            send.act(undefined, ({ lines, known, refused }) =>
              showToast(t("office.settlement.kept", { count: lines - known, known, refused: refused.length })),
            );
        }}
      >
        <div className={form.row}>
          <FileInput
            required
            size="xs"
            accept=".csv,text/csv,text/plain"
            label={t("office.settlement.file_choose")}
            placeholder="CSV"
            onChange={(file) => void read(file)}
          />
          <TextInput
            required
            maxLength={80}
            label={t("office.settlement.account")}
            value={account}
            onChange={({ currentTarget }) => setAccount(currentTarget.value)}
          />
          <TextInput
            required
            maxLength={3}
            label={t("office.settlement.currency")}
            value={currency}
            onChange={({ currentTarget }) => setCurrency(currentTarget.value.toUpperCase())}
          />
        </div>
        {csv === null ? null : (
          <div className={form.row}>
            {[...NEEDED_COLUMNS, ...OPTIONAL_COLUMNS].map((key) => (
              <NativeSelect
                key={key}
                size="xs"
                label={t(`office.settlement.column.${key}`)}
                value={columns[key] ?? NONE}
                data={[{ value: NONE, label: "–" }, ...header.map((name) => ({ value: name, label: name }))]}
                onChange={({ currentTarget }) => setColumns({ ...columns, [key]: currentTarget.value || undefined })}
              />
            ))}
          </div>
        )}
        <p role="alert" className={form.error}>
          {send.error ? problemText(send.error) : null}
        </p>
        <Button type="submit" variant="default" loading={send.isPending} disabled={!isReady}>
          {t("office.settlement.import")}
        </Button>
      </form>
    </Section>
  );
}
