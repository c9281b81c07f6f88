import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import type { BodyOf, DataUseView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

type UsesProps = { readonly customerId: string; readonly wordingVersion: string; readonly uses: readonly DataUseView[] };
type Body = BodyOf<"consent.allowUse">;
const HOWS = ["in_person", "by_phone", "in_writing"] as const;

/** What becomes of the customer's data besides messages, and entering what they say to it. */
export function DataUses({ customerId, wordingVersion, uses }: UsesProps) {
  const may = useMay();
  const [changing, setChanging] = useState<DataUseView>();
  return (
    <>
      <ul className={form.rows}>
        {uses.map((use) => (
          <li key={use.purpose}>
            <span className={form.grow}>
              {t(`office.privacy.purpose.${use.purpose}`)} <small>{use.at === null ? null : formatDateTime(use.at)}</small>
            </span>
            <Badge tone={use.isAllowed ? "good" : "plain"}>{t(use.isAllowed ? "office.consent.use_on" : "office.consent.use_off")}</Badge>
            {may("consent.allowUse") ? (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`${t(use.isAllowed ? "office.consent.use_refuse" : "office.consent.use_allow")}: ${t(`office.privacy.purpose.${use.purpose}`)}`}
                onClick={() => setChanging(use)}
              >
                {t(use.isAllowed ? "office.consent.use_refuse" : "office.consent.use_allow")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ChangeDialog key={changing?.purpose} {...{ customerId, wordingVersion }} use={changing} onClose={() => setChanging(undefined)} />
    </>
  );
}

type ChangeProps = Omit<UsesProps, "uses"> & { readonly use: DataUseView | undefined; readonly onClose: () => void };

/** Entered for somebody, so how it was said is kept with it. */
function ChangeDialog({ customerId, wordingVersion, use, onClose }: ChangeProps) {
  const [how, setHow] = useState<(typeof HOWS)[number]>("in_person");
  const [note, setNote] = useState("");
  const enter = useAct(
    ({ purpose, body }: { readonly purpose: DataUseView["purpose"]; readonly body: Body }) =>
      api.ask("consent.allowUse", { params: { id: customerId, purpose }, body }),
    [["customer", customerId]],
  );
  const proof = { how, ...(note.trim() !== "" && { note: note.trim() }) };
  return (
    <Modal
      opened={use !== undefined}
      onClose={onClose}
      title={use && t("office.consent.use_change", { what: t(`office.privacy.purpose.${use.purpose}`) })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!use) return;
          const body = { isAllowed: !use.isAllowed, wordingVersion, language: currentLocale(), proof };
          enter.mutate({ purpose: use.purpose, body }, { onSuccess: onClose });
        }}
      >
        <p>{use && t(`office.privacy.purpose_text.${use.purpose}`)}</p>
        <NativeSelect
          label={t("office.consent.how")}
          value={how}
          data={HOWS.map((one) => ({ value: one, label: t(`office.consent.how.${one}`) }))}
          onChange={({ currentTarget }) => setHow(HOWS.find((one) => one === currentTarget.value) ?? how)}
        />
        <TextInput label={t("office.consent.note")} value={note} maxLength={300} onChange={({ target }) => setNote(target.value)} />
        <Button type="submit" loading={enter.isPending}>
          {t(use?.isAllowed === false ? "office.consent.use_allow" : "office.consent.use_refuse")}
        </Button>
      </form>
    </Modal>
  );
}
