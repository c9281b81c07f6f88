import { Button, Textarea, TextInput } from "@mantine/core";
import type { QuarantinedItemView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { wordOf } from "../common/text.ts";
import { Raw } from "../common/raw.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { TillAct } from "./till-act.tsx";

/** Of a line of a file the hub says which one it was, and what stood there. */
export function detailText({ detail }: QuarantinedItemView): string | null {
  const [, line, what] = /^line (\d+)(?:: (.+))?$/s.exec(detail ?? "") ?? [];
  if (line === undefined) return detail;
  const where = t("office.import.line_number", { line });
  return what === undefined ? where : t("office.said_of", { name: where, what });
}

const TOUCHED = [["quarantine"]] as const;

/** One thing that could not be processed, as it came: to be mended here and processed again, or put aside for good. */
export function ItemBeside({ item, onClose }: { readonly item: QuarantinedItemView; readonly onClose: () => void }) {
  const may = useMay();
  const isWaiting = item.state === "waiting";
  return (
    <Beside title={wordOf(`office.quarantine.reason.${item.reason}`, item.reason)} onClose={onClose}>
      <Facts>
        <Fact label={t("office.customer.details")}>{detailText(item)}</Fact>
        <Fact label={t("office.quarantine.kind")}>{wordOf(`office.quarantine.kind.${item.kind}`, item.kind)}</Fact>
        <Fact label={t("office.when")}>{formatDateTime(item.at)}</Fact>
      </Facts>
      {item.kind === "till.command" ? <TillAct item={item} /> : null}
      {isWaiting && may("quarantine.replay") ? (
        <MendForm item={item} onDone={onClose} />
      ) : (
        <Raw label={t("office.customer.details")} text={readable(item.raw)} />
      )}
      {isWaiting && may("quarantine.discard") ? (
        <Part title={t("office.failed.discard")}>
          <DiscardForm item={item} onDone={onClose} />
        </Part>
      ) : null}
    </Beside>
  );
}

type FormProps = { readonly item: QuarantinedItemView; readonly onDone: () => void };

function MendForm({ item, onDone }: FormProps) {
  const before = readable(item.raw);
  const [raw, setRaw] = useState(before);
  const replay = useAct(
    (mended: string) => api.ask("quarantine.replay", { params: { id: item.id }, body: mended === before ? {} : { raw: mended } }),
    TOUCHED,
  );
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        replay.act(
          raw,
          ({ state }) => showToast(t(state === "waiting" ? "office.quarantine.still" : "office.quarantine.replayed")),
          ({ state }) => {
            if (state !== "waiting") onDone();
          },
        );
      }}
    >
      <Textarea
        autosize
        minRows={6}
        maxRows={24}
        spellCheck={false}
        label={t("office.quarantine.raw")}
        description={t("office.quarantine.raw_text")}
        styles={{ input: { fontFamily: "var(--font-code)", fontSize: "var(--size-tiny)" } }}
        value={raw}
        onChange={({ currentTarget }) => setRaw(currentTarget.value)}
      />
      <p role="alert" className={form.error}>
        {replay.error ? problemText(replay.error) : null}
      </p>
      <Button type="submit" loading={replay.isPending}>
        {raw === before ? t("office.failed.replay") : t("office.quarantine.replay_mended")}
      </Button>
    </form>
  );
}

function DiscardForm({ item, onDone }: FormProps) {
  const [reason, setReason] = useState("");
  const discard = useAct(() => api.ask("quarantine.discard", { params: { id: item.id }, body: { reason: reason.trim() } }), TOUCHED);
  return (
    <form
      className={form.row}
      onSubmit={(event) => {
        event.preventDefault();
        discard.act(undefined, () => showToast(t("office.failed.discarded")), onDone);
      }}
    >
      <TextInput
        label={t("office.order.reason")}
        maxLength={300}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={reason.trim() === ""} loading={discard.isPending}>
        {t("office.failed.discard")}
      </Button>
    </form>
  );
}

/** JSON with its lines apart, so that a person can mend it; anything else as it came. */
function readable(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}
