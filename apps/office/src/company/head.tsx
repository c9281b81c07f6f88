import { Autocomplete, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { CompanyPageView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { CompanyBadge } from "../companies/badge.tsx";
import { companiesLike } from "../companies/queries.ts";
import { useAct } from "../common/act.ts";
import customer from "../customer/customer.module.css";
import { useMay } from "../session/session.ts";
import { useSettledText } from "../common/use-settled-text.ts";
import { t } from "../t.ts";
import styles from "./company.module.css";

const COMPANIES = [["companies"]];

/** Its name and state, and what can be done with it as a whole. */
export function CompanyHead({ company }: { readonly company: CompanyPageView }) {
  const { id, name, state } = company;
  const may = useMay();
  const archive = useAct(
    (isArchived: boolean) =>
      isArchived ? api.ask("companies.archive", { params: { id } }) : api.ask("companies.restore", { params: { id } }),
    COMPANIES,
  );
  const setArchived = (isArchived: boolean): void =>
    archive.act(isArchived, () => {
      if (isArchived) showToast(t("office.company.archived", { name }), () => archive.mutate(false));
    });
  return (
    <>
      <header className={customer.head}>
        <h1>
          {name} <CompanyBadge state={state} />
        </h1>
        {state !== "suggested" && may("companies.archive") ? (
          <Button variant="default" loading={archive.isPending} onClick={() => setArchived(state === "active")}>
            {t(state === "active" ? "office.company.archive" : "office.company.restore")}
          </Button>
        ) : null}
      </header>
      {state === "suggested" ? <Suggestion company={company} /> : null}
    </>
  );
}

/** What a channel said becomes a company, is taken up into one that is known, or goes. */
function Suggestion({ company: { id, name } }: { readonly company: CompanyPageView }) {
  const may = useMay();
  const router = useRouter();
  const confirm = useAct((intoId: string | null) => api.ask("companies.confirm", { params: { id }, body: { intoId } }), COMPANIES);
  const discard = useAct(() => api.ask("companies.delete", { params: { id } }), COMPANIES);
  const leave = (): void => {
    // Its page is no more: it must not be asked for again.
    void router.navigate({ to: "/companies" });
  };
  return (
    <section className={styles.note} aria-label={t("office.companies.state.suggested")}>
      <p>{t("office.company.suggested_text")}</p>
      {may("companies.confirm") ? (
        <>
          <div className={customer.actions}>
            <Button loading={confirm.isPending} onClick={() => confirm.act(null, () => showToast(t("office.company.confirmed", { name })))}>
              {t("office.company.confirm")}
            </Button>
            <Button
              variant="default"
              loading={discard.isPending}
              onClick={() => {
                leave();
                discard.act(undefined, () => showToast(t("office.company.discarded", { name })));
              }}
            >
              {t("office.company.discard")}
            </Button>
          </div>
          <TakeUp
            isPending={confirm.isPending}
            onChoose={(intoId) => {
              void router.navigate({ to: "/companies/$id", params: { id: intoId } });
              confirm.mutate(intoId);
            }}
          />
        </>
      ) : null}
    </section>
  );
}

function TakeUp({ isPending, onChoose }: { readonly isPending: boolean; readonly onChoose: (id: string) => void }) {
  const [typed, setTyped] = useState("");
  const settled = useSettledText(typed);
  const found = useQuery({ ...companiesLike(settled), enabled: settled !== "" }).data?.items ?? [];
  const chosen = found.find(({ name }) => name === typed.trim());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) onChoose(chosen.id);
      }}
    >
      <Autocomplete
        size="xs"
        label={t("office.company.take_up")}
        data={[...new Set(found.map(({ name }) => name))]}
        filter={({ options }) => options}
        value={typed}
        onChange={setTyped}
      />
      <Button type="submit" variant="default" disabled={!chosen} loading={isPending}>
        {t("office.company.take_up_do")}
      </Button>
    </form>
  );
}
