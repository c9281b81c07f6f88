import { Button, NativeSelect, TextInput } from "@mantine/core";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import type { CompanyMemberView } from "@weft/contracts/client";
import { useState } from "react";
import { formatPhone } from "@weft/ui/i18n/phone.ts";
import { api } from "../api.ts";
import form from "../common/form.module.css";
import { fullName } from "../common/text.ts";
import { useSettledText } from "../common/use-settled-text.ts";
import { t } from "../t.ts";
import styles from "./company.module.css";
import { ROLES, useSetMember, type Role } from "./roles.ts";

const peopleLike = (query: string) =>
  queryOptions({
    queryKey: ["find", "customers", query],
    queryFn: ({ signal }) => api.ask("customers.find", { query: { query, limit: 5 }, signal }),
    placeholderData: keepPreviousData,
  });

type Props = { readonly companyId: string; readonly people: readonly CompanyMemberView[] };

/** Finds a customer by anything, and makes them one of the company's people. */
export function AddPerson({ companyId, people }: Props) {
  const [typed, setTyped] = useState("");
  const [role, setRole] = useState<Role>("buyer");
  const query = useSettledText(typed);
  const found = useQuery({ ...peopleLike(query), enabled: query !== "" });
  const set = useSetMember(companyId);
  const known = new Set(people.map(({ customerId }) => customerId));
  const items = query === "" ? [] : (found.data?.items ?? []).filter(({ id }) => !known.has(id));
  return (
    <div className={form.form}>
      <div className={form.row}>
        <TextInput
          className={styles.finder}
          label={t("office.company.add_person")}
          placeholder={t("office.company.find_person")}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label={t("office.company.role")}
          value={role}
          data={ROLES.map((one) => ({ value: one, label: t(`office.company.role.${one}`) }))}
          onChange={({ currentTarget }) => setRole(ROLES.find((one) => one === currentTarget.value) ?? "buyer")}
        />
      </div>
      {query !== "" && found.isSuccess && items.length === 0 ? <p role="status">{t("office.company.no_person")}</p> : null}
      <ul className={styles.found}>
        {items.map((customer) => {
          const name = fullName(customer) || t("office.customer.unnamed");
          return (
            <li key={customer.id}>
              <span className={styles.who}>
                {name}
                <small>{[customer.email, customer.phone && formatPhone(customer.phone)].filter(Boolean).join(" · ")}</small>
              </span>
              <Button
                size="xs"
                variant="default"
                loading={set.isPending}
                onClick={() => set.mutate({ customerId: customer.id, role }, { onSuccess: () => setTyped("") })}
              >
                {t("office.company.add_as", { name: customer.givenName ?? name, role: t(`office.company.role.${role}`) })}
              </Button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
