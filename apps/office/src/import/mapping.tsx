import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { ImportRunView, ImportSettingsView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import { ColumnTable } from "./column-table.tsx";
import { ConsentPart, NoticePart, ReadingPart, VerifiedPart } from "./settings-parts.tsx";
import styles from "./import.module.css";
import { PreviewTable } from "./preview-table.tsx";
import { importQuery, previewQuery } from "./queries.ts";

/** What each column is, how the file is read, and the first rows as they will be: changed until it is right, then started. */
export function Mapping({ run }: { readonly run: ImportRunView }) {
  const [chosen, setChosen] = useState<ImportSettingsView>();
  const preview = useQuery(previewQuery(run.id, chosen));
  const router = useRouter();
  const start = useAct(
    (settings: ImportSettingsView) => api.ask("imports.start", { params: { id: run.id }, body: { settings } }),
    [],
    (queries, started) => queries.setQueryData(importQuery(run.id).queryKey, started),
  );
  const leave = useAct(() => api.ask("imports.stop", { params: { id: run.id } }), [["imports"]]);
  if (preview.isPending) return <ScreenSkeleton />;
  if (preview.isError) return <ProblemNote error={preview.error} onRetry={preview.refetch} />;
  const { data } = preview;
  // The hub says how it reads the file: after another separator was chosen it has found the columns anew.
  const settings = preview.isPlaceholderData && chosen ? chosen : data.settings;
  const set = (change: Partial<ImportSettingsView>): void => setChosen({ ...settings, ...change });
  const needsConsent = run.kind === "consents" || data.columns.some(({ field }) => field.startsWith("optIn"));
  return (
    <div className={styles.mapping}>
      <Section title={t("office.import.columns")}>
        <p className={form.quiet}>{t("office.import.columns_text")}</p>
        <ColumnTable kind={run.kind} columns={data.columns} onChange={(columns) => set({ columns })} />
      </Section>
      <Section title={t("office.import.preview")}>
        <p role="status">{checkedText(data)}</p>
        <ul className={styles.reasons}>
          {data.problems.map(({ reason, count }) => (
            <li key={reason}>
              <span>{wordOf(`office.quarantine.reason.${reason}`, reason)}</span>
              <strong>{formatNumber(count)}</strong>
            </li>
          ))}
        </ul>
        <PreviewTable preview={data} isStale={preview.isPlaceholderData} />
      </Section>
      <Section title={t("office.import.reading")}>
        <ReadingPart settings={settings} format={data.format} isDateOrderOpen={data.isDateOrderOpen} onChange={set} />
      </Section>
      {run.kind === "customers" ? <VerifiedPart settings={settings} onChange={set} /> : null}
      <NoticePart settings={settings} notices={data.notices} onChange={set} />
      {needsConsent ? <ConsentPart settings={settings} onChange={set} /> : null}
      <div className={styles.actions}>
        <p role="alert" className={form.error}>
          {data.missing === null
            ? start.error
              ? problemText(start.error)
              : null
            : t("office.import.missing", { field: t(`office.import.missing.${missingOf(data.missing)}`) })}
        </p>
        <Button
          variant="default"
          loading={leave.isPending}
          onClick={() => leave.mutate(undefined, { onSuccess: () => void router.navigate({ to: "/imports" }) })}
        >
          {t("office.import.leave")}
        </Button>
        <Button
          disabled={data.missing !== null || preview.isPlaceholderData}
          loading={start.isPending}
          onClick={() => start.mutate(settings)}
        >
          {t("office.import.start")}
        </Button>
      </div>
    </div>
  );
}

const MISSING = ["who", "event", "time", "state", "company"] as const;
const missingOf = (code: string): (typeof MISSING)[number] => MISSING.find((one) => one === code) ?? "who";

function checkedText({
  checked,
  problems,
}: {
  readonly checked: number;
  readonly problems: readonly { readonly count: number }[];
}): string {
  const bad = problems.reduce((sum, { count }) => sum + count, 0);
  return t("office.import.checked", { checked, bad });
}
