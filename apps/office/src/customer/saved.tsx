import { ActionIcon, Button, TextInput } from "@mantine/core";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { SavedListView, WishView } from "@weft/contracts/client";
import { newKey } from "@weft/ui/api/api.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

const listsQuery = (id: string) =>
  queryOptions({
    queryKey: ["customer", id, "lists"],
    queryFn: async ({ signal }) => (await api.ask("lists.ofCustomer", { params: { id }, signal })).items,
  });
const wishesQuery = (id: string) =>
  queryOptions({
    queryKey: ["customer", id, "wishes"],
    queryFn: async ({ signal }) => (await api.ask("wishes.ofCustomer", { params: { id }, signal })).items,
  });

/** What the person saved on any channel and waits to be told of; whoever serves them saves something for them by its SKU. */
export function SavedOf({ customerId }: { readonly customerId: string }) {
  const may = useMay();
  const lists = useQuery(listsQuery(customerId)).data ?? [];
  const wishes = useQuery(wishesQuery(customerId)).data ?? [];
  const filled = lists.filter(({ items }) => items.length > 0);
  return (
    <Section title={t("office.saved.title")}>
      {filled.length + wishes.length === 0 ? <p>{t("office.saved.none")}</p> : null}
      {filled.map((list) => (
        <List key={list.id} list={list} customerId={customerId} mayChange={may("lists.operate")} />
      ))}
      {wishes.length > 0 ? (
        <ul className={styles.lines}>
          {wishes.map((wish) => (
            <Wish key={wish.id} wish={wish} />
          ))}
        </ul>
      ) : null}
      {may("lists.open") ? <SaveFor customerId={customerId} /> : null}
    </Section>
  );
}

type ListProps = { readonly list: SavedListView; readonly customerId: string; readonly mayChange: boolean };

function List({ list, customerId, mayChange }: ListProps) {
  const remove = useMutation({
    mutationFn: (itemId: string) =>
      api.ask("lists.operate", { params: { id: list.id }, body: { operations: [{ id: newKey(), kind: "remove", itemId }] } }),
    onSuccess: () => askAgain(customerId),
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <ul className={styles.lines} aria-label={list.name ?? t("office.saved.title")}>
      {list.name === null ? null : (
        <li>
          <strong>{list.name}</strong>
        </li>
      )}
      {list.items.map(({ id, name, quantity, addedOn, addedAt }) => (
        <li key={id}>
          <span>
            {addedOn === null ? null : <ChannelIcon kind={addedOn} size={16} />} {quantity > 1 ? `${quantity} × ` : ""}
            {inLanguage(name)}
          </span>
          <span>
            <TimeAgo at={addedAt} />{" "}
            {mayChange ? (
              <ActionIcon
                variant="subtle"
                aria-label={t("office.saved.remove", { name: inLanguage(name) })}
                onClick={() => remove.mutate(id)}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Wish({ wish: { kind, state, goods, placeName, toldAt, madeAt } }: { readonly wish: WishView }) {
  const about = [goods ? inLanguage(goods.name) : null, placeName].filter((part) => part !== null).join(" · ");
  return (
    <li>
      <span>
        {t(`office.wish.kind.${kind}`)}: {about}
      </span>
      <span>
        <Badge tone={state === "told" ? "good" : "plain"}>{t(`office.wish.state.${state}`)}</Badge> <TimeAgo at={toldAt ?? madeAt} />
      </span>
    </li>
  );
}

function SaveFor({ customerId }: { readonly customerId: string }) {
  const [sku, setSku] = useState("");
  const save = useMutation({
    mutationFn: async () => {
      const operations = [{ id: newKey(), kind: "add" as const, sku: sku.trim().toUpperCase() }];
      return api.ask("lists.open", { params: { id: customerId }, body: { operations } });
    },
    onSuccess: async ({ results }) => {
      if (results[0]?.outcome === "refused") showToast(t("office.saved.refused"));
      else setSku("");
      await askAgain(customerId);
    },
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (sku.trim() !== "") save.mutate();
      }}
    >
      <TextInput label={t("office.saved.sku")} value={sku} maxLength={64} onChange={({ target }) => setSku(target.value)} />
      <Button type="submit" variant="default" loading={save.isPending}>
        {t("office.saved.save")}
      </Button>
    </form>
  );
}

const askAgain = (customerId: string): Promise<void> => api.queries.invalidateQueries({ queryKey: ["customer", customerId, "lists"] });
