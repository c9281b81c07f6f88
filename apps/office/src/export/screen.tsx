import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { useState, type ReactElement } from "react";
import form from "../common/form.module.css";
import { receiveFile } from "../common/transfer.ts";
import { channelsQuery } from "../import/queries.ts";
import { exportsRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./export.module.css";

const KINDS = ["customers", "events", "consents"] as const;
type Kind = (typeof KINDS)[number];
const FORMATS = ["csv", "jsonl"] as const;

/** Customers, what they did and what they agreed to, as a file. Who takes what is in the audit. */
export function ExportsScreen(): ReactElement {
  const kind: Kind = exportsRoute.useSearch().kind ?? "customers";
  const may = useMay();
  return (
    <Page title={t("office.nav.exports")}>
      <p className={form.quiet}>{t("office.export.text")}</p>
      {may(`exports.${kind}`) ? <ExportForm kind={kind} /> : null}
    </Page>
  );
}

function ExportForm({ kind }: { readonly kind: Kind }) {
  const navigate = exportsRoute.useNavigate();
  const channels = useQuery(channelsQuery).data?.channels ?? [];
  const [format, setFormat] = useState<(typeof FORMATS)[number]>("csv");
  const [channelId, setChannelId] = useState("");
  const [days, setDays] = useState({ from: "", until: "" });
  const [recipient, setRecipient] = useState("");
  const [bytes, setBytes] = useState(0);
  const [stop, setStop] = useState<AbortController>();
  const take = useMutation({
    mutationFn: () => {
      const stopping = new AbortController();
      setStop(stopping);
      setBytes(0);
      return receiveFile(pathOf(kind, { format, channelId, recipient, ...(kind === "events" && days) }), setBytes, stopping.signal);
    },
  });
  const isBrokenOff = take.isError && stop?.signal.aborted === true;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        take.mutate();
      }}
    >
      <NativeSelect
        label={t("office.import.what")}
        value={kind}
        data={KINDS.map((one) => ({ value: one, label: t(`office.import.kind.${one}`) }))}
        onChange={({ currentTarget }) =>
          void navigate({ search: { kind: KINDS.find((one) => one === currentTarget.value) }, replace: true })
        }
      />
      <NativeSelect
        label={t("office.orders.channel")}
        value={channelId}
        data={[{ value: "", label: t("office.customer.all_channels") }, ...channels.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={({ currentTarget }) => setChannelId(currentTarget.value)}
      />
      <NativeSelect
        label={t("office.export.format")}
        value={format}
        data={FORMATS.map((one) => ({ value: one, label: t(`office.export.format.${one}`) }))}
        onChange={({ currentTarget }) => setFormat(currentTarget.value === "jsonl" ? "jsonl" : "csv")}
      />
      {kind === "events"
        ? (["from", "until"] as const).map((end) => (
            <TextInput
              key={end}
              type="date"
              label={t(`office.export.${end}`)}
              value={days[end]}
              onChange={({ currentTarget }) => setDays({ ...days, [end]: currentTarget.value })}
            />
          ))
        : null}
      <TextInput
        label={t("office.export.recipient")}
        maxLength={200}
        value={recipient}
        onChange={({ currentTarget }) => setRecipient(currentTarget.value)}
      />
      <p role="status" className={form.quiet}>
        {take.isPending ? t("office.export.came", { size: sizeText(bytes) }) : null}
        {take.isSuccess ? t("office.export.done", { size: sizeText(bytes) }) : null}
        {isBrokenOff ? t("office.export.stopped") : null}
      </p>
      <p role="alert" className={form.error}>
        {take.error && !isBrokenOff ? problemText(take.error) : null}
      </p>
      <div className={form.row}>
        <Button type="submit" loading={take.isPending}>
          {t("office.export.take")}
        </Button>
        {take.isPending ? (
          <Button variant="default" onClick={() => stop?.abort()}>
            {t("office.import.stop")}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

const sizeText = (bytes: number): string => formatNumber(bytes / 1_000_000, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });

type Wanted = {
  readonly format: string;
  readonly channelId: string;
  readonly recipient: string;
  readonly from?: string;
  readonly until?: string;
};

/** The days are whole ones by the reader's own clock; the last one is within. */
function pathOf(kind: Kind, { format, channelId, recipient, from = "", until = "" }: Wanted): string {
  const search = new URLSearchParams({ format });
  if (channelId !== "") search.set("channelId", channelId);
  if (recipient.trim() !== "") search.set("recipient", recipient.trim());
  if (from !== "") search.set("from", new Date(`${from}T00:00:00`).toISOString());
  if (until !== "") {
    const end = new Date(`${until}T00:00:00`);
    end.setDate(end.getDate() + 1);
    search.set("until", end.toISOString());
  }
  return `/v1/exports/${kind}?${search}`;
}
