import { Button, FileInput, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ProductImportResultView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import form from "../common/form.module.css";
import { wordOf } from "../common/text.ts";
import { receiveFile, sendFile } from "../common/transfer.ts";
import { t } from "../t.ts";

/** The catalog as a file: taken, changed in a spreadsheet, and given back. */
export function FilesDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("office.catalog.files")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <div className={form.form}>
        <p className={form.quiet}>{t("office.catalog.files_text")}</p>
        <TakeFile />
        <GiveFile />
      </div>
    </Modal>
  );
}

function TakeFile() {
  const take = useMutation({ mutationFn: () => receiveFile("/v1/exports/products", () => undefined) });
  return (
    <>
      <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>
        {t("office.export.take")}
      </Button>
      <p role="alert" className={form.error}>
        {take.error ? problemText(take.error) : null}
      </p>
    </>
  );
}

function GiveFile() {
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const give = useMutation({
    mutationFn: (given: File) => sendFile<ProductImportResultView>("/v1/product-imports", given),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["catalog"] }),
  });
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (file) give.mutate(file);
      }}
    >
      <FileInput
        required
        label={t("office.import.file")}
        placeholder={t("office.import.choose")}
        accept=".csv,.txt,.tsv,.gz,text/csv"
        value={file}
        onChange={setFile}
      />
      <Button type="submit" disabled={file === null} loading={give.isPending}>
        {t("office.catalog.give")}
      </Button>
      <p role="alert" className={form.error}>
        {give.error ? problemText(give.error) : null}
      </p>
      {give.data ? <Outcome result={give.data} /> : null}
    </form>
  );
}

/** What came of the file, and the lines that were put aside with their reasons. */
function Outcome({ result: { made, changed, same, refused, refusals } }: { readonly result: ProductImportResultView }) {
  const figures = { made: formatNumber(made), changed: formatNumber(changed), same: formatNumber(same) };
  return (
    <div role="status" className={form.form}>
      <p>{t("office.catalog.came", figures)}</p>
      {refused > 0 ? (
        <>
          <p className={form.error}>{t("office.catalog.aside", { count: refused })}</p>
          <ul className={form.rows}>
            {refusals.slice(0, 20).map(({ line, reason, detail }) => (
              <li key={line}>
                <span className={form.grow}>
                  {t("office.catalog.line", { line })} {wordOf(`office.catalog.refused.${reason}`, reason)} <small>{detail}</small>
                </span>
              </li>
            ))}
          </ul>
          <Link to="/quarantine">{t("office.nav.quarantine")}</Link>
        </>
      ) : null}
    </div>
  );
}
