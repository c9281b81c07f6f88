import { Button, TextInput } from "@mantine/core";
import type { FiscalIdentityView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { YearStartField } from "./year-start.tsx";

const NUMBERS = ["companyNumber", "activityCode", "taxNumber"] as const;
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
  const [yearStart, setYearStart] = useState(identity.yearStart);
  const textOrNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());
  const save = useAct(
    () =>
      api.ask("journal.setIdentity", {
        params: { entityId },
        body: {
          companyNumber: textOrNull(draft.companyNumber),
          activityCode: textOrNull(draft.activityCode),
          taxNumber: textOrNull(draft.taxNumber),
          yearStart,
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
        <YearStartField day={yearStart} disabled={!may("journal.setIdentity")} onChange={setYearStart} />
        {may("journal.setIdentity") ? (
          <Button type="submit" variant="default" loading={save.isPending}>
            {t("office.journal.save")}
          </Button>
        ) : null}
      </div>
      {yearStart === identity.yearStart ? null : <p className={form.quiet}>{t("office.journal.identity.year_hint")}</p>}
      {yearStart.endsWith("-01") ? null : <p className={form.quiet}>{t("office.journal.identity.year_within_month")}</p>}
    </form>
  );
}
