import { Button, TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { useSettledText } from "./use-settled-text.ts";
import form from "./form.module.css";
import { fullName } from "./text.ts";

/** A customer who was chosen by name. */
export type Chosen = { readonly id: string; readonly name: string };

/** Looks for a customer by whatever is known of them, and lets one be chosen. */
export function FindCustomer({ onFound }: { readonly onFound: (customer: Chosen) => void }) {
  const [typed, setTyped] = useState("");
  const query = useSettledText(typed);
  const found = useQuery({
    queryKey: ["find", "customers", query],
    queryFn: ({ signal }) => api.ask("customers.find", { query: { query, limit: 5 }, signal }),
    placeholderData: keepPreviousData,
    enabled: query !== "",
  });
  const items = query === "" ? [] : (found.data?.items ?? []);
  return (
    <>
      <TextInput
        label={t("office.offer.find_customer")}
        description={t("office.offer.find_customer_hint")}
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <ul className={form.rows}>
        {items.map((customer) => {
          const name = fullName(customer) || t("office.customer.unnamed");
          return (
            <li key={customer.id}>
              <span className={form.grow}>
                {name} <small>{[customer.email, customer.phone].filter(Boolean).join(" · ")}</small>
              </span>
              <Button size="xs" variant="default" onClick={() => onFound({ id: customer.id, name })}>
                {t("office.offer.choose", { name })}
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
