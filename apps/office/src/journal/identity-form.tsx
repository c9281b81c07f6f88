import { Button, NativeSelect, TextInput } from "@mantine/core";
import type { FiscalIdentityView } from "@weft/contracts/client";
import { formatMonthName } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

const NUMBERS = ["companyNumber", "activityCode", "taxNumber"] as const;
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
type Numbers = Record<(typeof NUMBERS)[number], string>;

/** The numbers of a legal entity that archives and exports carry; which of them are asked for depends on its country. */
export function IdentityForm({ identity }: { readonly identity: FiscalIdentityView }) {
  const { entityId, entityName, country, vatId } = identity;
  const may = useMay();
  const [draft, setDraft] = useState<Numbers>({
    companyNumber: identity.companyNumber ?? "",
    activityCode: identity.activityCode ?? "",
    taxNumber: identity.taxNumber ?? "",
  });
  const [firstMonth, setFirstMonth] = useState(identity.firstMonth);
  const textOrNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());
  const save = useAct(
    () =>
      api.ask("journal.setIdentity", {
        params: { entityId },
        body: {
          companyNumber: textOrNull(draft.companyNumber),
          activityCode: textOrNull(draft.activityCode),
          taxNumber: textOrNull(draft.taxNumber),
          firstMonth,
        },
      }),
    [["journal", "identities"]],
  );
  const asked = NUMBERS.filter((number) =>
    number === "activityCode" ? country === "FR" : number === "taxNumber" ? country === "DE" : true,
  );
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.act(undefined, () => showToast(t("office.journal.saved")));
      }}
    >
      <p>
        <strong>{entityName}</strong> <small>{vatId}</small>
      </p>
      <div className={form.row}>
        {asked.map((number) => (
          <TextInput
            key={number}
            label={number === "companyNumber" && country === "FR" ? "SIRET" : t(`office.journal.identity.${number}`)}
            maxLength={40}
            value={draft[number]}
            readOnly={!may("journal.setIdentity")}
            onChange={({ currentTarget }) => setDraft({ ...draft, [number]: currentTarget.value })}
          />
        ))}
        <NativeSelect
          label={t("office.journal.identity.firstMonth")}
          size="xs"
          data={MONTHS.map((month) => ({ value: String(month), label: formatMonthName(month) }))}
          value={String(firstMonth)}
          disabled={!may("journal.setIdentity")}
          onChange={({ currentTarget }) => setFirstMonth(Number(currentTarget.value))}
        />
        {may("journal.setIdentity") ? (
          <Button type="submit" variant="default" loading={save.isPending}>
            {t("office.journal.save")}
          </Button>
        ) : null}
      </div>
      {firstMonth === identity.firstMonth ? null : <p className={form.quiet}>{t("office.journal.identity.firstMonth_hint")}</p>}
    </form>
  );
}
