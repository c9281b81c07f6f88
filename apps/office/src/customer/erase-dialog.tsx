import { Button, Checkbox, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { CustomerPageView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { fullName } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

type DialogProps = { readonly customer: CustomerPageView; readonly isOpen: boolean; readonly onClose: () => void };

/** The one thing here that has no undo: it says first, with the numbers, what will be gone and what the law keeps. */
export function EraseDialog({ customer, isOpen, onClose }: DialogProps) {
  const [isSure, setSure] = useState(false);
  const router = useRouter();
  const queries = useQueryClient();
  const erase = useMutation({
    mutationFn: () => api.ask("customers.erase", { params: { id: customer.id } }),
    onSuccess: async () => {
      onClose();
      await router.navigate({ to: "/customers" });
      queries.removeQueries({
        predicate: ({ queryKey }) => queryKey[0] === "customer" || queryKey[0] === "customers" || queryKey[0] === "find",
      });
      showToast(t("office.erase.done"));
    },
  });
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("office.erase.title", { name: fullName(customer) || t("office.customer.unnamed") })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <div className={styles.form}>
        <p>{t("office.erase.text")}</p>
        <ul className={styles.effects}>
          <li>{t("office.erase.records", { count: customer.records.length })}</li>
          <li>{t("office.erase.identifiers", { count: customer.identifiers.length })}</li>
          <li>{t("office.erase.points", { points: formatNumber(customer.points) })}</li>
          {customer.openCartId === null ? null : <li>{t("office.erase.cart")}</li>}
          <li>{t("office.erase.orders", { count: customer.orderCount })}</li>
        </ul>
        <Checkbox label={t("office.erase.sure")} checked={isSure} onChange={({ currentTarget }) => setSure(currentTarget.checked)} />
        <p role="alert" className={styles.error}>
          {erase.error ? problemText(erase.error) : null}
        </p>
        <Button size="sm" color="red.9" disabled={!isSure} loading={erase.isPending} onClick={() => erase.mutate()}>
          {t("office.erase.go")}
        </Button>
      </div>
    </Modal>
  );
}
