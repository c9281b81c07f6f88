import { Button, NativeSelect } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { CompanyMemberView, CompanyPageView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { companyQuery } from "../companies/queries.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { AddPerson } from "./add-person.tsx";
import styles from "./company.module.css";
import { ROLES, useSetMember } from "./roles.ts";

/** Who belongs to it and in which role: what is changed here holds for the next look into any cart. */
export function People({ company }: { readonly company: CompanyPageView }) {
  const may = useMay();
  const mayChange = may("companies.setMember") && company.state === "active";
  return (
    <Section title={t("office.company.people")}>
      <p className={form.quiet}>{t("office.company.role_hint")}</p>
      {company.people.length === 0 ? <p>{t("office.company.nobody")}</p> : null}
      <ul className={styles.people}>
        {company.people.map((member) => (
          <Person key={member.customerId} company={company} member={member} mayChange={mayChange} />
        ))}
      </ul>
      {mayChange ? <AddPerson companyId={company.id} people={company.people} /> : null}
    </Section>
  );
}

type PersonProps = { readonly company: CompanyPageView; readonly member: CompanyMemberView; readonly mayChange: boolean };

function Person({ company, member, mayChange }: PersonProps) {
  const { customerId, role, state } = member;
  const name = member.name ?? t("office.customer.unnamed");
  const set = useSetMember(company.id);
  const remove = useAct(
    () => api.ask("companies.removeMember", { params: { id: company.id, customerId } }),
    [["companies"]],
    (queries, changed) => queries.setQueryData(companyQuery(company.id).queryKey, changed),
  );
  const takeOut = (): void =>
    remove.act(undefined, () =>
      // What was only suggested comes back by whoever suggested it: bringing it back here would vouch for it.
      showToast(
        t("office.company.removed", { name, company: company.name }),
        state === "active" ? () => set.mutate({ customerId, role }) : undefined,
      ),
    );
  return (
    <li>
      <span className={styles.who}>
        <Link to="/customers/$id" params={{ id: customerId }}>
          {name}
        </Link>{" "}
        {state === "suggested" ? <Badge tone="warn">{t("office.company.suggested_person")}</Badge> : null}
        <small>{[t(member.mayOrder ? "office.company.may_order" : "office.company.no_order"), sourceText(member)].join(" · ")}</small>
      </span>
      {mayChange ? (
        <>
          <NativeSelect
            size="xs"
            aria-label={t("office.company.role_of", { name })}
            value={role}
            data={ROLES.map((one) => ({ value: one, label: t(`office.company.role.${one}`) }))}
            onChange={({ currentTarget }) => {
              const next = ROLES.find((one) => one === currentTarget.value);
              if (next) set.mutate({ customerId, role: next });
            }}
          />
          {state === "suggested" ? (
            <Button
              size="xs"
              aria-label={t("office.company.vouch_for", { name })}
              loading={set.isPending}
              onClick={() => set.mutate({ customerId, role })}
            >
              {t("office.company.vouch")}
            </Button>
          ) : null}
          <Button
            size="xs"
            variant="subtle"
            aria-label={t("office.company.remove_of", { name })}
            loading={remove.isPending}
            onClick={takeOut}
          >
            {t("office.company.remove")}
          </Button>
        </>
      ) : (
        <span>{t(`office.company.role.${role}`)}</span>
      )}
    </li>
  );
}

function sourceText({ source, since }: CompanyMemberView): string {
  return `${t(`office.company.source.${source}`)}, ${formatDate(since)}`;
}
